// Looks at a text 64 bytes at a time: which of them are in a class, as one bit each, the first byte
// lowest. What depends on neighbours is then a shift and an `and`.
//
// Thread safety: pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sieve {

inline constexpr size_t kBlockBytes = 64;

// Calls `look(block, at)` for every kBlockBytes bytes of `text`; the last block is filled up with
// spaces.
template <class Look>
void for_each_block(std::string_view text, Look look) {
  size_t at = 0;
  for (; at + kBlockBytes <= text.size(); at += kBlockBytes) look(text.data() + at, at);
  if (at == text.size()) return;
  char last[kBlockBytes];
  std::memset(last, ' ', sizeof last);
  std::memcpy(last, text.data() + at, text.size() - at);
  look(last, at);
}

// The bytes of `block` from `first` to `last`.
inline uint64_t bytes_within(const char* block, unsigned char first, unsigned char last) {
  uint64_t mask = 0;
#if defined(__SSE2__)
  const __m128i low = _mm_set1_epi8(static_cast<char>(first));
  const __m128i size = _mm_set1_epi8(static_cast<char>(last - first));
  for (size_t i = 0; i < kBlockBytes; i += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    const __m128i offset = _mm_sub_epi8(v, low);
    const __m128i within = _mm_cmpeq_epi8(_mm_min_epu8(offset, size), offset);
    mask |= (static_cast<uint64_t>(_mm_movemask_epi8(within)) & 0xFFFF) << i;
  }
#else
  for (size_t i = 0; i < kBlockBytes; ++i) {
    const auto byte = static_cast<unsigned char>(block[i]);
    mask |= static_cast<uint64_t>(byte >= first && byte <= last) << i;
  }
#endif
  return mask;
}

// The bytes of `block` that are one of `values`.
template <class... Bytes>
uint64_t bytes_among(const char* block, Bytes... values) {
  uint64_t mask = 0;
#if defined(__SSE2__)
  for (size_t i = 0; i < kBlockBytes; i += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    __m128i among = _mm_setzero_si128();
    ((among = _mm_or_si128(among, _mm_cmpeq_epi8(v, _mm_set1_epi8(values)))), ...);
    mask |= (static_cast<uint64_t>(_mm_movemask_epi8(among)) & 0xFFFF) << i;
  }
#else
  for (size_t i = 0; i < kBlockBytes; ++i) {
    mask |= static_cast<uint64_t>(((block[i] == values) || ...)) << i;
  }
#endif
  return mask;
}

// A class over the present block and the one before it.
struct ByteMask {
  uint64_t before = 0;
  uint64_t now = 0;

  void next(uint64_t mask) {
    before = now;
    now = mask;
  }
  // The bytes that are in the class `distance` bytes earlier. REQUIRES: 1 to 63.
  uint64_t earlier(unsigned distance) const {
    return now << distance | before >> (kBlockBytes - distance);
  }
};

}  // namespace sieve
