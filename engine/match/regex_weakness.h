// What makes a regular expression dear to look for in every message, told from the expression
// alone, so that everybody is told the same.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace sieve {

struct RegexWeakness {
  enum class Kind : uint8_t {
    // No text of three characters that is in every match (or one of several such texts in each):
    // Hyperscan has nothing to search for first and runs an automaton over all of the message.
    kNoLiteral,
    // More instructions than limits::kRegexInstructionsCheap, by large bounded repeats: each costs
    // compile time and memory.
    kLarge,
  };
  Kind kind = Kind::kNoLiteral;
  int instructions = 0;
};

// Nothing when `regex` has no weakness. REQUIRES: RE2 accepts it.
std::optional<RegexWeakness> weakness_of(const std::string& regex);

}  // namespace sieve
