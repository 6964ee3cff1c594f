// What rules say of other rules: `rule(local/bulk-link)` in conditions, exceptions and `score_if`
// of message rules. What is referred to is true where that rule would hit: its condition holds, and
// none of its exceptions.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rule/model.h"
#include "rule/naming_order.h"

namespace sieve {

// One expression of a rule that may refer to other rules.
struct ReferringPart {
  enum class Kind : uint8_t { kCondition, kException, kScorePart };
  Kind kind = Kind::kCondition;
  const Expression* expression = nullptr;
  std::string_view file;  // In which it stands.
};
// Those of `rule`. Refer to it.
std::vector<ReferringPart> referring_parts(const Rule& rule);

// The full ids that `rule` refers to, each once, in the order in which they stand there.
std::vector<std::string> references_of(const Rule& rule);

// The order in which `rules` can be made ready to run, by their places: each behind those whose
// truth it asks for. REQUIRES: they refer to one another without a circle, and to no others.
std::vector<uint32_t> reference_order(const std::vector<const Rule*>& rules);

// Checks the references of all rules when they are whole: R128 there is no such rule, R137 a rule
// leads back to itself, R138 a rule that is not on single messages, R016 too much is asked in all.
// Warns of helpers that nothing refers to (R139), and of rules in shadow that decide about others
// (R147). Does nothing where `diagnostics` has errors: they drop rules.
void check_references(const std::vector<RuleFile>& files, Diagnostics& diagnostics);

}  // namespace sieve
