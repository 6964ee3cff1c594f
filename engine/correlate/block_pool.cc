#include "correlate/block_pool.h"

namespace sieve {

BlockPool::BlockPool(const std::vector<uint32_t>& words) : classes_(words.size()) {
  for (size_t i = 0; i < words.size(); ++i) classes_[i].words = words[i];
}

uint32_t BlockPool::allocate(uint8_t size_class) {
  Class& c = classes_[size_class];
  if (c.first_free != kNone) {
    const uint32_t block = c.first_free;
    c.first_free = *at(size_class, block);
    return block;
  }
  if ((c.count >> kChunkBits) == c.chunks.size()) {
    const size_t words = size_t{c.words} << kChunkBits;
    c.chunks.push_back(std::unique_ptr<uint32_t[]>(new uint32_t[words]));
  }
  return c.count++;
}

void BlockPool::free(uint8_t size_class, uint32_t block) {
  Class& c = classes_[size_class];
  *at(size_class, block) = c.first_free;
  c.first_free = block;
}

size_t BlockPool::state_bytes() const {
  size_t bytes = 0;
  for (const Class& c : classes_) {
    bytes += c.chunks.size() * ((size_t{c.words} << kChunkBits) * sizeof(uint32_t));
  }
  return bytes;
}

}  // namespace sieve
