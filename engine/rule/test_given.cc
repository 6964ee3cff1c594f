#include <algorithm>

#include "rule/rule_parts.h"

namespace sieve {
namespace {

bool asks_known_pair(const Rule& rule) {
  if (!rule.sequence) return false;
  const auto asks = [](const ExprNode& node) { return node.op == ExprOp::kKnownPair; };
  return std::any_of(rule.sequence->steps.begin(), rule.sequence->steps.end(),
                     [&](const StepDef& step) {
                       return std::any_of(step.where.nodes.begin(), step.where.nodes.end(), asks);
                     });
}

// `[S1, Z]`.
void add_pair(const YamlNode& node, const YamlContext& context, RuleTest& test) {
  const auto is_text = [](const auto& item) { return item->kind == YamlKind::kScalar; };
  const bool is_pair = node.kind == YamlKind::kList && node.items.size() == 2 &&
                       std::all_of(node.items.begin(), node.items.end(), is_text);
  if (is_pair) {
    test.known_pairs.emplace_back(node.items[0]->scalar, node.items[1]->scalar);
    return;
  }
  context.error("R155", node.span, "this is no pair").help =
      "write two numbers or names, as in `known_pairs: [[S1, Z]]`";
}

}  // namespace

void parse_given(const YamlNode& node, const Rule& rule, const YamlContext& context,
                 RuleTest& test) {
  YamlReader reader(node, "precondition", context);
  if (!reader.is_map()) return;
  const YamlNode* pairs = reader.required_node("known_pairs");
  reader.finish();
  if (pairs == nullptr) return;
  if (pairs->kind != YamlKind::kList) {
    context.error("R003", pairs->span, "`known_pairs` must be a list of pairs");
    return;
  }
  for (const auto& pair : pairs->items) add_pair(*pair, context, test);
  if (asks_known_pair(rule)) return;
  context.error("R155", node.find_entry("known_pairs")->key_span, "no step asks for known pairs")
      .help = "remove it, or ask for known_pair() in the `where` of a step";
}

}  // namespace sieve
