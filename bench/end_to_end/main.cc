// end_to_end: what one record costs from file to alert on one core, and its ratio to the floor: a
// bare JSON parse of the same records plus one Hyperscan scan of their text with the literals of
// the same rules. Both are measured in turn, in one process, on the same bytes, so that the ratio
// holds on a noisy machine.
//
//   end_to_end --rules rules --rounds 5 messages.jsonl [calls.jsonl ...]
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <numeric>
#include <string>
#include <vector>

#include "base/check.h"
#include "floor.h"
#include "pack_scan.h"
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

// Processor seconds, user and system, of this process so far: what a noisy machine does not change
// much.
double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Cost {
  double wall = 0;
  double cpu = 0;
};

// What `work` costs.
template <class Work>
Cost measure(const Work& work) {
  const Clock::time_point start = Clock::now();
  const double cpu = cpu_seconds();
  work();
  return {std::chrono::duration<double>(Clock::now() - start).count(), cpu_seconds() - cpu};
}

struct EngineRun {
  Cost cost;
  Totals totals;
};

EngineRun run_engine(const Config& config, std::shared_ptr<const RuleSet> rules) {
  auto engine = Engine::create(config, {AlertFormat::kJson, std::move(rules)});
  SIEVE_CHECK(engine.has_value(), "{}", engine.error().text);
  EngineRun run;
  run.cost = measure([&engine] {
    (*engine)->start();
    while (!(*engine)->finished()) (*engine)->service(std::chrono::milliseconds(1));
  });
  run.totals = (*engine)->totals();
  const EngineEnd end = (*engine)->stop();
  SIEVE_CHECK(!end.error.has_value(), "{}", end.error->message);
  return run;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void print_row(std::string_view name, const std::vector<Cost>& costs, double records) {
  std::vector<double> wall, cpu;
  for (const Cost& cost : costs) {
    wall.push_back(cost.wall);
    cpu.push_back(cost.cpu);
  }
  fmt::print("{:<26} {:>11.0f} records/s {:>7.0f} ns/record, {:>7.0f} CPU ns/record\n", name,
             records / median(wall), median(wall) / records * 1e9, median(cpu) / records * 1e9);
}

void print_ratio(std::string_view what, const std::vector<double>& ratios) {
  const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
  fmt::print("ratio engine / floor, {}: median {:.2f} (min {:.2f}, max {:.2f})\n", what,
             median(ratios), *least, *most);
}

// What the whole set costs to scan for, against its literals alone.
void print_scan_ratio(const Arguments& arguments, const RuleSet& rules, const Floor& floor) {
  PackScan scan(arguments.messages, rules, floor);
  std::vector<double> literals, pack, ratios;
  for (int round = 0; round < arguments.rounds; ++round) {
    literals.push_back(measure([&scan] { scan.scan_literals(); }).cpu);
    pack.push_back(measure([&scan] { scan.scan_pack(); }).cpu);
    ratios.push_back(pack.back() / literals.back());
  }
  const auto messages = static_cast<double>(scan.messages());
  const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
  fmt::print(
      "scan of {} messages: literals {:.0f} CPU ns, whole pack {:.0f} CPU ns, ratio {:.2f} "
      "(min {:.2f}, max {:.2f})\n",
      messages, median(literals) / messages * 1e9, median(pack) / messages * 1e9, median(ratios),
      *least, *most);
}

int run(const Arguments& arguments) {
  auto rules = compile_rules(rules_at(arguments.rules, {}), std::nullopt);
  SIEVE_CHECK(rules.has_value(), "{}", rules.error().text);
  const Config config = make_config(arguments);
  const Floor floor(arguments.messages, arguments.calls, **rules);
  std::vector<Cost> floor_costs, engine_costs;
  std::vector<double> wall_ratios, cpu_ratios;
  EngineRun last;
  for (int round = 0; round < arguments.rounds; ++round) {
    floor_costs.push_back(measure([&floor] { floor.run(); }));
    last = run_engine(config, *rules);
    engine_costs.push_back(last.cost);
    wall_ratios.push_back(last.cost.wall / floor_costs.back().wall);
    cpu_ratios.push_back(last.cost.cpu / floor_costs.back().cpu);
  }
  const auto records = static_cast<double>(last.totals.all_sources().records);
  uint64_t alerts = 0;
  for (const RuleCounts& rule : last.totals.rules) alerts += rule.alerts;
  fmt::print("{} records, {} alerts, {} rules, {} literals, {} threads, {} rounds\n", records,
             alerts, (*rules)->rules().size(), floor.literal_count(), arguments.threads,
             arguments.rounds);
  print_row("floor (parse + scan)", floor_costs, records);
  print_row("engine (file to alerts)", engine_costs, records);
  print_ratio("wall clock", wall_ratios);
  print_ratio("CPU", cpu_ratios);
  for (size_t i = 0; i < kStageCount; ++i) {
    fmt::print("  stage {:<10} {:>7.0f} ns/record\n", name_of(static_cast<Stage>(i)),
               static_cast<double>(last.totals.stage_ns[i]) / records);
  }
  print_scan_ratio(arguments, **rules, floor);
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
