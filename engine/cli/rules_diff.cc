#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>

#include "alert/read.h"
#include "base/file.h"
#include "base/json_writer.h"
#include "cli/file_input.h"
#include "cli/verbs.h"
#include "run/alert_diff.h"
#include "run/service.h"
#include "run/summary.h"

namespace sieve {
namespace {

struct DiffArguments {
  std::string old_path;
  std::string new_path;
  FileInput input;
  size_t samples = 3;
  bool json = false;
};

// What one rule set made of the records.
struct Run {
  std::string digest;
  size_t rules = 0;
  SourceCounts counts;
  GivenAlerts alerts;
};

// A file in memory, with a name for those who open files.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("alerts", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

 private:
  int descriptor_;
};

constexpr size_t kAlertBytesMax = size_t{4} << 30;

Unexpected<EngineError> failure(ExitCode code, std::string text) {
  return Unexpected<EngineError>({code, std::move(text)});
}

// Scans the records with the rules at `path`.
Expected<Run, EngineError> scan_with(const std::string& path, const FileInput& input) {
  Expected<Config, std::string> config = config_of(input);
  if (!config) {
    return failure(ExitCode::kUsage, fmt::format("scamsieve rules diff: {}\n", config.error()));
  }
  const auto rules = compile_rules(rules_of({path}), std::nullopt);
  if (!rules) return Unexpected<EngineError>(rules.error());
  const MemoryFile file;
  if (!file.is_open()) return failure(ExitCode::kInputOutput, "no memory for alerts\n");
  config->alerts.file = file.path();
  const auto engine = Engine::create(*config, {AlertFormat::kJson, *rules});
  if (!engine) return Unexpected<EngineError>(engine.error());
  run_to_end(**engine, ::isatty(STDERR_FILENO) != 0);
  const EngineEnd end = (*engine)->stop();
  if (stop_requested()) return failure(ExitCode::kTryAgain, "stopped\n");
  if (end.error) {
    return failure(exit_code_of(*end.error),
                   fmt::format("error[{}]: {}\n", end.error->code, end.error->message));
  }
  const auto lines = read_file(file.path(), kAlertBytesMax);
  if (!lines) return failure(ExitCode::kInputOutput, lines.error().message + "\n");
  auto alerts = read_given_alerts(*lines);
  if (!alerts) return failure(ExitCode::kInternal, alerts.error() + "\n");
  return Run{(*rules)->digest(), (*rules)->rules().size(), (*engine)->totals().all_sources(),
             std::move(*alerts)};
}

std::string sample_text(const GivenAlert& alert) {
  const auto json = parse_json(alert.json);
  const auto read = json ? read_alert(*json) : Unexpected<JsonError>(json.error());
  return read ? render_text(*read) : alert.json + "\n";
}

std::string title(std::string_view name, size_t count, size_t shown) {
  return fmt::format("\n{}: {}{}\n", name, count,
                     shown < count ? fmt::format(", the first {}", shown) : "");
}

std::string render_alerts(std::string_view name, const std::vector<const GivenAlert*>& alerts,
                          size_t samples) {
  if (alerts.empty()) return {};
  const size_t shown = std::min(samples, alerts.size());
  std::string out = title(name, alerts.size(), shown);
  for (size_t i = 0; i < shown; ++i) out += sample_text(*alerts[i]);
  return out;
}

std::string render_changes(std::string_view name, const std::vector<ChangedAlert>& changes,
                           size_t samples) {
  if (changes.empty()) return {};
  const size_t shown = std::min(samples, changes.size());
  std::string out = title(name, changes.size(), shown);
  for (size_t i = 0; i < shown; ++i) {
    const GivenAlert& before = *changes[i].before;
    out += fmt::format("was {}, score {}, by {}; now\n{}", name_of(before.verdict), before.score,
                       fmt::join(before.rules, ", "), sample_text(*changes[i].after));
  }
  return out;
}

std::string render(const Run& before, const Run& after, const AlertDiff& diff, size_t samples) {
  std::string out =
      fmt::format("{} records\n", before.counts.records) + render_dead_letters(before.counts);
  out += fmt::format("{:<8}{} rules, {} alerts, bundle {}\n{:<8}{} rules, {} alerts, bundle {}\n",
                     "old", before.rules, before.alerts.size(), before.digest, "new", after.rules,
                     after.alerts.size(), after.digest);
  out += fmt::format(
      "{} alerts appear, {} vanish, {} change their verdict, {} their rules, {} stay the same\n",
      diff.appeared.size(), diff.vanished.size(), diff.changed_verdict.size(),
      diff.changed_rules.size(), diff.same);
  bool has_title = false;
  for (const auto& [rule, change] : diff.rules) {
    if (change.appeared == 0 && change.vanished == 0) continue;
    if (!has_title)
      out += fmt::format("\n{:<40}{:>8}{:>8}{:>8}{:>8}\n", "rule", "old", "new", "+", "-");
    has_title = true;
    out += fmt::format("{:<40}{:>8}{:>8}{:>8}{:>8}\n", rule, change.before, change.after,
                       change.appeared, change.vanished);
  }
  out += render_alerts("appear", diff.appeared, samples);
  out += render_alerts("vanish", diff.vanished, samples);
  out += render_changes("change their verdict", diff.changed_verdict, samples);
  out += render_changes("change their rules", diff.changed_rules, samples);
  return out;
}

void write_alerts(JsonWriter& json, std::string_view name,
                  const std::vector<const GivenAlert*>& alerts, size_t samples) {
  json.key(name).begin_object();
  json.key("count").unsigned_integer(alerts.size());
  json.key("samples").begin_array();
  for (size_t i = 0; i < std::min(samples, alerts.size()); ++i) json.raw(alerts[i]->json);
  json.end_array().end_object();
}

void write_changes(JsonWriter& json, std::string_view name,
                   const std::vector<ChangedAlert>& changes, size_t samples) {
  json.key(name).begin_object();
  json.key("count").unsigned_integer(changes.size());
  json.key("samples").begin_array();
  for (size_t i = 0; i < std::min(samples, changes.size()); ++i) {
    json.begin_object().key("old").raw(changes[i].before->json);
    json.key("new").raw(changes[i].after->json).end_object();
  }
  json.end_array().end_object();
}

void write_run(JsonWriter& json, std::string_view name, const Run& run) {
  json.key(name).begin_object();
  json.key("bundle").string(run.digest);
  json.key("rules").unsigned_integer(run.rules);
  json.key("alerts").unsigned_integer(run.alerts.size()).end_object();
}

std::string to_json(const Run& before, const Run& after, const AlertDiff& diff, size_t samples) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("records").unsigned_integer(before.counts.records);
  write_dead_letters(json, before.counts);
  write_run(json, "old", before);
  write_run(json, "new", after);
  json.key("same").unsigned_integer(diff.same);
  write_alerts(json, "appear", diff.appeared, samples);
  write_alerts(json, "vanish", diff.vanished, samples);
  write_changes(json, "changed_verdict", diff.changed_verdict, samples);
  write_changes(json, "changed_rules", diff.changed_rules, samples);
  json.key("rules").begin_array();
  for (const auto& [rule, change] : diff.rules) {
    json.begin_object().key("rule").string(rule);
    json.key("old").unsigned_integer(change.before);
    json.key("new").unsigned_integer(change.after);
    json.key("appeared").unsigned_integer(change.appeared);
    json.key("vanished").unsigned_integer(change.vanished).end_object();
  }
  json.end_array().end_object();
  return out;
}

ExitStatus diff(const DiffArguments& arguments) {
  install_stop_signals();
  const auto before = scan_with(arguments.old_path, arguments.input);
  const auto after = before ? scan_with(arguments.new_path, arguments.input)
                            : Unexpected<EngineError>(before.error());
  if (!after) {
    fmt::print(stderr, "{}", after.error().text);
    return static_cast<int>(after.error().exit_code);
  }
  const AlertDiff found = diff_alerts(before->alerts, after->alerts);
  if (arguments.json) {
    fmt::print("{}\n", to_json(*before, *after, found, arguments.samples));
  } else {
    fmt::print("{}", render(*before, *after, found, arguments.samples));
  }
  return static_cast<int>(found.empty() ? ExitCode::kOk : ExitCode::kFailed);
}

}  // namespace

void add_rules_diff(CLI::App& rules, ExitStatus& status) {
  auto a = std::make_shared<DiffArguments>();
  CLI::App* verb = rules.add_subcommand("diff",
                                        "Scan the same records with two rule sets: which alerts "
                                        "appear, vanish or change. Exit 1 when "
                                        "any does.");
  verb->add_option("old", a->old_path, "Rule file or directory")->required();
  verb->add_option("new", a->new_path, "Rule file or directory")->required();
  add_file_input(*verb, a->input);
  verb->add_option("--samples", a->samples, "Masked alerts to show of each kind")
      ->capture_default_str();
  verb->add_flag("--json", a->json, "The same as JSON");
  verb->callback([a, &status] { status = diff(*a); });
}

}  // namespace sieve
