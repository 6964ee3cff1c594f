#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "rule/look_alike_names.h"
#include "rule/names.h"
#include "rule/record_paths.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr int64_t kRepeatMax = 100'000;
class TestParser {
 public:
  TestParser(const Rule& rule, const Definitions& definitions, const YamlContext& context)
      : rule_(rule), definitions_(definitions), context_(context) {
    for (const RecordKind kind : {RecordKind::kMessage, RecordKind::kCall, RecordKind::kReport}) {
      paths_[static_cast<size_t>(kind)] = record_paths(kind);
    }
  }

  RuleTest parse(const YamlNode& node);

 private:
  void parse_single(YamlReader& reader, RuleTest& test);
  void parse_timeline(YamlReader& reader, RuleTest& test);
  TestEvent parse_step(const YamlNode& node);
  void check_kind(SourceSpan span, RecordKind kind);
  bool takes_start(const YamlEntry& entry, TestEvent& event);
  size_t key_size() const;
  void parse_fields(const YamlNode& node, TestEvent& event);
  void add_field(std::string path, const YamlNode& value, SourceSpan span, TestEvent& event);
  void parse_match(const YamlNode& node, RuleTest& test);
  void parse_expected_link(const YamlNode& node, RuleTest& test);
  void read_because(YamlReader& reader, RuleTest& test);
  void check_pattern_name(const YamlNode& node, const std::string& name);
  ExpectedFinding parse_finding(const YamlNode& node);
  void check_path(const std::string& path, SourceSpan span, RecordKind kind);

  const Rule& rule_;
  const Definitions& definitions_;
  const YamlContext& context_;
  std::array<std::vector<std::string>, kRecordKindCount> paths_;
};

RuleTest TestParser::parse(const YamlNode& node) {
  RuleTest test;
  test.span = node.span;
  YamlReader reader(node, "test", context_);
  if (!reader.is_map()) return test;
  test.name = reader.required_string("name");
  if (rule_.kind() == RuleKind::kMessage) {
    parse_single(reader, test);
  } else {
    parse_timeline(reader, test);
  }
  reader.finish();
  return test;
}

void TestParser::parse_single(YamlReader& reader, RuleTest& test) {
  const YamlNode* event = reader.required_node("event");
  const YamlNode* expect = reader.required_node("expect");
  if (event != nullptr) {
    TestEvent& only = test.events.emplace_back();
    only.kind = rule_.on;
    only.span = event->span;
    parse_fields(*event, only);
  }
  if (expect != nullptr) parse_match(*expect, test);
}

void TestParser::parse_match(const YamlNode& node, RuleTest& test) {
  YamlReader reader(node, "expectation", context_);
  if (reader.required_node("match") != nullptr) {
    test.match = reader.optional_bool("match", true);
  }
  if (reader.optional_node("score") != nullptr) {
    test.score = reader.optional_number("score", 0);
    if (!rule_.emit) {
      context_.error("R042", node.find_entry("score")->key_span, "a helper has no score").help =
          "remove it: a rule with `emit: false` only matches or does not";
    }
  }
  test.patterns = reader.optional_strings("patterns");
  if (const YamlNode* url = reader.optional_node("url")) parse_expected_link(*url, test);
  read_because(reader, test);
  reader.finish();
  const YamlNode* patterns = node.find("patterns");
  if (patterns == nullptr) return;
  for (const std::string& name : test.patterns) check_pattern_name(*patterns, name);
}

void TestParser::parse_expected_link(const YamlNode& node, RuleTest& test) {
  YamlReader reader(node, "expected link", context_);
  if (!reader.is_map()) return;
  const std::string brand = reader.optional_string("brand");
  const std::string why = reader.optional_string("why");
  reader.finish();
  if (!brand.empty()) {
    test.brand = brand_named(brand, node.find("brand")->span, &definitions_, context_);
  }
  if (!why.empty()) test.why = look_alike_kind_named(why, node.find("why")->span, context_);
  if (node.entries.empty()) {
    context_.error("R001", node.span, "an expected link needs `brand` or `why`").help =
        "write it like { brand: demobank, why: homoglyph }";
  }
  if (!test.match.value_or(true)) {
    context_.error("R042", node.span, "a rule that does not match shows no link").help =
        "remove `url`, or expect a match";
  }
  const std::vector<ExprNode>& nodes = rule_.condition.nodes;
  // What a rule that is referred to asks for is not known yet.
  const bool asks = std::any_of(nodes.begin(), nodes.end(), [](const ExprNode& condition) {
    return condition.op == ExprOp::kLookAlike || condition.op == ExprOp::kRule;
  });
  if (asks || nodes.empty()) return;
  context_.error("R042", node.span, "this rule asks for no imitations").help =
      "remove this, or ask in the condition: any url where url.lookalike(...)";
}

void TestParser::read_because(YamlReader& reader, RuleTest& test) {
  test.because = reader.optional_string("because");
  const YamlNode* because = reader.node().find("because");
  if (because != nullptr) test.because_span = because->span;
  if (test.because.empty() || !test.match.value_or(false)) return;
  context_.error("R042", test.because_span, "a match is no exception").help =
      "expect `match: false`, or remove `because`";
}

void TestParser::check_pattern_name(const YamlNode& node, const std::string& name) {
  std::vector<std::string_view> names;
  for (const PatternDef& pattern : rule_.patterns) names.push_back(pattern.name);
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  SourceSpan span = node.span;
  for (const auto& item : node.items) {
    if (item->scalar == name) span = item->span;
  }
  Diagnostic& out =
      context_.error("R042", span, fmt::format("this rule has no pattern `{}`", name));
  const std::string_view near = nearest_name(name, names);
  if (near.empty()) return;
  out.label = fmt::format("did you mean `{}`?", near);
  out.replacement = near;
  out.help = "use the name of a pattern";
}

void TestParser::parse_timeline(YamlReader& reader, RuleTest& test) {
  if (rule_.sequence) {
    const YamlNode* given = reader.optional_node("given");
    if (given != nullptr) parse_given(*given, rule_, context_, test);
  }
  const YamlNode* timeline = reader.required_node("timeline");
  const YamlNode* expect = reader.required_node("expect");
  if (timeline != nullptr && timeline->kind != YamlKind::kList) {
    context_.error("R003", timeline->span, "`timeline` must be a list of records");
  } else if (timeline != nullptr) {
    for (const auto& step : timeline->items) test.events.push_back(parse_step(*step));
  }
  read_because(reader, test);
  if (expect != nullptr && expect->kind != YamlKind::kList) {
    context_.error("R003", expect->span, "`expect` must be a list of findings").help =
        "write `expect: []` where nothing should be found";
  } else if (expect != nullptr) {
    for (const auto& item : expect->items) test.findings.push_back(parse_finding(*item));
  }
}

TestEvent TestParser::parse_step(const YamlNode& node) {
  TestEvent event;
  event.span = node.span;
  event.kind = rule_.on;
  YamlReader reader(node, "timeline entry", context_);
  if (!reader.is_map()) return event;
  event.at = reader.required_duration("at");
  event.repeat = reader.optional_int("repeat", 1, {1, kRepeatMax});
  event.every = reader.optional_duration("every", Duration{0});
  const YamlNode* fields = nullptr;
  for (size_t i = 0; i < kRecordNames.size(); ++i) {
    const YamlNode* found = reader.optional_node(kRecordNames[i]);
    if (found == nullptr) continue;
    if (fields != nullptr) {
      context_.error("R041", found->span, "a timeline entry has one record").help =
          "make two entries";
      continue;
    }
    fields = found;
    event.kind = static_cast<RecordKind>(i);
    check_kind(node.find_entry(kRecordNames[i])->key_span, event.kind);
  }
  reader.finish();
  if (fields == nullptr) {
    context_.error("R041", node.span, "a timeline entry needs a record").help =
        "give it `message:`, `call:` or `report:`";
    return event;
  }
  if (event.repeat > 1 && event.every.ms == 0) {
    context_.error("R041", node.span, "`repeat` needs `every`").help =
        "say how far apart the records are: `every: 20s`";
  }
  parse_fields(*fields, event);
  return event;
}

// A record that the rule never looks at shows nothing.
void TestParser::check_kind(SourceSpan span, RecordKind kind) {
  bool looks_at_it = !rule_.sequence && !rule_.campaign;
  if (rule_.campaign) looks_at_it = kind == RecordKind::kMessage;
  if (rule_.sequence) {
    const auto& steps = rule_.sequence->steps;
    looks_at_it =
        steps.empty() || std::any_of(steps.begin(), steps.end(),
                                     [kind](const auto& step) { return step.on == kind; });
  }
  if (looks_at_it) return;
  Diagnostic& out = context_.error(
      "R154", span, fmt::format("this rule does not look at {} records", name_of(kind)));
  out.label = rule_.campaign ? "campaigns are made of messages" : "no step is on them";
}

// Objects nest one level in our records (`cell: { id: ... }`); lists hold single values (`to`).
void TestParser::parse_fields(const YamlNode& node, TestEvent& event) {
  if (node.kind != YamlKind::kMap) {
    context_.error("R003", node.span, "a record must be a map of its fields");
    return;
  }
  for (const YamlEntry& entry : node.entries) {
    const YamlNode& value = *entry.value;
    if (takes_start(entry, event)) continue;
    if (value.kind == YamlKind::kMap) {
      for (const YamlEntry& inner : value.entries) {
        add_field(entry.key + "." + inner.key, *inner.value, inner.key_span, event);
      }
    } else if (value.kind == YamlKind::kList) {
      for (const auto& item : value.items) add_field(entry.key, *item, entry.key_span, event);
    } else {
      add_field(entry.key, value, entry.key_span, event);
    }
  }
}

// `start: 0s` of a call in a sequence, whose record comes when it is over.
bool TestParser::takes_start(const YamlEntry& entry, TestEvent& event) {
  if (!rule_.sequence || event.kind != RecordKind::kCall || entry.key != "start") return false;
  const auto start = entry.value->as_duration();
  if (start && *start <= event.at) {
    event.start = *start;
    return true;
  }
  context_
      .error("R041", entry.value->span,
             start ? "a call starts before its record comes" : "`start` must be a duration")
      .help = "`start` is since the start of the test, as `at` is";
  return true;
}

void TestParser::add_field(std::string path, const YamlNode& value, SourceSpan span,
                           TestEvent& event) {
  check_path(path, span, event.kind);
  if (value.kind == YamlKind::kList || value.kind == YamlKind::kMap) {
    context_.error("R003", value.span, fmt::format("`{}` must be a single value", path));
    return;
  }
  if (value.kind == YamlKind::kNull) return;
  event.fields.push_back(
      {std::move(path), value.scalar, value.style != YamlStyle::kPlain, value.span});
}

void TestParser::check_path(const std::string& path, SourceSpan span, RecordKind kind) {
  const std::vector<std::string>& paths = paths_[static_cast<size_t>(kind)];
  if (std::find(paths.begin(), paths.end(), path) != paths.end()) return;
  Diagnostic& out = context_.error(
      "R043", span, fmt::format("a {} record has no field `{}`", name_of(kind), path));
  const std::string name = std::string(field_prefix(kind)) + path;
  if (find_field(name)) {
    out.label = fmt::format("`{}` is derived from other fields", name);
    out.help =
        "set the fields it comes from: kind for direction, duration for answered, "
        "the number for its country";
    return;
  }
  const std::string_view near = nearest_name(path, {paths.begin(), paths.end()});
  if (near.empty()) return;
  out.label = fmt::format("did you mean `{}`?", near);
  out.help = "use the record's own field names";
}

ExpectedFinding TestParser::parse_finding(const YamlNode& node) {
  ExpectedFinding finding;
  finding.span = node.span;
  YamlReader reader(node, "finding", context_);
  if (!reader.is_map()) return finding;
  finding.at = reader.required_duration("at");
  finding.key = reader.optional_strings("key");
  for (const MeasureDef& measure : rule_.measures) {
    if (reader.optional_node(measure.name) == nullptr) continue;
    finding.measures.emplace_back(
        measure.name, measure.is_duration()
                          ? static_cast<double>(reader.optional_duration(measure.name, {}).ms)
                          : reader.optional_number(measure.name, 0));
  }
  reader.finish();
  const size_t fields = key_size();
  if (finding.key.empty() || finding.key.size() == fields) return finding;
  const SourceSpan span = node.find("key")->span;
  if (rule_.campaign && fields == 0) {
    context_.error("R041", span, "a campaign of texts has no key").help =
        "remove it: expect measures";
  } else {
    context_.error("R041", span,
                   fmt::format("the key has {} parts, `by` names {}", finding.key.size(), fields));
  }
  return finding;
}

// How many values name what a finding is about.
size_t TestParser::key_size() const {
  if (rule_.sequence) return 1;
  if (rule_.campaign) return rule_.campaign->by == CampaignBy::kText ? 0 : 1;
  return rule_.window ? rule_.window->by.size() : 0;
}

}  // namespace

void check_expected_exceptions(const Rule& rule, const YamlContext& context) {
  std::vector<std::string> labels;
  for (const ExceptionDef& exception : rule.exceptions) labels.push_back(exception.label());
  for (const RuleTest& test : rule.tests) {
    const bool is_known = std::find(labels.begin(), labels.end(), test.because) != labels.end();
    if (test.because.empty() || is_known) continue;
    Diagnostic& out = context.error("R042", test.because_span,
                                    fmt::format("this rule has no `{}`", test.because));
    const std::string_view near = nearest_name(test.because, {labels.begin(), labels.end()});
    if (!near.empty()) {
      out.label = fmt::format("did you mean `{}`?", near);
      out.replacement = near;
    }
    out.help = labels.empty() ? "it has no exceptions"
                              : fmt::format("what it has: {}", fmt::join(labels, ", "));
  }
}

std::vector<RuleTest> parse_tests(const YamlNode& node, const Rule& rule,
                                  const Definitions& definitions, const YamlContext& context) {
  std::vector<RuleTest> tests;
  if (node.kind != YamlKind::kList) {
    context.error("R003", node.span, "`tests` must be a list");
    return tests;
  }
  if (node.items.size() > limits::kRuleTestsMax) {
    context.error("R004", node.items[limits::kRuleTestsMax]->span,
                  fmt::format("more than {} tests in one rule", limits::kRuleTestsMax));
    return tests;
  }
  TestParser parser(rule, definitions, context);
  for (const auto& item : node.items) tests.push_back(parser.parse(*item));
  return tests;
}

}  // namespace sieve
