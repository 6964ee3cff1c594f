// Correlation: facts per second and bytes per key as live keys grow, and what a fact block costs.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "stages/generated_calls.h"

namespace sieve {
namespace {

// A 10-minute window with a count, a distinct count and a ratio: the shape of most caller rules.
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
    measure: { calls: count(), targets: distinct(call.to), share: ratio(call.answered == false) }
    condition: targets >= 1000000
)";

constexpr uint64_t kFeatures = 0b11;

void BM_FactBlockWriteAndRead(benchmark::State& state) {
  Calls calls(1'000'000, kFeatures);
  for (auto _ : state) {
    auto reader = FactBlockReader::open(calls.next_block());
    Fact fact;
    while (reader->next(fact)) benchmark::DoNotOptimize(fact.key);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_FactBlockWriteAndRead);

void BM_Apply(benchmark::State& state) {
  const auto key_count = static_cast<uint64_t>(state.range(0));
  Correlator correlator(plan_of(kRules));
  Calls calls(key_count, kFeatures);
  std::vector<Finding> findings;
  // Until windows are as full as they get.
  for (uint64_t i = 0; i < 6 * key_count; ++i) correlator.apply({}, calls.next_block(), findings);
  for (auto _ : state) correlator.apply({}, calls.next_block(), findings);
  state.SetItemsProcessed(state.iterations());
  state.counters["keys"] = static_cast<double>(correlator.key_count());
  state.counters["bytes_per_key"] =
      static_cast<double>(correlator.state_bytes()) / static_cast<double>(correlator.key_count());
}
// A fixed number of iterations, so that the windows are filled once for each.
BENCHMARK(BM_Apply)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->Iterations(3'000'000);

// One caller who never stops: what a distinct count costs as values grow.
void BM_ApplyToBusyKey(benchmark::State& state) {
  Correlator correlator(plan_of(kRules));
  std::vector<Finding> findings;
  const auto value_count = static_cast<uint64_t>(state.range(0));
  std::string block;
  Fact fact;
  fact.key = entity_key("+66800000000");
  fact.features = 0b11;
  fact.value_count = 1;
  int64_t offset = 0;
  for (auto _ : state) {
    ++offset;
    fact.time.ms = 1'767'571'200'000 + offset;
    fact.values[0] = 1 + mix_key(static_cast<uint64_t>(offset)) % value_count;
    block.clear();
    FactBlockWriter writer(block);
    writer.begin(offset);
    writer.add(fact);
    writer.end();
    correlator.apply({}, block, findings);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_ApplyToBusyKey)->Arg(10)->Arg(1'000)->Arg(100'000)->Arg(10'000'000);

}  // namespace
}  // namespace sieve
