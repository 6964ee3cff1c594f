// The dots between the labels of a host, whatever they are dressed as: "[.]", "(dot)", "\.", or
// apart from the labels, as " . ", " dot ", " จุด ", "点", "·". Ideographic and full-width stops
// are plain dots since the text was folded.
//
// Thread safety: pure. Units: byte offsets into folded text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sieve {

struct HostDot {
  uint32_t size = 0;  // 0: no dot. Spaces around it count.
  // Spaces or a word, as honest sentences have them, too: more must speak for a host.
  bool apart = false;
  // A space stands before the dot, or it is a word. Honest sentences do not do that.
  bool space_before = false;
  uint16_t dress = 0;  // Bits of UrlDress.
  // Of a dot in letters right between labels, which to a device are letters of one label: "点".
  std::string_view letters = {};
};

// The dot that begins at `at`, right behind a label. REQUIRES: at <= text.size().
HostDot host_dot_at(std::string_view text, size_t at);

// Where the dot begins that `mark` is in: a '.', the 'd' of "dot", or the start of another word.
// Spaces and an opening bracket before it belong to it, as far as `floor`.
size_t host_dot_begin(std::string_view text, size_t mark, size_t floor);

// The next place at or behind `at` where a dot or the colon of a scheme may be, or the size of the
// text. Most texts have few: 16 bytes at a time are passed over.
size_t find_url_mark(std::string_view text, size_t at);

}  // namespace sieve
