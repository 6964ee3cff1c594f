#include "evaluate/explanation.h"

#include <algorithm>

#include "evaluate/near_miss.h"
#include "rule/parse.h"

namespace sieve {
namespace {

// A rule that would need more than this to be otherwise was no near miss.
constexpr size_t kChangesMax = 3;

}  // namespace

ExplainedRule Explainer::explain(RuleIndex index, const Record& record,
                                 const Evaluation& evaluation) {
  const CompiledRule& rule = rules_.rule(index);
  const Definitions& definitions = rules_.definitions();
  const ExpressionScope scope = record_scope_of(*rule.rule, definitions);
  ConditionExplainer explainer(rule, evaluator_, folder_);
  std::vector<NodeValue> values;
  const auto explain_part = [&](const Program& part) {
    values.clear();
    evaluator_.trace(index, part, record, values);
    return explainer.explain(nodes_as_written(rule, part), scope, values);
  };
  ExplainedRule out;
  out.rule = index;
  out.holds = evaluator_.trace(index, record, values);
  out.condition =
      explainer.explain(rule.whole_condition().nodes, scope_of(*rule.rule, definitions), values);
  if (!out.holds) return out;
  for (const Excepted& excepted : evaluation.excepted) {
    if (excepted.rule != index) continue;
    const CompiledException& exception = rules_.exceptions()[excepted.exception];
    out.excepted_by = exception.label;
    out.reason = exception.exception->reason;
    out.exception = explain_part(exception.when);
  }
  for (size_t i = 0; i < rule.score_parts.size(); ++i) {
    const ScorePart& part = rule.rule->score_parts[i];
    ExplainedScorePart& explained = out.score_parts.emplace_back();
    explained.add = part.add;
    explained.why = part.why;
    explained.when = explain_part(rule.score_parts[i]);
    explained.holds = explained.when.parts.empty() || explained.when.parts.front().truth;
  }
  return out;
}

std::vector<RuleIndex> Explainer::near_misses(const Record& record, size_t count) {
  struct Candidate {
    size_t changes;
    size_t raised;
    RuleIndex rule;
  };
  std::vector<Candidate> candidates;
  for (uint32_t i = 0; i < rules_.rules().size(); ++i) {
    const RuleIndex index(i);
    const CompiledRule& rule = rules_.rule(index);
    const bool can_hit = rule.active && rule.rule->emit && rule.rule->kind() == RuleKind::kMessage;
    if (!can_hit) continue;
    const auto raised = static_cast<size_t>(
        std::count_if(rule.signals.begin(), rule.signals.end(),
                      [&](SignalId signal) { return evaluator_.raised(signal); }));
    if (raised == 0) continue;
    std::vector<NodeValue> values;
    if (evaluator_.trace(index, record, values)) continue;
    const auto changes = nearest_miss(rule.whole_condition().nodes, values);
    if (!changes || changes->size() > kChangesMax) continue;
    candidates.push_back({changes->size(), raised, index});
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
    return a.changes != b.changes ? a.changes < b.changes : a.raised > b.raised;
  });
  std::vector<RuleIndex> rules;
  for (size_t i = 0; i < std::min(count, candidates.size()); ++i) {
    rules.push_back(candidates[i].rule);
  }
  return rules;
}

}  // namespace sieve
