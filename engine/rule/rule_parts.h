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
  std::string space;
  Expansions expansions;  // Of patterns that say nothing themselves.
  std::vector<FieldId> required_fields;
};

// `patterns:` (patterns.cc).
std::vector<PatternDef> parse_patterns(const YamlNode& node, const FileScope& file,
                                       const YamlContext& context);
// What conditions on records of `kind` may name beside these patterns and what they capture.
ExpressionScope record_scope(RecordKind kind, const std::vector<PatternDef>& patterns,
                             const std::vector<CaptureDef>& captures,
                             const Definitions& definitions);

// The named groups of the regular expressions in `node`, which were read as `patterns`
// (captures.cc).
std::vector<CaptureDef> parse_captures(const YamlNode& node,
                                       const std::vector<PatternDef>& patterns,
                                       const YamlContext& context);

// `window:` of a rule on records of `kind` (window.cc).
WindowDef parse_window(const YamlNode& node, RecordKind kind, const YamlContext& context);
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

// Adds those of `exceptions:` (exception_def.cc). Names that are there already are R126.
void parse_exceptions(const YamlNode& node, const ExpressionScope& scope,
                      std::vector<ExceptionDef>& exceptions, const YamlContext& context);

// Exceptions of a rule without errors, from number `first` on, that never hold, or always
// (exception_lint.cc): R125.
void lint_exceptions(const Rule& rule, size_t first, Diagnostics& diagnostics);
// Whether `rule` can never hit, or count, because `exception` holds wherever it is true.
bool silences(const ExceptionDef& exception, const Rule& rule);

// Who wrote the rule, when, what it is about, when it expires, and further texts (metadata.cc).
// Reports R093 no date, R132 dates in the wrong order, and what read_last_day() does.
void read_metadata(YamlReader& reader, Rule& rule, Date today, const YamlContext& context);

// `score_if:` of a message rule (score_if.cc).
std::vector<ScorePart> parse_score_parts(const YamlNode& node, const ExpressionScope& scope,
                                         const YamlContext& context);

// `fit:` of a message rule (fit_bounds.cc). Reports R170, and R171 of a score outside.
FitBounds parse_fit(const YamlNode& node, const YamlContext& context);
void check_fit(const Rule& rule, const YamlContext& context);

// What a rule weighs and where its alerts go (weight.cc): group, route, status, mode, severity,
// tier and score. What is not given stays.
void read_weight(YamlReader& reader, Rule& rule, const YamlContext& context);
// Warns of what `map`, a helper or an override of one, says of the weight that helpers do not have
// (R148).
void warn_of_helper_weight(const YamlNode& map, const Rule& rule, const YamlContext& context);
// Reports a value of `key` that is no identifier of letters, digits and `extra` (R031).
void check_identifier(const YamlNode& map, std::string_view key, std::string_view extra,
                      const YamlContext& context);

// Errors from number `from` on.
size_t count_errors(const Diagnostics& diagnostics, size_t from);

// `alert:` of `rule`, whose other parts are read (alert_def.cc).
AlertDef parse_alert(const YamlNode& node, const Rule& rule, const YamlContext& context);

// `tests:` of `rule`, whose other parts are read (tests.cc).
std::vector<RuleTest> parse_tests(const YamlNode& node, const Rule& rule,
                                  const Definitions& definitions, const YamlContext& context);
// `given:` of a test of a sequence: adds to `test` (test_given.cc).
void parse_given(const YamlNode& node, const Rule& rule, const YamlContext& context,
                 RuleTest& test);
// `equivalent_mutants:` (equivalent_mutants.cc).
std::vector<EquivalentMutant> parse_equivalent_mutants(const YamlNode& node,
                                                       const YamlContext& context);
// Warns of those that `rule`, without errors, does not have (R164), and that are there twice
// (R166).
void check_equivalent_mutants(const Rule& rule, const Definitions& definitions,
                              const YamlContext& context);

// Reports tests that expect an exception which `rule`, now whole, does not have (R042).
void check_expected_exceptions(const Rule& rule, const YamlContext& context);

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
