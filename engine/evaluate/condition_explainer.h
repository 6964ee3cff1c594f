// The parts of one condition of a rule with their values, in lines for people.
//
//   ConditionExplainer explainer(rule, rules, evaluator, folder);
//   ExplainedCondition why = explainer.explain(nodes, scope, values);
//
// Thread safety: none. For tools: it allocates.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "evaluate/evaluator.h"
#include "evaluate/near_miss.h"
#include "rule/expression_tree.h"

namespace sieve {

// One line of a condition's tree.
struct ExplainedPart {
  size_t depth = 0;
  std::string text;  // As the rule says it; of `a and b and c`, the one word.
  bool truth = false;
  std::string value;               // What decided it, for people; may be empty.
  std::vector<ByteSpan> evidence;  // Of the message as received.
};

struct ExplainedCondition {
  std::vector<ExplainedPart> parts;
  // Of one that does not hold: the fewest things that would have to be otherwise, in words.
  std::vector<std::string> misses;
  bool can_hold = true;  // False: nothing makes it true.
};

class ConditionExplainer {
 public:
  // Lifetime: borrows all of them. Of a message: REQUIRES that it is the evaluator's last, with a
  // text of the folder that still lives.
  ConditionExplainer(const CompiledRule& rule, Evaluator& evaluator, Folder& folder);

  // Of nodes from Expression or nodes_as_written(), with the values that Program::trace() told.
  ExplainedCondition explain(std::span<const ExprNode> nodes, const ExpressionScope& scope,
                             std::span<const NodeValue> values);

 private:
  ExpressionScope with_names_of_others(ExpressionScope scope) const;

  const CompiledRule& rule_;
  Evaluator& evaluator_;
  Folder& folder_;
};

// The nodes of a condition of `rule` with its patterns by their place in CompiledRule::signals, as
// in the rule, and not by their signals.
std::vector<ExprNode> nodes_as_written(const CompiledRule& rule, const Program& program);

}  // namespace sieve
