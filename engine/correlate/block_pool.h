// A BlockPool hands out blocks of 32-bit words in a few sizes and takes them back: the small
// windows of millions of keys without a heap allocation for each.
//
// Thread safety: none. Lifetime: a block is valid until it is freed; pointers to it likewise.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace sieve {

class BlockPool {
 public:
  // Blocks of class c have words[c] words.
  explicit BlockPool(const std::vector<uint32_t>& words);

  uint32_t allocate(uint8_t size_class);
  void free(uint8_t size_class, uint32_t block);

  uint32_t* at(uint8_t size_class, uint32_t block) {
    Class& c = classes_[size_class];
    return &c.chunks[block >> kChunkBits][(block & kChunkMask) * c.words];
  }
  const uint32_t* at(uint8_t size_class, uint32_t block) const {
    return const_cast<BlockPool*>(this)->at(size_class, block);
  }

  size_t state_bytes() const;

 private:
  static constexpr uint32_t kChunkBits = 10;
  static constexpr uint32_t kChunkMask = (1U << kChunkBits) - 1;
  static constexpr uint32_t kNone = UINT32_MAX;

  struct Class {
    uint32_t words = 0;
    uint32_t count = 0;           // Blocks ever handed out.
    uint32_t first_free = kNone;  // The first word of a free block is the next free one.
    std::vector<std::unique_ptr<uint32_t[]>> chunks;
  };
  std::vector<Class> classes_;
};

}  // namespace sieve
