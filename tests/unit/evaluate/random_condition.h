// Random conditions over the patterns p0 to p5 of a rule, as text and as a function of what is seen
// of them, for messages from 'A' without a language.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rule/look_alike_kinds.h"
#include "unit/match/generator.h"

namespace sieve::testing {

inline constexpr size_t kPatternCount = 6;

// What is seen of the patterns in one message.
class Seen {
 public:
  virtual ~Seen() = default;
  virtual bool fired(size_t pattern) const = 0;
  virtual size_t count(size_t pattern) const = 0;
  // An occurrence of `a` ends at most `distance` characters before one of `b` begins.
  virtual bool before(size_t a, size_t b, size_t distance) const = 0;
  virtual bool overlap(size_t a, size_t b) const = 0;
  // A link imitates the brand `brand` of kConditionLists in this way.
  virtual bool imitates(size_t brand, LookAlikeKind kind) const = 0;

  bool near(size_t a, size_t b, size_t distance) const {
    return overlap(a, b) || before(a, b, distance) || before(b, a, distance);
  }
};

struct Condition {
  std::string text;
  std::function<bool(const Seen&)> holds;
};

inline Condition random_call(Generator& generator) {
  const size_t a = generator.below(kPatternCount);
  const size_t b = (a + 1 + generator.below(kPatternCount - 1)) % kPatternCount;
  const size_t distance = generator.below(20);
  const size_t times = 1 + generator.below(3);
  switch (generator.below(5)) {
    case 0:
      return {fmt::format("near(p{}, p{}, {})", a, b, distance),
              [=](const Seen& seen) { return seen.near(a, b, distance); }};
    case 1:
      return {fmt::format("before(p{}, p{}, {})", a, b, distance),
              [=](const Seen& seen) { return seen.before(a, b, distance); }};
    case 2:
      return {fmt::format("before(p{}, p{})", a, b),
              [=](const Seen& seen) { return seen.before(a, b, SIZE_MAX); }};
    case 3:
      return {fmt::format("count(p{}) < {}", a, times),
              [=](const Seen& seen) { return seen.count(a) < times; }};
    default:
      return {fmt::format("{} <= count(p{})", times, a),
              [=](const Seen& seen) { return seen.count(a) >= times; }};
  }
}

// The lists that they look in and the brands that they ask about, as part of a rule file.
inline constexpr std::string_view kConditionLists =
    "lists: { listed: { type: sender, items: [a] }, langs: { type: text, items: [th] } }\n"
    "brands: { luckylion: { official: luckylion.example },"
    " demobank: { official: [demobank.example, pay.demobank.test] } }\n";
inline constexpr std::string_view kConditionBrands[] = {"luckylion", "demobank"};

inline Condition random_look_alike(Generator& generator) {
  const std::vector<std::string_view> names = look_alike_kind_names();
  const size_t first = generator.below(kLookAlikeKindCount);
  const size_t last = first + generator.below(kLookAlikeKindCount - first);
  std::string kinds;
  for (size_t i = first; i <= last; ++i) kinds += (i == first ? "" : ", ") + std::string(names[i]);
  const size_t brand = generator.below(3);
  const std::string_view whom = brand == 2 ? "any" : kConditionBrands[brand];
  return {fmt::format("any url where url.lookalike({}, [{}])", whom, kinds), [=](const Seen& seen) {
            for (size_t kind = first; kind <= last; ++kind) {
              for (size_t i = 0; i < std::size(kConditionBrands); ++i) {
                const bool is_asked = brand == 2 || brand == i;
                if (is_asked && seen.imitates(i, static_cast<LookAlikeKind>(kind))) return true;
              }
            }
            return false;
          }};
}

inline Condition random_leaf(Generator& generator) {
  const size_t kind = generator.below(15);
  if (kind == 0) return {"msg.from == 'A'", [](const auto&) { return true; }};
  if (kind == 1) return {"msg.lang != 'A'", [](const auto&) { return false; }};
  if (kind <= 3) return random_call(generator);
  if (kind == 4) return {"msg.from in listed", [](const auto&) { return true; }};
  if (kind == 5) return {"msg.lang in langs", [](const auto&) { return false; }};
  if (kind == 6) return random_look_alike(generator);
  const size_t pattern = generator.below(kPatternCount);
  return {fmt::format("p{}", pattern), [=](const Seen& seen) { return seen.fired(pattern); }};
}

inline Condition random_quantity(Generator& generator) {
  const size_t first = generator.below(kPatternCount - 2);
  const size_t least = 1 + generator.below(3);
  return {fmt::format("{} of (p{}, p{}, p{})", least, first, first + 1, first + 2),
          [=](const Seen& seen) {
            return seen.fired(first) + seen.fired(first + 1) + seen.fired(first + 2) >=
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
