#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "cli/idle_rules.h"
#include "cli/pattern_costs.h"
#include "cli/verbs.h"
#include "evaluate/ordinary_hits.h"
#include "rule/codes.h"
#include "run/evasion_tests.h"
#include "run/junit_report.h"
#include "run/rule_tests.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

struct RulesArguments {
  std::vector<std::string> paths;
  std::string format = "text";  // Of `check`.
  bool json = false;            // Of `test`.
  std::string junit;
  bool strict = false;
  std::string today;
  bool cost = false;
  std::string only;
  std::string country;
  std::string zone = "UTC";
  bool evade = false;
  bool show_lost = false;
  std::optional<double> loss_max;  // Per cent.
};

std::string json_list(const Diagnostics& diagnostics) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const Diagnostic& diagnostic : diagnostics) json.raw(render_json(diagnostic));
  json.end_array();
  return out;
}

size_t rule_count(const LoadedRules& loaded) {
  size_t count = 0;
  for (const RuleFile& file : loaded.files) count += file.rules.size();
  return count;
}

// Compiles what was loaded; adds what that finds to `diagnostics`. Null when it does not compile.
std::shared_ptr<const RuleSet> try_compile(LoadedRules loaded, const CompilerOptions& compiler,
                                           Diagnostics& diagnostics) {
  auto compiled = RuleSet::compile(std::move(loaded), {"", {}, compiler});
  if (!compiled) {
    diagnostics.insert(diagnostics.end(), compiled.error().begin(), compiled.error().end());
    return nullptr;
  }
  const Diagnostics ordinary = ordinary_hits(*compiled);
  diagnostics.insert(diagnostics.end(), ordinary.begin(), ordinary.end());
  size_t measured = 0;
  for (SlowPattern& slow : slow_patterns(**compiled)) {
    const bool measure = ++measured <= limits::kDiagnosticsShownMax;
    diagnostics.push_back(measure ? with_measured_cost(std::move(slow)) : std::move(slow.warning));
  }
  return std::move(*compiled);
}

ExitStatus check(const RulesArguments& arguments) {
  const RulesLocation location = rules_of(arguments.paths);
  LoadedRules loaded =
      load_rules(location.paths, location.thresholds, {}, parse_date(arguments.today));
  Diagnostics diagnostics = loaded.diagnostics;
  const std::vector<LoadedFile> texts = loaded.texts;
  const size_t rules = rule_count(loaded);
  std::shared_ptr<const RuleSet> compiled;
  if (loaded.ok()) compiled = try_compile(std::move(loaded), location.compiler, diagnostics);
  sort_diagnostics(diagnostics);
  const bool failed = has_errors(diagnostics) || (arguments.strict && !diagnostics.empty());
  if (arguments.format == "json") {
    fmt::print("{}\n", json_list(diagnostics));
  } else if (arguments.format == "sarif") {
    fmt::print("{}\n", render_sarif(diagnostics, rule_codes(), SIEVE_VERSION));
  } else {
    std::vector<SourceText> sources;
    for (const LoadedFile& file : texts) sources.push_back({file.file, file.text});
    if (!diagnostics.empty()) fmt::print("{}", render_all(diagnostics, sources));
    if (arguments.cost && compiled != nullptr) fmt::print("{}", cost_table(*compiled));
    if (!failed) fmt::print("{} rules in {} files are good\n", rules, texts.size());
  }
  if (compiled != nullptr) {
    fmt::print(arguments.format == "text" ? stdout : stderr, "{}", idle_lines(*compiled));
  }
  return static_cast<int>(failed ? ExitCode::kFailed : ExitCode::kOk);
}

void print_results(const RuleSet& rules, const std::vector<RuleTestResult>& results) {
  size_t failed = 0;
  size_t skipped = 0;
  std::string why_skipped;
  for (const RuleTestResult& result : results) {
    const CompiledRule& rule = rules.rule(result.rule);
    if (result.skipped) {
      ++skipped;
      const bool is_first = result.test == &rule.rule->tests.front();
      if (is_first) why_skipped += idle_line(rule, result.explanation);
    }
    if (!result.failed()) continue;
    ++failed;
    fmt::print("FAIL {}: {}\n  at {}:{}\n{}\n\n", rule.full_id, result.test->name, rule.rule->file,
               result.test->span.line, result.explanation);
  }
  fmt::print("{} tests of {} rules: {} passed, {} failed", results.size(), rules.rules().size(),
             results.size() - failed - skipped, failed);
  if (skipped > 0) fmt::print(", {} skipped", skipped);
  fmt::print("\n{}", why_skipped);
}

void print_results_json(const RuleSet& rules, const std::vector<RuleTestResult>& results) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const RuleTestResult& result : results) {
    json.begin_object();
    json.key("rule").string(rules.rule(result.rule).full_id);
    json.key("test").string(result.test->name);
    json.key("line").integer(result.test->span.line);
    json.key("passed").boolean(result.passed);
    json.key("skipped").boolean(result.skipped);
    if (!result.passed) json.key("explanation").string(result.explanation);
    json.end_object();
  }
  json.end_array();
  fmt::print("{}\n", out);
}

ExitStatus run_tests(const std::shared_ptr<const RuleSet>& rules, const RuleTestOptions& options,
                     const RulesArguments& arguments) {
  const std::vector<RuleTestResult> results = run_rule_tests(rules, options);
  if (results.empty()) {
    fmt::print(stderr, "no tests{}\n",
               options.only.empty() ? "" : fmt::format(" of a rule called `{}`", options.only));
    return static_cast<int>(ExitCode::kFailed);
  }
  if (!arguments.junit.empty()) {
    const auto written = write_file_atomically(arguments.junit, render_junit(*rules, results));
    if (!written) {
      fmt::print(stderr, "{}\n", written.error().message);
      return static_cast<int>(ExitCode::kInputOutput);
    }
  }
  if (arguments.json) {
    print_results_json(*rules, results);
  } else {
    print_results(*rules, results);
  }
  const bool failed = std::any_of(results.begin(), results.end(),
                                  [](const auto& result) { return result.failed(); });
  return static_cast<int>(failed ? ExitCode::kFailed : ExitCode::kOk);
}

ExitStatus evade_tests(const std::shared_ptr<const RuleSet>& rules, const RuleTestOptions& options,
                       const RulesArguments& arguments) {
  const EvasionReport report = run_evasion_tests(rules, options);
  if (arguments.json) {
    fmt::print("{}\n", evasions_json(report, *rules));
  } else {
    fmt::print("{}", render_evasions(report, *rules, arguments.show_lost));
  }
  const bool passed = !arguments.loss_max || report.lost_percent() <= *arguments.loss_max;
  return static_cast<int>(passed ? ExitCode::kOk : ExitCode::kFailed);
}

ExitStatus test(const RulesArguments& arguments) {
  // What tests show does not depend on the day.
  RulesLocation location = rules_of(arguments.paths);
  location.today = Date();
  auto rules = compile_rules(location, std::nullopt);
  if (!rules) {
    fmt::print(stderr, "{}", rules.error().text);
    return static_cast<int>(ExitCode::kFailed);
  }
  RuleTestOptions options;
  options.default_country = arguments.country;
  options.only = arguments.only;
  if (const auto zone = TimeZone::load(arguments.zone)) {
    options.context.zone = *zone;
  } else {
    fmt::print(stderr, "unknown time zone `{}`\n", arguments.zone);
    return static_cast<int>(ExitCode::kUsage);
  }
  return arguments.evade ? evade_tests(*rules, options, arguments)
                         : run_tests(*rules, options, arguments);
}

void add_check(CLI::App& rules, ExitStatus& status) {
  auto arguments = std::make_shared<RulesArguments>();
  CLI::App* verb = rules.add_subcommand(
      "check", "Report every problem of rule files, at its place; exit 1 when there are errors.");
  verb->add_option("paths", arguments->paths, "Rule files or directories (default: rules)");
  CLI::Option* format =
      verb->add_option("--format", arguments->format,
                       "text; json: a list for editors; sarif: SARIF 2.1.0 for code hosting sites")
          ->check(CLI::IsMember({"text", "json", "sarif"}))
          ->capture_default_str();
  CLI::Option* json = verb->add_flag_callback(
      "--json", [arguments] { arguments->format = "json"; }, "Short for --format json");
  json->excludes(format);
  add_today(*verb, arguments->today);
  verb->add_flag("--strict", arguments->strict, "Warnings fail the check too");
  verb->add_flag("--cost", arguments->cost, "Measure what each pattern costs; shows the dearest")
      ->excludes(json)
      ->excludes(format);
  verb->callback([arguments, &status] { status = check(*arguments); });
}

void add_test(CLI::App& rules, ExitStatus& status) {
  auto arguments = std::make_shared<RulesArguments>();
  CLI::App* verb =
      rules.add_subcommand("test", "Run the tests in rule files; exit 1 when one fails.");
  verb->add_option("paths", arguments->paths, "Rule files or directories (default: rules)");
  verb->add_flag("--json", arguments->json, "Results as a JSON list");
  CLI::Option* junit = verb->add_option("--junit", arguments->junit,
                                        "Also write the results to this file, as JUnit XML");
  verb->add_option("--rule", arguments->only, "Only this rule: namespace/id");
  verb->add_option("--default-country", arguments->country,
                   "Country of national numbers, such as TH");
  verb->add_option("--timezone", arguments->zone, "Time zone of msg.hour")->capture_default_str();
  CLI::Option* evade = verb->add_flag(
      "--evade", arguments->evade,
      "Try the tests with `match: true` in the writing of evaders; a table of what is lost");
  evade->excludes(junit);
  verb->add_flag("--show-lost", arguments->show_lost, "With --evade: each lost text, and why")
      ->needs(evade);
  verb->add_option("--evade-loss-max", arguments->loss_max,
                   "With --evade: exit 1 when more than this percentage of texts is lost")
      ->needs(evade)
      ->check(CLI::Range(0.0, 100.0));
  verb->callback([arguments, &status] { status = test(*arguments); });
}

}  // namespace

void add_rules(CLI::App& app, ExitStatus& status) {
  CLI::App* verb = app.add_subcommand(
      "rules", "Check, mend, format, test, measure, fit and describe rule files.");
  verb->require_subcommand(1);
  add_check(*verb, status);
  add_rules_fix(*verb, status);
  add_rules_fmt(*verb, status);
  add_test(*verb, status);
  add_rules_explain(*verb, status);
  add_rules_diff(*verb, status);
  add_rules_fit(*verb, status);
  add_rules_samples(*verb, status);
  add_rules_profile(*verb, status);
  add_rules_list(*verb, status);
  add_rules_schema(*verb, status);
}

}  // namespace sieve
