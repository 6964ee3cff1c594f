#include "cli/file_input.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <fstream>

#include "base/phone.h"
#include "run/service.h"

namespace sieve {
namespace {

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
  source.event_time = default_event_time(kind);
  // Files may be in any order: by caller, or by when records were written.
  source.event_time.late = Duration{366LL * 86'400'000};
  source.mapping = native_mapping(kind, config.engine.default_country);
}

void show_progress(const Engine& engine, double seconds) {
  const SourceCounts counts = engine.totals().all_sources();
  fmt::print(stderr, "\r{} records, {:.0f} s ", counts.records, seconds);
  std::fflush(stderr);
}

}  // namespace

void add_file_input(CLI::App& verb, FileInput& input) {
  verb.add_option("files", input.files,
                  "JSON-lines files; the `schema` of the first line says what they hold");
  verb.add_option("--messages", input.messages, "Files of messages (`-`: standard input)");
  verb.add_option("--calls", input.calls, "Files of calls");
  verb.add_option("--reports", input.reports, "Files of reports");
  verb.add_option("--default-country", input.country, "Country of national numbers, such as TH");
  verb.add_option("--timezone", input.zone, "Time zone of msg.hour")->capture_default_str();
  verb.add_option("--threads", input.threads, "Worker threads (0: one per core)")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
}

Expected<Config, std::string> config_of(const FileInput& input) {
  Config config;
  config.http_listen.clear();
  config.engine.threads = input.threads;
  config.engine.default_country = input.country;
  if (!input.country.empty() && find_plan(input.country) == nullptr) {
    return Unexpected<std::string>(
        fmt::format("no numbering plan for country `{}`", input.country));
  }
  const std::optional<TimeZone> zone = TimeZone::load(input.zone);
  if (!zone) return Unexpected<std::string>(fmt::format("unknown time zone `{}`", input.zone));
  config.engine.zone = *zone;
  FileInput sorted = input;
  for (const std::string& file : input.files) {
    const RecordKind kind = kind_of_file(file);
    auto& files = kind == RecordKind::kMessage ? sorted.messages
                  : kind == RecordKind::kCall  ? sorted.calls
                                               : sorted.reports;
    files.push_back(file);
  }
  add_source(config, RecordKind::kMessage, sorted.messages);
  add_source(config, RecordKind::kCall, sorted.calls);
  add_source(config, RecordKind::kReport, sorted.reports);
  if (config.sources.empty()) {
    return Unexpected<std::string>("no files to scan (`-` is standard input)");
  }
  return config;
}

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

}  // namespace sieve
