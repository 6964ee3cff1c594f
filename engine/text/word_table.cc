#include "text/word_table.h"

#include "text/fold_table.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Korean puts spaces between words, but glues particles and units to them.
bool is_hangul(char32_t c) { return c >= 0xAC00 && c <= 0xD7A3; }

bool is_spaced_letter(char32_t c) { return props_of(c).kind == CharKind::kSpaced && !is_hangul(c); }

}  // namespace

bool letter_begins_at(std::string_view text, size_t at) {
  if (at >= text.size()) return false;
  if (is_ascii(text[at])) return is_ascii_letter(text[at]);
  return is_spaced_letter(decode_at(text.data(), at));
}

bool letter_ends_at(std::string_view text, size_t at) {
  if (at == 0) return false;
  if (is_ascii(text[at - 1])) return is_ascii_letter(text[at - 1]);
  return is_spaced_letter(decode_before(text.data(), at));
}

}  // namespace sieve
