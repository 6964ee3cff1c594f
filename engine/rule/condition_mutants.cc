#include "rule/condition_mutants.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/limits.h"
#include "rule/condition_text.h"
#include "rule/normal_form.h"
#include "rule/number_mutants.h"
#include "rule/url_fields.h"

namespace sieve {
namespace {

using Nodes = std::vector<ExprNode>;

ExprNode operation(ExprOp op, uint32_t count, double number = 0) {
  ExprNode node;
  node.op = op;
  node.count = count;
  node.number = number;
  return node;
}

ExprOp opposite(ExprOp op) {
  switch (op) {
    case ExprOp::kEqual:
      return ExprOp::kNotEqual;
    case ExprOp::kNotEqual:
      return ExprOp::kEqual;
    case ExprOp::kLess:
      return ExprOp::kGreaterEqual;
    case ExprOp::kLessEqual:
      return ExprOp::kGreater;
    case ExprOp::kGreater:
      return ExprOp::kLessEqual;
    default:
      return ExprOp::kLess;
  }
}

class ConditionMutator {
 public:
  explicit ConditionMutator(const MutatedCondition& condition)
      : condition_(condition),
        nodes_(condition.expression.nodes),
        text_(nodes_, condition.scope),
        places_(places_of(nodes_, text_.operands())) {}

  std::vector<Mutant> run();

 private:
  // A mistake in node `node`.
  struct Mistake {
    MutantKind kind;
    uint32_t node;
    SourceSpan span;
    std::string name;
    std::string lacking;
  };

  uint32_t operand(uint32_t node, size_t at) const { return text_.operands()[node][at]; }
  // The nodes that `node` is made of.
  Nodes nodes_of(uint32_t node) const;
  // What tests must show where the condition at `node` is what makes the whole true, or false.
  std::string_view holds(uint32_t node) const { return outcome(node, true); }
  std::string_view fails(uint32_t node) const { return outcome(node, false); }
  std::string_view outcome(uint32_t node, bool truth) const {
    const bool is_so = truth != places_[node].is_denied;
    return is_so ? condition_.words.holds : condition_.words.fails;
  }
  std::string text(uint32_t node) const { return text_.of(node, nodes_[node].macro); }
  std::string text_in(uint32_t node, uint32_t parent) const {
    return text_.of(node, nodes_[parent].macro);
  }
  std::string change(uint32_t node, Nodes after) const;
  bool is_negated(uint32_t node) const {
    const uint32_t parent = places_[node].parent;
    return parent != ExprPlace::kNoParent && nodes_[parent].op == ExprOp::kNot;
  }

  void add(Mistake mistake, const Nodes& in_its_place);
  std::string lacking_for(uint32_t node, uint32_t part, bool is_so) const;
  void add_drop(uint32_t node, uint32_t dropped, std::string name, std::string lacking,
                const Nodes& in_its_place);
  void mutate(uint32_t node);
  void mutate_connective(uint32_t node);
  void mutate_quantity(uint32_t node);
  void drop_from_set(uint32_t node, size_t at);
  void mutate_not(uint32_t node);
  void mutate_comparison(uint32_t node);
  void mutate_distance(uint32_t node);
  void mutate_links(uint32_t node);
  void negate(uint32_t node);

  const MutatedCondition& condition_;
  const Nodes& nodes_;
  ConditionText text_;
  std::vector<ExprPlace> places_;
  std::vector<Mutant> mutants_;
};

Nodes ConditionMutator::nodes_of(uint32_t node) const {
  return {nodes_.begin() + first_node_of(text_.operands(), node), nodes_.begin() + node + 1};
}

void append(Nodes& to, const Nodes& from) { to.insert(to.end(), from.begin(), from.end()); }

void ConditionMutator::add(Mistake mistake, const Nodes& in_its_place) {
  Mutant mutant;
  mutant.kind = mistake.kind;
  mutant.span = mistake.span;
  mutant.name = std::move(mistake.name);
  mutant.lacking = std::move(mistake.lacking);
  mutant.macro = nodes_[mistake.node].macro;
  const auto first = nodes_.begin() + first_node_of(text_.operands(), mistake.node);
  mutant.nodes.assign(nodes_.begin(), first);
  append(mutant.nodes, in_its_place);
  mutant.nodes.insert(mutant.nodes.end(), nodes_.begin() + mistake.node + 1, nodes_.end());
  if (mutant.nodes.size() > limits::kExpressionNodesMax) return;
  count_link_nodes(mutant.nodes);
  mutants_.push_back(std::move(mutant));
}

void ConditionMutator::add_drop(uint32_t node, uint32_t dropped, std::string name,
                                std::string lacking, const Nodes& in_its_place) {
  // What a macro's name stands for is written elsewhere.
  const bool is_here = nodes_[dropped].macro == nodes_[node].macro;
  const SourceSpan span = is_here ? span_of(nodes_, text_.operands(), dropped) : nodes_[node].span;
  add({MutantKind::kDropped, node, span, std::move(name), std::move(lacking)}, in_its_place);
}

// `before -> after`, where `after` is made of nodes that stand in the place of `node`.
std::string ConditionMutator::change(uint32_t node, Nodes after) const {
  return fmt::format("{} -> {}", text(node), text_.of_nodes(std::move(after), nodes_[node].macro));
}

// `a and b and c` is read as one with three operands; each node of it adds its own.
void ConditionMutator::mutate_connective(uint32_t node) {
  const bool is_and = nodes_[node].op == ExprOp::kAnd;
  const uint32_t left = operand(node, 0);
  const uint32_t right = operand(node, 1);
  const std::string_view word = is_and ? "and" : "or";
  const std::string_view other = is_and ? "or" : "and";
  const std::string last = text_.wrapped(right, nodes_[node].macro);
  Nodes flipped = nodes_of(node);
  flipped.back().op = is_and ? ExprOp::kOr : ExprOp::kAnd;
  add({MutantKind::kConnective, node, nodes_[node].span,
       fmt::format("{} {} -> {} {}", word, last, other, last),
       fmt::format("{}, with exactly one of `{}` and `{}`", outcome(node, !is_and),
                   text_in(left, node), text_in(right, node))},
      flipped);
  for (const uint32_t dropped : {left, right}) {
    const bool is_link_of_chain =
        nodes_[dropped].op == nodes_[node].op && nodes_[dropped].macro == nodes_[node].macro;
    if (is_link_of_chain) continue;
    add_drop(node, dropped, fmt::format("drop {}", text_.wrapped(dropped, nodes_[node].macro)),
             lacking_for(node, dropped, !is_and), nodes_of(dropped == left ? right : left));
  }
}

// The test in which `part` of `node` decides, by being so.
std::string ConditionMutator::lacking_for(uint32_t node, uint32_t part, bool is_so) const {
  const bool is_not = nodes_[part].op == ExprOp::kNot && nodes_[part].macro == nodes_[node].macro;
  const uint32_t shown = is_not ? operand(part, 0) : part;
  return fmt::format("{} only because `{}` {}", outcome(node, is_so), text_in(shown, node),
                     is_so != is_not ? "holds" : "does not hold");
}

// `all of` asks for one less then; others ask for as many of the rest.
void ConditionMutator::drop_from_set(uint32_t node, size_t at) {
  const bool is_all = nodes_[node].number == nodes_[node].count;
  Nodes rest;
  for (size_t i = 0; i < nodes_[node].count; ++i) {
    if (i != at) append(rest, nodes_of(operand(node, i)));
  }
  ExprNode& set = rest.emplace_back(nodes_[node]);
  set.count -= 1;
  if (is_all) set.number -= 1;
  const uint32_t dropped = operand(node, at);
  add_drop(node, dropped, fmt::format("drop {} from {}", text_in(dropped, node), text(node)),
           lacking_for(node, dropped, !is_all), rest);
}

void ConditionMutator::mutate_quantity(uint32_t node) {
  const ExprNode& set = nodes_[node];
  for (size_t i = 0; set.count > 1 && i < set.count; ++i) drop_from_set(node, i);
  for (const double step : {1.0, -1.0}) {
    const double wanted = set.number + step;
    if (wanted < 1 || wanted > set.count) continue;
    Nodes changed = nodes_of(node);
    changed.back().number = wanted;
    add({MutantKind::kQuantity, node, set.span, change(node, changed),
         fmt::format("{}, with exactly {} of them", outcome(node, step > 0),
                     step > 0 ? set.number : wanted)},
        changed);
  }
}

void ConditionMutator::mutate_not(uint32_t node) {
  const uint32_t inner = operand(node, 0);
  const Nodes without = nodes_of(inner);
  add({MutantKind::kNot, node, nodes_[node].span,
       fmt::format("{} -> {}", text(node), text_in(inner, node)),
       fmt::format("{} only because `{}` holds", fails(node), text_in(inner, node))},
      without);
}

void ConditionMutator::negate(uint32_t node) {
  if (is_negated(node)) return;
  Nodes after = nodes_of(node);
  if (is_comparison_op(nodes_[node].op)) {
    after.back().op = opposite(nodes_[node].op);
  } else {
    after.push_back(operation(ExprOp::kNot, 1));
    after.back().macro = nodes_[node].macro;
  }
  add({MutantKind::kNegated, node, span_of(nodes_, text_.operands(), node), change(node, after),
       fmt::format("{} only because `{}` holds", holds(node), text(node))},
      after);
}

void ConditionMutator::mutate_comparison(uint32_t node) {
  negate(node);
  const std::span<const ExprNode> all = nodes_;
  for (NumberMutant& changed : number_mutants({all, text_.operands(), node, condition_.measures})) {
    const std::string lacking = fmt::format("{}, where `{}` is {}", outcome(node, changed.holds),
                                            text_in(changed.value, node), changed.decisive);
    add({MutantKind::kShifted, node, span_of(nodes_, text_.operands(), changed.constant),
         change(node, changed.nodes), lacking},
        changed.nodes);
  }
}

void ConditionMutator::mutate_distance(uint32_t node) {
  const ExprNode& call = nodes_[node];
  Nodes both = nodes_of(operand(node, 0));
  append(both, nodes_of(operand(node, 1)));
  both.push_back(operation(ExprOp::kAnd, 2));
  both.back().macro = call.macro;
  const bool is_near = call.op == ExprOp::kNear;
  const std::string_view how = is_near                       ? "too far apart"
                               : call.number == kAnyDistance ? "the other way round"
                                                             : "the other way round or far apart";
  add({MutantKind::kDistance, node, call.span, change(node, both),
       fmt::format("{}, with both `{}` and `{}`, {}", fails(node), text_in(operand(node, 0), node),
                   text_in(operand(node, 1), node), how)},
      both);
}

void ConditionMutator::mutate_links(uint32_t node) {
  const uint32_t inner = operand(node, 0);
  const std::string about = text_in(inner, node);
  const ExprNode& any = nodes_[node];
  const Nodes at_all = {operation(ExprOp::kBool, 0, 1), operation(ExprOp::kAnyUrl, 1)};
  add({MutantKind::kLinks, node, any.span, fmt::format("{} -> any url at all", text(node)),
       fmt::format("{}, with a link for which `{}` does not hold", fails(node), about)},
      at_all);
  Nodes every = at_all;
  append(every, nodes_of(inner));
  every.push_back(operation(ExprOp::kNot, 1));
  every.push_back(operation(ExprOp::kAnyUrl, 1));
  every.push_back(operation(ExprOp::kNot, 1));
  every.push_back(operation(ExprOp::kAnd, 2));
  add({MutantKind::kLinks, node, any.span,
       fmt::format("{} -> every url where {}", text(node), text_.wrapped(inner, any.macro)),
       fmt::format("{}, with two links, for one of which `{}` holds", holds(node), about)},
      every);
}

void ConditionMutator::mutate(uint32_t node) {
  switch (nodes_[node].op) {
    case ExprOp::kAnd:
    case ExprOp::kOr:
      return mutate_connective(node);
    case ExprOp::kAtLeast:
      return mutate_quantity(node);
    case ExprOp::kNot:
      return mutate_not(node);
    case ExprOp::kAnyUrl:
      return mutate_links(node);
    case ExprOp::kNear:
    case ExprOp::kBefore:
      return mutate_distance(node);
    case ExprOp::kPattern:  // What never occurs is a mutant of its own.
    case ExprOp::kBool:
      return;
    default:
      return is_comparison_op(nodes_[node].op) ? mutate_comparison(node) : negate(node);
  }
}

std::vector<Mutant> ConditionMutator::run() {
  for (uint32_t i = 0; i < nodes_.size(); ++i) {
    if (places_[i].is_condition) mutate(i);
  }
  std::stable_sort(mutants_.begin(), mutants_.end(), [](const Mutant& a, const Mutant& b) {
    return std::tie(a.macro, a.span) < std::tie(b.macro, b.span);
  });
  return std::move(mutants_);
}

}  // namespace

std::vector<Mutant> condition_mutants(const MutatedCondition& condition) {
  if (condition.expression.empty()) return {};
  return ConditionMutator(condition).run();
}

}  // namespace sieve
