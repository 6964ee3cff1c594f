#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/phone.h"
#include "cli/message_input.h"
#include "cli/row_files.h"
#include "cli/verbs.h"
#include "run/message_sampler.h"

namespace sieve {
namespace {

struct SamplesArguments {
  std::vector<std::string> paths;
  MessageInput input;
  std::vector<std::string> alerts;
  std::string rule;
  std::string status;
  size_t samples = 3;
  bool whole_texts = false;
  bool json = false;
};

HitFilter filter_of(const SamplesArguments& arguments) {
  HitFilter filter;
  filter.rule = arguments.rule;
  if (!arguments.status.empty()) filter.shadow = arguments.status == "shadow";
  return filter;
}

bool has_rule(const RuleSet& rules, const std::string& id) {
  return std::any_of(rules.rules().begin(), rules.rules().end(),
                     [&](const CompiledRule& rule) { return rule.full_id == id; });
}

// What is wrong; empty: the samples have all hits in messages.
EngineError sample_messages(const SamplesArguments& arguments, HitSamples& samples) {
  const auto context = context_of(arguments.input);
  if (!context) return context.error();
  const auto rules = compile_rules(rules_of(arguments.paths), fields_of(arguments.input));
  if (!rules) return rules.error();
  if (!arguments.rule.empty() && !has_rule(**rules, arguments.rule)) {
    return {ExitCode::kUsage, fmt::format("there is no rule `{}`\n", arguments.rule)};
  }
  SamplerOptions options;
  options.filter = filter_of(arguments);
  options.context = *context;
  options.default_plan = find_plan(arguments.input.country);
  options.whole_texts = arguments.whole_texts;
  MessageSampler sampler(*rules, options, samples);
  const auto counts = for_each_message(arguments.input, [&](const FileMessage& message) {
    sampler.add(message.record, fmt::format("{}:{}", message.file, message.line));
  });
  if (!counts) return counts.error();
  if (counts->undecoded > 0) {
    fmt::print(stderr, "{} lines hold no message\n", counts->undecoded);
  }
  return {ExitCode::kOk, ""};
}

ExitStatus show(const SamplesArguments& arguments) {
  const bool has_messages = !arguments.input.empty();
  if (!has_messages && arguments.alerts.empty()) {
    fmt::print(stderr, "no hits to sample: give --messages, --rows or --alerts\n");
    return static_cast<int>(ExitCode::kUsage);
  }
  HitSamples samples(arguments.samples);
  EngineError problem{ExitCode::kOk, ""};
  if (has_messages) problem = sample_messages(arguments, samples);
  if (problem.exit_code == ExitCode::kOk) {
    problem.text = for_each_row(arguments.alerts, [&](std::string_view line, const std::string&) {
      return sample_alert(line, filter_of(arguments), samples);
    });
    if (!problem.text.empty()) problem.exit_code = ExitCode::kInputOutput;
  }
  if (problem.exit_code != ExitCode::kOk) {
    fmt::print(stderr, "{}", problem.text);
    return static_cast<int>(problem.exit_code);
  }
  if (arguments.json) {
    fmt::print("{}\n", samples_json(samples));
  } else {
    fmt::print("{}", render_samples(samples));
  }
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace

void add_rules_samples(CLI::App& rules, ExitStatus& status) {
  auto a = std::make_shared<SamplesArguments>();
  CLI::App* verb = rules.add_subcommand(
      "samples", "Show some hits of each rule, live and in shadow, masked as alerts are.");
  verb->add_option("paths", a->paths, "Rule files or directories (default: rules)");
  add_message_input(*verb, a->input);
  verb->add_option("--alerts", a->alerts,
                   "Files of alerts, as the engine writes them: their hits, whatever the rules");
  verb->add_option("--rule", a->rule, "Only this rule: namespace/id");
  verb->add_option("--status", a->status, "Only hits of rules that are live, or in shadow")
      ->check(CLI::IsMember({"live", "shadow"}));
  verb->add_option("--samples", a->samples, "So many of each rule")->capture_default_str();
  verb->add_flag("--whole-texts", a->whole_texts,
                 "Show the texts of messages, with their digits masked");
  verb->add_flag("--json", a->json, "The same as JSON");
  verb->callback([a, &status] { status = show(*a); });
}

}  // namespace sieve
