#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/explain_text.h"
#include "cli/verbs.h"
#include "run/explain.h"
#include "run/explain_timeline.h"
#include "run/explained_rule.h"

namespace sieve {
namespace {

struct ExplainArguments {
  std::vector<std::string> paths;
  std::string text;
  std::vector<std::string> fields;
  std::string message;
  std::vector<std::string> calls;
  std::vector<std::string> messages;
  std::vector<std::string> reports;
  std::string rule;
  std::string test;
  size_t near = 3;
  std::string country;
  std::string zone = "UTC";
  bool cost = false;
  bool json = false;

  bool has_files() const { return !calls.empty() || !messages.empty() || !reports.empty(); }
};

ExitStatus end_with_usage(const std::string& problem) {
  return end_with(EngineError{ExitCode::kUsage, problem + "\n"});
}

// The text of the message, or its JSON line; what is wrong with the arguments otherwise.
std::string read_message(const ExplainArguments& arguments, ExplainOptions& options) {
  if (!arguments.message.empty()) {
    const auto bytes = read_file(arguments.message, limits::kRecordBytesMax);
    if (!bytes) return bytes.error().message;
    options.json = bytes->substr(0, bytes->find('\n'));
    return {};
  }
  std::string text = arguments.text;
  if (text == "-") std::getline(std::cin, text, '\0');
  if (text.ends_with('\n')) text.pop_back();
  options.text = text;
  for (const std::string& field : arguments.fields) {
    const size_t equals = field.find('=');
    if (equals == std::string::npos) return fmt::format("`{}` is not NAME=VALUE", field);
    options.fields.emplace_back(field.substr(0, equals), field.substr(equals + 1));
  }
  return {};
}

template <class Explanation>
ExitStatus print(const RuleSet& rules, const Expected<Explanation, EngineError>& explanation,
                 bool as_json) {
  if (!explanation) return end_with(explanation.error());
  fmt::print("{}", as_json ? to_json(rules, *explanation) + "\n" : render(rules, *explanation));
  return static_cast<int>(ExitCode::kOk);
}

ExitStatus explain_records(const std::shared_ptr<const RuleSet>& rules,
                           const ExplainArguments& arguments, const FieldContext& context,
                           const Expected<std::vector<TimelineRecord>, EngineError>& records) {
  if (!records) return end_with(records.error());
  ExplainTimelineOptions options;
  options.only = arguments.rule;
  options.near_max = arguments.near;
  options.measure = arguments.cost;
  options.default_country = arguments.country;
  options.context = context;
  return print(*rules, explain_timeline(rules, *records, options), arguments.json);
}

Expected<std::vector<TimelineRecord>, EngineError> read_files(const ExplainArguments& arguments) {
  TimelineFiles files;
  for (const std::string& file : arguments.calls) files.emplace_back(RecordKind::kCall, file);
  for (const std::string& file : arguments.messages) files.emplace_back(RecordKind::kMessage, file);
  for (const std::string& file : arguments.reports) files.emplace_back(RecordKind::kReport, file);
  return read_timeline(files, arguments.country);
}

// The test that was asked for; or that there is none of that name.
Expected<const RuleTest*, EngineError> find_test(const Rule& rule, const std::string& full_id,
                                                 const std::string& name) {
  std::vector<std::string_view> names;
  for (const RuleTest& test : rule.tests) {
    if (test.name == name) return &test;
    names.push_back(test.name);
  }
  const std::string nearest(nearest_name(name, names));
  return Unexpected<EngineError>(
      {ExitCode::kUsage,
       fmt::format("`{}` has no test `{}`{}\n", full_id, name,
                   nearest.empty() ? "" : fmt::format("; is it `{}`?", nearest))});
}

ExitStatus explain_test(const std::shared_ptr<const RuleSet>& rules,
                        const ExplainArguments& arguments, ExplainOptions options) {
  const auto index = find_rule(*rules, arguments.rule);
  if (!index) return end_with(index.error());
  const Rule& rule = *rules->rule(*index).rule;
  const auto test = find_test(rule, arguments.rule, arguments.test);
  if (!test) return end_with(test.error());
  const std::vector<TimelineRecord> records = timeline_of(**test);
  if (rule.kind() != RuleKind::kMessage) {
    return explain_records(rules, arguments, options.context, records);
  }
  options.json = records.front().bytes();
  return print(*rules, explain_message(rules, options), arguments.json);
}

ExitStatus explain(const ExplainArguments& arguments) {
  ExplainOptions options;
  options.only = arguments.rule;
  options.near_misses_max = arguments.near;
  options.measure = arguments.cost;
  options.default_country = arguments.country;
  const auto zone = TimeZone::load(arguments.zone);
  if (!zone) return end_with_usage(fmt::format("unknown time zone `{}`", arguments.zone));
  options.context.zone = *zone;
  const bool is_one_message = !arguments.has_files() && arguments.test.empty();
  if (is_one_message) {
    const std::string problem = read_message(arguments, options);
    if (!problem.empty()) return end_with_usage(problem);
  }
  const auto rules = compile_rules(rules_of(arguments.paths), std::nullopt);
  if (!rules) return end_with({ExitCode::kFailed, rules.error().text});
  if (is_one_message) return print(**rules, explain_message(*rules, options), arguments.json);
  if (!arguments.test.empty()) return explain_test(*rules, arguments, options);
  return explain_records(*rules, arguments, options.context, read_files(arguments));
}

}  // namespace

void add_rules_explain(CLI::App& rules, ExitStatus& status) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* verb = rules.add_subcommand(
      "explain",
      "Show what rules make of one message, or of the records of a timeline: each part of each "
      "condition, the score or the findings, and what a rule that does not hold lacks.");
  verb->add_option("paths", arguments->paths, "Rule files or directories (default: rules)");
  CLI::Option* text =
      verb->add_option("--text", arguments->text, "The text of the message (`-`: standard input)");
  CLI::Option* field =
      verb->add_option("--field", arguments->fields,
                       "With --text: another field, such as from=DEMOBANK (repeatable)")
          ->allow_extra_args(false)
          ->needs(text);
  CLI::Option* message = verb->add_option("--message", arguments->message,
                                          "A file whose first line is the message as JSON")
                             ->excludes(text)
                             ->excludes(field);
  CLI::Option* rule = verb->add_option("--rule", arguments->rule, "Only this rule: namespace/id");
  CLI::Option* test = verb->add_option("--test", arguments->test,
                                       "The message or the timeline of this test of the rule")
                          ->needs(rule)
                          ->excludes(text)
                          ->excludes(message);
  const auto add_files = [&](const char* name, std::vector<std::string>& files, const char* help) {
    verb->add_option(name, files, help)->excludes(text)->excludes(message)->excludes(test);
  };
  add_files("--calls", arguments->calls,
            "What rules over windows make of these calls: files of JSON lines");
  add_files("--messages", arguments->messages, "The same of messages");
  add_files("--reports", arguments->reports, "The same of reports");
  verb->add_option("--near", arguments->near, "So many rules that nearly hold")
      ->capture_default_str();
  verb->add_option("--default-country", arguments->country,
                   "Country of national numbers, such as TH");
  verb->add_option("--timezone", arguments->zone, "Time zone of msg.hour")->capture_default_str();
  verb->add_flag("--cost", arguments->cost,
                 "Measure what the message, or a record, costs with all of the rules");
  verb->add_flag("--json", arguments->json, "The same as JSON");
  verb->callback([arguments, &status] { status = explain(*arguments); });
}

}  // namespace sieve
