#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "base/display.h"
#include "base/file.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "cli/fold_text.h"
#include "cli/verbs.h"
#include "run/explain.h"

namespace sieve {
namespace {

struct ExplainArguments {
  std::vector<std::string> paths;
  std::string text;
  std::vector<std::string> fields;
  std::string message;
  std::string rule;
  size_t near = 3;
  std::string country;
  std::string zone = "UTC";
  bool cost = false;
  bool json = false;
};

constexpr size_t kTextColumn = 44;

std::string render_evidence(const ExplainedPart& part, std::string_view raw) {
  std::string out = part.value;
  for (const ByteSpan span : part.evidence) {
    out +=
        fmt::format("{}`{}` at {}-{}", out.empty() ? "" : ", ",
                    visible(raw.substr(span.begin, span.end - span.begin)), span.begin, span.end);
  }
  return out;
}

// "a, b and c".
std::string listed(const std::vector<std::string>& parts) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::string_view joint = i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ";
    out += fmt::format("{}{}", joint, parts[i]);
  }
  return out;
}

std::string render_score(const MessageExplanation& message, RuleIndex rule) {
  for (const ExplainedScore& score : message.scores) {
    if (score.rule != rule) continue;
    if (score.helper) return ", a helper: it never hits by itself";
    if (score.shadow) return ", in shadow: it adds nothing";
    const bool capped = score.given < score.own;
    return fmt::format(", score {}{}", score.given,
                       capped ? fmt::format(" of {}, for its group is capped", score.own) : "");
  }
  return {};
}

std::string render_rule(const RuleSet& rules, const MessageExplanation& message,
                        const ExplainedRule& explained) {
  std::string out = fmt::format(
      "{}@{} {}{}\n", rules.rule(explained.rule).full_id, rules.rule(explained.rule).rule->rev,
      explained.holds ? "holds" : "does not hold", render_score(message, explained.rule));
  for (const ExplainedPart& part : explained.parts) {
    const std::string text = std::string(2 * part.depth, ' ') + part.text;
    const std::string evidence = render_evidence(part, message.text);
    out += fmt::format(
        "  {:<5} {}\n", part.truth ? "true" : "false",
        evidence.empty() ? text : fmt::format("{:<{}} {}", text, kTextColumn, evidence));
  }
  if (!explained.excepted_by.empty()) {
    return out +
           fmt::format("  {} keeps it from hitting: {}\n", explained.excepted_by, explained.reason);
  }
  if (explained.holds) return out;
  if (!explained.can_hold) return out + "  no message makes it true\n";
  return out + fmt::format("  it would hold if {}\n", listed(explained.misses));
}

std::string render(const RuleSet& rules, const MessageExplanation& message) {
  std::string out = render_stages(message.text, message.stages);
  const Thresholds& thresholds = rules.thresholds();
  out += fmt::format("\n{:<12}{}, score {} (observe from {}, review from {}, act from {})\n",
                     "verdict", name_of(message.verdict), message.score, thresholds.observe,
                     thresholds.review, thresholds.act);
  if (message.evaluate_ns > 0) {
    out += fmt::format("{:<12}fold {:.1f} us, match and evaluate {:.1f} us with {} rules\n", "cost",
                       static_cast<double>(message.fold_ns) / 1'000,
                       static_cast<double>(message.evaluate_ns) / 1'000, rules.rules().size());
  }
  for (const ExplainedRule& rule : message.rules) out += "\n" + render_rule(rules, message, rule);
  if (message.rules.empty()) out += "\nno rule holds, and none comes near\n";
  return out;
}

void write_parts(JsonWriter& json, const ExplainedRule& rule) {
  json.key("condition").begin_array();
  for (const ExplainedPart& part : rule.parts) {
    json.begin_object();
    json.key("depth").unsigned_integer(part.depth);
    json.key("text").string(part.text);
    json.key("holds").boolean(part.truth);
    if (!part.value.empty()) json.key("value").string(part.value);
    json.key("spans").begin_array();
    for (const ByteSpan span : part.evidence) {
      json.begin_array().unsigned_integer(span.begin).unsigned_integer(span.end).end_array();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

std::string to_json(const RuleSet& rules, const MessageExplanation& message) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("text").string(message.text);
  json.key("verdict").string(name_of(message.verdict));
  json.key("score").number(message.score);
  if (message.evaluate_ns > 0) {
    json.key("fold_ns").integer(message.fold_ns);
    json.key("evaluate_ns").integer(message.evaluate_ns);
  }
  json.key("fold").begin_array();
  for (const FoldStage& stage : message.stages) {
    json.begin_object().key("step").string(name_of(stage.step));
    json.key("text").string(stage.text).end_object();
  }
  json.end_array();
  json.key("rules").begin_array();
  for (const ExplainedRule& rule : message.rules) {
    json.begin_object();
    json.key("rule").string(rules.rule(rule.rule).full_id);
    json.key("rev").integer(rules.rule(rule.rule).rule->rev);
    json.key("holds").boolean(rule.holds);
    if (!rule.excepted_by.empty()) json.key("excepted_by").string(rule.excepted_by);
    write_parts(json, rule);
    json.key("missing").begin_array();
    for (const std::string& miss : rule.misses) json.string(miss);
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return out;
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

ExitStatus explain(const ExplainArguments& arguments) {
  ExplainOptions options;
  options.only = arguments.rule;
  options.near_misses_max = arguments.near;
  options.measure = arguments.cost;
  options.default_country = arguments.country;
  const auto zone = TimeZone::load(arguments.zone);
  std::string problem = zone ? read_message(arguments, options)
                             : fmt::format("unknown time zone `{}`", arguments.zone);
  if (!problem.empty()) {
    fmt::print(stderr, "{}\n", problem);
    return static_cast<int>(ExitCode::kUsage);
  }
  options.context.zone = *zone;
  const auto rules = compile_rules(rules_of(arguments.paths), std::nullopt);
  if (!rules) {
    fmt::print(stderr, "{}", rules.error().text);
    return static_cast<int>(ExitCode::kFailed);
  }
  const auto message = explain_message(*rules, options);
  if (!message) {
    fmt::print(stderr, "{}", message.error().text);
    return static_cast<int>(message.error().exit_code);
  }
  if (arguments.json) {
    fmt::print("{}\n", to_json(**rules, *message));
  } else {
    fmt::print("{}", render(**rules, *message));
  }
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace

void add_rules_explain(CLI::App& rules, ExitStatus& status) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* verb = rules.add_subcommand(
      "explain",
      "Show what rules make of one message: the fold, each part of each condition, the score, and "
      "what a rule that does not hold lacks.");
  verb->add_option("paths", arguments->paths, "Rule files or directories (default: rules)");
  CLI::Option* text =
      verb->add_option("--text", arguments->text, "The text of the message (`-`: standard input)");
  CLI::Option* field =
      verb->add_option("--field", arguments->fields,
                       "With --text: another field, such as from=DEMOBANK (repeatable)")
          ->allow_extra_args(false)
          ->needs(text);
  verb->add_option("--message", arguments->message,
                   "A file whose first line is the message as JSON")
      ->excludes(text)
      ->excludes(field);
  verb->add_option("--rule", arguments->rule, "Only this rule: namespace/id");
  verb->add_option("--near", arguments->near, "So many rules that nearly hold")
      ->capture_default_str();
  verb->add_option("--default-country", arguments->country,
                   "Country of national numbers, such as TH");
  verb->add_option("--timezone", arguments->zone, "Time zone of msg.hour")->capture_default_str();
  verb->add_flag("--cost", arguments->cost, "Measure what the message costs with all of the rules");
  verb->add_flag("--json", arguments->json, "The same as JSON");
  verb->callback([arguments, &status] { status = explain(*arguments); });
}

}  // namespace sieve
