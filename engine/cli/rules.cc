#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "base/limits.h"
#include "cli/pattern_costs.h"
#include "cli/verbs.h"
#include "run/evasion_tests.h"
#include "run/rule_tests.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

struct RulesArguments {
  std::vector<std::string> paths;
  bool json = false;
  bool strict = false;
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
  size_t measured = 0;
  for (SlowPattern& slow : slow_patterns(**compiled)) {
    const bool measure = ++measured <= limits::kDiagnosticsShownMax;
    diagnostics.push_back(measure ? with_measured_cost(std::move(slow)) : std::move(slow.warning));
  }
  return std::move(*compiled);
}

ExitStatus check(const RulesArguments& arguments) {
  const RulesLocation location = rules_of(arguments.paths);
  LoadedRules loaded = load_rules(location.paths, location.thresholds);
  Diagnostics diagnostics = loaded.diagnostics;
  const std::vector<LoadedFile> texts = loaded.texts;
  const size_t rules = rule_count(loaded);
  std::shared_ptr<const RuleSet> compiled;
  if (loaded.ok()) compiled = try_compile(std::move(loaded), location.compiler, diagnostics);
  sort_diagnostics(diagnostics);
  const bool failed = has_errors(diagnostics) || (arguments.strict && !diagnostics.empty());
  if (arguments.json) {
    fmt::print("{}\n", json_list(diagnostics));
  } else {
    std::vector<SourceText> sources;
    for (const LoadedFile& file : texts) sources.push_back({file.file, file.text});
    if (!diagnostics.empty()) fmt::print("{}", render_all(diagnostics, sources));
    if (arguments.cost && compiled != nullptr) fmt::print("{}", cost_table(*compiled));
    if (!failed) fmt::print("{} rules in {} files are good\n", rules, texts.size());
  }
  return static_cast<int>(failed ? ExitCode::kFailed : ExitCode::kOk);
}

void print_results(const RuleSet& rules, const std::vector<RuleTestResult>& results) {
  size_t failed = 0;
  for (const RuleTestResult& result : results) {
    if (result.passed) continue;
    ++failed;
    const CompiledRule& rule = rules.rule(result.rule);
    fmt::print("FAIL {}: {}\n  at {}:{}\n{}\n\n", rule.full_id, result.test->name, rule.rule->file,
               result.test->span.line, result.explanation);
  }
  fmt::print("{} tests of {} rules: {} passed, {} failed\n", results.size(), rules.rules().size(),
             results.size() - failed, failed);
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
  if (arguments.json) {
    print_results_json(*rules, results);
  } else {
    print_results(*rules, results);
  }
  const bool passed =
      std::all_of(results.begin(), results.end(), [](const auto& result) { return result.passed; });
  return static_cast<int>(passed ? ExitCode::kOk : ExitCode::kFailed);
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
  auto rules = compile_rules(rules_of(arguments.paths), std::nullopt);
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

}  // namespace

void add_rules(CLI::App& app, ExitStatus& status) {
  CLI::App* verb = app.add_subcommand("rules", "Check and test rule files.");
  verb->require_subcommand(1);
  auto arguments = std::make_shared<RulesArguments>();
  CLI::App* check_verb = verb->add_subcommand(
      "check", "Report every problem of rule files, at its place; exit 1 when there are errors.");
  check_verb->add_option("paths", arguments->paths, "Rule files or directories (default: rules)");
  CLI::Option* json = check_verb->add_flag("--json", arguments->json, "Diagnostics as a JSON list");
  check_verb->add_flag("--strict", arguments->strict, "Warnings fail the check too");
  check_verb
      ->add_flag("--cost", arguments->cost, "Measure what each pattern costs; shows the dearest")
      ->excludes(json);
  check_verb->callback([arguments, &status] { status = check(*arguments); });
  CLI::App* test_verb =
      verb->add_subcommand("test", "Run the tests in rule files; exit 1 when one fails.");
  test_verb->add_option("paths", arguments->paths, "Rule files or directories (default: rules)");
  test_verb->add_flag("--json", arguments->json, "Results as a JSON list");
  test_verb->add_option("--rule", arguments->only, "Only this rule: namespace/id");
  test_verb->add_option("--default-country", arguments->country,
                        "Country of national numbers, such as TH");
  test_verb->add_option("--timezone", arguments->zone, "Time zone of msg.hour")
      ->capture_default_str();
  CLI::Option* evade_option = test_verb->add_flag(
      "--evade", arguments->evade,
      "Try the tests with `match: true` in the writing of evaders; a table of what is lost");
  test_verb->add_flag("--show-lost", arguments->show_lost, "With --evade: each lost text, and why")
      ->needs(evade_option);
  test_verb
      ->add_option("--evade-loss-max", arguments->loss_max,
                   "With --evade: exit 1 when more than this percentage of texts is lost")
      ->needs(evade_option)
      ->check(CLI::Range(0.0, 100.0));
  test_verb->callback([arguments, &status] { status = test(*arguments); });
}

}  // namespace sieve
