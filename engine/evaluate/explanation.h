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

#include "evaluate/evaluator.h"
#include "evaluate/near_miss.h"

namespace sieve {

// One line of a condition's tree.
struct ExplainedPart {
  size_t depth = 0;
  std::string text;  // As the rule says it; of `a and b and c`, the one word.
  bool truth = false;
  std::string value;               // What decided it, for people; may be empty.
  std::vector<ByteSpan> evidence;  // Of the message as received.
};

struct ExplainedRule {
  RuleIndex rule;
  bool holds = false;
  std::vector<ExplainedPart> parts;
  // Of one that does not hold: the fewest things that would have to be otherwise, in words.
  std::vector<std::string> misses;
  bool can_hold = true;  // False: no message makes it true.
  std::string
      excepted_by;     // Of one that holds: the exception or filter that keeps it from hitting,
  std::string reason;  // and why.
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
