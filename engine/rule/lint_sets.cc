#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "rule/lint_parts.h"

namespace sieve {
namespace {

// The nodes of the patterns and rules of the set `at`; none when something else is in it, or when
// it asks for one of them: then it does not matter which.
std::span<const ExprNode> members_of_set(const std::vector<ExprNode>& nodes, size_t at) {
  const ExprNode& set = nodes[at];
  if (set.op != ExprOp::kAtLeast || set.number < 2 || set.macro != 0) return {};
  const auto members = std::span(nodes).subspan(at - set.count, set.count);
  const bool are_known = std::all_of(members.begin(), members.end(), [](const ExprNode& node) {
    return node.op == ExprOp::kPattern || node.op == ExprOp::kRule;
  });
  return are_known ? members : std::span<const ExprNode>();
}

// The phrases of two patterns of which one is found wherever the other is.
struct Shared {
  const Phrase* first = nullptr;
  const Phrase* second = nullptr;
};

Shared shared_phrase(const PatternDef& a, const PatternDef& b) {
  const bool can_share = a.view == b.view && a.kind != PatternKind::kRegex &&
                         b.kind != PatternKind::kRegex && a.not_in.empty() && b.not_in.empty();
  if (!can_share) return {};
  if (a.phrases.size() > kPhrasesComparedMax || b.phrases.size() > kPhrasesComparedMax) return {};
  for (const Phrase& first : a.phrases) {
    const std::string text = searched(a, first);
    for (const Phrase& second : b.phrases) {
      const std::string other = searched(b, second);
      const bool is_shared =
          text.find(other) != std::string::npos || other.find(text) != std::string::npos;
      if (is_shared) return {&first, &second};
    }
  }
  return {};
}

void lint_pair(const Rule& rule, const ExprNode& a, const ExprNode& b, const YamlContext& context) {
  if (a.op == b.op && a.index == b.index && a.text == b.text) {
    const std::string& name = b.op == ExprOp::kRule ? b.text : rule.patterns[b.index].name;
    Diagnostic& out = context.warning(
        "R160", b.span, fmt::format("`{}` is in this set twice, and counts twice", name));
    out.related.push_back({"", a.span, "the first"});
    out.help = "name each pattern once";
    return;
  }
  if (a.op == ExprOp::kRule || b.op == ExprOp::kRule) return;
  const PatternDef& second = rule.patterns[b.index];
  const Shared shared = shared_phrase(rule.patterns[a.index], second);
  if (shared.first == nullptr) return;
  Diagnostic& out =
      context.warning("R161", b.span,
                      fmt::format("one phrase makes both `{}` and `{}` of this set true",
                                  rule.patterns[a.index].name, second.name));
  out.related.push_back({"", shared.first->span, fmt::format("`{}`", shared.first->folded)});
  out.related.push_back({"", shared.second->span, "is found with it"});
  out.help = "keep the phrase in one of them, or count them apart: join the patterns with `and`";
}

}  // namespace

void lint_sets(const Rule& rule, const YamlContext& context) {
  const std::vector<ExprNode>& nodes = rule.condition.nodes;
  for (size_t at = 0; at < nodes.size(); ++at) {
    const auto members = members_of_set(nodes, at);
    for (size_t b = 1; b < members.size(); ++b) {
      for (size_t a = 0; a < b; ++a) lint_pair(rule, members[a], members[b], context);
    }
  }
}

}  // namespace sieve
