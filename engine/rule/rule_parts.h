// The parts of a rule, each read by its own file. All of them report every problem to the context
// and go on; a rule with errors is dropped by the caller.
//
// Thread safety: pure functions.
#pragma once

#include "base/yaml_reader.h"
#include "rule/model.h"

namespace sieve {

// What a file says for all of its rules, and what the set does.
struct FileScope {
  const Definitions& definitions;
  Expansions expansions;  // Of patterns that say nothing themselves.
};

// `patterns:` (patterns.cc).
std::vector<PatternDef> parse_patterns(const YamlNode& node, const FileScope& file,
                                       const YamlContext& context);
// What conditions on records of `kind` may name beside these patterns.
ExpressionScope record_scope(RecordKind kind, const std::vector<PatternDef>& patterns,
                             const Definitions& definitions);

// The named groups of the regular expressions in `node`, which were read as `patterns`
// (captures.cc).
std::vector<CaptureDef> parse_captures(const YamlNode& node,
                                       const std::vector<PatternDef>& patterns,
                                       const YamlContext& context);

// `window:` and `measure:` of a rule on records of `kind` (window.cc).
WindowDef parse_window(const YamlNode& node, RecordKind kind, const YamlContext& context);
std::vector<MeasureDef> parse_measures(const YamlNode& node, RecordKind kind,
                                       const Definitions& definitions, const YamlContext& context);
// `over`, `late` and `max_keys` of the map that `reader` takes apart.
WindowSpan parse_window_span(YamlReader& reader, const YamlContext& context);
// The text field `name` of the records of `scope`; reports R037 otherwise.
std::optional<FieldId> find_text_field(std::string_view name, SourceSpan span,
                                       const ExpressionScope& scope, const YamlContext& context);

// `sequence:` (sequence.cc).
SequenceDef parse_sequence(const YamlNode& node, const FileScope& file, const YamlContext& context);
// One entry of its `steps:`, where `by` is what the sequence calls its entity; empty: nothing
// (step.cc).
StepDef parse_step(const YamlEntry& entry, const std::string& by, const FileScope& file,
                   const YamlContext& context);

// `campaign:` (campaign.cc).
CampaignDef parse_campaign(const YamlNode& node, const YamlContext& context);

// `alert:` of `rule`, whose other parts are read (alert_def.cc).
AlertDef parse_alert(const YamlNode& node, const Rule& rule, const YamlContext& context);

// `tests:` of `rule`, whose other parts are read (tests.cc).
std::vector<RuleTest> parse_tests(const YamlNode& node, const Rule& rule,
                                  const Definitions& definitions, const YamlContext& context);
// `given:` of a test of a sequence: adds to `test` (test_given.cc).
void parse_given(const YamlNode& node, const Rule& rule, const YamlContext& context,
                 RuleTest& test);

// What is allowed but unwise in a rule without errors (lint.cc).
void lint_rule(const Rule& rule, const YamlContext& context);

// Warns of an unquoted text that YAML readers take for another type (R029).
enum class PlainIntegers : bool { kWarned, kAllowed };
void check_quotes(const YamlNode& node, PlainIntegers integers, const YamlContext& context);

// A name of a pattern, measure or group: lower-case letters, digits and `_`, first a letter, no
// word of the expression language, at most 64 bytes. Reports R024.
bool check_name(const std::string& name, SourceSpan span, std::string_view what,
                const YamlContext& context);

}  // namespace sieve
