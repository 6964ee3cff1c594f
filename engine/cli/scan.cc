#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "base/phone.h"
#include "cli/verbs.h"
#include "run/engine.h"
#include "run/rules_loader.h"
#include "run/service.h"
#include "run/summary.h"

namespace sieve {
namespace {

struct ScanArguments {
  std::vector<std::string> files, messages, calls, reports;
  std::vector<std::string> rules;
  std::string alerts;
  std::string dead_letters;
  std::string format = "json";
  std::string publish_from = "review";
  std::string country;
  std::string zone = "UTC";
  std::string privacy = "masked";
  int64_t threads = 0;
  bool json = false;
  bool quiet = false;
};

// What kind of records a file holds, by the `schema` of its first line; messages when that does not
// say.
RecordKind kind_of_file(const std::string& path) {
  if (path == "-") return RecordKind::kMessage;
  std::ifstream file(path);
  std::string line(4'096, '\0');
  file.read(line.data(), static_cast<std::streamsize>(line.size()));
  line.resize(static_cast<size_t>(file.gcount()));
  line.resize(std::min(line.find('\n'), line.size()));
  if (line.find("\"call.v1\"") != std::string::npos) return RecordKind::kCall;
  if (line.find("\"report.v1\"") != std::string::npos) return RecordKind::kReport;
  return RecordKind::kMessage;
}

void add_source(Config& config, RecordKind kind, const std::vector<std::string>& files) {
  if (files.empty()) return;
  SourceConfig& source = config.sources.emplace_back();
  source.name = fmt::format("{}s", name_of(kind));
  source.kind = kind;
  source.files = files;
  source.mapping = native_mapping(kind, config.engine.default_country);
}

Expected<Config, std::string> make_config(const ScanArguments& arguments) {
  Config config;
  config.http_listen.clear();
  config.engine.threads = arguments.threads;
  config.engine.default_country = arguments.country;
  if (!arguments.country.empty() && find_plan(arguments.country) == nullptr) {
    return Unexpected<std::string>(
        fmt::format("no numbering plan for country `{}`", arguments.country));
  }
  const std::optional<TimeZone> zone = TimeZone::load(arguments.zone);
  if (!zone) return Unexpected<std::string>(fmt::format("unknown time zone `{}`", arguments.zone));
  config.engine.zone = *zone;
  config.privacy.numbers =
      arguments.privacy == "clear" ? NumberPrivacy::kClear : NumberPrivacy::kMasked;
  config.privacy.text = arguments.privacy == "clear" ? TextPrivacy::kFull : TextPrivacy::kSpan;
  config.publish_from = arguments.publish_from == "act"       ? Verdict::kAct
                        : arguments.publish_from == "observe" ? Verdict::kObserve
                                                              : Verdict::kReview;
  config.alerts.file = arguments.alerts;
  config.dead_letters.file = arguments.dead_letters;
  ScanArguments sorted = arguments;
  for (const std::string& file : arguments.files) {
    const RecordKind kind = kind_of_file(file);
    auto& files = kind == RecordKind::kMessage ? sorted.messages
                  : kind == RecordKind::kCall  ? sorted.calls
                                               : sorted.reports;
    files.push_back(file);
  }
  add_source(config, RecordKind::kMessage, sorted.messages);
  add_source(config, RecordKind::kCall, sorted.calls);
  add_source(config, RecordKind::kReport, sorted.reports);
  if (config.sources.empty())
    return Unexpected<std::string>("no files to scan (`-` is standard input)");
  if (arguments.json && arguments.alerts == "-") {
    return Unexpected<std::string>("--json and --alerts - both write to standard output");
  }
  return config;
}

void show_progress(const Engine& engine, double seconds) {
  const SourceCounts counts = engine.totals().all_sources();
  fmt::print(stderr, "\r{} records, {:.0f} s ", counts.records, seconds);
  std::fflush(stderr);
}

// Runs to the end, or until a signal; says how far it is on a terminal.
void run_to_end(Engine& engine, bool progress) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  int shown_seconds = 0;
  engine.start();
  while (!engine.finished() && !stop_requested()) {
    engine.service(std::chrono::milliseconds(2));
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (!progress || static_cast<int>(seconds) <= shown_seconds) continue;
    shown_seconds = static_cast<int>(seconds);
    show_progress(engine, seconds);
  }
  if (progress && shown_seconds > 0) fmt::print(stderr, "\n");
}

ExitStatus fail(const EngineError& error) {
  fmt::print(stderr, "{}", error.text);
  return static_cast<int>(error.exit_code);
}

ExitStatus scan(const ScanArguments& arguments) {
  const Expected<Config, std::string> config = make_config(arguments);
  if (!config) return fail({ExitCode::kUsage, fmt::format("scamsieve scan: {}\n", config.error())});
  auto rules = compile_rules(rules_of(arguments.rules), std::nullopt);
  if (!rules) return fail(rules.error());
  install_stop_signals();
  const AlertFormat format = arguments.format == "text" ? AlertFormat::kText : AlertFormat::kJson;
  auto engine = Engine::create(*config, {format, *rules});
  if (!engine) return fail(engine.error());
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
    return fail({exit_code_of(*end.error),
                 fmt::format("error[{}]: {}\n", end.error->code, end.error->message)});
  }
  return static_cast<int>(stop_requested() ? ExitCode::kTryAgain : ExitCode::kOk);
}

}  // namespace

void add_scan(CLI::App& app, ExitStatus& status) {
  CLI::App* verb =
      app.add_subcommand("scan", "Scan files or standard input and write alerts; no broker.");
  auto a = std::make_shared<ScanArguments>();
  verb->add_option("files", a->files,
                   "JSON-lines files; the `schema` of the first line says what they hold");
  verb->add_option("--messages", a->messages, "Files of messages (`-`: standard input)");
  verb->add_option("--calls", a->calls, "Files of calls");
  verb->add_option("--reports", a->reports, "Files of reports");
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
  verb->add_option("--default-country", a->country, "Country of national numbers, such as TH");
  verb->add_option("--timezone", a->zone, "Time zone of msg.hour")->capture_default_str();
  verb->add_option("--threads", a->threads, "Worker threads (0: one per core)")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  verb->add_flag("--json", a->json, "The summary as JSON on standard output");
  verb->add_flag("--quiet", a->quiet, "No progress and no summary");
  verb->callback([a, &status] { status = scan(*a); });
}

}  // namespace sieve
