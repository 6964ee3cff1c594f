#include "base/display.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/utf8.h"

namespace sieve {
namespace {

struct CharRange {
  char32_t first;
  char32_t last;
};

// Sorted. From Unicode 15 `Default_Ignorable_Code_Point`, `Bidi_Control`, `Cc`, `Zl`, `Zp`, without
// the emoji variation selectors, which every phone keyboard inserts.
constexpr CharRange kHidden[] = {
    {0x00, 0x08},     {0x0B, 0x1F},     {0x7F, 0xA0},       {0xAD, 0xAD},       {0x34F, 0x34F},
    {0x61C, 0x61C},   {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},
    {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0D},   {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

// Sorted. Marks without a cell of their own in the scripts that rules are written in.
constexpr CharRange kZeroWidth[] = {
    {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},   {0x64B, 0x65F},
    {0x900, 0x902},   {0x93C, 0x93C},   {0x941, 0x948},   {0x94D, 0x94D},   {0xE31, 0xE31},
    {0xE34, 0xE3A},   {0xE47, 0xE4E},   {0xEB1, 0xEB1},   {0xEB4, 0xEBC},   {0xEC8, 0xECE},
    {0x102D, 0x1030}, {0x1032, 0x1037}, {0x1039, 0x103A}, {0x103D, 0x103E}, {0x1058, 0x1059},
    {0x1082, 0x1082}, {0x1085, 0x1086}, {0x17B7, 0x17BD}, {0x17C6, 0x17C6}, {0x17C9, 0x17D3},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0x302A, 0x302D}, {0x3099, 0x309A},
    {0xFE0E, 0xFE0F}, {0xFE20, 0xFE2F},
};

// Sorted. East Asian Width W and F, coarsely.
constexpr CharRange kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
    {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
};

template <size_t kSize>
bool contains(const CharRange (&ranges)[kSize], char32_t c) {
  const auto* after = std::upper_bound(std::begin(ranges), std::end(ranges), c,
                                       [](char32_t x, CharRange range) { return x < range.first; });
  return after != std::begin(ranges) && c <= std::prev(after)->last;
}

}  // namespace

bool is_hidden_char(char32_t c) { return contains(kHidden, c); }

int display_width(char32_t c) {
  if (c < 0x300) return 1;
  if (contains(kZeroWidth, c)) return 0;
  return contains(kWide, c) ? 2 : 1;
}

std::string in_cells(std::string_view text, int cells) {
  std::string out;
  int used = 0;
  size_t fitting = 0;  // Bytes of `out` that leave room for the mark of what is cut.
  int fitting_cells = 0;
  for (size_t at = 0; at < text.size();) {
    const Utf8Char next = decode_utf8(text, at);
    used += display_width(next.code_point);
    if (used > cells) {
      out.resize(fitting);
      out += "...";
      used = fitting_cells + 3;
      break;
    }
    out.append(text.substr(at, next.size));
    at += next.size;
    if (used > cells - 3) continue;
    fitting = out.size();
    fitting_cells = used;
  }
  return out + std::string(static_cast<size_t>(cells - used), ' ');
}

std::string visible(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const Utf8Char c = decode_utf8(text, at);
    const bool is_hidden = is_hidden_char(c.code_point) || c.code_point == '\n';
    if (!c.valid) {
      for (size_t i = at; i < at + c.size; ++i) {
        out += fmt::format("\\x{{{:02X}}}", static_cast<unsigned char>(text[i]));
      }
    } else if (is_hidden) {
      out += fmt::format("\\u{{{:X}}}", static_cast<uint32_t>(c.code_point));
    } else {
      out += text.substr(at, c.size);
    }
    at += c.size;
  }
  return out;
}

}  // namespace sieve
