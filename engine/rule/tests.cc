#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr int64_t kRepeatMax = 100'000;
constexpr std::array<std::string_view, 3> kKindNames = {"message", "call", "report"};
constexpr std::array<std::string_view, 3> kPrefixes = {"msg.", "call.", "report."};

// Fields that the engine derives: a record does not carry them.
bool is_derived(std::string_view name) {
  static constexpr std::array<std::string_view, 10> kDerived = {
      "hour",     "answered", "text_cut",     "coding", "payload.fault",
      "to.count", "from.raw", "from.country", "to.raw", "to.country"};
  return std::find(kDerived.begin(), kDerived.end(), name) != kDerived.end();
}

// What a message may have in the place of its text.
constexpr std::array<std::string_view, 5> kPayloadPaths = {
    "payload.b64", "payload.hex", "payload.dcs", "payload.udhi", "payload.packed"};

// The paths a record of `kind` may have in a test: `from`, `from.addr`, `cell.id`, ...
std::vector<std::string> record_paths(RecordKind kind) {
  const std::string_view prefix = kPrefixes[static_cast<size_t>(kind)];
  std::vector<std::string> paths;
  if (kind == RecordKind::kMessage) paths.assign(kPayloadPaths.begin(), kPayloadPaths.end());
  for (const FieldInfo& info : all_fields()) {
    if (info.kind != kind || !info.name.starts_with(prefix)) continue;
    const std::string_view path = info.name.substr(prefix.size());
    const bool derived = is_derived(path) || (kind == RecordKind::kCall && path == "direction");
    if (!derived) paths.emplace_back(path);
    if (path.ends_with(".type")) {
      paths.push_back(std::string(path.substr(0, path.size() - 5)) + ".addr");
    }
  }
  return paths;
}

class TestParser {
 public:
  TestParser(const Rule& rule, const YamlContext& context) : rule_(rule), context_(context) {
    for (const RecordKind kind : {RecordKind::kMessage, RecordKind::kCall, RecordKind::kReport}) {
      paths_[static_cast<size_t>(kind)] = record_paths(kind);
    }
  }

  RuleTest parse(const YamlNode& node);

 private:
  void parse_single(YamlReader& reader, RuleTest& test);
  void parse_timeline(YamlReader& reader, RuleTest& test);
  TestEvent parse_step(const YamlNode& node);
  void parse_fields(const YamlNode& node, TestEvent& event);
  void add_field(std::string path, const YamlNode& value, SourceSpan span, TestEvent& event);
  void parse_match(const YamlNode& node, RuleTest& test);
  void read_because(YamlReader& reader, RuleTest& test);
  void check_pattern_name(const YamlNode& node, const std::string& name);
  ExpectedFinding parse_finding(const YamlNode& node);
  void check_path(const std::string& path, SourceSpan span, RecordKind kind);

  const Rule& rule_;
  const YamlContext& context_;
  std::array<std::vector<std::string>, kRecordKindCount> paths_;
};

RuleTest TestParser::parse(const YamlNode& node) {
  RuleTest test;
  test.span = node.span;
  YamlReader reader(node, "test", context_);
  if (!reader.is_map()) return test;
  test.name = reader.required_string("name");
  if (rule_.is_window()) {
    parse_timeline(reader, test);
  } else {
    parse_single(reader, test);
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
  }
  test.patterns = reader.optional_strings("patterns");
  read_because(reader, test);
  reader.finish();
  const YamlNode* patterns = node.find("patterns");
  if (patterns == nullptr) return;
  for (const std::string& name : test.patterns) check_pattern_name(*patterns, name);
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
  for (size_t i = 0; i < kKindNames.size(); ++i) {
    const YamlNode* found = reader.optional_node(kKindNames[i]);
    if (found == nullptr) continue;
    if (fields != nullptr) {
      context_.error("R041", found->span, "a timeline entry has one record").help =
          "make two entries";
      continue;
    }
    fields = found;
    event.kind = static_cast<RecordKind>(i);
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

// Objects nest one level in our records (`cell: { id: ... }`); lists hold single values (`to`).
void TestParser::parse_fields(const YamlNode& node, TestEvent& event) {
  if (node.kind != YamlKind::kMap) {
    context_.error("R003", node.span, "a record must be a map of its fields");
    return;
  }
  for (const YamlEntry& entry : node.entries) {
    const YamlNode& value = *entry.value;
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
  const std::string name = std::string(kPrefixes[static_cast<size_t>(kind)]) + path;
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
    finding.measures.emplace_back(measure.name, reader.optional_number(measure.name, 0));
  }
  reader.finish();
  const size_t fields = rule_.window ? rule_.window->by.size() : 0;
  if (!finding.key.empty() && finding.key.size() != fields) {
    context_.error("R041", node.find("key")->span,
                   fmt::format("the key has {} parts, `by` names {}", finding.key.size(), fields));
  }
  return finding;
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
                                  const YamlContext& context) {
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
  TestParser parser(rule, context);
  for (const auto& item : node.items) tests.push_back(parser.parse(*item));
  return tests;
}

}  // namespace sieve
