// Reads the labels of a host as they are written in a text, undressed.
//
// Thread safety: pure. Units: byte offsets. Allocates nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sieve {

// RFC 1035: 255 bytes on the wire are at most 253 written, and 127 labels.
inline constexpr size_t kHostBytesMax = 253;
inline constexpr size_t kHostLabelsMax = 127;

struct HostLabel {
  uint16_t begin;  // In WrittenHost::name.
  uint16_t end;
  uint32_t text_end;  // In the text.
  uint16_t dress;     // Of itself and the dot before it.
  bool apart;         // The dot before it, as are: see HostDot.
  bool space_before;
  bool spaced;                   // Its letters are written apart.
  std::string_view dot_letters;  // See HostDot::letters.
};

// Labels in lower case with plain dots, in UTF-8. It is large: only what `count` says is ever
// written, and nothing is set in advance.
struct WrittenHost {
  std::array<char, 2 * kHostBytesMax> name;
  std::array<uint32_t, 2 * kHostBytesMax>
      places;  // In the text, of each byte; of a dot, its first.
  std::array<HostLabel, kHostLabelsMax> labels;
  size_t count = 0;

  std::string_view label(size_t i) const {
    return {name.data() + labels[i].begin, size_t{labels[i].end} - labels[i].begin};
  }
  // The first `labels` of it.
  std::string_view first(size_t n) const { return {name.data(), labels[n - 1].end}; }
};

struct HostStyle {
  bool any_script = false;      // Letters beyond Latin ones.
  bool apart = false;           // Dots that stand apart, too.
  bool spaced_letters = false;  // "b i t" is a label.
};

// Replaces `out` with the labels from `at` on. A dot that no label follows is not part of the host;
// what is longer than a host may be is cut.
void read_host(std::string_view text, size_t at, HostStyle style, WrittenHost& out);

// Cuts the last label to its first `size` bytes. REQUIRES: it is as long, and in ASCII.
void cut_last_label(size_t size, WrittenHost& host);

// Where the label that ends at `end` begins: ASCII and Latin letters, or letters of one other
// script, which stand in a host only with an internationalised top-level domain or a path. Not
// before `floor`; `end` when there is none.
size_t label_begin(std::string_view text, size_t end, size_t floor, bool spaced_letters);

}  // namespace sieve
