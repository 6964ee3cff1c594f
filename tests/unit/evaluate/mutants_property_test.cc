// Mutants of random conditions, run as programs: they are sound, and what is said to be the same
// is.
#include <gtest/gtest.h>

#include <string>

#include "rule/condition_mutants.h"
#include "rule/normal_form.h"
#include "unit/evaluate/rules_of.h"
#include "unit/match/generator.h"

namespace sieve {
namespace {

using ::sieve::testing::condition_from;
using ::sieve::testing::Generator;

constexpr uint32_t kPatterns = 5;

// Which patterns are true, by bit.
using Truths = uint32_t;
constexpr Truths kAllTruths = 1U << kPatterns;

std::string random_text(Generator& generator, size_t depth) {
  const auto part = [&] { return random_text(generator, depth + 1); };
  const auto pattern = [&] { return "p" + std::to_string(generator.below(kPatterns)); };
  switch (depth > 3 ? 0 : generator.below(6)) {
    case 1:
    case 2:
      return "(" + part() + " and " + part() + ")";
    case 3:
      return "(" + part() + " or " + part() + ")";
    case 4:
      return "not (" + part() + ")";
    case 5: {
      const size_t first = generator.below(kPatterns - 2);
      return std::to_string(1 + generator.below(3)) + " of (p" + std::to_string(first) + ", p" +
             std::to_string(first + 1) + ", p" + std::to_string(first + 2) + ")";
    }
    default:
      return pattern();
  }
}

bool holds(const std::vector<ExprNode>& nodes, Truths truths) {
  Expression expression;
  expression.nodes = nodes;
  std::vector<SignalId> signals;
  std::vector<bool> fired;
  for (uint32_t i = 0; i < kPatterns; ++i) {
    signals.push_back(SignalId(i));
    fired.push_back((truths >> i & 1U) != 0);
  }
  ProgramInput input;
  input.signals = &fired;
  return Program::compile(expression, signals).run(input);
}

bool holds(const NormalForm& form, Truths truths) {
  return form.constant ? *form.constant : holds(form.nodes, truths);
}

TEST(NormalFormTest, IsTrueOfTheSameMessages) {
  Generator generator(20'260'106);
  size_t constants = 0;
  for (int round = 0; round < 300; ++round) {
    const std::string text = random_text(generator, 0);
    SCOPED_TRACE(text);
    const Expression condition = condition_from(text, kPatterns);
    const auto absent = static_cast<uint32_t>(generator.below(kPatterns));
    const NormalForm form = normal_form(condition.nodes, absent);
    constants += form.constant ? 1 : 0;
    for (Truths truths = 0; truths < kAllTruths; ++truths) {
      const Truths without = truths & ~(1U << absent);
      ASSERT_EQ(holds(form, truths), holds(condition.nodes, without)) << truths;
    }
  }
  EXPECT_GT(constants, 10U);
}

TEST(ConditionMutantsTest, AreIdleWhereNoMessageTellsThemApart) {
  Generator generator(20'260'107);
  size_t idle = 0;
  size_t mutants = 0;
  for (int round = 0; round < 200; ++round) {
    const std::string text = random_text(generator, 0);
    SCOPED_TRACE(text);
    const Expression condition = condition_from(text, kPatterns);
    ExpressionScope scope;
    scope.patterns = {"p0", "p1", "p2", "p3", "p4"};
    for (const Mutant& mutant : condition_mutants({condition, scope, {}, {"yes", "no"}})) {
      bool is_same = true;
      for (Truths truths = 0; truths < kAllTruths; ++truths) {
        is_same &= holds(mutant.nodes, truths) == holds(condition.nodes, truths);
      }
      ++mutants;
      idle += is_same ? 1 : 0;
      ASSERT_EQ(is_same_condition(normal_form(condition.nodes), normal_form(mutant.nodes)), is_same)
          << mutant.name;
    }
  }
  EXPECT_GT(idle, 100U);
  EXPECT_GT(mutants, 1'000U);
}

}  // namespace
}  // namespace sieve
