// Everything that decides about a hit and its score at once, evaluated as the engine does and as
// the model of rule_mix.h does. SIEVE_SEED replays a failure.
#include "unit/evaluate/rule_mix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "evaluate/explanation.h"
#include "support/effort.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::Generator;
using ::sieve::testing::message;
using ::sieve::testing::ModelRule;
using ::sieve::testing::ModelSet;
using ::sieve::testing::Outcome;
using ::sieve::testing::random_text;

constexpr int kRounds = ::sieve::testing::effort(6, 1);
constexpr int kMessages = 150;
constexpr int64_t kDayMs = 86'400'000;

// The model, and the engine with its rules.
class Mix {
 public:
  Mix(const ModelSet& model, bool with_helpers)
      : model_(model),
        with_helpers_(with_helpers),
        rules_(compiled(model.load())),
        evaluator_(rules_, {}) {
    if (with_helpers) evaluator_.try_helpers();
  }

  void compare(const std::string& text, int64_t day);
  // So that a comparison of nothing is seen.
  size_t hits() const { return hits_; }
  size_t exceptions() const { return exceptions_; }
  size_t borrowing_hits() const { return borrowing_hits_; }

 private:
  void compare_hits(const Evaluation& evaluation, const Outcome& want) const;
  void compare_exceptions(const Evaluation& evaluation, const Outcome& want) const;
  void compare_explanations(const Record& record, const Evaluation& evaluation,
                            const Outcome& want);

  const ModelSet& model_;
  const bool with_helpers_;
  size_t hits_ = 0;
  size_t exceptions_ = 0;
  size_t borrowing_hits_ = 0;  // Of rules that refer to others.
  std::shared_ptr<const RuleSet> rules_;
  Evaluator evaluator_;
  Folder folder_;
};

void Mix::compare(const std::string& text, int64_t day) {
  folder_.fold(text);
  const FoldedText& folded = folder_.repair_words(rules_->patterns()->known_words());
  const Outcome want = model_.judge(folded, day);
  Record record = message(text, "A");
  record.message.ts = Timestamp{day * kDayMs + kDayMs - 1};
  const Evaluation& evaluation = evaluator_.evaluate(record, folded);
  ASSERT_EQ(evaluation.hits_truncated, 0U);
  hits_ += evaluation.hits.size();
  exceptions_ += evaluation.excepted.size();
  borrowing_hits_ +=
      static_cast<size_t>(std::ranges::count_if(evaluation.hits, [this](const Hit& hit) {
        return !rules_->rule(hit.rule).refers_to.empty();
      }));
  compare_hits(evaluation, want);
  compare_exceptions(evaluation, want);
  EXPECT_DOUBLE_EQ(evaluation.score, want.score);
  EXPECT_EQ(evaluation.verdict, want.verdict);
  compare_explanations(record, evaluation, want);
}

void Mix::compare_hits(const Evaluation& evaluation, const Outcome& want) const {
  std::map<std::string, double> given;
  for (const auto* hits : {&evaluation.hits, &evaluation.shadow_hits}) {
    for (const Hit& hit : *hits) {
      const Rule& rule = *rules_->rule(hit.rule).rule;
      if (rule.emit) given[rule.id] = hit.score;
      EXPECT_EQ(hits == &evaluation.shadow_hits, rule.mode == RuleMode::kShadow || !rule.emit);
    }
  }
  EXPECT_EQ(given, want.given);
  for (size_t i = 0; i < model_.rules().size(); ++i) {
    if (model_.rules()[i].emit) continue;
    const bool is_listed = std::any_of(evaluation.shadow_hits.begin(), evaluation.shadow_hits.end(),
                                       [i](const Hit& hit) { return hit.rule.index() == i; });
    EXPECT_EQ(is_listed, with_helpers_ && want.hits[i]) << i;
  }
}

void Mix::compare_exceptions(const Evaluation& evaluation, const Outcome& want) const {
  std::vector<std::string> got(model_.rules().size());
  for (const Excepted& excepted : evaluation.excepted) {
    got[excepted.rule.index()] = rules_->exceptions()[excepted.exception].label;
  }
  for (size_t i = 0; i < got.size(); ++i) {
    const bool is_tried = with_helpers_ || model_.rules()[i].emit;
    EXPECT_EQ(got[i], is_tried ? want.excepted[i] : "") << i;
  }
}

void Mix::compare_explanations(const Record& record, const Evaluation& evaluation,
                               const Outcome& want) {
  Explainer explainer(*rules_, evaluator_, folder_);
  for (uint32_t i = 0; i < model_.rules().size(); ++i) {
    const ExplainedRule explained = explainer.explain(RuleIndex(i), record, evaluation);
    const bool is_true = want.hits[i] || !want.excepted[i].empty();
    EXPECT_EQ(explained.holds, is_true) << i;
    EXPECT_EQ(explained.condition.parts.front().truth, is_true) << i;
  }
}

TEST(RuleMixTest, EqualsTheModelWhateverIsMixed) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << testing::seed());
  Generator generator(testing::seed());
  size_t hits = 0;
  size_t exceptions = 0;
  size_t borrowing_hits = 0;
  for (int round = 0; round < kRounds; ++round) {
    const ModelSet model(generator);
    Mix mixes[] = {{model, false}, {model, true}};
    for (int i = 0; i < kMessages; ++i) {
      const std::string text = random_text(generator);
      const auto day = static_cast<int64_t>(generator.below(5));
      for (Mix& mix : mixes) mix.compare(text, day);
      if (!HasFailure()) continue;
      FAIL() << "in " << ::testing::PrintToString(text) << " on day " << day << " with\n"
             << model.yaml();
    }
    hits += mixes[0].hits();
    exceptions += mixes[0].exceptions();
    borrowing_hits += mixes[0].borrowing_hits();
  }
  constexpr size_t kEach = static_cast<size_t>(kRounds) * kMessages / 10;
  EXPECT_GT(hits, 10 * kEach);
  EXPECT_GT(exceptions, kEach);
  EXPECT_GT(borrowing_hits, kEach);
}

}  // namespace
}  // namespace sieve
