#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/idle_rules.h"
#include "cli/row_files.h"
#include "cli/verbs.h"
#include "run/engine_error.h"
#include "run/evaluation_report.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

struct EvalArguments {
  std::vector<std::string> files;
  std::vector<std::string> rules;
  std::string verdicts;
  std::optional<double> budget;  // Per cent.
  bool evade = false;
  bool json = false;
};

ExitStatus fail(ExitCode code, const std::string& text) {
  fmt::print(stderr, "{}", text);
  return static_cast<int>(code);
}

// What does not run here, and why.
std::string inactive_lines(const RuleSet& rules) {
  const auto inactive = rules.inactive();
  const auto lacking = std::count_if(inactive.begin(), inactive.end(),
                                     [](const auto& rule) { return !rule.missing_field.empty(); });
  std::string text;
  if (lacking > 0) {
    text += fmt::format("{} rules are inactive: they need fields that rows do not have\n", lacking);
  }
  return text + idle_lines(rules);
}

ExitStatus eval(const EvalArguments& arguments) {
  auto rules = compile_rules(rules_of(arguments.rules), eval_fields());
  if (!rules) return fail(rules.error().exit_code, rules.error().text);
  std::ofstream verdicts;
  if (!arguments.verdicts.empty()) {
    verdicts.open(arguments.verdicts);
    if (!verdicts) {
      return fail(ExitCode::kInputOutput,
                  fmt::format("error: cannot write {}\n", arguments.verdicts));
    }
  }
  RowEvaluator evaluator(*rules);
  if (arguments.evade) evaluator.evade();
  const std::string problem = for_each_row(
      arguments.files, [&](std::string_view line, const std::string& file) -> std::string {
        const Expected<RowVerdict, std::string> verdict = evaluator.judge(line, file);
        if (!verdict) return verdict.error();
        if (verdicts.is_open()) verdicts << verdict_json(*verdict) << '\n';
        return {};
      });
  if (!problem.empty()) return fail(ExitCode::kInputOutput, problem);
  if (verdicts.is_open() && !verdicts.flush()) {
    return fail(ExitCode::kInputOutput,
                fmt::format("error: cannot write {}\n", arguments.verdicts));
  }
  const EvaluationReport report = evaluator.report();
  const auto budget = FalsePositiveBudget::of((*rules)->thresholds(), arguments.budget);
  if (arguments.json) {
    fmt::print("{}\n", report_json(report, budget));
  } else {
    fmt::print("{}{}", render_report(report, budget), inactive_lines(**rules));
  }
  const BudgetUse use = budget.use(report.all.clean_rows, report.all.clean_hits);
  const bool failed = arguments.budget && use == BudgetUse::kOver;
  return static_cast<int>(failed ? ExitCode::kFailed : ExitCode::kOk);
}

}  // namespace

void add_eval(CLI::App& app, ExitStatus& status) {
  CLI::App* verb = app.add_subcommand(
      "eval", "Measure rules on labelled rows: recall and false positives by corpus and rule.");
  auto arguments = std::make_shared<EvalArguments>();
  verb->add_option("files", arguments->files, kRowKeys)->required();
  verb->add_option("--rules", arguments->rules,
                   "Rule file or directory (repeatable; default: rules)")
      ->allow_extra_args(false);
  verb->add_option("--verdicts", arguments->verdicts,
                   "Write a JSON line for each row: id, score, verdict, alert, rules");
  add_budget(*verb, arguments->budget,
             "Percentage of clean rows that may alert; exit 1 when more do (default: that of the "
             "thresholds file or 0.1, and exit 0)");
  verb->add_flag("--evade", arguments->evade,
                 "Rewrite the rows that alert by every evasion and count those that no longer do");
  verb->add_flag("--json", arguments->json, "The report as JSON");
  verb->callback([arguments, &status] { status = eval(*arguments); });
}

}  // namespace sieve
