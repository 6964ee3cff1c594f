#include <fmt/format.h>

#include <algorithm>

#include "rule/rule_parts.h"

namespace sieve {
namespace {

bool asks_by(ExprOp op, const Rule& rule) {
  if (!rule.sequence) return false;
  const auto asks = [op](const ExprNode& node) { return node.op == op; };
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

void add_value(const YamlNode& node, const YamlContext& context, RuleTest& test) {
  if (node.kind == YamlKind::kScalar) {
    test.seen.push_back(node.scalar);
    return;
  }
  context.error("R155", node.span, "this is no value").help =
      "write numbers or names, as in `seen: [S1, Z]`";
}

void report_not_asked(const YamlNode& node, std::string_view key, std::string_view function,
                      const YamlContext& context) {
  context.error("R155", node.find_entry(key)->key_span, fmt::format("no step asks {}()", function))
      .help = fmt::format("remove it, or ask for {}() in the `where` of a step", function);
}

}  // namespace

void parse_given(const YamlNode& node, const Rule& rule, const YamlContext& context,
                 RuleTest& test) {
  YamlReader reader(node, "precondition", context);
  if (!reader.is_map()) return;
  const bool has_pairs = reader.optional_node("known_pairs") != nullptr;
  const bool has_seen = reader.optional_node("seen") != nullptr;
  reader.finish();
  if (!has_pairs && !has_seen) {
    context.error("R001", node.span, "this says nothing of what was before").help =
        "write `known_pairs`, or `seen`";
  }
  if (const YamlNode* pairs = node.find("known_pairs")) {
    if (pairs->kind != YamlKind::kList) {
      context.error("R003", pairs->span, "`known_pairs` must be a list of pairs");
    }
    for (const auto& pair : pairs->items) add_pair(*pair, context, test);
    const bool is_asked = asks_by(ExprOp::kKnownPair, rule);
    if (!is_asked) report_not_asked(node, "known_pairs", "known_pair", context);
  }
  if (const YamlNode* seen = node.find("seen")) {
    if (seen->kind != YamlKind::kList) add_value(*seen, context, test);
    for (const auto& value : seen->items) add_value(*value, context, test);
    const bool is_asked = asks_by(ExprOp::kFirstSeen, rule);
    if (!is_asked) report_not_asked(node, "seen", "first_seen", context);
  }
}

}  // namespace sieve
