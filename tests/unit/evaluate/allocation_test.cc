// Scanning and evaluating allocate nothing after warm-up: neither we, nor RE2, nor Hyperscan.
#include <gtest/gtest.h>
#include <hs/hs.h>

#include <string>
#include <vector>

#include "support/count_allocations.h"
#include "unit/evaluate/rules_of.h"
#include "unit/match/generator.h"

namespace sieve {
namespace {

using ::sieve::testing::Generator;

LoadedRules many_rules() {
  std::string yaml =
      "format: 1\nnamespace: demo\nexpand: [leet, thai]\n"
      "lists: { senders: { type: sender, items: [DEMOBANK] },"
      " langs: { type: text, items: [th] } }\n"
      "brands: { demobank: { official: demobank.example }, lion: { official: lion.example } }\n"
      "rules:\n";
  for (int i = 0; i < 50; ++i) {
    const std::string n = std::to_string(i);
    yaml +=
        "  - { id: R" + n + ", title: t, class: c, score: 1, group: g, patterns: { a: { words: [a" +
        n + ", ก" + n + ", กข, jackpot, ร้านอาหาร, welcome] }, b: { re: '[ก-ฮ]+ ?a{1,3}" + n +
        "', view: text } }, condition: \"a or b and msg.hour >= 0 or a and msg.url.count > 1 "
        "or a and msg.from not in senders and msg.lang not in langs\" }\n"
        "  - { id: L" +
        n +
        ", title: t, class: c, score: 1, condition: \"any url where (url.host == "
        "'win.example' and not url.is_ip)\" }\n"
        "  - { id: B" +
        n +
        ", title: t, class: c, score: 1, condition: \"any url where url.lookalike(any) or any url "
        "where url.lookalike(lion, [tld])\" }\n"
        "  - { id: C" +
        n + ", title: t, class: c, score: 1, patterns: { a: { words: [a" + n +
        ", welcome, jackpot, ร้านอาหาร] }, b: { words: [กa, win] }, c: { re: 'a+', view: words } "
        "}, " +
        "condition: \"count(a) >= 2 or near(a, b, 20) or before(c, b)\" }\n";
  }
  return testing::loaded_from(yaml);
}

TEST(AllocationTest, TenThousandMessagesAllocateNothing) {
  hs_set_allocator(testing::counted_malloc, std::free);
  Evaluator evaluator(testing::compiled(many_rules()), {});
  Folder folder;
  Generator generator(testing::seed());
  std::vector<std::string> texts;
  for (int i = 0; i < 500; ++i) {
    texts.push_back(generator.text(60));
    if (i % 10 == 0) texts.back() += " j4ckpot ร้าuอาหาร";
    for (size_t n = generator.below(4); n > 0; --n) {
      texts.back() +=
          " a" + std::to_string(generator.below(50)) + " กa" + std::to_string(generator.below(50));
      if (n == 2) texts.back() += " win[.]example/a1 or line id: @demo77";
      if (n == 3) texts.back() += " dem0bank[.]example/a1 or http://demobank-login.lion.test";
    }
  }
  size_t hits = 0;
  const auto pass = [&] {
    for (const std::string& text : texts) {
      Record record = testing::message(text);
      record.message.lang = "TH";
      hits += evaluator.evaluate(record, folder.fold(text)).hits.size();
    }
  };
  pass();
  hits = 0;
  CostTable costs(evaluator.rules(), 2);
  const size_t with_costs = testing::allocations;
  for (CostTable* watching : {static_cast<CostTable*>(nullptr), &costs}) {
    evaluator.watch(watching);
    for (int i = 0; i < 10; ++i) pass();
  }
  EXPECT_EQ(testing::allocations - with_costs, 0U);
  EXPECT_GT(hits, 5'000U);
  hs_set_allocator(nullptr, nullptr);
}

}  // namespace
}  // namespace sieve
