// The index over all brands finds what a slow model finds brand by brand, and allocates nothing.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/count_allocations.h"
#include "unit/match/generator.h"
#include "unit/match/look_alike_model.h"

namespace sieve {
namespace {

using ::sieve::testing::LookAlikeModel;

class HostGenerator {
 public:
  explicit HostGenerator(uint64_t seed) : random_(seed) {}

  size_t below(size_t n) { return static_cast<size_t>(random_() % n); }
  template <class List>
  std::string one_of(const List& list) {
    return std::string(list[below(std::size(list))]);
  }
  // Few letters, so that names meet by chance; and words that lure, too.
  std::string word() {
    if (below(5) == 0) return one_of(lure_words());
    std::string out;
    for (size_t n = 1 + below(7); n > 0; --n) out += "abnrmv1l0o5s"[below(12)];
    return out;
  }
  std::string suffix() {
    static constexpr std::string_view kSuffixes[] = {"com", "co.th", "example", "github.io"};
    return one_of(kSuffixes);
  }
  std::string label() {
    std::string out = word();
    while (below(3) == 0) out += (below(2) == 0 ? "-" : "") + word();
    return out;
  }
  std::vector<BrandDef> brands() {
    std::vector<BrandDef> out(1 + below(6));
    for (size_t i = 0; i < out.size(); ++i) {
      out[i].name = word();
      out[i].official = {label() + "." + suffix()};
      if (below(3) == 0) out[i].official.push_back(word() + "." + label() + "." + suffix());
      if (below(3) == 0) out[i].aliases = {word() + " " + word()};
      words_.push_back(out[i].name);
      words_.push_back(out[i].official[0].substr(0, out[i].official[0].find('.')));
      officials_.insert(officials_.end(), out[i].official.begin(), out[i].official.end());
    }
    return out;
  }
  void forget() {
    words_.clear();
    officials_.clear();
  }
  // A host that has to do with one of the brands.
  std::string host() {
    std::string name = below(4) == 0 ? word() : one_of(words_);
    for (size_t n = below(3); n > 0; --n) change(name);
    std::string out = name + "." + suffix();
    if (below(6) == 0) out = one_of(officials_);
    if (below(3) == 0) out = one_of(words_) + "." + out;
    if (below(5) == 0) out = one_of(officials_) + "." + out;
    return out;
  }

 private:
  void change(std::string& name) {
    const size_t at = below(name.size() + 1);
    switch (below(9)) {
      case 0:
        name.insert(at, 1, "an1-"[below(4)]);
        break;
      case 1:
        if (name.size() > 1) name.erase(at % name.size(), 1);
        break;
      case 2:
        if (name.size() > 1)
          std::swap(name[at % (name.size() - 1)], name[at % (name.size() - 1) + 1]);
        break;
      case 3:
        name += one_of(lure_words());
        break;
      case 4:
        name = one_of(lure_words()) + (below(2) == 0 ? "-" : "") + name;
        break;
      case 5:
        name += std::to_string(below(1'000));
        break;
      case 6:
        name[at % name.size()] = "o0l1is5mrn"[below(10)];
        break;
      default:
        disguise(name, at % name.size());
        break;
    }
  }

  // Writes what looks like the letter at `at`.
  static void disguise(std::string& name, size_t at) {
    static constexpr std::pair<char, std::string_view> kDisguises[] = {
        {'o', "0"}, {'0', "o"}, {'l', "1"},  {'1', "l"}, {'i', "l"},
        {'s', "5"}, {'5', "s"}, {'m', "rn"}, {'w', "vv"}};
    for (const auto& [letter, look] : kDisguises) {
      if (name[at] != letter) continue;
      name.replace(at, 1, look);
      return;
    }
  }

  std::mt19937_64 random_;
  std::vector<std::string> words_;
  std::vector<std::string> officials_;
};

using Counts = std::array<size_t, kLookAlikeKindCount>;

void expect_the_same(const BrandTable& table, const LookAlikeModel& model, const HostParts& host,
                     Counts& counts) {
  for (uint32_t i = 0; i < table.brand_count(); ++i) {
    for (size_t k = 0; k < kLookAlikeKindCount; ++k) {
      const auto kind = static_cast<LookAlikeKind>(k);
      LookAlikeKinds only;
      only.add(kind);
      const auto got = table.find(host, BrandId(i), only);
      ASSERT_EQ(got.has_value(), model.imitates(host, i, kind))
          << host.ascii << " brand " << i << " " << name_of(kind);
      counts[k] += got ? 1 : 0;
    }
  }
}

TEST(LookAlikePropertyTest, FindsWhatTheSlowModelFinds) {
  const uint64_t seed = testing::seed();
  SCOPED_TRACE("SIEVE_SEED=" + std::to_string(seed));
  HostGenerator generator(seed);
  HostMemory memory;
  Counts counts{};
  for (int i = 0; i < 120; ++i) {
    generator.forget();
    const std::vector<BrandDef> brands = generator.brands();
    const BrandTable table(brands);
    const LookAlikeModel model(brands);
    for (int j = 0; j < 30; ++j) {
      memory.clear();
      const auto host = memory.put(generator.host());
      if (!host) continue;
      expect_the_same(table, model, {host->ascii, host->unicode, host->domain}, counts);
      if (HasFatalFailure()) {
        for (const BrandDef& brand : brands) {
          std::string text = brand.name;
          for (const std::string& official : brand.official) text += " " + official;
          for (const std::string& alias : brand.aliases) text += " [" + alias + "]";
          ADD_FAILURE() << text;
        }
        return;
      }
    }
  }
  for (size_t k = 0; k < kLookAlikeKindCount; ++k) {
    EXPECT_GT(counts[k], 20U) << name_of(static_cast<LookAlikeKind>(k));
  }
}

TEST(LookAlikePropertyTest, AllocatesNothing) {
  HostGenerator generator(7);
  const BrandTable table(generator.brands());
  std::vector<std::string> hosts;
  for (int i = 0; i < 200; ++i) hosts.push_back(generator.host());
  HostMemory memory;
  std::array<LookAlike, 8> found;
  const auto pass = [&] {
    size_t count = 0;
    for (const std::string& host : hosts) {
      memory.clear();
      const auto parts = memory.put(host);
      if (parts) count += table.find_all({parts->ascii, parts->unicode, parts->domain}, found);
    }
    return count;
  };
  EXPECT_GT(pass(), 0U);
  const size_t before = testing::allocations;
  pass();
  EXPECT_EQ(testing::allocations - before, 0U);
}

}  // namespace
}  // namespace sieve
