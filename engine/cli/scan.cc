#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "cli/file_input.h"
#include "cli/verbs.h"
#include "run/engine.h"
#include "run/rules_loader.h"
#include "run/service.h"
#include "run/summary.h"

namespace sieve {
namespace {

struct ScanArguments {
  FileInput input;
  std::vector<std::string> rules;
  std::string alerts;
  std::string dead_letters;
  std::string format = "json";
  std::string publish_from = "review";
  std::string privacy = "masked";
  bool json = false;
  bool quiet = false;
};

Expected<Config, std::string> make_config(const ScanArguments& arguments) {
  Expected<Config, std::string> made = config_of(arguments.input);
  if (!made) return made;
  Config config = std::move(*made);
  config.privacy.numbers =
      arguments.privacy == "clear" ? NumberPrivacy::kClear : NumberPrivacy::kMasked;
  config.privacy.text = arguments.privacy == "clear" ? TextPrivacy::kFull : TextPrivacy::kSpan;
  config.publish_from = arguments.publish_from == "act"       ? Verdict::kAct
                        : arguments.publish_from == "observe" ? Verdict::kObserve
                                                              : Verdict::kReview;
  config.alerts.file = arguments.alerts;
  config.dead_letters.file = arguments.dead_letters;
  if (arguments.json && arguments.alerts == "-") {
    return Unexpected<std::string>("--json and --alerts - both write to standard output");
  }
  return config;
}

ExitStatus scan(const ScanArguments& arguments) {
  const Expected<Config, std::string> config = make_config(arguments);
  if (!config)
    return end_with({ExitCode::kUsage, fmt::format("scamsieve scan: {}\n", config.error())});
  auto rules = compile_rules(rules_of(arguments.rules), std::nullopt);
  if (!rules) return end_with(rules.error());
  install_stop_signals();
  const AlertFormat format = arguments.format == "text" ? AlertFormat::kText : AlertFormat::kJson;
  auto engine = Engine::create(*config, {format, *rules});
  if (!engine) return end_with(engine.error());
  const auto start = std::chrono::steady_clock::now();
  run_to_end(**engine, !arguments.quiet && ::isatty(STDERR_FILENO) != 0);
  const EngineEnd end = (*engine)->stop();
  SummaryOptions options;
  options.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const Totals totals = (*engine)->totals();
  if (arguments.json) {
    fmt::print("{}\n", summary_json(totals, **rules, options));
  } else if (!arguments.quiet) {
    fmt::print(stderr, "{}", render_summary(totals, **rules, options));
  }
  if (end.error) {
    return end_with({exit_code_of(*end.error),
                     fmt::format("error[{}]: {}\n", end.error->code, end.error->message)});
  }
  return static_cast<int>(stop_requested() ? ExitCode::kTryAgain : ExitCode::kOk);
}

}  // namespace

void add_scan(CLI::App& app, ExitStatus& status) {
  CLI::App* verb =
      app.add_subcommand("scan", "Scan files or standard input and write alerts; no broker.");
  auto a = std::make_shared<ScanArguments>();
  add_file_input(*verb, a->input);
  verb->add_option("--rules", a->rules, "Rule file or directory (repeatable; default: rules)")
      ->allow_extra_args(false);
  verb->add_option("--alerts", a->alerts, "Write alerts to this file (`-`: standard output)");
  verb->add_option("--format", a->format, "Form of alerts")
      ->check(CLI::IsMember({"json", "text"}))
      ->capture_default_str();
  verb->add_option("--dead-letters", a->dead_letters,
                   "Write records that cannot be decoded to this file, with the reason");
  verb->add_option("--publish-from", a->publish_from, "Lowest verdict that becomes an alert")
      ->check(CLI::IsMember({"observe", "review", "act"}))
      ->capture_default_str();
  verb->add_option("--privacy", a->privacy, "Numbers and text in alerts")
      ->check(CLI::IsMember({"masked", "clear"}))
      ->capture_default_str();
  verb->add_flag("--json", a->json, "The summary as JSON on standard output");
  verb->add_flag("--quiet", a->quiet, "No progress and no summary");
  verb->callback([a, &status] { status = scan(*a); });
}

}  // namespace sieve
