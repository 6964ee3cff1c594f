// An Evaluator decides about one message: which rules are true, the score, the verdict.
//
// Score: the sum over the hits, each the rule's score and what of its `score_if` holds. The scores
// of one group count up to the group's cap, taken in the order of the hits. Rules in shadow mode
// add nothing.
//
// Verdict: the first of these that holds, with the set's Thresholds t, and with `firm` the part of
// the score that hits of tier <= t.review_tier_max gave:
//   act      firm >= t.act, a hit has tier <= t.act_tier_max, no hit has the trafficking route
//   review   firm >= t.review
//   observe  score >= t.observe, and there is a hit
//   clean    otherwise
//
//   Evaluator evaluator(rules, context);              // Once per thread.
//   const Evaluation& e = evaluator.evaluate(record, folded);
//   if (e.verdict >= Verdict::kReview) publish(e);
//
// Thread safety: none; one per thread. Lifetime: shares the RuleSet; the Evaluation is valid until
// the next call. Allocates nothing after warm-up.
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "evaluate/captures.h"
#include "evaluate/condition_answers.h"
#include "evaluate/message_reader.h"
#include "evaluate/occurrences.h"
#include "evaluate/rule_cost.h"
#include "evaluate/rule_set.h"
#include "evaluate/rule_switches.h"
#include "evaluate/signal_finder.h"
#include "evaluate/verdict.h"

namespace sieve {

struct HitSignal {
  // The signal is no pattern but a link for which an `any url where` held; the view is kText.
  static constexpr uint32_t kUrl = std::numeric_limits<uint32_t>::max();
  // In CompiledRule::signals: RuleSet::owner_of() knows the pattern.
  uint32_t pattern_index = 0;
  View view = View::kWords;
  ByteSpan span;  // One occurrence in that view.
  // Of kUrl:
  uint32_t url = 0;                     // Index of the link.
  std::optional<LookAlike> look_alike;  // Whom it imitates, of those the rule asks about.
};

// Parts of a rule's `score_if`, by their place.
using ScorePartMask = uint16_t;
static_assert(limits::kScorePartsMax <= std::numeric_limits<ScorePartMask>::digits);

// A rule that is true for the message.
struct Hit {
  RuleIndex rule;
  double score = 0;               // After group caps.
  ScorePartMask score_parts = 0;  // That hold: what they add is in the score, before the cap.
  uint32_t signals_begin = 0;     // Into Evaluation::signals.
  uint32_t signals_end = 0;
};

// A rule that is true for the message and does not hit, because one of its exceptions holds.
struct Excepted {
  RuleIndex rule;
  uint32_t exception = 0;  // The first that holds, in RuleSet::exceptions().
};

struct Evaluation {
  // The primary first: highest severity, then the rule's own score (before caps), then id. At most
  // limits::kHitsPerMessageMax; the score counts all.
  std::vector<Hit> hits;
  // Rules in shadow mode: counted, never published. Helpers, where they are tried.
  std::vector<Hit> shadow_hits;
  std::vector<Excepted> excepted;
  std::vector<HitSignal> signals;
  double score = 0;  // Sum over hits, with group caps.
  Verdict verdict = Verdict::kClean;
  size_t hits_truncated = 0;  // Hits beyond the limit.
  // Their rules, those in shadow left out: what these protect stays protected.
  std::vector<RuleIndex> truncated;
  size_t patterns_truncated = 0;  // Patterns beyond the limit: their rules were not tried.
  // Of the message, as long as its folded text lives.
  MessageReader* reader = nullptr;
  Captures* captures = nullptr;

  std::span<const HitSignal> signals_of(const Hit& hit) const {
    return std::span(signals).subspan(hit.signals_begin, hit.signals_end - hit.signals_begin);
  }
};

class Evaluator {
 public:
  Evaluator(std::shared_ptr<const RuleSet> rules, FieldContext context);
  Evaluator(Evaluator&&) = delete;  // Its parts refer to one another.
  Evaluator& operator=(Evaluator&&) = delete;

  // The country whose national numbers count as msg.phone.count; null: none.
  void set_default_plan(const NumberingPlan* plan) { reader_->set_default_plan(plan); }

  // From now on tries helpers as other rules are, and lists them with those in shadow: for tests
  // and explanations.
  void try_helpers() { tries_helpers_ = true; }
  // Counts what rules cost into `costs` from now on; null: nothing, which costs nothing. Lifetime:
  // borrowed. REQUIRES: `costs` is of this rule set.
  void watch(CostTable* costs);
  // From now on does not try rules that are switched off, and counts how often. Lifetime: borrowed.
  // REQUIRES: it is watched; `switches` is of this rule set.
  void obey(const RuleSwitches* switches) { switches_ = switches; }

  // Puts the words of the text right in its folder (Folder::repair_words()).
  // REQUIRES: record.kind == RecordKind::kMessage; `as_folded` is the fold of its text, and the
  // last that its folder made.
  const Evaluation& evaluate(const Record& record, const FoldedText& as_folded);
  // True when `signal` occurs in the last message, whose folded text must still live: for
  // explanations of why a rule did not hit.
  bool raised(SignalId signal) { return finder_.find(signal); }
  // What each part of the condition of `rule` comes to for the last message, which is `record` and
  // whose folded text must still live; true when it holds, which is what evaluate() found. Looks
  // for everything, and allocates.
  bool trace(RuleIndex rule, const Record& record, std::vector<NodeValue>& values);
  // The same of `part`, another condition of the rule: of an exception, or a part of its score.
  bool trace(RuleIndex rule, const Program& part, const Record& record,
             std::vector<NodeValue>& values);
  // Where `signal` occurs in the last message; null when it does not.
  const FiredPattern* occurrence(SignalId signal) {
    return raised(signal) ? &finder_.raised_by(signal) : nullptr;
  }
  const RuleSet& rules() const { return *rules_; }
  // How fields of the last message are read, those about its text included, as long as that lives.
  // Valid while the Evaluator is.
  const FieldContext& context() const { return context_; }
  // What is read in the text of the last message, as long as that lives.
  MessageReader& reader() { return *reader_; }
  // Links, contacts and the like of the last message that were beyond the limits, where a rule
  // asked.
  uint32_t entities_left_out() const { return reader_->left_out(); }

 private:
  void evaluate_text(const Record& record, const FoldedText& folded);
  void clear();
  void scan(const FoldedText& folded);
  void add_candidates(std::span<const RuleIndex> rules);
  void try_rules();
  // What came of trying a rule.
  enum class Trial : uint8_t { kRuledOut, kFalse, kExcepted, kHit };
  Trial try_rule(RuleIndex index);
  // The same, counted.
  void try_watched(RuleIndex index);
  // Whether an exception of the rule, which is true, holds; notes it.
  bool is_excepted(RuleIndex index);
  // Lists the true rules, best first, with their signals and capped scores.
  void list_hits();
  void add_hit(RuleIndex index, std::vector<Hit>& hits, double score);
  void add_links(RuleIndex index);
  std::optional<LookAlike> look_alike_of(const CompiledRule& compiled, uint32_t url);
  ScorePartMask parts_that_hold(const CompiledRule& rule) const;
  // Of a true rule, before caps: its own score and what parts add, at least 0.
  double full_score(RuleIndex index) const;
  double capped_score(RuleIndex index);

  // Constant after construction, but for what the tools set.
  std::shared_ptr<const RuleSet> rules_;
  bool tries_helpers_ = false;
  std::unique_ptr<MessageReader> reader_;
  FieldContext context_;
  Folder value_folder_;          // Of values that are looked up in lists.
  std::vector<uint32_t> rank_;   // By rule: its place in the order of hits.
  std::vector<uint32_t> group_;  // By rule: index into group_caps_; 0 is no group.
  std::vector<double> group_caps_;
  CostTable* costs_ = nullptr;  // Null: nobody watches.
  const RuleSwitches* switches_ = nullptr;
  // Scratch of one call.
  SignalFinder finder_;
  Occurrences occurrences_;
  Captures captures_;
  ConditionAnswers answers_;
  ProgramInput input_;              // Of the last message.
  std::vector<bool> is_candidate_;  // By rule.
  std::vector<RuleIndex> candidates_;
  std::vector<RuleIndex> true_rules_;
  std::vector<LinkMask> links_;       // By rule: of those that are true, its links.
  std::vector<ScorePartMask> parts_;  // By rule: of those that are true.
  std::vector<double> group_left_;    // Of the caps, by group.
  Evaluation evaluation_;
};

}  // namespace sieve
