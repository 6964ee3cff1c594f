// traffic: writes seeded operator traffic with its ground truth, or synthetic signatures.
//
// Exit codes: 0 written; 1 an output failed; 2 the command line is wrong.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "traffic/generator.h"
#include "traffic/kafka_output.h"
#include "traffic/signatures.h"

namespace sieve::traffic {
namespace {

constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;

struct Arguments {
  std::string mode = "traffic";
  Options options;
  double minutes = 10;
  uint64_t records = 0;
  std::string length, start, langs, honest_langs;
  std::vector<std::string> dials;
  std::string messages, calls, truth;
  std::string brokers;
  std::string topics = "messages=messages,calls=calls";
  std::string message_topic, call_topic;
  int partitions = 0;
  double rate = 0;
  bool quiet = false;
  uint32_t count = 10'000;
  uint32_t first = 0;
  std::string output = "-";
};

std::string describe_dials() {
  std::string text = "Dials (--dial NAME=VALUE):\n";
  for (const DialInfo& dial : all_dials()) {
    const std::string value = dial.value < 0 ? "by subscribers" : fmt::format("{}", dial.value);
    text += fmt::format("  {:26} {:15} {}\n", dial.name, value, dial.summary);
  }
  text +=
      "\nThe same options give the same bytes on every machine. Records come in order of event\n"
      "time unless calls.at_end or records.late_share say otherwise. The truth file begins with a\n"
      "header line; see bench/README.md.";
  return text;
}

void add_options(CLI::App& app, Arguments& arguments) {
  Options& options = arguments.options;
  app.add_option("--mode", arguments.mode, "traffic | signatures")
      ->check(CLI::IsMember({"traffic", "signatures"}))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "The run's only source of chance")->capture_default_str();
  app.add_option("--subscribers", options.subscribers, "Customers of the operator")
      ->check(CLI::Range(kSubscribersMin, kSubscribersMax))
      ->capture_default_str();
  app.add_option("--minutes", arguments.minutes, "Length of the run in event time")
      ->check(CLI::Range(0.001, 1e6))
      ->capture_default_str();
  app.add_option("--length", arguments.length, "The same with a unit, such as 24h")
      ->excludes("--minutes");
  app.add_option("--start", arguments.start, "Event time of the beginning, RFC 3339")
      ->default_str(format_rfc3339(options.start));
  app.add_option("--records", arguments.records,
                 "Messages and calls together; 0: as many as the subscribers make");
  app.add_option("--scam-share", options.scam_share, "Scam messages of all messages")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  app.add_option("--lang", arguments.langs, "Only these languages: th,en,zh,id,vi,fil");
  app.add_option(
         "--honest-langs", arguments.honest_langs,
         "Only honest messages, no scams or calls, in these languages evenly; every kind in "
         "each, every sentence about as often. Without it enterprises write Thai and English")
      ->excludes("--lang")
      ->excludes("--scam-share");
  app.add_option("--dial", arguments.dials, "Set a dial, NAME=VALUE; may be repeated");
  app.add_flag("--compact", options.compact, "Only the required fields of records");
  app.add_option("--messages", arguments.messages, "File for message records; - is stdout");
  app.add_option("--calls", arguments.calls, "File for call records; - is stdout");
  app.add_option("--truth", arguments.truth, "File for the ground truth; - is stdout");
  app.add_option("--kafka", arguments.brokers,
                 "Produce to these brokers (host:port,...) instead of files, keyed by sender");
  app.add_option("--topics", arguments.topics, "Topics for --kafka")->capture_default_str();
  app.add_option("--partitions", arguments.partitions,
                 "Make missing topics with that many partitions; 0: topics must exist")
      ->check(CLI::Range(0, 10'000));
  app.add_option("--rate", arguments.rate, "Records per second of real time; 0: no limit")
      ->check(CLI::NonNegativeNumber);
  app.add_flag("--quiet", arguments.quiet, "No summary on stderr");
  app.add_option("--count", arguments.count, "signatures: how many rules")->capture_default_str();
  app.add_option("--first", arguments.first, "signatures: rules before the first, in other files")
      ->capture_default_str();
  app.add_option("--output", arguments.output, "signatures: the rule file; - is stdout")
      ->capture_default_str();
}

// Reads `messages=T,calls=T`.
Expected<void, std::string> read_topics(Arguments& arguments) {
  const std::string& text = arguments.topics;
  size_t at = 0;
  while (at <= text.size()) {
    const size_t comma = std::min(text.find(',', at), text.size());
    const std::string part = text.substr(at, comma - at);
    if (part.starts_with("messages=")) arguments.message_topic = part.substr(9);
    if (part.starts_with("calls=")) arguments.call_topic = part.substr(6);
    at = comma + 1;
  }
  if (!arguments.message_topic.empty() && !arguments.call_topic.empty()) return {};
  return Unexpected<std::string>(
      fmt::format("--topics `{}` must be messages=TOPIC,calls=TOPIC", text));
}

Expected<void, std::string> check_outputs(Arguments& arguments) {
  const bool files = !arguments.messages.empty() || !arguments.calls.empty();
  if (arguments.brokers.empty()) {
    if (files || !arguments.truth.empty()) return {};
    return Unexpected<std::string>(
        "nothing to write: give --messages, --calls, --truth or --kafka");
  }
  if (files) return Unexpected<std::string>("--kafka replaces --messages and --calls");
  return read_topics(arguments);
}

Expected<void, std::string> complete(Arguments& arguments) {
  Options& options = arguments.options;
  options.length = {static_cast<int64_t>(arguments.minutes * 60'000 + 0.5)};
  if (!arguments.length.empty()) {
    const std::optional<Duration> length = parse_duration(arguments.length);
    if (!length || length->ms <= 0) {
      return Unexpected<std::string>(
          fmt::format("--length `{}` is no duration such as 24h", arguments.length));
    }
    options.length = *length;
  }
  if (arguments.records > 0) options.records = arguments.records;
  if (!arguments.start.empty()) {
    const std::optional<Timestamp> start = parse_rfc3339(arguments.start);
    if (!start) {
      return Unexpected<std::string>(fmt::format(
          "--start `{}` is no RFC 3339 time such as 2026-01-05T02:00:00Z", arguments.start));
    }
    options.start = *start;
  }
  if (!arguments.langs.empty()) {
    const auto restricted = restrict_languages(arguments.langs, options);
    if (!restricted) return restricted;
  }
  if (!arguments.honest_langs.empty()) {
    const auto kept = keep_only_honest(arguments.honest_langs, options);
    if (!kept) return kept;
  }
  for (const std::string& dial : arguments.dials) {
    const auto set = options.dials.set(dial);
    if (!set) return set;
  }
  options.dials.resolve(options.subscribers, options.length);
  if (arguments.mode == "signatures") return {};
  return check_outputs(arguments);
}

Expected<std::unique_ptr<LineSink>, std::string> open_sink(const std::string& path) {
  if (path.empty()) return std::unique_ptr<LineSink>(std::make_unique<NullSink>());
  auto file = FileSink::open(path);
  if (!file) return Unexpected<std::string>(file.error());
  return std::unique_ptr<LineSink>(std::move(*file));
}

template <class Counts, class Kind>
std::string describe_counts(const Counts& counts, Kind /*first*/) {
  std::string text;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    text +=
        fmt::format("{}{} {}", text.empty() ? "" : ", ", name_of(static_cast<Kind>(i)), counts[i]);
  }
  return text.empty() ? "none" : text;
}

void print_summary(const Summary& summary, double seconds) {
  const uint64_t records = summary.messages + summary.calls;
  fmt::print(stderr,
             "{} messages ({:.1f} MB), {} calls ({:.1f} MB) in {:.2f} s: {:.0f} records/s\n",
             summary.messages, static_cast<double>(summary.message_bytes) / 1e6, summary.calls,
             static_cast<double>(summary.call_bytes) / 1e6, seconds,
             static_cast<double>(records) / std::max(seconds, 1e-9));
  fmt::print(stderr, "honest: {}\n", describe_counts(summary.legit_counts, LegitKind::kChat));
  fmt::print(stderr, "scam: {} ({})\n", summary.scam_messages,
             describe_counts(summary.class_counts, ScamClass::kGambling));
  fmt::print(stderr, "evasions: {}\n",
             describe_counts(summary.evasion_counts, Evasion::kZeroWidth));
  fmt::print(stderr, "behaviours: {} with {} calls\n", summary.behaviours, summary.behaviour_calls);
  fmt::print(stderr, "planted: {}; look-alikes: {}; together {} messages and {} calls\n",
             summary.planted, summary.look_alikes, summary.staged_messages, summary.staged_calls);
}

// Waits until `records` are due at `rate` records per second since `began`.
void pace(uint64_t records, double rate, std::chrono::steady_clock::time_point began) {
  const std::chrono::duration<double> due(static_cast<double>(records) / rate);
  std::this_thread::sleep_until(
      began + std::chrono::duration_cast<std::chrono::steady_clock::duration>(due));
}

int failed(const std::string& message) {
  fmt::print(stderr, "traffic: {}\n", message);
  return kExitFailed;
}

using Sinks = std::array<std::unique_ptr<LineSink>, 3>;  // Messages, calls, truth.

Expected<void, std::string> open_topics(const Arguments& arguments, Sinks& sinks) {
  const std::vector<std::string> topics = {arguments.message_topic, arguments.call_topic};
  if (arguments.partitions > 0) {
    const auto created = create_kafka_topics(arguments.brokers, topics, arguments.partitions);
    if (!created) return created;
  }
  for (size_t i = 0; i < topics.size(); ++i) {
    auto output = KafkaOutput::open(arguments.brokers, topics[i]);
    if (!output) return Unexpected<std::string>(output.error());
    sinks[i] = std::move(*output);
  }
  return {};
}

Expected<Sinks, std::string> open_sinks(const Arguments& arguments) {
  Sinks sinks;
  const std::array<const std::string*, 3> paths = {&arguments.messages, &arguments.calls,
                                                   &arguments.truth};
  for (size_t i = 0; i < sinks.size(); ++i) {
    auto sink = open_sink(*paths[i]);
    if (!sink) return Unexpected<std::string>(sink.error());
    sinks[i] = std::move(*sink);
  }
  if (arguments.brokers.empty()) return sinks;
  const auto opened = open_topics(arguments, sinks);
  if (!opened) return Unexpected<std::string>(opened.error());
  return sinks;
}

int write_traffic(const Arguments& arguments) {
  auto opened = open_sinks(arguments);
  if (!opened) return failed(opened.error());
  const Sinks& sinks = *opened;
  const auto began = std::chrono::steady_clock::now();
  Progress progress;
  if (arguments.rate > 0) {
    progress = [&](uint64_t records) { pace(records, arguments.rate, began); };
  }
  const Summary summary = generate(arguments.options, {*sinks[0], *sinks[1], *sinks[2]}, progress);
  for (const auto& sink : sinks) {
    const auto closed = sink->close();
    if (!closed) return failed(closed.error());
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  if (!arguments.quiet) print_summary(summary, took.count());
  return 0;
}

int write_signature_file(const Arguments& arguments) {
  auto file = FileSink::open(arguments.output);
  if (!file) return failed(file.error());
  write_signatures(arguments.options.seed, {arguments.first, arguments.count}, **file);
  const auto closed = (*file)->close();
  return closed ? 0 : failed(closed.error());
}

int run(int argc, char** argv) {
  Arguments arguments;
  CLI::App app("Writes seeded operator traffic with its ground truth.", "traffic");
  add_options(app, arguments);
  app.footer(describe_dials());
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kExitUsage;
  }
  const auto completed = complete(arguments);
  if (!completed) {
    fmt::print(stderr, "traffic: {}\n", completed.error());
    return kExitUsage;
  }
  if (arguments.mode == "signatures") return write_signature_file(arguments);
  return write_traffic(arguments);
}

}  // namespace
}  // namespace sieve::traffic

int main(int argc, char** argv) { return sieve::traffic::run(argc, argv); }
