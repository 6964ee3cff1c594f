// What differs between two rule sets, for people, and whether the newer one lost so much that it is
// more likely half a bundle than a wish.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "evaluate/rule_set.h"

namespace sieve {

struct ListChange {
  std::string name;
  size_t before = 0;  // Entries.
  size_t after = 0;
};

struct RulesChange {
  std::vector<std::string> added;  // Full ids, sorted.
  std::vector<std::string> removed;
  std::vector<std::string> changed;
  std::vector<ListChange> lists;  // That have another number of entries, or came or went.
  size_t rules_before = 0;        // Active ones.
  size_t rules_after = 0;
};

RulesChange rules_change(const RuleSet& before, const RuleSet& after);

// `2 added, 1 removed, 3 changed; bad_hosts 10 -> 12`.
std::string render_change(const RulesChange& change);

// What shrank by more than `shrink_max` percent and more than kShrinkFloor: one line each; empty:
// nothing did.
inline constexpr size_t kShrinkFloor = 5;
std::string shrink_problem(const RulesChange& change, int64_t shrink_max);

}  // namespace sieve
