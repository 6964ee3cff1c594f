// Whether a host imitates a brand, and how. `demobank`, official at demobank.example, is imitated
// by
//
//   homoglyph    dem0bank.example        what looks like it (match/host_letters.h), in any script
//   edit1        demobnak.example        one letter more, less, other, or two swapped
//   combo        demobank-login.example  the name as a part, beside digits, hyphens, lure words
//   tld          demobank.test           the name under another public suffix
//   subdomain    demobank.host.example   the name, or an official host, as a stranger's subdomain
//
// The names of a brand are its own, its aliases, and the labels that it registered. Names that are
// short are met by chance: the bounds below say which kinds they take part in.
//
// An official host of any brand, and what is below it, imitates nobody; nor does a host below a
// registered domain of a brand imitate that brand.
//
// A host is looked up in the same time, however many brands there are: each name stands in an index
// under its hash, under that of its skeleton, and under those of what is left without one of its
// letters (Garbe, "SymSpell", 2012). What is found by hash is compared.
//
// Thread safety: immutable. Allocates nothing after construction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/packed_strings.h"
#include "base/strong_id.h"
#include "match/hash_index.h"
#include "match/lure_words.h"
#include "rule/definitions.h"
#include "rule/look_alike_kinds.h"

namespace sieve {

// The index of a brand in Definitions::brands.
using BrandId = StrongId<struct BrandTag>;

// A canonical host as extract_entities() finds it: Url::host, Url::host_unicode, Url::domain.
struct HostParts {
  std::string_view ascii;
  std::string_view unicode;
  std::string_view domain;  // The end of `ascii`; empty: an address or a public suffix.
};

// What a condition asks of a host: whether it imitates `brand`, or any when there is none.
struct LookAlikeQuestion {
  std::optional<BrandId> brand;
  LookAlikeKinds kinds;
};

struct LookAlike {
  BrandId brand;
  LookAlikeKind kind;
  auto operator<=>(const LookAlike&) const = default;
};

// Fewer letters than these do not count.
inline constexpr size_t kHomoglyphLettersMin = 4;
inline constexpr size_t kOneEditLettersMin = 5;
inline constexpr size_t kGluedLettersMin = 4;  // Beside a lure word without anything between.
// From here on, whatever stands around the name makes a combination, not only lure words and
// digits; and a label of a stranger's host is an imitation when it is the name or looks like it.
inline constexpr size_t kLongNameLettersMin = 5;

class BrandTable {
 public:
  explicit BrandTable(std::span<const BrandDef> brands);

  // How `host` imitates `brand`, of the `kinds` asked for the first; nothing when it does not.
  // Several brands are best asked about together, by find_all().
  std::optional<LookAlikeKind> find(const HostParts& host, BrandId brand,
                                    LookAlikeKinds kinds) const;
  // The brand that it imitates: of several the one defined first.
  std::optional<LookAlike> find_any(const HostParts& host, LookAlikeKinds kinds) const;
  // The same for all brands: adds to `out`, by brand and kind, until it is full. Returns the count.
  size_t find_all(const HostParts& host, std::span<LookAlike> out) const;

  size_t brand_count() const { return brands_.size(); }

 private:
  struct Brand {
    std::vector<std::string> domains;  // Registrable, of its official hosts.
  };
  struct Name {
    std::u32string letters;
    std::u32string skeleton;
    BrandId brand;
  };
  class Search;

  void add_brand(const BrandDef& brand, BrandId id);
  void add_name(std::u32string_view letters, BrandId id);
  bool is_official(std::string_view host) const;

  std::vector<Brand> brands_;
  std::vector<Name> names_;
  HashIndex by_letters_;  // Values are indexes of names_.
  HashIndex by_skeleton_;
  HashIndex by_deletion_;
  LureWords lures_;
  PackedStringSet official_hosts_;
  std::vector<std::pair<uint32_t, BrandId>> official_brands_;  // By place in official_hosts_.
  size_t official_labels_max_ = 0;
};

}  // namespace sieve
