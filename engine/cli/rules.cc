#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "base/limits.h"
#include "cli/idle_rules.h"
#include "cli/pattern_costs.h"
#include "cli/verbs.h"
#include "evaluate/ordinary_hits.h"
#include "rule/codes.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

struct CheckArguments {
  std::vector<std::string> paths;
  std::string format = "text";
  bool strict = false;
  std::string today;
  bool cost = false;
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

ExitStatus check(const CheckArguments& arguments) {
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

void add_check(CLI::App& rules, ExitStatus& status) {
  auto arguments = std::make_shared<CheckArguments>();
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

}  // namespace

void add_rules(CLI::App& app, ExitStatus& status) {
  CLI::App* verb = app.add_subcommand(
      "rules", "Check, mend, format, test, measure, fit and describe rule files.");
  verb->require_subcommand(1);
  add_check(*verb, status);
  add_rules_fix(*verb, status);
  add_rules_fmt(*verb, status);
  add_rules_test(*verb, status);
  add_rules_explain(*verb, status);
  add_rules_diff(*verb, status);
  add_rules_fit(*verb, status);
  add_rules_samples(*verb, status);
  add_rules_profile(*verb, status);
  add_rules_list(*verb, status);
  add_rules_schema(*verb, status);
}

}  // namespace sieve
