#include "run/explained_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace sieve {
namespace {

std::string why_not(RuleKind kind, RuleKind wanted) {
  if (kind == RuleKind::kMessage) {
    return "is about one message: ask with --text or --message";
  }
  if (kind != RuleKind::kWindow) return "is a kind of rule that does not run yet";
  return wanted == RuleKind::kMessage
             ? "is about many records: ask with --calls, --messages, --reports or --test"
             : "";
}

}  // namespace

Expected<RuleIndex, EngineError> rule_to_explain(const RuleSet& rules, const std::string& full_id,
                                                 RuleKind kind) {
  const auto fail = [](std::string text) {
    return Unexpected<EngineError>({ExitCode::kUsage, std::move(text)});
  };
  const auto found =
      std::find_if(rules.rules().begin(), rules.rules().end(),
                   [&](const CompiledRule& rule) { return rule.full_id == full_id; });
  if (found == rules.rules().end()) {
    std::vector<std::string_view> names;
    for (const CompiledRule& rule : rules.rules()) names.push_back(rule.full_id);
    const std::string nearest(nearest_name(full_id, names));
    return fail(fmt::format("no rule is called `{}`{}\n", full_id,
                            nearest.empty() ? "" : fmt::format("; is it `{}`?", nearest)));
  }
  const RuleIndex index(static_cast<uint32_t>(found - rules.rules().begin()));
  if (found->rule->kind() != kind) {
    return fail(fmt::format("`{}` {}\n", full_id, why_not(found->rule->kind(), kind)));
  }
  for (const InactiveRule& inactive : rules.inactive()) {
    if (inactive.rule != index) continue;
    return fail(fmt::format("`{}` is inactive: {}\n", full_id, inactive.reason));
  }
  return index;
}

}  // namespace sieve
