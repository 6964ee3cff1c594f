#include "cli/idle_rules.h"

#include <fmt/format.h>

namespace sieve {

std::string idle_line(const CompiledRule& rule, std::string_view reason) {
  return fmt::format("inactive: {}: {}\n", rule.full_id, reason);
}

std::string idle_lines(const RuleSet& rules) {
  std::string out;
  for (const InactiveRule& inactive : rules.inactive()) {
    if (!inactive.missing_field.empty()) continue;
    out += idle_line(rules.rule(inactive.rule), inactive.reason);
  }
  return out;
}

}  // namespace sieve
