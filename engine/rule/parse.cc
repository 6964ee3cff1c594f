#include "rule/parse.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <span>

#include "base/limits.h"
#include "base/time_zone.h"
#include "rule/macro_def.h"
#include "rule/measure_def.h"
#include "rule/names.h"
#include "rule/references.h"
#include "rule/requirements.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr int64_t kRevMax = 1'000'000'000;
constexpr int64_t kFormat = 1;

SourceSpan span_of_field(const YamlNode& map, std::string_view key) {
  const YamlNode* node = map.find(key);
  return node != nullptr ? node->span : map.span;
}

class RuleParser {
 public:
  RuleParser(const YamlNode& node, const FileScope& file, const YamlContext& context)
      : node_(node), file_(file), context_(context), reader_(node, "rule", context) {}

  Rule parse();

 private:
  void parse_identity();
  void parse_weight();
  void parse_kind();
  void parse_patterns_of_rule();
  void parse_message_parts();
  void parse_window_parts();
  void parse_sequence_parts();
  void parse_campaign_parts();
  void parse_where(const ExpressionScope& scope);
  void parse_measures_and_condition();
  void refuse_others(std::string_view key);
  void parse_rest();
  void refuse(std::string_view key, std::string title, std::string help);
  void parse_exceptions_of_rule();
  std::string read_if_shown(std::string_view key);

  const YamlNode& node_;
  const FileScope& file_;
  const YamlContext& context_;
  YamlReader reader_;
  Rule rule_;
};

void RuleParser::refuse(std::string_view key, std::string title, std::string help) {
  const YamlEntry* entry = node_.find_entry(key);
  if (reader_.optional_node(key) == nullptr || entry == nullptr) return;
  context_.error("R035", entry->key_span, std::move(title)).help = std::move(help);
}

Rule RuleParser::parse() {
  rule_.span = node_.span;
  rule_.file = context_.file;
  rule_.space = file_.space;
  if (!reader_.is_map()) return std::move(rule_);
  parse_identity();
  parse_weight();
  parse_kind();
  parse_rest();
  reader_.finish();
  return std::move(rule_);
}

// What kind of rule it is, its keys say.
void RuleParser::parse_kind() {
  const bool is_message_rule = node_.find("sequence") == nullptr &&
                               node_.find("campaign") == nullptr && node_.find("window") == nullptr;
  if (!is_message_rule) {
    refuse("emit", "only a rule on single messages can be a helper", "remove `emit`");
  }
  if (reader_.optional_node("sequence") != nullptr) return parse_sequence_parts();
  if (reader_.optional_node("campaign") != nullptr) return parse_campaign_parts();
  if (reader_.optional_node("window") != nullptr) return parse_window_parts();
  parse_message_parts();
}

// Of a helper, which is in no alert, it need not be there.
std::string RuleParser::read_if_shown(std::string_view key) {
  return rule_.emit ? reader_.required_string(key) : reader_.optional_string(key);
}

void RuleParser::parse_identity() {
  rule_.id = reader_.required_string("id");
  rule_.id_span = span_of_field(node_, "id");
  rule_.rev = reader_.optional_int("rev", 1, {1, kRevMax});
  rule_.title = reader_.required_string("title");
  rule_.emit = reader_.optional_bool("emit", true);
  rule_.emit_span = span_of_field(node_, "emit");
  rule_.rule_class = read_if_shown("class");
  read_metadata(reader_, rule_, file_.definitions.today, context_);
  check_identifier(node_, "id", "-_.", context_);
  check_identifier(node_, "class", "-_", context_);
}

void RuleParser::parse_weight() {
  if (rule_.emit) reader_.required_node("score");
  rule_.on = static_cast<RecordKind>(reader_.optional_choice("on", 0, list_of(kRecordNames)));
  rule_.score_span = span_of_field(node_, "score");
  read_weight(reader_, rule_, context_);
  warn_of_helper_weight(node_, rule_, context_);
}

void RuleParser::parse_patterns_of_rule() {
  const YamlNode* patterns = reader_.optional_node("patterns");
  if (patterns == nullptr) return;
  rule_.patterns = parse_patterns(*patterns, file_, context_);
  rule_.captures = parse_captures(*patterns, rule_.patterns, context_);
}

void RuleParser::parse_message_parts() {
  if (rule_.on != RecordKind::kMessage) {
    const std::string title = fmt::format("a rule on {} records needs a window", name_of(rule_.on));
    context_.error("R035", span_of_field(node_, "on"), title).help =
        "add `window:` and `measure:`, or write `on: message`";
  }
  refuse("where", "`where` belongs to a rule with a window", "put it into `condition`");
  refuse("measure", "`measure` belongs to a rule with a window", "add `window:`");
  parse_patterns_of_rule();
  const YamlNode* condition = reader_.required_node("condition");
  if (condition != nullptr)
    rule_.condition = parse_expression(*condition, scope_of(rule_, file_.definitions), context_);
  if (const YamlNode* parts = reader_.optional_node("score_if")) {
    rule_.score_parts = parse_score_parts(*parts, scope_of(rule_, file_.definitions), context_);
  }
  if (const YamlNode* fit = reader_.optional_node("fit")) {
    rule_.fit = parse_fit(*fit, context_);
    check_fit(rule_, context_);
  }
}

void RuleParser::parse_window_parts() {
  refuse("score_if", "a rule with a window has one score", "write it in `score`");
  refuse("fit", "`rules fit` is for rules on messages", "remove it");
  refuse("patterns", "a rule with a window has no patterns",
         "count by fields in `where`, and look for text in a rule of its own");
  rule_.window = parse_window(*reader_.optional_node("window"), rule_.on, context_);
  parse_where(record_scope_of(rule_, file_.definitions));
  parse_measures_and_condition();
}

void RuleParser::parse_where(const ExpressionScope& scope) {
  const YamlNode* where = reader_.optional_node("where");
  if (where != nullptr) rule_.where = parse_expression(*where, scope, context_);
}

void RuleParser::parse_measures_and_condition() {
  if (const YamlNode* measure = reader_.required_node("measure")) {
    ExpressionScope scope = record_scope(rule_.on, {}, {}, file_.definitions);
    scope.has_parties = rule_.kind() == RuleKind::kWindow;
    rule_.measures = parse_measures(*measure, scope, context_);
    for (const MeasureDef& measured : rule_.measures) {
      check_not_macro({measured.name, measured.span, "measure"}, file_.definitions, context_);
    }
  }
  const YamlNode* condition = reader_.required_node("condition");
  if (condition != nullptr)
    rule_.condition = parse_expression(*condition, scope_of(rule_, file_.definitions), context_);
}

void RuleParser::parse_exceptions_of_rule() {
  const YamlNode* exceptions = reader_.optional_node("exceptions");
  if (exceptions == nullptr) return;
  parse_exceptions(*exceptions, record_scope_of(rule_, file_.definitions), rule_.exceptions,
                   context_);
}

// A rule is of one kind: the others' keys make no sense beside `key`.
void RuleParser::refuse_others(std::string_view key) {
  for (const std::string_view other : {"campaign", "window"}) {
    if (other == key) continue;
    refuse(other, fmt::format("`{}` and `{}` do not go together", key, other),
           "make two rules of it");
  }
}

void RuleParser::parse_sequence_parts() {
  refuse_others("sequence");
  refuse("on", "the steps of a sequence say what they are on", "remove it");
  refuse("patterns", "the patterns of a sequence stand in its steps", "move them into a step");
  refuse("where", "each step of a sequence has its own `where`", "move it into a step");
  refuse("measure", "a sequence measures nothing", "remove it, or count in a rule of its own");
  refuse("exceptions", "a sequence has no exceptions", "write them into the `where` of a step");
  refuse("condition", "a sequence has no condition",
         "its steps have `where`, and `relate` says how their times stand");
  rule_.sequence = parse_sequence(*reader_.optional_node("sequence"), file_, context_);
}

void RuleParser::parse_campaign_parts() {
  refuse_others("campaign");
  if (rule_.on != RecordKind::kMessage) {
    context_.error("R035", span_of_field(node_, "on"), "campaigns are made of messages").help =
        "remove `on`, or count by a field with `window`";
  }
  rule_.campaign = parse_campaign(*reader_.optional_node("campaign"), context_);
  parse_patterns_of_rule();
  parse_where(record_scope_of(rule_, file_.definitions));
  parse_measures_and_condition();
}

void RuleParser::parse_rest() {
  parse_exceptions_of_rule();
  if (const YamlNode* alert = reader_.optional_node("alert")) {
    rule_.alert = parse_alert(*alert, rule_, context_);
  }
  if (const YamlNode* tests = reader_.optional_node("tests")) {
    rule_.tests = parse_tests(*tests, rule_, file_.definitions, context_);
  }
  if (const YamlNode* mutants = reader_.optional_node("equivalent_mutants")) {
    rule_.equivalent_mutants = parse_equivalent_mutants(*mutants, context_);
  }
}

void check_format(const YamlNode& root, YamlReader& reader, const YamlContext& context) {
  if (reader.required_node("format") == nullptr) return;
  const int64_t format = reader.optional_int("format", kFormat, {1, INT64_MAX});
  if (format == kFormat) return;
  Diagnostic& out = context.error("R052", span_of_field(root, "format"),
                                  fmt::format("format {} is newer than this engine", format));
  out.help = fmt::format("this engine reads format {}", kFormat);
}

// Reads the list of rules, keeps the sound ones and reports ids used twice in the file.
void parse_list_of_rules(const YamlNode& list, const FileScope& scope, const YamlContext& context,
                         RuleFile& file) {
  std::map<std::string, SourceSpan, std::less<>> ids;
  for (const auto& item : list.items) {
    const size_t before = context.diagnostics->size();
    Rule rule = RuleParser(*item, scope, context).parse();
    rule.required_fields = scope.required_fields;
    const auto [first, is_new] = ids.emplace(rule.id, rule.id_span);
    if (!is_new && !rule.id.empty()) {
      Diagnostic& out = context.error("R030", rule.id_span,
                                      fmt::format("the rule id `{}` is used twice", rule.id));
      out.label = "the second";
      out.related.push_back({"", first->second, "the first"});
      out.help = "give each rule an id of its own";
    }
    // It names a macro that has errors.
    if (rule.condition.empty() && !rule.sequence) continue;
    if (count_errors(*context.diagnostics, before) == 0) lint_rule(rule, context);
    if (count_errors(*context.diagnostics, before) == 0) {
      check_equivalent_mutants(rule, scope.definitions, context);
    }
    if (count_errors(*context.diagnostics, before) == 0) file.rules.push_back(std::move(rule));
  }
}

}  // namespace

size_t count_errors(const Diagnostics& diagnostics, size_t from) {
  size_t errors = 0;
  for (size_t i = from; i < diagnostics.size(); ++i) {
    errors += diagnostics[i].severity == Severity::kError ? 1 : 0;
  }
  return errors;
}

ExpressionScope scope_of(const Rule& rule, const Definitions& definitions) {
  if (rule.kind() == RuleKind::kMessage) return record_scope_of(rule, definitions);
  ExpressionScope scope = record_scope(rule.on, {}, {}, definitions);
  for (const MeasureDef& measure : rule.measures) {
    scope.measures.push_back({measure.name, measure.is_duration()});
  }
  scope.has_fields = false;
  return scope;
}

ExpressionScope record_scope_of(const Rule& rule, const Definitions& definitions) {
  ExpressionScope scope = record_scope(rule.on, rule.patterns, rule.captures, definitions);
  if (rule.kind() == RuleKind::kMessage) scope.space = rule.space;
  scope.has_parties = rule.kind() == RuleKind::kWindow;
  return scope;
}

RuleFile parse_rules(const YamlDocument& document, const Definitions& definitions,
                     Diagnostics& diagnostics) {
  RuleFile out;
  out.file = document.file();
  const YamlContext context{out.file, 'R', &diagnostics};
  const YamlNode& root = document.root();
  YamlReader reader(root, "rule file", context);
  if (!reader.is_map()) return out;
  check_format(root, reader, context);
  out.space = reader.required_string("namespace");
  check_identifier(root, "namespace", "-_.", context);
  bool has_sections = false;
  for (const auto& section : {std::span<const std::string_view>(kDefinitionSections),
                              std::span<const std::string_view>(kAdjustmentSections)}) {
    for (const std::string_view key : section) has_sections |= reader.optional_node(key) != nullptr;
  }
  FileScope scope{definitions, out.space, {}, {}};
  if (const YamlNode* expand = reader.optional_node("expand")) {
    scope.expansions = parse_expansions(*expand, context);
  }
  if (const YamlNode* requires_ = reader.optional_node("requires")) {
    scope.required_fields = parse_requirements(*requires_, definitions, context);
  }
  const YamlNode* rules =
      has_sections ? reader.optional_node("rules") : reader.required_node("rules");
  if (rules != nullptr && rules->kind == YamlKind::kList) {
    parse_list_of_rules(*rules, scope, context, out);
  } else if (rules != nullptr) {
    context.error("R003", rules->span, "`rules` must be a list of rules").help =
        "start each rule with `- id:`";
  }
  reader.finish();
  return out;
}

void finish_rules(const Adjustments& adjustments, const Definitions& definitions,
                  std::vector<RuleFile>& files, Diagnostics& diagnostics) {
  apply_adjustments(adjustments, definitions, files, diagnostics);
  check_references(files, diagnostics);
  for (const RuleFile& file : files) {
    const YamlContext context{file.file, 'R', &diagnostics};
    for (const Rule& rule : file.rules) check_expected_exceptions(rule, context);
  }
}

RuleFile parse_rule_file(std::string_view file, std::string_view text, Definitions& definitions,
                         Diagnostics& diagnostics) {
  RuleFile out;
  out.file = file;
  const auto document = parse_yaml(file, text);
  if (!document) {
    diagnostics.insert(diagnostics.end(), document.error().begin(), document.error().end());
    return out;
  }
  const bool is_dated = definitions.today != Date();
  const Date today = is_dated ? definitions.today : TimeZone().date_of(wall_clock_now());
  parse_definitions(*document, today, definitions, diagnostics);
  read_macros(definitions, diagnostics);
  Adjustments adjustments;
  parse_adjustments(*document, definitions, adjustments, diagnostics);
  std::vector<RuleFile> files;
  files.push_back(parse_rules(*document, definitions, diagnostics));
  finish_rules(adjustments, definitions, files, diagnostics);
  out = std::move(files.front());
  check_definitions_used(definitions, diagnostics);
  return out;
}

RuleFile parse_rule_file(std::string_view file, std::string_view text, Diagnostics& diagnostics) {
  Definitions definitions;
  return parse_rule_file(file, text, definitions, diagnostics);
}

}  // namespace sieve
