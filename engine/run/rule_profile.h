// What a CostTable says, in tables for people and as JSON for programs.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "evaluate/rule_cost.h"

namespace sieve {

enum class ProfileOrder : uint8_t { kTime, kTried, kHits, kRule };

struct ProfileOptions {
  ProfileOrder order = ProfileOrder::kTime;  // Largest first, but for kRule.
  size_t rows_max = 30;                      // Of each table; 0: all.
};

std::string render_profile(const RuleSet& rules, const CostTable& costs,
                           const ProfileOptions& options);
// All rules and expressions, whatever `rows_max` is.
std::string profile_json(const RuleSet& rules, const CostTable& costs,
                         const ProfileOptions& options);

}  // namespace sieve
