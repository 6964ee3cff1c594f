// Explains what a rule made of one message: each part of its condition with its value, where its
// patterns occur, and how near it came. The values are those of the production path, because the
// Evaluator runs the same steps to tell them.
//
//   const Evaluation& evaluation = evaluator.evaluate(record, folder.fold(text));
//   Explainer explainer(rules, evaluator, folder);
//   ExplainedRule why = explainer.explain(rule, record, evaluation);
//
// Thread safety: none. For tools: it allocates.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "evaluate/condition_explainer.h"
#include "evaluate/evaluator.h"

namespace sieve {

// A part of a rule's `score_if`.
struct ExplainedScorePart {
  double add = 0;
  std::string why;
  bool holds = false;
  ExplainedCondition when;
};

struct ExplainedRule {
  RuleIndex rule;
  bool holds = false;
  ExplainedCondition condition;
  std::vector<ExplainedScorePart> score_parts;  // Of one that holds.
  // Of one that holds: the exception or filter that keeps it from hitting, why it is there, and
  // what it is made of.
  std::string excepted_by;
  std::string reason;
  ExplainedCondition exception;
};

class Explainer {
 public:
  // All of them outlive it.
  Explainer(const RuleSet& rules, Evaluator& evaluator, Folder& folder)
      : rules_(rules), evaluator_(evaluator), folder_(folder) {}

  // What `rule`, a message rule, made of `record`. REQUIRES: `evaluation` is the evaluator's last,
  // of `record` with a text of the folder that still lives.
  ExplainedRule explain(RuleIndex rule, const Record& record, const Evaluation& evaluation);

  // Rules that do not hold although something of them is there, those that lack least first; at
  // most `count`.
  std::vector<RuleIndex> near_misses(const Record& record, size_t count);

 private:
  const RuleSet& rules_;
  Evaluator& evaluator_;
  Folder& folder_;
};

}  // namespace sieve
