// Percent-escapes in the authority of a URL, undone: "https://%65vil%2Ecom" leads where
// "https://evil.com" does.
//
// Thread safety: pure. Allocates nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sieve {

// What was undone and folded, with the place in the text of each byte; nothing is set in advance.
struct UnescapedText {
  static constexpr size_t kBytesMax = 1024;

  std::array<char, kBytesMax> bytes;
  std::array<uint32_t, kBytesMax + 1> places;  // One more: the end.
  size_t size = 0;

  std::string_view text() const { return {bytes.data(), size}; }
};

// Replaces `out` by the text from `begin` on without escapes, as far as there is room and it is
// valid UTF-8.
void unescape_authority(std::string_view text, size_t begin, UnescapedText& out);

}  // namespace sieve
