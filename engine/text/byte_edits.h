// ByteEdits say which bytes of a text go away and which become others.
//
// Thread safety: none. Units: bytes. Allocates nothing after warm-up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/fold.h"

namespace sieve {

struct ByteEdits {
  struct Replaced {
    uint32_t at;
    char by;
  };
  // Both in rising order, by where the bytes are before any goes away.
  std::vector<uint32_t> dropped;
  std::vector<Replaced> replaced;

  bool empty() const { return dropped.empty() && replaced.empty(); }
  void clear() {
    dropped.clear();
    replaced.clear();
  }
  // Writes what `text` becomes to `out`, which has room for all of it, and returns the size.
  size_t apply(std::string_view text, char* out) const;
  // Removes the entries of bytes that go away.
  void apply(std::vector<ByteSpan>& map) const;
};

}  // namespace sieve
