#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"
#include "base/json_writer.h"
#include "cli/idle_rules.h"
#include "cli/verbs.h"
#include "run/evasion_tests.h"
#include "run/junit_report.h"
#include "run/mutation_tests.h"
#include "run/rule_coverage.h"
#include "run/rule_tests.h"

namespace sieve {
namespace {

struct TestArguments {
  std::vector<std::string> paths;
  bool json = false;
  std::string junit;
  std::string only;
  std::string country;
  std::string zone = "UTC";
  bool coverage = false;
  std::optional<double> coverage_min;  // Per cent, as the others.
  bool mutate = false;
  std::optional<double> kill_min;
  size_t threads = 0;
  bool evade = false;
  bool show_lost = false;
  std::optional<double> loss_max;
};

// What one run found. Null: it was not asked for, or, of mutants, tests fail.
struct TestReport {
  std::vector<RuleTestResult> results;
  std::unique_ptr<RuleCoverage> coverage;
  std::optional<MutationReport> mutants;
  std::optional<EvasionReport> evasions;

  bool has_failed() const {
    return std::any_of(results.begin(), results.end(),
                       [](const auto& result) { return result.failed(); });
  }
};

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

void write_results(JsonWriter& json, const RuleSet& rules,
                   const std::vector<RuleTestResult>& results) {
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
}

// A list of results; where more was asked for, an object with the list and the rest.
void print_json(const RuleSet& rules, const TestReport& report) {
  std::string out;
  JsonWriter json(out);
  if (report.coverage == nullptr && !report.mutants && !report.evasions) {
    write_results(json, rules, report.results);
  } else {
    json.begin_object();
    json.key("tests");
    write_results(json, rules, report.results);
    if (report.coverage != nullptr) write_coverage(json.key("coverage"), *report.coverage);
    if (report.mutants) write_mutations(json.key("mutants"), *report.mutants);
    if (report.evasions) write_evasions(json.key("evasions"), *report.evasions, rules);
    json.end_object();
  }
  fmt::print("{}\n", out);
}

void print_text(const RuleSet& rules, const TestReport& report, bool show_lost) {
  print_results(rules, report.results);
  if (report.coverage != nullptr) fmt::print("\n{}", render_coverage(*report.coverage));
  if (report.mutants) fmt::print("\n{}", render_mutations(*report.mutants, rules));
  if (report.evasions) fmt::print("\n{}", render_evasions(*report.evasions, rules, show_lost));
}

// Says so where `percent` is less than what was asked for.
bool reaches(double percent, const std::optional<double>& least, std::string_view what) {
  if (!least || percent >= *least) return true;
  fmt::print(stderr, "{} {:.2f} %, less than {} %\n", what, percent, *least);
  return false;
}

bool is_kept(const EvasionReport& report, const TestArguments& arguments) {
  return !arguments.loss_max || report.lost_percent() <= *arguments.loss_max;
}

bool is_enough(const TestReport& report, const TestArguments& arguments) {
  bool enough = !report.has_failed() && (!report.evasions || is_kept(*report.evasions, arguments));
  if (report.coverage != nullptr) {
    enough &= reaches(report.coverage->percent(), arguments.coverage_min, "coverage is");
  }
  if (report.mutants) {
    enough &= reaches(report.mutants->killed_percent(), arguments.kill_min, "tests kill");
    enough &= !has_errors(report.mutants->diagnostics);
  } else if (arguments.mutate) {
    fmt::print(stderr, "mutants are tried when all tests pass\n");
  }
  return enough;
}

ExitStatus fail(ExitCode code, std::string_view message) {
  fmt::print(stderr, "{}\n", message);
  return static_cast<int>(code);
}

ExitStatus run_tests(const std::shared_ptr<const RuleSet>& rules, const RuleTestOptions& options,
                     const TestArguments& arguments) {
  TestReport report;
  if (arguments.coverage) report.coverage = std::make_unique<RuleCoverage>(rules, options.only);
  report.results = run_rule_tests(rules, options, report.coverage.get());
  if (report.results.empty()) {
    return fail(
        ExitCode::kFailed,
        "no tests" + (options.only.empty() ? std::string()
                                           : fmt::format(" of a rule called `{}`", options.only)));
  }
  if (!arguments.junit.empty()) {
    const auto written =
        write_file_atomically(arguments.junit, render_junit(*rules, report.results));
    if (!written) return fail(ExitCode::kInputOutput, written.error().message);
  }
  if (arguments.mutate && !report.has_failed()) {
    const size_t cores = std::max(std::thread::hardware_concurrency(), 1U);
    auto mutants =
        run_mutation_tests(rules, {options, arguments.threads == 0 ? cores : arguments.threads});
    if (!mutants) return fail(ExitCode::kFailed, render_all(mutants.error(), rules->sources()));
    report.mutants = std::move(*mutants);
  }
  if (arguments.evade) report.evasions = run_evasion_tests(rules, options);
  arguments.json ? print_json(*rules, report) : print_text(*rules, report, arguments.show_lost);
  return static_cast<int>(is_enough(report, arguments) ? ExitCode::kOk : ExitCode::kFailed);
}

ExitStatus evade_tests(const std::shared_ptr<const RuleSet>& rules, const RuleTestOptions& options,
                       const TestArguments& arguments) {
  const EvasionReport report = run_evasion_tests(rules, options);
  if (arguments.json) {
    fmt::print("{}\n", evasions_json(report, *rules));
  } else {
    fmt::print("{}", render_evasions(report, *rules, arguments.show_lost));
  }
  return static_cast<int>(is_kept(report, arguments) ? ExitCode::kOk : ExitCode::kFailed);
}

ExitStatus test(const TestArguments& arguments) {
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
  const bool runs_tests =
      !arguments.evade || arguments.mutate || arguments.coverage || !arguments.junit.empty();
  return runs_tests ? run_tests(*rules, options, arguments)
                    : evade_tests(*rules, options, arguments);
}

CLI::Range percentage() { return {0.0, 100.0}; }

void add_coverage(CLI::App& verb, TestArguments& arguments) {
  CLI::Option* coverage = verb.add_flag(
      "--coverage", arguments.coverage,
      "Also show which patterns and parts of conditions the tests never saw true, or never false");
  verb.add_option("--min-coverage", arguments.coverage_min,
                  "With --coverage: exit 1 when less than this percentage of outcomes was seen")
      ->needs(coverage)
      ->check(percentage());
}

void add_mutate(CLI::App& verb, TestArguments& arguments) {
  CLI::Option* mutate = verb.add_flag(
      "--mutate", arguments.mutate,
      "Also try the tests on rules with a small mistake in them; shows the mistakes that no test "
      "notices");
  verb.add_option("--min-kill", arguments.kill_min,
                  "With --mutate: exit 1 when tests notice less than this percentage of mistakes")
      ->needs(mutate)
      ->check(percentage());
  verb.add_option("-j,--threads", arguments.threads,
                  "With --mutate: worker threads (0: one per core)")
      ->needs(mutate);
}

void add_evade(CLI::App& verb, TestArguments& arguments) {
  CLI::Option* evade = verb.add_flag(
      "--evade", arguments.evade,
      "Try the tests with `match: true` in the writing of evaders; a table of what is lost, in the "
      "place of results, or behind what else was asked for");
  verb.add_flag("--show-lost", arguments.show_lost, "With --evade: each lost text, and why")
      ->needs(evade);
  verb.add_option("--evade-loss-max", arguments.loss_max,
                  "With --evade: exit 1 when more than this percentage of texts is lost")
      ->needs(evade)
      ->check(percentage());
}

}  // namespace

void add_rules_test(CLI::App& rules, ExitStatus& status) {
  auto arguments = std::make_shared<TestArguments>();
  CLI::App* verb =
      rules.add_subcommand("test", "Run the tests in rule files; exit 1 when one fails.");
  verb->add_option("paths", arguments->paths, "Rule files or directories (default: rules)");
  verb->add_flag("--json", arguments->json, "Results as a JSON list");
  verb->add_option("--junit", arguments->junit,
                   "Also write the results to this file, as JUnit XML");
  verb->add_option("--rule", arguments->only, "Only this rule: namespace/id");
  verb->add_option("--default-country", arguments->country,
                   "Country of national numbers, such as TH");
  verb->add_option("--timezone", arguments->zone, "Time zone of msg.hour")->capture_default_str();
  add_coverage(*verb, *arguments);
  add_mutate(*verb, *arguments);
  add_evade(*verb, *arguments);
  verb->callback([arguments, &status] { status = test(*arguments); });
}

}  // namespace sieve
