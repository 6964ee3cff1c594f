// Conditions as one graph: what they come to against their programs, run in full; what is shared;
// and what is looked for. SIEVE_SEED replays a failure.
#include "evaluate/condition_answers.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "evaluate/occurrences.h"
#include "support/effort.h"
#include "unit/evaluate/rule_mix.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::Generator;
using ::sieve::testing::loaded_from;
using ::sieve::testing::message;
using ::sieve::testing::ModelSet;
using ::sieve::testing::random_text;

constexpr int kRounds = ::sieve::testing::effort(20, 2);
constexpr int kMessages = 100;

// All that a condition is read with, for one rule set.
class Reading {
 public:
  explicit Reading(std::shared_ptr<const RuleSet> rules)
      : rules_(std::move(rules)),
        finder_(*rules_),
        occurrences_(*rules_, finder_.scanner(), finder_.fired()),
        captures_(*rules_, finder_.scanner()),
        answers_(rules_->conditions(), finder_) {
    reader_.set_brands(rules_->brands());
    context_.text = &reader_;
  }

  // `record` must live as long as it is asked about.
  void start(const Record& record) {
    const FoldedText& folded = folder_.fold(record.message.text);
    reader_.set_text(folded);
    occurrences_.set_text(folded);
    captures_.set_text(folded);
    finder_.scan(folded);
    input_ = {.signals = &finder_.raised(),
              .unknown = &finder_.unknown(),
              .record = &record,
              .context = &context_,
              .occurrences = &occurrences_,
              .captures = &captures_,
              .measures = {},
              .reader = &reader_,
              .folder = &values_};
    answers_.start(input_);
  }
  bool may_hold(const CompiledRule& rule) { return answers_.may_hold(rule.root); }
  bool holds(const CompiledRule& rule) { return answers_.holds(rule.root); }
  // The slow way: looks for everything, and runs the whole condition.
  bool runs_true(const CompiledRule& rule) {
    for (const SignalId signal : rule.signals) finder_.find(signal);
    return rule.condition.run(input_);
  }
  SignalFinder& finder() { return finder_; }
  const RuleSet& rules() const { return *rules_; }

 private:
  std::shared_ptr<const RuleSet> rules_;
  FieldContext context_;
  Folder folder_, values_;
  MessageReader reader_;
  SignalFinder finder_;
  Occurrences occurrences_;
  Captures captures_;
  ConditionAnswers answers_;
  ProgramInput input_;
};

TEST(ConditionAnswersTest, EqualProgramsThatAreRunInFull) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << testing::seed());
  Generator generator(testing::seed());
  size_t true_count = 0;
  size_t ruled_out = 0;
  for (int round = 0; round < kRounds; ++round) {
    const ModelSet model(generator);
    Reading reading(compiled(model.load()));
    Reading slow(compiled(model.load()));
    for (int i = 0; i < kMessages; ++i) {
      const std::string text = random_text(generator);
      const Record record = message(text, "A");
      reading.start(record);
      slow.start(record);
      for (size_t rule = 0; rule < testing::kMixedRules; ++rule) {
        const CompiledRule& compiled = reading.rules().rules()[rule];
        const bool may_hold = reading.may_hold(compiled);
        const bool holds = reading.holds(compiled);
        ASSERT_EQ(holds, slow.runs_true(slow.rules().rules()[rule]))
            << compiled.full_id << " in " << ::testing::PrintToString(text) << "\n"
            << model.yaml();
        ASSERT_TRUE(may_hold || !holds) << compiled.full_id;
        ASSERT_EQ(reading.holds(compiled), holds) << "asked again";
        true_count += holds ? 1 : 0;
        ruled_out += may_hold ? 0 : 1;
      }
    }
  }
  EXPECT_GT(true_count, 100U);
  EXPECT_GT(ruled_out, 100U);
}

constexpr char kShared[] = R"(format: 1
namespace: demo
rules:
  - id: way
    emit: false
    title: t
    class: c
    patterns: { call: { words: call }, number: { re: 'no [0-9]+' } }
    condition: call and number
  - { id: one, title: t, class: c, score: 1, patterns: { bank: { words: bank } },
      condition: bank and rule(way) }
  - { id: two, title: t, class: c, score: 1, patterns: { tax: { words: tax } },
      condition: tax and rule(way) }
  - { id: three, title: t, class: c, score: 1, patterns: { sum: { re: 'pay .*now' }, w: { words: pay } },
      condition: w and sum and msg.from == "DEMOSHOP" }
)";

enum Place : size_t { kWay, kOne, kTwo, kThree };

TEST(ConditionAnswersTest, RulesShareWhatTheyAskOfAHelper) {
  const auto rules = compiled(loaded_from(kShared));
  const ConditionGraph& graph = rules->conditions();
  const uint32_t way = rules->rules()[kWay].root.node();
  for (const size_t place : {kOne, kTwo}) {
    const auto operands = graph.operands(graph.node(rules->rules()[place].root.node()));
    EXPECT_TRUE(std::ranges::any_of(operands, [&](NodeRef ref) { return ref.node() == way; }));
  }
}

// Each regular expression at most once, and not at all where something cheaper decides.
TEST(ConditionAnswersTest, LooksOnlyForWhatDecides) {
  const auto rules = compiled(loaded_from(kShared));
  Reading reading(rules);
  RegexCosts costs;
  costs.by_pattern.resize(rules->patterns()->pattern_count());
  reading.finder().watch(&costs);
  const auto searches = [&] {
    uint64_t sum = 0;
    for (const RegexCost& cost : costs.by_pattern) sum += cost.searched;
    return sum;
  };
  const Record record = message("bank and tax: call no 5 and pay 100 now", "A");
  reading.start(record);
  const uint64_t scanned = searches();
  EXPECT_TRUE(reading.holds(rules->rules()[kOne]));
  EXPECT_TRUE(reading.holds(rules->rules()[kTwo]));
  EXPECT_LE(searches(), scanned + 1);
  const uint64_t before = searches();
  EXPECT_FALSE(reading.holds(rules->rules()[kThree])) << "the sender is another";
  EXPECT_EQ(searches(), before);
}

constexpr char kLetters[] = R"(format: 1
namespace: demo
rules:
  - id: odd
    title: t
    class: c
    score: 1
    patterns:
      pay: { words: pay }
      letters: { lit: [z, w, x] }
      mixed: { lit: [q, "bank transfer"] }
    condition: pay and count(letters) >= 2 and not mixed
)";

// Letters alone wait until they decide; those beside longer phrases are scanned for with them.
TEST(ConditionAnswersTest, SearchesForLettersWhereTheyDecide) {
  const auto rules = compiled(loaded_from(kLetters));
  const CompiledRule& odd = rules->rules()[0];
  const SignalId letters = odd.signals[1];
  EXPECT_EQ(rules->searched_of(letters).size(), 3U);
  EXPECT_TRUE(rules->searched_of(odd.signals[2]).empty());
  Reading reading(rules);
  const Record record = message("pay at six, with care", "A");
  reading.start(record);
  EXPECT_EQ(reading.finder().fired().all().size(), 1U) << "only `pay`";
  EXPECT_TRUE(reading.may_hold(odd));
  EXPECT_TRUE(reading.holds(odd));
  EXPECT_EQ(rules->patterns()->spec(reading.finder().raised_by(letters).pattern).text, "w")
      << "the first in the order of the rule, not of the text";
  const Record other = message("pay at ten", "A");
  reading.start(other);
  EXPECT_TRUE(reading.may_hold(odd));
  EXPECT_FALSE(reading.holds(odd));
  EXPECT_FALSE(reading.finder().find(letters));
}

}  // namespace
}  // namespace sieve
