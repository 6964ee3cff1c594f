// What a condition lacks, against a slow obvious model: all ways to set its parts.
#include "evaluate/near_miss.h"

#include <gtest/gtest.h>

#include <bit>
#include <string>
#include <vector>

#include "unit/evaluate/rules_of.h"
#include "unit/match/generator.h"

namespace sieve {
namespace {

using ::sieve::testing::condition_from;
using ::sieve::testing::Generator;

constexpr size_t kPartsMax = 8;

// Which patterns are true, by bit.
using Truths = uint32_t;

// The values of a condition over patterns.
std::vector<NodeValue> values_of(const Expression& condition, size_t patterns, Truths truths) {
  std::vector<SignalId> signals;
  for (uint32_t i = 0; i < patterns; ++i) signals.push_back(SignalId(i));
  std::vector<bool> fired;
  for (size_t i = 0; i < patterns; ++i) fired.push_back((truths >> i & 1) != 0);
  ProgramInput input;
  input.signals = &fired;
  std::vector<NodeValue> values;
  const Program program = Program::compile(condition, signals);
  const bool holds = program.trace(input, values);
  EXPECT_EQ(holds, program.run(input)) << condition.text;
  EXPECT_EQ(values.back().truth(), holds) << condition.text;
  return values;
}

bool holds(const Expression& condition, size_t patterns, Truths truths) {
  return values_of(condition, patterns, truths).back().truth();
}

// A condition in which every pattern from p0 on stands once.
std::string random_parts(Generator& generator, size_t& used, size_t depth) {
  const auto part = [&] { return random_parts(generator, used, depth + 1); };
  const size_t kind = depth == 0 ? 1 + generator.below(4) : generator.below(5);
  if (kind == 0 || depth > 2 || used + 3 > kPartsMax) return "p" + std::to_string(used++);
  if (kind == 1) return "not (" + part() + ")";
  if (kind <= 3) {
    const std::string left = part();
    return "(" + left + (kind == 2 ? " and " : " or ") + part() + ")";
  }
  const size_t first = used;
  used += 3;
  return "2 of (p" + std::to_string(first) + ", p" + std::to_string(first + 1) + ", p" +
         std::to_string(first + 2) + ")";
}

TEST(NearMissTest, IsTheLeastOfAllWays) {
  Generator generator(20'260'105);
  size_t missed = 0;
  for (int round = 0; round < 400; ++round) {
    size_t used = 0;
    const std::string text = random_parts(generator, used, 0);
    SCOPED_TRACE(text);
    const Expression condition = condition_from(text, used);
    const Truths truths = static_cast<Truths>(generator.below(1U << used));
    const auto values = values_of(condition, used, truths);
    const auto changes = nearest_miss(condition.nodes, values);
    size_t least = used + 1;
    for (Truths other = 0; other < (1U << used); ++other) {
      if (!holds(condition, used, other)) continue;
      least = std::min(least, static_cast<size_t>(std::popcount(truths ^ other)));
    }
    ASSERT_TRUE(changes.has_value());
    ASSERT_EQ(changes->size(), least);
    Truths mended = truths;
    for (const NeededChange& change : *changes) {
      const uint32_t pattern = condition.nodes[change.node].index;
      ASSERT_EQ(change.to, (truths >> pattern & 1) == 0);
      mended ^= 1U << pattern;
    }
    ASSERT_TRUE(holds(condition, used, mended));
    missed += least > 0 ? 1 : 0;
  }
  EXPECT_GT(missed, 100U);
}

TEST(NearMissTest, NothingMakesAConstantTrue) {
  const Expression condition = condition_from("p0 and not p1", 2);
  std::vector<ExprNode> nodes = condition.nodes;
  nodes[0] = {};
  nodes[0].op = ExprOp::kBool;
  const auto values = values_of(condition, 2, 0);
  EXPECT_FALSE(nearest_miss(nodes, values).has_value());
}

TEST(NearMissTest, AnEmptyConditionHolds) {
  const auto changes = nearest_miss({}, {});
  ASSERT_TRUE(changes.has_value());
  EXPECT_TRUE(changes->empty());
}

}  // namespace
}  // namespace sieve
