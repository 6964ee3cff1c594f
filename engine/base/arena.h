// An Arena hands out memory that lives until reset(): what one batch of records needs besides its
// bytes. It keeps its blocks, so that after warm-up nothing is allocated.
//
// Thread safety: none. Lifetime: what it returns is valid until reset() or destruction.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace sieve {

class Arena {
 public:
  // `size` bytes aligned to 8. Never fails; grows by blocks of at least 64 KiB.
  char* allocate(size_t size) {
    size = (size + 7) & ~size_t{7};
    if (size > left_) grow(size);
    char* out = at_;
    at_ += size;
    left_ -= size;
    return out;
  }

  std::string_view copy(std::string_view text) {
    char* out = allocate(text.size());
    if (!text.empty()) std::memcpy(out, text.data(), text.size());
    return {out, text.size()};
  }

  // Everything handed out becomes invalid; the blocks are kept.
  void reset();

 private:
  void grow(size_t size);

  struct Block {
    std::unique_ptr<char[]> bytes;
    size_t size;
  };
  std::vector<Block> blocks_;
  size_t next_block_ = 0;
  char* at_ = nullptr;
  size_t left_ = 0;
};

}  // namespace sieve
