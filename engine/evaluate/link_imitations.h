// A LinkImitations tells whom the links of one message imitate. A link is looked up once, for all
// brands together, when the first condition asks.
//
// Thread safety: none. Allocates nothing after construction.
#pragma once

#include <array>
#include <bitset>
#include <optional>

#include "base/limits.h"
#include "match/look_alike.h"
#include "text/entities.h"

namespace sieve {

class LinkImitations {
 public:
  // Null: there are no brands. Must outlive this.
  void set_brands(const BrandTable* brands) { brands_ = brands; }
  // Another message follows.
  void clear() { known_.reset(); }

  // The first imitation that is asked for, by brand and kind, of `url`, the link `index` of the
  // message.
  std::optional<LookAlike> find(const Url& url, size_t index, const LookAlikeQuestion& question);

 private:
  // More than a host has that was not made to be looked at: then each question is looked up.
  static constexpr size_t kKeptMax = 8;
  struct Kept {
    std::array<LookAlike, kKeptMax> all;
    size_t count = 0;
  };

  std::optional<LookAlike> look_up(const HostParts& host, const LookAlikeQuestion& question) const;

  const BrandTable* brands_ = nullptr;
  std::bitset<limits::kUrlsPerMessageMax> known_;
  std::array<Kept, limits::kUrlsPerMessageMax> kept_;  // Of the known ones.
};

}  // namespace sieve
