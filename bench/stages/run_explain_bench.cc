// How long an author waits for `rules explain`, once rules are loaded: one message, by the number
// of rules, some of which nearly hold.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>

#include "run/explain.h"

namespace sieve {
namespace {

constexpr int kFamily = 100;  // Rules that share a word.

// Rules of three patterns, all needed: what the lure is about, which many share, a word of its own,
// and a link.
std::shared_ptr<const RuleSet> make_rules(int64_t count) {
  std::string yaml = "format: 1\nnamespace: bench\nrules:\n";
  for (int64_t i = 0; i < count; ++i) {
    yaml += fmt::format(
        "  - {{ id: r{0}, title: t, class: c, score: 1, patterns: {{ topic: {{ words: [topic{1}] "
        "}}, "
        "own: {{ words: [lure{0}, offer {0} today] }}, sum: {{ re: 'pay {0}[0-9]+ usd' }} }}, "
        "condition: topic and (own or sum) and msg.url.count >= 1 }}\n",
        i, i / kFamily);
  }
  LoadedRules loaded;
  loaded.files.push_back(parse_rule_file("bench.rules.yaml", yaml, loaded.diagnostics));
  return RuleSet::compile(std::move(loaded), {}).value();
}

// A hit, and kFamily - 1 rules that lack one thing.
void explain(benchmark::State& state, bool measure) {
  static std::map<int64_t, std::shared_ptr<const RuleSet>> made;
  auto& rules = made[state.range(0)];
  if (rules == nullptr) rules = make_rules(state.range(0));
  ExplainOptions options;
  options.text = "topic1 for you: lure123, see https://a.example/1 or ask at the desk";
  options.measure = measure;
  size_t shown = 0;
  for (auto _ : state) shown = explain_message(rules, options).value().rules.size();
  state.counters["shown"] = static_cast<double>(shown);
}

BENCHMARK_CAPTURE(explain, plain, false)
    ->Arg(200)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(explain, with_cost, true)
    ->Arg(200)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sieve
