// The kinds of imitation that are told apart, as conditions and tests name them. What each means:
// match/look_alike.h.
//
// Thread safety: pure functions and plain data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sieve {

// Bits of LookAlikeKinds. The order is that of the names in rules and, where several hold, of what
// is reported: the first.
enum class LookAlikeKind : uint8_t { kHomoglyph, kOneEdit, kCombination, kTld, kSubdomain };
inline constexpr size_t kLookAlikeKindCount = 5;

// `homoglyph`, `edit1`, `combo`, `tld`, `subdomain`.
std::string_view name_of(LookAlikeKind kind);
std::optional<LookAlikeKind> find_look_alike_kind(std::string_view name);
std::vector<std::string_view> look_alike_kind_names();

class LookAlikeKinds {
 public:
  constexpr LookAlikeKinds() = default;
  static constexpr LookAlikeKinds all() { return LookAlikeKinds((1U << kLookAlikeKindCount) - 1); }
  // From bits(), as a number of an expression's node.
  static constexpr LookAlikeKinds from_bits(uint32_t bits) { return LookAlikeKinds(bits); }

  constexpr void add(LookAlikeKind kind) { bits_ |= 1U << static_cast<unsigned>(kind); }
  constexpr bool has(LookAlikeKind kind) const {
    return ((bits_ >> static_cast<unsigned>(kind)) & 1U) != 0;
  }
  constexpr uint32_t bits() const { return bits_; }
  constexpr bool operator==(const LookAlikeKinds&) const = default;

 private:
  explicit constexpr LookAlikeKinds(uint32_t bits) : bits_(bits) {}
  uint32_t bits_ = 0;
};

}  // namespace sieve
