#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/row_files.h"
#include "cli/verbs.h"
#include "run/fit_patch.h"
#include "run/fit_report.h"

namespace sieve {
namespace {

struct FitArguments {
  std::vector<std::string> paths;
  std::vector<std::string> rows;
  std::optional<double> budget;
  FitStudyOptions options;
  bool with_shadow = false;
  size_t samples = 3;
  bool patch = false;
  bool json = false;
};

ExitStatus fail(ExitCode code, const std::string& text) {
  fmt::print(stderr, "{}", text);
  return static_cast<int>(code);
}

// A rule that is to be held and does not exist; empty: all do.
std::string unknown_rule(const RuleSet& rules, const std::vector<std::string>& held) {
  for (const std::string& id : held) {
    const auto is_it = [&](const CompiledRule& rule) { return rule.full_id == id; };
    if (std::none_of(rules.rules().begin(), rules.rules().end(), is_it)) return id;
  }
  return {};
}

ExitStatus show(const FitReport& report, const FitArguments& arguments) {
  if (arguments.json) {
    fmt::print("{}\n", fit_json(report));
    return static_cast<int>(ExitCode::kOk);
  }
  fmt::print(arguments.patch ? stderr : stdout, "{}", render_fit(report));
  if (!arguments.patch) return static_cast<int>(ExitCode::kOk);
  const auto patch = fit_patch(report.rules, report.study);
  if (!patch) return fail(ExitCode::kInputOutput, patch.error());
  fmt::print("{}", patch->diff);
  fmt::print(stderr, "{}", patch->notes);
  return static_cast<int>(ExitCode::kOk);
}

ExitStatus fit(const FitArguments& arguments) {
  const auto rules = compile_rules(rules_of(arguments.paths), eval_fields());
  if (!rules) return fail(rules.error().exit_code, rules.error().text);
  FitStudyOptions options = arguments.options;
  if (arguments.with_shadow) options.shadow = ShadowRules::kAsIfLive;
  options.budget = FalsePositiveBudget::of((*rules)->thresholds(), arguments.budget);
  if (const std::string unknown = unknown_rule(**rules, options.held); !unknown.empty()) {
    return fail(ExitCode::kUsage, fmt::format("there is no rule `{}`\n", unknown));
  }
  FitCollector collector(*rules);
  const std::string problem = for_each_row(
      arguments.rows,
      [&](std::string_view line, const std::string& file) { return collector.add(line, file); });
  if (!problem.empty()) return fail(ExitCode::kInputOutput, problem);
  const auto study = study_fit(**rules, collector.data(), options);
  if (!study) return fail(ExitCode::kFailed, study.error());
  return show({**rules, collector.data(), options, *study, arguments.samples}, arguments);
}

}  // namespace

void add_rules_fit(CLI::App& rules, ExitStatus& status) {
  auto a = std::make_shared<FitArguments>();
  CLI::App* verb = rules.add_subcommand(
      "fit",
      "Propose scores from labelled rows, and show what they are worth on a corpus that they were "
      "not fitted to. Changes no file.");
  verb->add_option("paths", a->paths, "Rule files or directories (default: rules)");
  verb->add_option("--rows", a->rows, kRowKeys)->required();
  add_budget(*verb, a->budget,
             "Percentage of clean rows that may alert (default: that of the thresholds file or "
             "0.1)");
  verb->add_option("--hold", a->options.held,
                   "This rule keeps its score: namespace/id (repeatable)")
      ->allow_extra_args(false);
  verb->add_flag("--with-shadow", a->with_shadow, "Rules in shadow, too, as if they were live");
  verb->add_option("--pull", a->options.pull,
                   "How many rows it takes to move a score: the weight of today's")
      ->check(CLI::Range(0.01, 1e6))
      ->capture_default_str();
  verb->add_option("--hits-min", a->options.hits_min, "A rule with fewer hits keeps its score")
      ->capture_default_str();
  verb->add_option("--step", a->options.step, "Proposed scores are multiples of it")
      ->check(CLI::Range(0.01, 100.0))
      ->capture_default_str();
  verb->add_option("--samples", a->samples, "Masked rows to show of each change of verdicts")
      ->capture_default_str();
  CLI::Option* patch =
      verb->add_flag("--patch", a->patch,
                     "Print the change of the rule files, for `patch -p0`; the rest on "
                     "standard error");
  verb->add_flag("--json", a->json, "The same as JSON")->excludes(patch);
  verb->callback([a, &status] { status = fit(*a); });
}

}  // namespace sieve
