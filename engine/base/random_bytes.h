// Bytes that nobody can guess, from the system: names that nobody else takes, identities, keys.
//
// Thread safety: all functions.
#pragma once

#include <cstddef>

namespace sieve {

// Fills `out`; aborts when the system has no random bytes. REQUIRES: at most 256 bytes.
void random_bytes(void* out, size_t size);

}  // namespace sieve
