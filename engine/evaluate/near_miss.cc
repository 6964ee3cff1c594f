#include "evaluate/near_miss.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "rule/expression_tree.h"

namespace sieve {
namespace {

using Changes = std::optional<std::vector<NeededChange>>;

// Of a node: what makes it false and what makes it true.
struct Ways {
  Changes to_false;
  Changes to_true;

  Changes& to(bool truth) { return truth ? to_true : to_false; }
};

bool fewer(const Changes& a, const Changes& b) {
  if (a.has_value() != b.has_value()) return a.has_value();
  return a.has_value() && a->size() < b->size();
}

class NearMissFinder {
 public:
  NearMissFinder(std::span<const ExprNode> nodes, std::span<const NodeValue> values)
      : nodes_(nodes), operands_(operands_of(nodes)) {
    for (const NodeValue& value : values) {
      values_[{value.node, value.link}] = value.truth();
      if (value.link != NodeValue::kNoLink) links_ = std::max(links_, value.link + 1);
    }
  }

  Ways ways_of(uint32_t node, uint32_t link);

 private:
  // The `count` operands that cost least to be made `truth`.
  Changes cheapest(uint32_t node, uint32_t link, size_t count, bool truth);
  Ways of_any_link(uint32_t node);
  Ways of_leaf(uint32_t node, uint32_t link) const;

  std::span<const ExprNode> nodes_;
  ExprOperands operands_;
  std::map<std::pair<uint32_t, uint32_t>, bool> values_;
  uint32_t links_ = 0;
};

Changes NearMissFinder::cheapest(uint32_t node, uint32_t link, size_t count, bool truth) {
  std::vector<Changes> parts;
  for (const uint32_t operand : operands_[node]) {
    parts.push_back(ways_of(operand, link).to(truth));
  }
  std::vector<size_t> order(parts.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return fewer(parts[a], parts[b]); });
  if (count > order.size()) return std::nullopt;
  order.resize(count);
  std::sort(order.begin(), order.end());
  std::vector<NeededChange> all;
  for (const size_t part : order) {
    if (!parts[part]) return std::nullopt;
    all.insert(all.end(), parts[part]->begin(), parts[part]->end());
  }
  return all;
}

// True where one link makes it so; false where all do.
Ways NearMissFinder::of_any_link(uint32_t node) {
  Ways ways;
  if (links_ == 0) {
    ways.to_false.emplace();
    ways.to_true = {NeededChange{node, NodeValue::kNoLink, true}};
    return ways;
  }
  std::vector<NeededChange> all;
  bool can_be_false = true;
  for (uint32_t link = 0; link < links_; ++link) {
    const Ways of_link = ways_of(operands_[node][0], link);
    if (link == 0 || fewer(of_link.to_true, ways.to_true)) ways.to_true = of_link.to_true;
    can_be_false = can_be_false && of_link.to_false.has_value();
    if (can_be_false) {
      all.insert(all.end(), of_link.to_false->begin(), of_link.to_false->end());
    }
  }
  if (can_be_false) ways.to_false = std::move(all);
  return ways;
}

Ways NearMissFinder::of_leaf(uint32_t node, uint32_t link) const {
  const auto known = values_.find({node, link});
  // A link behind one that makes `any url where` true was not looked at.
  const bool truth = known != values_.end() && known->second;
  Ways ways;
  ways.to(truth).emplace();
  if (nodes_[node].op != ExprOp::kBool) ways.to(!truth) = {NeededChange{node, link, !truth}};
  return ways;
}

Ways NearMissFinder::ways_of(uint32_t node, uint32_t link) {
  const ExprNode& part = nodes_[node];
  const size_t count = operands_[node].size();
  const auto at_least = [&](size_t least) {
    return Ways{cheapest(node, link, count - least + 1, false), cheapest(node, link, least, true)};
  };
  switch (part.op) {
    case ExprOp::kNot: {
      Ways inner = ways_of(operands_[node][0], link);
      std::swap(inner.to_false, inner.to_true);
      return inner;
    }
    case ExprOp::kAnd:
      return at_least(count);
    case ExprOp::kOr:
      return at_least(1);
    case ExprOp::kAtLeast:
      return at_least(static_cast<size_t>(part.number));
    case ExprOp::kRule:
      return ways_of(operands_[node][0], link);
    case ExprOp::kAnyUrl:
      return of_any_link(node);
    default:
      return of_leaf(node, link);
  }
}

}  // namespace

std::optional<std::vector<NeededChange>> nearest_miss(std::span<const ExprNode> nodes,
                                                      std::span<const NodeValue> values) {
  if (nodes.empty()) return std::vector<NeededChange>();
  NearMissFinder finder(nodes, values);
  return finder.ways_of(static_cast<uint32_t>(nodes.size() - 1), NodeValue::kNoLink).to_true;
}

}  // namespace sieve
