#include "text/bidi.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/utf8.h"
#include "text/fold_table.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr size_t kControlsMax = 32;
constexpr size_t kSideCharsMax = 4;
// The fold makes at most 18 characters of one, and few of them more than two.
constexpr size_t kSideBytesMax = 64;

bool is_control(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

// What stands around a control, folded.
struct Around {
  std::array<char, 2 * kSideBytesMax> bytes;
  size_t size = 0;
  size_t middle = 0;  // The control was before this byte.

  std::string_view text() const { return {bytes.data(), size}; }
};

// Appends up to kSideCharsMax characters of raw[begin, end).
void put_side(std::string_view raw, size_t begin, size_t end, Around& around) {
  const size_t limit = around.size + kSideBytesMax;
  for (size_t at = begin; at < end;) {
    const Utf8Char c = decode_utf8(raw, at);
    const std::string_view folded = fold_alone(c.code_point, raw.substr(at, c.size));
    at += c.size;
    if (folded.size() > limit - around.size) return;
    std::copy(folded.begin(), folded.end(),
              around.bytes.begin() + static_cast<ptrdiff_t>(around.size));
    around.size += folded.size();
  }
}

bool is_dropped(std::string_view raw, size_t at) {
  return props_of(decode_utf8(raw, at).code_point).kind == CharKind::kDropped;
}

size_t step_back(std::string_view raw, size_t at) {
  const size_t limit = at > 4 ? at - 4 : 0;
  --at;
  while (at > limit && is_utf8_tail(raw[at])) --at;
  return at;
}

Around read_around(std::string_view raw, size_t control, size_t control_size) {
  size_t begin = control;
  for (size_t count = 0; begin > 0 && count < kSideCharsMax;) {
    begin = step_back(raw, begin);
    count += is_dropped(raw, begin) ? 0 : 1;
  }
  size_t end = control + control_size;
  for (size_t count = 0; end < raw.size() && count < kSideCharsMax;) {
    count += is_dropped(raw, end) ? 0 : 1;
    end += decode_utf8(raw, end).size;
  }
  Around around;
  put_side(raw, begin, control, around);
  around.middle = around.size;
  put_side(raw, control, end, around);
  return around;
}

// Whether `around` occurs in `text` with its middle inside of `span`.
bool occurs_in(std::string_view text, ByteSpan span, const Around& around) {
  const size_t begin = span.begin > around.middle ? span.begin - around.middle : 0;
  const size_t end = std::min(text.size(), size_t{span.end} + around.size - around.middle);
  const std::string_view window = text.substr(begin, end - begin);
  for (size_t at = window.find(around.text()); at != window.npos;
       at = window.find(around.text(), at + 1)) {
    const size_t middle = begin + at + around.middle;
    if (middle > span.begin && middle < span.end) return true;
  }
  return false;
}

}  // namespace

bool is_reordered(const FoldedText& folded, ByteSpan span) {
  const std::string_view raw = folded.raw;
  size_t controls = 0;
  for (size_t at = 0; at < raw.size() && controls < kControlsMax;) {
    const Utf8Char c = decode_utf8(raw, at);
    if (is_control(c.code_point)) {
      ++controls;
      if (occurs_in(folded.text, span, read_around(raw, at, c.size))) return true;
    }
    at += c.size;
  }
  return false;
}

}  // namespace sieve
