// A TextPool holds what had to be written anew for the entities of one message: numbers as E.164,
// names without their dressing. What is in it does not move.
//
// Thread safety: none. Lifetime: views are valid until clear().
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

#include "base/limits.h"

namespace sieve {

class TextPool {
 public:
  // Of one text added: the rest is cut.
  static constexpr size_t kTextBytesMax = 64;

  void clear() { size_ = 0; }

  // A copy of `text`; empty when the pool is full.
  std::string_view add(std::string_view text) {
    // For every handle and every phone of a message. Allocated with the first of them.
    constexpr size_t kBytes = 2 * limits::kUrlsPerMessageMax * kTextBytesMax;
    if (bytes_ == nullptr) bytes_ = std::make_unique_for_overwrite<char[]>(kBytes);
    const size_t size = std::min(text.size(), kTextBytesMax);
    if (size_ + size > kBytes) return {};
    char* const copy = bytes_.get() + size_;
    std::memcpy(copy, text.data(), size);
    size_ += size;
    return {copy, size};
  }

 private:
  std::unique_ptr<char[]> bytes_;
  size_t size_ = 0;
};

}  // namespace sieve
