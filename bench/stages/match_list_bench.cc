// Lists of 1,000 to 5 million hosts: reading them, what an entry costs in memory, and looking up
// hosts that are listed, below one that is, and not. Then hosts against 10 to 10,000 brands:
// strangers, which nearly all hosts are, and imitations.
#include <benchmark/benchmark.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "base/check.h"
#include "match/list_set.h"
#include "match/look_alike.h"
#include "rule/list_file.h"
#include "text/host_memory.h"

namespace sieve {
namespace {

constexpr size_t kHosts = 4'096;  // Looked up in turn.
constexpr Timestamp kNow{1'767'600'000'000};

// Names of two to five syllables: 20 bytes a host, as feeds have.
class Names {
 public:
  explicit Names(unsigned seed) : random_(seed) {}

  size_t below(size_t count) { return random_() % count; }
  std::string word() {
    static constexpr std::string_view kSyllables[] = {"ba", "ko", "ti",  "ru", "sen", "lo", "par",
                                                      "mi", "cu", "tom", "ga", "win", "de", "po",
                                                      "si", "ve", "ac",  "pr", "ze",  "te"};
    std::string out;
    for (size_t n = 3 + below(3); n > 0; --n) out += kSyllables[below(std::size(kSyllables))];
    return out;
  }
  std::string host() {
    static constexpr std::string_view kSuffixes[] = {".com", ".top", ".xyz", ".co.th", ".example"};
    return word() + std::to_string(below(1'000)) +
           std::string(kSuffixes[below(std::size(kSuffixes))]);
  }

 private:
  std::mt19937 random_;
};

std::string list_text(size_t entries) {
  Names names(7);
  std::string text;
  for (size_t i = 0; i < entries; ++i) text += names.host() + "\n";
  return text;
}

ListDef read_list(const std::string& text) {
  ListDef list;
  list.name = "hosts";
  list.type = ListType::kDomain;
  list.subdomains = true;
  list.entries_max = 20'000'000;
  Diagnostics diagnostics;
  read_list_text("hosts.txt", text, {}, list, diagnostics);
  return list;
}

void ReadList(benchmark::State& state) {
  const std::string text = list_text(static_cast<size_t>(state.range(0)));
  double bytes = 0;
  for (auto _ : state) {
    ListDef list = read_list(text);
    const ListSet set(list);
    bytes = static_cast<double>(set.memory_bytes()) / static_cast<double>(set.size());
  }
  state.counters["bytes/entry"] = bytes;
  state.counters["text bytes/entry"] =
      static_cast<double>(text.size()) / static_cast<double>(state.range(0));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(ReadList)->Arg(1'000)->Arg(100'000)->Arg(5'000'000)->Unit(benchmark::kMillisecond);

// `kind`: 0 listed, 1 below one that is, 2 not listed.
void LookUp(benchmark::State& state) {
  ListDef list = read_list(list_text(static_cast<size_t>(state.range(0))));
  const ListSet set(list);
  Names listed(7);
  Names others(8);
  std::vector<std::string> hosts;
  for (size_t i = 0; i < kHosts; ++i) {
    if (i % static_cast<size_t>(state.range(0)) == 0) listed = Names(7);
    const std::string host = state.range(1) == 2 ? others.host() : listed.host();
    hosts.push_back((state.range(1) == 1 ? "www.login." : "") + host);
    if (state.range(1) < 2) SIEVE_CHECK(set.contains(hosts[i], kNow, {}), "{}", hosts[i]);
  }
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(set.contains(hosts[i % kHosts], kNow, {}));
    ++i;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(LookUp)->ArgsProduct({{1'000, 100'000, 5'000'000}, {0, 1, 2}});

std::vector<BrandDef> some_brands(size_t count) {
  Names names(7);
  std::vector<BrandDef> brands(count);
  for (BrandDef& brand : brands) {
    const std::string name = names.word();
    brand.name = name;
    brand.official = {name + ".example", "pay." + name + ".co.th"};
    brand.aliases = {names.word() + " " + names.word()};
  }
  return brands;
}

// `imitations`: 0 hosts of strangers, 1 hosts that imitate one of the brands.
void LookAlikes(benchmark::State& state) {
  const auto brands = some_brands(static_cast<size_t>(state.range(0)));
  const BrandTable table(brands);
  Names others(8);
  HostMemory memory;
  std::vector<std::string> texts(2 * kHosts);  // Hosts and their domains.
  std::vector<HostParts> hosts;
  for (size_t i = 0; i < kHosts; ++i) {
    std::string host = others.host();
    if (state.range(1) == 1) {
      host = brands[others.below(brands.size())].name + "-login" + host.substr(host.rfind('.'));
    }
    memory.clear();
    const auto canonical = memory.put("www." + host);
    SIEVE_CHECK(canonical.has_value(), "{}", host);
    texts[2 * i] = canonical->ascii;
    texts[2 * i + 1] = canonical->domain;
    hosts.push_back({texts[2 * i], texts[2 * i], texts[2 * i + 1]});
  }
  std::array<LookAlike, 8> found;
  size_t count = 0;
  size_t i = 0;
  for (auto _ : state) {
    count += table.find_all(hosts[i % kHosts], found);
    ++i;
  }
  state.counters["found/host"] =
      static_cast<double>(count) / static_cast<double>(state.iterations());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(LookAlikes)->ArgsProduct({{10, 1'000, 10'000}, {0, 1}});

void MakeBrandTable(benchmark::State& state) {
  const auto brands = some_brands(static_cast<size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(BrandTable(brands));
}
BENCHMARK(MakeBrandTable)->Arg(10)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sieve
