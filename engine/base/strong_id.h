// StrongId makes a small integer of one meaning a type of its own, so that a pattern's number
// cannot be passed where a rule's is meant.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace sieve {

template <class Tag, class Rep = uint32_t>
struct StrongId {
  Rep value = 0;

  constexpr StrongId() = default;
  constexpr explicit StrongId(Rep v) : value(v) {}
  constexpr size_t index() const { return static_cast<size_t>(value); }
  auto operator<=>(const StrongId&) const = default;
};

}  // namespace sieve

template <class Tag, class Rep>
struct std::hash<sieve::StrongId<Tag, Rep>> {
  size_t operator()(sieve::StrongId<Tag, Rep> id) const noexcept {
    return std::hash<Rep>()(id.value);
  }
};
