// end_to_end: what one record costs from file to alert on one core, and its ratio to the floor: a
// bare JSON parse of the same records plus one Hyperscan scan of their text with the literals of
// the same rules. Both are measured in turn, in one process, on the same bytes, so that the ratio
// holds on a noisy machine.
//
//   end_to_end --rules rules --rounds 5 messages.jsonl [calls.jsonl ...]
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <numeric>
#include <string>
#include <vector>

#include "base/check.h"
#include "floor.h"
#include "run/engine.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

using Clock = std::chrono::steady_clock;

struct Arguments {
  std::vector<std::string> messages, calls, rules;
  int rounds = 5;
  int64_t threads = 1;
};

Config make_config(const Arguments& arguments) {
  Config config;
  config.http_listen.clear();
  config.engine.threads = arguments.threads;
  config.alerts.file = "/dev/null";
  const auto add = [&config](RecordKind kind, const std::vector<std::string>& files) {
    if (files.empty()) return;
    SourceConfig& source = config.sources.emplace_back();
    source.name = name_of(kind);
    source.kind = kind;
    source.files = files;
    source.mapping = native_mapping(kind, "TH");
  };
  add(RecordKind::kMessage, arguments.messages);
  add(RecordKind::kCall, arguments.calls);
  return config;
}

struct EngineRun {
  double seconds = 0;
  Totals totals;
};

EngineRun run_engine(const Config& config, std::shared_ptr<const RuleSet> rules) {
  auto engine = Engine::create(config, {AlertFormat::kJson, std::move(rules)});
  SIEVE_CHECK(engine.has_value(), "{}", engine.error().text);
  const Clock::time_point start = Clock::now();
  (*engine)->start();
  while (!(*engine)->finished()) (*engine)->service(std::chrono::milliseconds(1));
  EngineRun run;
  run.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  run.totals = (*engine)->totals();
  const EngineEnd end = (*engine)->stop();
  SIEVE_CHECK(!end.error.has_value(), "{}", end.error->message);
  return run;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void print_row(std::string_view name, const std::vector<double>& seconds, double records) {
  const double mid = median(seconds);
  fmt::print("{:<28} {:>12.0f} records/s  {:>8.0f} ns/record\n", name, records / mid,
             mid / records * 1e9);
}

int run(const Arguments& arguments) {
  auto rules = compile_rules(rules_at(arguments.rules), std::nullopt);
  SIEVE_CHECK(rules.has_value(), "{}", rules.error().text);
  const Config config = make_config(arguments);
  const Floor floor(arguments.messages, arguments.calls, **rules);
  std::vector<double> floor_seconds, engine_seconds, ratios;
  EngineRun last;
  for (int round = 0; round < arguments.rounds; ++round) {
    floor_seconds.push_back(floor.run());
    last = run_engine(config, *rules);
    engine_seconds.push_back(last.seconds);
    ratios.push_back(last.seconds / floor_seconds.back());
  }
  const auto records = static_cast<double>(last.totals.all_sources().records);
  uint64_t alerts = 0;
  for (const RuleCounts& rule : last.totals.rules) alerts += rule.alerts;
  fmt::print("{} records, {} alerts, {} rules, {} literals, {} threads, {} rounds\n", records,
             alerts, (*rules)->rules().size(), floor.literal_count(), arguments.threads,
             arguments.rounds);
  print_row("floor (parse + scan)", floor_seconds, records);
  print_row("engine (file to alerts)", engine_seconds, records);
  const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
  fmt::print("ratio engine / floor: median {:.2f} (min {:.2f}, max {:.2f})\n", median(ratios),
             *least, *most);
  for (size_t i = 0; i < kStageCount; ++i) {
    fmt::print("  stage {:<10} {:>7.0f} ns/record\n", name_of(static_cast<Stage>(i)),
               static_cast<double>(last.totals.stage_ns[i]) / records);
  }
  return 0;
}

}  // namespace
}  // namespace sieve

int main(int argc, char** argv) {
  CLI::App app("Cost of a record from file to alert, and its ratio to the floor.", "end_to_end");
  sieve::Arguments arguments;
  app.add_option("messages", arguments.messages, "Files of messages")->required();
  app.add_option("--calls", arguments.calls, "Files of calls");
  app.add_option("--rules", arguments.rules, "Rule files or directories")->required();
  app.add_option("--rounds", arguments.rounds, "Pairs of floor and engine")->capture_default_str();
  app.add_option("--threads", arguments.threads, "Engine threads")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return sieve::run(arguments);
}
