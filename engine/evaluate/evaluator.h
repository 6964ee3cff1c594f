// An Evaluator decides about one message: which rules are true, the score, the verdict.
//
//   Evaluator evaluator(rules, context);              // Once per thread.
//   const Evaluation& e = evaluator.evaluate(record, folded);
//   if (e.verdict >= Verdict::kReview) publish(e);
//
// Thread safety: none; one per thread. Lifetime: shares the RuleSet; the Evaluation is valid until
// the next call. Allocates nothing after warm-up.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "evaluate/rule_set.h"
#include "match/scanner.h"

namespace sieve {

struct HitSignal {
  uint32_t pattern_index =
      0;  // Of the rule's patterns: its name is rule.patterns[pattern_index].name.
  View view = View::kWords;
  ByteSpan span;  // One occurrence in that view.
};

// A rule that is true for the message.
struct Hit {
  RuleIndex rule;
  double score = 0;            // After group caps.
  uint32_t signals_begin = 0;  // Into Evaluation::signals.
  uint32_t signals_end = 0;
};

struct Evaluation {
  std::vector<Hit> hits;         // The primary first: highest severity, then score, then id.
  std::vector<Hit> shadow_hits;  // Rules in shadow mode: counted, never published.
  std::vector<HitSignal> signals;
  double score = 0;  // Sum over hits, with group caps.
  Verdict verdict = Verdict::kClean;

  std::span<const HitSignal> signals_of(const Hit& hit) const {
    return std::span(signals).subspan(hit.signals_begin, hit.signals_end - hit.signals_begin);
  }
};

class Evaluator {
 public:
  Evaluator(std::shared_ptr<const RuleSet> rules, FieldContext context);

  // REQUIRES: record.kind == RecordKind::kMessage; `folded` is the fold of its text.
  const Evaluation& evaluate(const Record& record, const FoldedText& folded);
  // True when `signal` was raised by the last message: for explanations of why a rule did not hit.
  bool raised(SignalId signal) const { return signals_[signal.index()]; }

 private:
  void raise_signals();
  void collect_candidates();
  void add_hit(RuleIndex index);
  void decide();

  // Constant after construction.
  std::shared_ptr<const RuleSet> rules_;
  FieldContext context_;
  // Scratch of one call.
  Scanner scanner_;
  FiredPatterns fired_;
  std::vector<bool> signals_;
  std::vector<SignalId> raised_;
  std::vector<uint32_t> stamp_;  // Per rule: the call in which it became a candidate.
  uint32_t call_ = 0;
  std::vector<RuleIndex> candidates_;
  Evaluation evaluation_;
};

}  // namespace sieve
