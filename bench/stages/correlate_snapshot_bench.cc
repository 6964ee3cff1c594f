// Snapshots of windows in memory: how long facts wait while one is made, what it costs them, and
// how fast it comes back. Files are another matter: see the benches of the file layer.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>

#include "stages/generated_calls.h"

namespace sieve {
namespace {

// A 10-minute window with a count and a distinct count: the shape of most caller rules.
constexpr std::string_view kRules = R"(
format: 1
namespace: bench
rules:
  - id: SPRAY
    title: t
    class: c
    score: 3
    on: call
    window: { by: call.from, over: 10m, late: 2m, max_keys: 100000000 }
    measure: { calls: count(), targets: distinct(call.to) }
    condition: targets >= 1000000
)";
constexpr uint64_t kFeatures = 1;
// What the engine does at a time between two batches.
constexpr size_t kKeysPerStep = 16'384;
constexpr int kFactsPerStep = 20'000;

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double apply(Correlator& correlator, Calls& calls, int count) {
  std::vector<Finding> findings;
  const auto start = Clock::now();
  for (int i = 0; i < count; ++i) correlator.apply({}, calls.next_block(), findings);
  return ms_since(start);
}

void restore(const std::string& body, const std::shared_ptr<const FactPlan>& plan,
             benchmark::State& state) {
  Correlator restored(plan);
  const auto start = Clock::now();
  SnapshotRecords records;
  constexpr size_t kFrame = size_t{1} << 20;
  for (size_t at = 0; at < body.size(); at += kFrame) {
    records.add(std::string_view(body).substr(at, kFrame));
    SnapshotTag tag{};
    std::string_view content;
    while (records.next(tag, content)) {
      ByteReader in(content);
      restored.restore(tag, in);
      SIEVE_CHECK(!in.failed(), "what was saved cannot be read");
    }
  }
  restored.finish_restore();
  state.counters["restore_ms"] = ms_since(start);
  state.counters["restored_keys"] = static_cast<double>(restored.key_count());
}

void BM_Snapshot(benchmark::State& state) {
  const auto key_count = static_cast<uint64_t>(state.range(0));
  const auto plan = plan_of(kRules);
  Correlator correlator(plan);
  Calls calls(key_count, kFeatures);
  for (uint64_t i = 0; i < 6; ++i) apply(correlator, calls, static_cast<int>(key_count));
  for (auto _ : state) {
    double before = apply(correlator, calls, kFactsPerStep);
    before = std::min(before, apply(correlator, calls, kFactsPerStep));
    std::string body;
    body.reserve(correlator.state_bytes());
    const auto begin = Clock::now();
    correlator.begin_snapshot(body);
    double pause_ms = ms_since(begin);
    double meanwhile = 0;
    int steps = 0;
    for (bool done = false; !done; ++steps) {
      meanwhile += apply(correlator, calls, kFactsPerStep);
      const auto step = Clock::now();
      done = correlator.continue_snapshot(kKeysPerStep);
      pause_ms = std::max(pause_ms, ms_since(step));
    }
    state.counters["pause_ms"] = pause_ms;
    state.counters["facts_cost"] = meanwhile / steps / before;
    state.counters["bytes_per_key"] =
        static_cast<double>(body.size()) / static_cast<double>(correlator.key_count());
    state.counters["state_bytes_per_key"] =
        static_cast<double>(correlator.state_bytes()) / static_cast<double>(correlator.key_count());
    restore(body, plan, state);
  }
}
BENCHMARK(BM_Snapshot)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sieve
