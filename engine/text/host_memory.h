// Holds the canonical hosts of one message's URLs.
//
// Thread safety: none. Lifetime: what put() returns lives until clear(). Allocates with the first
// host, and never again.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "base/limits.h"
#include "text/host_reader.h"
#include "text/registrable_domain.h"

namespace sieve {

struct CanonicalHost {
  std::string_view ascii;    // A-labels.
  std::string_view unicode;  // U-labels.
  std::string_view domain;   // See Url::domain.
};

class HostMemory {
 public:
  // `written` has its labels in lower case with plain dots, as A-labels or U-labels. Fails for
  // labels that are empty or too long, and for a host that is too long. REQUIRES: fewer than
  // limits::kUrlsPerMessageMax hosts were put.
  std::optional<CanonicalHost> put(std::string_view written);

  // An address: it has no registrable domain. REQUIRES: as put(); at most kHostBytesMax bytes.
  CanonicalHost put_address(std::string_view address);

  void clear() { count_ = 0; }

 private:
  // A U-label takes up to four bytes for each letter of its A-label.
  static constexpr size_t kUnicodeBytesMax = 4 * kHostBytesMax;

  struct Slot {
    std::array<char, kHostBytesMax + 1> ascii;
    std::array<char, kUnicodeBytesMax> unicode;
  };
  struct Block {
    std::array<Slot, limits::kUrlsPerMessageMax> slots;
    RegistrableDomains domains;
  };

  Slot& next_slot();

  std::unique_ptr<Block> block_;
  size_t count_ = 0;
};

}  // namespace sieve
