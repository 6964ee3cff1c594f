#include "run/explained_rule.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace sieve {
namespace {

// Why a rule of this kind is not explained by what was given.
std::string_view why_not(RuleKind kind) {
  if (kind == RuleKind::kMessage) return "is about one message: ask with --text or --message";
  if (kind == RuleKind::kWindow) {
    return "is about many records: ask with --calls, --messages, --reports or --test";
  }
  return "is of a kind that does not run yet";
}

}  // namespace

Expected<RuleIndex, EngineError> find_rule(const RuleSet& rules, const std::string& full_id) {
  std::vector<std::string_view> names;
  for (uint32_t i = 0; i < rules.rules().size(); ++i) {
    if (rules.rules()[i].full_id == full_id) return RuleIndex(i);
    names.push_back(rules.rules()[i].full_id);
  }
  const std::string nearest(nearest_name(full_id, names));
  return usage_error(fmt::format("no rule is called `{}`{}\n", full_id,
                                 nearest.empty() ? "" : fmt::format("; is it `{}`?", nearest)));
}

Expected<RuleIndex, EngineError> rule_to_explain(const RuleSet& rules, const std::string& full_id,
                                                 RuleKind kind) {
  const auto found = find_rule(rules, full_id);
  if (!found) return found;
  const Rule& rule = *rules.rule(*found).rule;
  if (rule.kind() != kind) {
    return usage_error(fmt::format("`{}` {}\n", full_id, why_not(rule.kind())));
  }
  for (const InactiveRule& inactive : rules.inactive()) {
    if (inactive.rule != *found) continue;
    return usage_error(fmt::format("`{}` is inactive: {}\n", full_id, inactive.reason));
  }
  return found;
}

}  // namespace sieve
