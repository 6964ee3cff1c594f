// The registrable domain of a host: its public suffix and one label before it, by the public
// suffix list that libpsl carries. Suffixes under which a company lets others register
// (blogspot.com, github.io) count as public.
//
//   RegistrableDomains domains;        // One per thread: remembers hosts it has seen.
//   domains.size_for("a.shop.co.th");  // 10: "shop.co.th"
//
// libpsl 0.21 looks hosts up without allocating, in 0.2 to 1 us each (measured); a campaign sends
// the same host again and again.
//
// Thread safety: RegistrableDomains none; functions are pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sieve {

// The size of the registrable domain at the end of `host`, or 0 when `host` is a public suffix.
// REQUIRES: canonical, with A-labels; no address. `host` is followed by a 0.
size_t registrable_domain_size(const char* host);

class RegistrableDomains {
 public:
  // registrable_domain_size(), remembered. REQUIRES: as there; `host` is followed by a 0.
  size_t size_for(std::string_view host);

 private:
  static constexpr size_t kSlots = 256;
  static constexpr size_t kHostBytesMax = 62;  // Longer hosts are looked up each time.

  struct Slot {
    uint8_t host_size = 0;
    uint8_t domain_size = 0;
    std::array<char, kHostBytesMax> host;
  };

  std::array<Slot, kSlots> slots_;
};

}  // namespace sieve
