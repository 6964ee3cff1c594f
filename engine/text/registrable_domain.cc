#include "text/registrable_domain.h"

#include <libpsl.h>

#include <algorithm>
#include <cstring>

#include "base/hash.h"

namespace sieve {

size_t registrable_domain_size(const char* host) {
  // For a host in ASCII, libpsl returns a place in it.
  const char* domain = psl_registrable_domain(psl_builtin(), host);
  return domain == nullptr ? 0 : std::strlen(domain);
}

size_t RegistrableDomains::size_for(std::string_view host) {
  if (host.empty() || host.size() > kHostBytesMax) return registrable_domain_size(host.data());
  Slot& slot = slots_[hash64(host) % kSlots];
  if (std::string_view(slot.host.data(), slot.host_size) != host) {
    std::copy(host.begin(), host.end(), slot.host.begin());
    slot.host_size = static_cast<uint8_t>(host.size());
    slot.domain_size = static_cast<uint8_t>(registrable_domain_size(host.data()));
  }
  return slot.domain_size;
}

}  // namespace sieve
