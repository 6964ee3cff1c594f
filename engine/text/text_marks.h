// mark_text() goes over a folded text once and notes the places where the finders of entities have
// to look: nearly all of most texts is of no interest to them.
//
// Thread safety: pure. Units: byte offsets into the text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/limits.h"
#include "text/entities.h"

namespace sieve {

// Digits next to each other.
struct DigitGroup {
  uint32_t begin;
  uint32_t end;
  bool taken;  // Part of something found.

  size_t size() const { return end - begin; }
};

// The shortest crypto address that is looked for.
inline constexpr size_t kLongWordBytesMin = 26;

// Made anew for each text: what is not filled stays uninitialised.
struct TextMarks {
  std::array<DigitGroup, limits::kDigitGroupsMax> groups;  // In order.
  size_t group_count = 0;
  // Where the name of a contact may begin: ASCII letters and digits behind a sign such as `@` or
  // `:`, behind a letter beyond ASCII, behind "id", or with a digit among them. In order.
  std::array<uint32_t, limits::kContactPlacesMax> places;
  size_t place_count = 0;
  bool has_long_word = false;  // Some kLongWordBytesMin ASCII letters and digits in a row.
  uint32_t left_out = 0;       // Groups and places beyond the limits.
};

// Replaces `out`. What lies in the URLs and handles of `links` is no place and no group.
void mark_text(std::string_view text, const Entities& links, TextMarks& out);

}  // namespace sieve
