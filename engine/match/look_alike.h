// Whether a host imitates a brand, and how. `demobank`, official at demobank.example, is imitated
// by
//
//   homoglyph    xn--dmobank-6bh.example, dem0bank.example    letters that look like those
//   one_edit     demobnak.example, demobannk.example          one letter more, less, other, swapped
//   combination  demobank-login.example, demobank888.example  the name as a part, with more around
//   tld          demobank.win-now.example as registrable demobank.<other suffix>
//   subdomain    demobank.example.stranger.example            the name as a stranger's subdomain
//
// The hosts of any brand and what is below them imitate nobody.
//
// Thread safety: immutable. Lifetime: keeps copies of the brands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/strong_id.h"
#include "rule/definitions.h"

namespace sieve {

// Bits of LookAlikeKinds. The order is that of the names in rules and, where several hold, of what
// is reported: the first.
enum class LookAlikeKind : uint8_t { kHomoglyph, kOneEdit, kCombination, kTld, kSubdomain };
inline constexpr size_t kLookAlikeKindCount = 5;

// `homoglyph`, `one_edit`, `combination`, `tld`, `subdomain`.
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

// The index of a brand in Definitions::brands.
using BrandId = StrongId<struct BrandTag>;

// A canonical host as extract_entities() finds it: Url::host, Url::host_unicode, Url::domain.
struct HostParts {
  std::string_view ascii;
  std::string_view unicode;
  std::string_view domain;  // The end of `ascii`; empty: an address or a public suffix.
};

struct LookAlike {
  BrandId brand;
  LookAlikeKind kind;
};

class BrandTable {
 public:
  explicit BrandTable(std::span<const BrandDef> brands);

  // How `host` imitates `brand`, of the `kinds` asked for; nothing when it does not.
  std::optional<LookAlikeKind> find(const HostParts& host, BrandId brand,
                                    LookAlikeKinds kinds) const;
  // The brand that it imitates: of several, the one defined first.
  std::optional<LookAlike> find_any(const HostParts& host, LookAlikeKinds kinds) const;

  size_t brand_count() const { return brands_.size(); }

 private:
  std::vector<BrandDef> brands_;
};

}  // namespace sieve
