// The bound on the text of one record.
//
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "base/limits.h"

namespace sieve {

// Cuts `text` before the character that does not fit into limits::kTextBytesMax; says whether it
// did. REQUIRES: valid UTF-8.
inline bool cut_text(std::string_view& text) {
  if (text.size() <= limits::kTextBytesMax) return false;
  size_t end = limits::kTextBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text = text.substr(0, end);
  return true;
}

}  // namespace sieve
