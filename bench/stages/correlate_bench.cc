// Correlation: facts per second and bytes per key as live keys grow, and what a fact block costs.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "base/check.h"
#include "correlate/correlator.h"
#include "correlate/entity_key.h"

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
constexpr double kEventsPerKeyAndWindow = 3;
constexpr int64_t kWindowMs = 600'000;

std::shared_ptr<const FactPlan> make_plan() {
  LoadedRules loaded;
  loaded.files.push_back(parse_rule_file("bench.rules.yaml", kRules, loaded.diagnostics));
  SIEVE_CHECK(loaded.ok(), "the rules have errors");
  auto rules = RuleSet::compile(std::move(loaded), {});
  SIEVE_CHECK(rules.has_value(), "the rules do not compile");
  return std::make_shared<const FactPlan>(*rules);
}

// Calls of `key_count` callers in random order, as many per window as kEventsPerKeyAndWindow says.
class Calls {
 public:
  explicit Calls(uint64_t key_count)
      : key_count_(key_count),
        step_ms_(static_cast<double>(kWindowMs) /
                 (kEventsPerKeyAndWindow * static_cast<double>(key_count))) {
    fact_.features = 0b11;
    fact_.value_count = 1;
  }

  std::string_view next_block() {
    state_ = state_ * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    const uint64_t random = mix_key(state_);
    // The key of a Thai mobile number: see entity_key().
    fact_.key = (entity_key("+66800000000") & ~0xFFFFFFULL) + random % key_count_;
    fact_.values[0] = fact_.key ^ (random >> 40);
    now_ms_ += step_ms_;
    fact_.time.ms = static_cast<int64_t>(now_ms_);
    block_.clear();
    FactBlockWriter writer(block_);
    writer.begin(++offset_);
    writer.add(fact_);
    writer.end();
    return block_;
  }

 private:
  uint64_t key_count_;
  double step_ms_;
  double now_ms_ = 1'767'571'200'000;
  uint64_t state_ = 1;
  int64_t offset_ = 0;
  Fact fact_;
  std::string block_;
};

void BM_FactBlockWriteAndRead(benchmark::State& state) {
  Calls calls(1'000'000);
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
  Correlator correlator(make_plan());
  Calls calls(key_count);
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
  Correlator correlator(make_plan());
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
