// What a set says about its rules from outside of them: `filters:`, under which many rules do not
// hit, and `overrides:`, which change what a rule of another file weighs. Both stand at the top of
// any rule file and are applied when all rules are read.
//
// Thread safety: plain data and pure functions. The reference for authors is rules/README.md.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "rule/model.h"

namespace sieve {

// Which rules a filter is for.
struct RuleSelector {
  enum class Kind : uint8_t { kId, kTag, kClass };
  Kind kind = Kind::kId;
  std::string value;
  SourceSpan span;
};

struct FilterDef {
  ExceptionDef exception;                  // As it is added to each rule.
  RecordKind kind = RecordKind::kMessage;  // Of the records that it is about.
  std::vector<RuleSelector> rules;
};

// Lifetime: refers to the documents.
struct OverrideDef {
  std::string file;
  const YamlNode* node = nullptr;
};

struct Adjustments {
  std::vector<FilterDef> filters;
  std::vector<OverrideDef> overrides;
};

// The keys at the top of a rule file below which they stand.
inline constexpr std::array<std::string_view, 2> kAdjustmentSections = {"filters", "overrides"};

// Adds those of one file. REQUIRES: lists and macros of `definitions` are read.
void parse_adjustments(const YamlDocument& document, const Definitions& definitions,
                       Adjustments& adjustments, Diagnostics& diagnostics);

// Changes the rules of all files, overrides first. Reports R127 selectors that no rule has, R128
// ids that no rule has, R129 overrides that contradict each other. Does nothing where `diagnostics`
// has errors: they drop rules.
void apply_adjustments(const Adjustments& adjustments, const Definitions& definitions,
                       std::vector<RuleFile>& files, Diagnostics& diagnostics);

}  // namespace sieve
