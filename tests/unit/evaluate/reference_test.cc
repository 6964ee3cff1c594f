// Rules as their authors write them, evaluated as the engine does and as an obvious reference does:
// RE2 pattern by pattern over the folded views, and each condition on the full set of what fired. A
// million pairs of rule and message; fewer under a sanitizer. SIEVE_SEED replays a failure.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "support/effort.h"
#include "unit/evaluate/reference_model.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::Condition;
using ::sieve::testing::Generator;
using ::sieve::testing::kPatternCount;
using ::sieve::testing::loaded_from;
using ::sieve::testing::message;
using ::sieve::testing::random_condition;
using ::sieve::testing::random_patterns;
using ::sieve::testing::random_text;
using ::sieve::testing::ReferencePattern;
using ::sieve::testing::SeenInText;
using ::sieve::testing::with_capture;

constexpr int kRounds = ::sieve::testing::effort(100, 4);
constexpr int kRules = 50;
constexpr int kMessages = 200;

// Rules that may be refused are left out by the caller.
std::string random_rule(Generator& generator, int number, const std::string& condition) {
  return fmt::format(
             "  - id: r{}\n    title: t\n    class: c\n    score: 1\n    condition: |\n      {}\n",
             number, condition) +
         random_patterns(generator);
}

const std::string kHead =
    "format: 1\nnamespace: demo\nexpand: []\n" + std::string(testing::kConditionLists) + "rules:\n";

bool is_accepted(const std::string& rule) {
  LoadedRules loaded;
  loaded.files.push_back(
      parse_rule_file("t", kHead + rule, loaded.definitions, loaded.diagnostics));
  return loaded.ok() && RuleSet::compile(std::move(loaded), {}).has_value();
}

class ReferenceSet {
 public:
  explicit ReferenceSet(Generator& generator) {
    std::string yaml = kHead;
    for (int i = 0; i < kRules;) {
      Condition condition = random_condition(generator);
      if (generator.chance(30)) condition = with_capture(generator, condition);
      if (condition.text.size() > 2'000) continue;
      const std::string rule = random_rule(generator, i, condition.text);
      if (!is_accepted(rule)) continue;
      yaml += rule;
      conditions_.push_back(std::move(condition));
      ++i;
    }
    rules_ = compiled(loaded_from(yaml));
    for (const CompiledRule& rule : rules_->rules()) {
      for (const PatternDef& pattern : rule.rule->patterns) patterns_.emplace_back(pattern);
    }
  }

  const std::shared_ptr<const RuleSet>& rules() const { return rules_; }

  std::set<uint32_t> hits(const FoldedText& folded) const {
    const std::span<const ReferencePattern> all(patterns_);
    std::set<uint32_t> hits;
    for (uint32_t rule = 0; rule < conditions_.size(); ++rule) {
      const SeenInText seen(all.subspan(rule * kPatternCount, kPatternCount), folded);
      if (conditions_[rule].holds(seen)) hits.insert(rule);
    }
    return hits;
  }

  std::string text_of(uint32_t rule) const { return conditions_[rule].text; }

 private:
  std::vector<Condition> conditions_;
  std::shared_ptr<const RuleSet> rules_;
  std::vector<ReferencePattern> patterns_;
};

TEST(EvaluatorReferenceTest, EqualsItForGeneratedRulesAndMessages) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << testing::seed());
  Generator generator(testing::seed());
  size_t hits = 0;
  for (int round = 0; round < kRounds; ++round) {
    const ReferenceSet reference(generator);
    Evaluator evaluator(reference.rules(), {});
    Folder folder;
    for (int i = 0; i < kMessages; ++i) {
      const std::string text = random_text(generator);
      folder.fold(text);
      const FoldedText& folded = folder.repair_words(reference.rules()->patterns()->known_words());
      const std::set<uint32_t> want = reference.hits(folded);
      const Evaluation& evaluation = evaluator.evaluate(message(text, "A"), folded);
      std::set<uint32_t> got;
      for (const Hit& hit : evaluation.hits) got.insert(hit.rule.value);
      ASSERT_EQ(evaluation.hits_truncated, 0U);
      for (uint32_t rule = 0; rule < kRules; ++rule) {
        ASSERT_EQ(got.contains(rule), want.contains(rule))
            << reference.text_of(rule) << "\nin " << ::testing::PrintToString(text);
      }
      hits += got.size();
    }
  }
  EXPECT_GT(hits, static_cast<size_t>(kRounds) * kMessages);
}

}  // namespace
}  // namespace sieve
