// Random conditions over the patterns p0 to p5 of a rule, as text and as a function of what fired,
// for messages from 'A' without a language.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "unit/match/generator.h"

namespace sieve::testing {

struct Condition {
  std::string text;
  std::function<bool(const std::set<size_t>&)> holds;
};

inline constexpr size_t kPatternCount = 6;

inline Condition random_leaf(Generator& generator) {
  const size_t kind = generator.below(12);
  if (kind == 0) return {"msg.from == 'A'", [](const auto&) { return true; }};
  if (kind == 1) return {"msg.lang != 'A'", [](const auto&) { return false; }};
  const size_t pattern = generator.below(kPatternCount);
  return {fmt::format("p{}", pattern), [=](const auto& fired) { return fired.contains(pattern); }};
}

inline Condition random_quantity(Generator& generator) {
  const size_t first = generator.below(kPatternCount - 2);
  const size_t least = 1 + generator.below(3);
  return {fmt::format("{} of (p{}, p{}, p{})", least, first, first + 1, first + 2),
          [=](const auto& fired) {
            return fired.contains(first) + fired.contains(first + 1) + fired.contains(first + 2) >=
                   static_cast<int>(least);
          }};
}

// Joins random parts, two at a time, until one is left.
inline Condition random_condition(Generator& generator) {
  std::vector<Condition> parts;
  for (size_t n = 1 + generator.below(6); n > 0; --n) {
    parts.push_back(generator.chance(20) ? random_quantity(generator) : random_leaf(generator));
    if (!generator.chance(25)) continue;
    Condition& part = parts.back();
    part = {"not (" + part.text + ")", [inner = part.holds](const auto& f) { return !inner(f); }};
  }
  while (parts.size() > 1) {
    const Condition b = std::move(parts.back());
    parts.pop_back();
    const Condition a = parts[generator.below(parts.size())];
    Condition& into = parts[generator.below(parts.size())];
    if (generator.chance(50)) {
      into = {fmt::format("({} and {})", a.text, b.text),
              [x = a.holds, y = b.holds](const auto& f) { return x(f) && y(f); }};
    } else {
      into = {fmt::format("({} or {})", a.text, b.text),
              [x = a.holds, y = b.holds](const auto& f) { return x(f) || y(f); }};
    }
  }
  return parts.front();
}

}  // namespace sieve::testing
