#include "base/random_bytes.h"

#include <sys/random.h>

#include <cerrno>
#include <cstring>

#include "base/check.h"

namespace sieve {

void random_bytes(void* out, size_t size) {
  SIEVE_CHECK(size <= 256, "{} bytes may come in parts", size);  // getrandom(2)
  const ssize_t got = ::getrandom(out, size, 0);
  SIEVE_CHECK(got == static_cast<ssize_t>(size), "no random bytes: {}", std::strerror(errno));
}

}  // namespace sieve
