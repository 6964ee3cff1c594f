// Addresses of crypto currencies whose checksum is right: Bitcoin, Litecoin, Dogecoin, Tron, and
// Ethereum with its many relatives, which share one form.
//
// Thread safety: pure. Units: byte offsets into a View::kRaw.
#pragma once

#include <string_view>

#include "text/entities.h"

namespace sieve {

// Adds the addresses in `raw`, a text as received, to `out`, as long as there is room. An address
// stands alone: ASCII letters and digits around it make it something else.
void find_crypto_addresses(std::string_view raw, Entities& out);

}  // namespace sieve
