// What deciding about a message costs beyond scanning it: with no pattern, with patterns whose
// rules are false, and with hits.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <string_view>

#include "evaluate/evaluator.h"

namespace sieve {
namespace {

constexpr std::string_view kClean = "see you at the station at eight, bring the tickets please";
constexpr std::string_view kCandidates = "parcel parcel1 parcel2 parcel3 arrives, see you at eight";
constexpr std::string_view kHits = "parcel1 parcel2 parcel3 arrives after the fee1 fee2 fee3";

// 200 rules of two patterns each, both needed.
std::shared_ptr<const RuleSet> make_rules() {
  std::string yaml = "format: 1\nnamespace: bench\nrules:\n";
  for (int i = 0; i < 200; ++i) {
    const std::string n = std::to_string(i);
    yaml += "  - { id: R" + n + ", title: t, class: c, score: 1, patterns: { a: { words: [parcel" +
            n + "] }, b: { words: [fee" + n + ", cost" + n +
            "] } }, condition: \"a and b and msg.from != 'X'\" }\n";
  }
  LoadedRules loaded;
  loaded.files.push_back(parse_rule_file("bench.rules.yaml", yaml, loaded.diagnostics));
  return RuleSet::compile(std::move(loaded), {}).value();
}

void evaluate(benchmark::State& state, std::string_view text) {
  Folder folder;
  const FoldedText folded = folder.fold(text);
  Evaluator evaluator(make_rules(), {});
  Record record;
  record.message.from.raw = "A";
  record.message.text = text;
  size_t hits = 0;
  for (auto _ : state) hits += evaluator.evaluate(record, folded).hits.size();
  state.counters["hits"] =
      benchmark::Counter(static_cast<double>(hits), benchmark::Counter::kAvgIterations);
}

void scan(benchmark::State& state, std::string_view text) {
  Folder folder;
  const FoldedText folded = folder.fold(text);
  const auto rules = make_rules();
  Scanner scanner(rules->patterns());
  FiredPatterns fired;
  fired.resize(rules->patterns()->pattern_count());
  for (auto _ : state) {
    scanner.scan(folded, fired);
    benchmark::DoNotOptimize(fired.all().size());
  }
}

void BM_ScanClean(benchmark::State& state) { scan(state, kClean); }
void BM_EvaluateClean(benchmark::State& state) { evaluate(state, kClean); }
void BM_ScanCandidates(benchmark::State& state) { scan(state, kCandidates); }
void BM_EvaluateCandidates(benchmark::State& state) { evaluate(state, kCandidates); }
void BM_ScanHits(benchmark::State& state) { scan(state, kHits); }
void BM_EvaluateHits(benchmark::State& state) { evaluate(state, kHits); }
BENCHMARK(BM_ScanClean);
BENCHMARK(BM_EvaluateClean);
BENCHMARK(BM_ScanCandidates);
BENCHMARK(BM_EvaluateCandidates);
BENCHMARK(BM_ScanHits);
BENCHMARK(BM_EvaluateHits);

}  // namespace
}  // namespace sieve
