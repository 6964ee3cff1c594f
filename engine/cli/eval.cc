#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "cli/idle_rules.h"
#include "cli/verbs.h"
#include "run/engine_error.h"
#include "run/evaluation.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

struct EvalArguments {
  std::vector<std::string> files;
  std::vector<std::string> rules;
  std::string verdicts;
  bool json = false;
};

ExitStatus fail(ExitCode code, const std::string& text) {
  fmt::print(stderr, "{}", text);
  return static_cast<int>(code);
}

// Judges every line of `file`; an empty text when all were good rows, else what is wrong first.
std::string judge_file(RowEvaluator& evaluator, const std::string& file, std::ostream* verdicts) {
  std::ifstream opened;
  if (file != "-") opened.open(file);
  std::istream& input = file == "-" ? std::cin : opened;
  if (!input) return fmt::format("error: cannot read {}\n", file);
  std::string line;
  for (uint64_t number = 1; std::getline(input, line); ++number) {
    const Expected<RowVerdict, std::string> verdict = evaluator.judge(line, file);
    if (!verdict) return fmt::format("error: {}:{}: {}\n", file, number, verdict.error());
    if (verdicts != nullptr) *verdicts << verdict_json(*verdict) << '\n';
  }
  if (input.bad()) return fmt::format("error: cannot read {}\n", file);
  return {};
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
  for (const std::string& file : arguments.files) {
    const std::string problem =
        judge_file(evaluator, file, verdicts.is_open() ? &verdicts : nullptr);
    if (!problem.empty()) return fail(ExitCode::kInputOutput, problem);
  }
  if (verdicts.is_open() && !verdicts.flush()) {
    return fail(ExitCode::kInputOutput,
                fmt::format("error: cannot write {}\n", arguments.verdicts));
  }
  if (arguments.json) {
    fmt::print("{}\n", report_json(evaluator.report()));
  } else {
    fmt::print("{}", render_report(evaluator.report()));
    const auto inactive = (*rules)->inactive();
    const auto lacking = std::count_if(inactive.begin(), inactive.end(), [](const auto& rule) {
      return !rule.missing_field.empty();
    });
    if (lacking > 0) {
      fmt::print("{} rules are inactive: they need fields that rows do not have\n", lacking);
    }
    fmt::print("{}", idle_lines(**rules));
  }
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace

void add_eval(CLI::App& app, ExitStatus& status) {
  CLI::App* verb = app.add_subcommand(
      "eval", "Measure rules on labelled rows: recall and false positives by corpus and rule.");
  auto arguments = std::make_shared<EvalArguments>();
  verb->add_option("files", arguments->files,
                   "JSON lines with id, text, expect (alert | clean | ignore), label, lang, corpus")
      ->required();
  verb->add_option("--rules", arguments->rules,
                   "Rule file or directory (repeatable; default: rules)")
      ->allow_extra_args(false);
  verb->add_option("--verdicts", arguments->verdicts,
                   "Write a JSON line for each row: id, score, verdict, alert, rules");
  verb->add_flag("--json", arguments->json, "The report as JSON");
  verb->callback([arguments, &status] { status = eval(*arguments); });
}

}  // namespace sieve
