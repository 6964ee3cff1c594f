// The kinds of adjustments, each read and applied by its own file.
//
// Thread safety: pure functions.
#pragma once

#include "base/yaml_reader.h"
#include "rule/adjustments.h"

namespace sieve {

// `filters:` (filters.cc).
void parse_filters(const YamlNode& node, const Definitions& definitions, Adjustments& adjustments,
                   const YamlContext& context);
void apply_filters(const Adjustments& adjustments, std::vector<RuleFile>& files,
                   Diagnostics& diagnostics);

// `overrides:` (overrides.cc).
void parse_overrides(const YamlNode& node, Adjustments& adjustments, const YamlContext& context);
void apply_overrides(const Adjustments& adjustments, const Definitions& definitions,
                     std::vector<RuleFile>& files, Diagnostics& diagnostics);

// Says that no rule has the full id `id` (R128), and which one may be meant.
void report_unknown_rule(std::string_view id, SourceSpan span, const std::vector<RuleFile>& files,
                         const YamlContext& context);

}  // namespace sieve
