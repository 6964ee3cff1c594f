#include "record/sms_guess.h"

#include <algorithm>
#include <array>
#include <bitset>

namespace sieve {
namespace {

// What a text consists of, in octets.
struct Counts {
  size_t size = 0;
  size_t high = 0;       // From 80 on.
  size_t odd_high = 0;   // 80 to 9F, but for the quotes, dashes and the euro of Windows-1252.
  size_t controls = 0;   // Below 20, but for tab, line feed and carriage return; 7F.
  size_t printable = 0;  // 20 to 7E, line feed, carriage return.
  size_t spaces = 0;
  // By place, even and odd: octets equal to the one two before, and different ones.
  std::array<size_t, 2> repeats{};
  std::array<size_t, 2> distinct{};

  size_t units() const { return size / 2; }
};

bool is_line_end(uint8_t c) { return c == '\n' || c == '\r'; }

bool is_windows_punctuation(uint8_t c) {
  return c == 0x80 || c == 0x85 || (c >= 0x91 && c <= 0x97);
}

Counts count(std::string_view text) {
  Counts counts;
  std::array<std::bitset<256>, 2> seen;
  counts.size = text.size();
  for (size_t i = 0; i < text.size(); ++i) {
    const uint8_t c = static_cast<uint8_t>(text[i]);
    const bool control = c == 0x7F || (c < 0x20 && c != '\t' && !is_line_end(c));
    counts.high += c >= 0x80;
    counts.odd_high += c >= 0x80 && c < 0xA0 && !is_windows_punctuation(c);
    counts.controls += control;
    counts.printable += c < 0x7F && (c >= 0x20 || is_line_end(c));
    counts.spaces += c == ' ';
    if (i >= 2) counts.repeats[i % 2] += text[i] == text[i - 2];
    seen[i % 2].set(c);
  }
  counts.distinct = {seen[0].count(), seen[1].count()};
  return counts;
}

// Three of four, or more.
bool is_most(size_t part, size_t whole) { return part * 4 >= whole * 3; }

// Characters of more than one octet when `text` is UTF-8, apart from what was cut at its ends;
// otherwise 0.
size_t count_multibyte(std::string_view text) {
  size_t at = 0;
  const auto is_continuation = [text](size_t i) {
    return (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
  };
  while (at < text.size() && at < kUtf8BytesMax - 1 && is_continuation(at)) ++at;
  size_t multibyte = 0;
  while (at < text.size()) {
    const Utf8Char c = decode_utf8(text, at);
    const bool cut = !c.valid && at + c.size == text.size() && !is_continuation(at) &&
                     static_cast<unsigned char>(text[at]) >= 0xC2;
    if (!c.valid && !cut) return 0;
    if (c.valid && c.size > 1) ++multibyte;
    at += c.size;
  }
  return multibyte;
}

bool is_utf8(std::string_view text, const Counts& counts) {
  return counts.controls == 0 && counts.high > 0 && count_multibyte(text) > 0;
}

bool is_latin1(const Counts& counts) {
  return counts.controls == 0 && counts.odd_high == 0 && counts.high * 2 < counts.size;
}

// Where in a unit its high octet stands.
size_t high_place(ByteOrder order) { return order == ByteOrder::kBig ? 0 : 1; }

char16_t unit_at(std::string_view text, size_t unit, ByteOrder order) {
  const size_t high = high_place(order);
  return static_cast<char16_t>(static_cast<uint8_t>(text[2 * unit + high]) << 8 |
                               static_cast<uint8_t>(text[2 * unit + 1 - high]));
}

// Whether texts are made of this unit: not of controls, private characters and specials.
bool is_expected(char16_t c) {
  if (c < 0xA0) return (c >= 0x20 && c < 0x7F) || c == '\t' || c == '\n' || c == '\r';
  return c < 0xE000 || (c >= 0xF900 && c < 0xFFF0);
}

// Units that texts are not made of: also halves of pairs, but for those that a cut at either end
// may have left.
size_t count_unexpected(std::string_view text, ByteOrder order) {
  const size_t count = text.size() / 2;
  size_t unexpected = 0;
  for (size_t i = 0; i < count; ++i) {
    const char16_t c = unit_at(text, i, order);
    if (c < 0xD800 || c >= 0xE000) {
      unexpected += !is_expected(c);
      continue;
    }
    const bool high = c < 0xDC00;
    const char16_t next = i + 1 < count ? unit_at(text, i + 1, order) : char16_t{0xDC00};
    if (high && next >= 0xDC00 && next < 0xE000) {
      ++i;
    } else if (high || i > 0) {
      ++unexpected;
    }
  }
  return unexpected;
}

// The order of UTF-16: the high octets of a text are fewer different ones than the low ones.
ByteOrder likely_order(const Counts& counts) {
  const bool swapped = counts.units() >= 3 && counts.distinct[1] * 2 <= counts.distinct[0];
  return swapped ? ByteOrder::kLittle : ByteOrder::kBig;
}

// Whether the high octets of most units are small, as in all scripts but those of East Asia.
bool has_small_high_octets(std::string_view text, ByteOrder order) {
  const size_t units = text.size() / 2;
  size_t small = 0;
  for (size_t at = high_place(order); at < 2 * units; at += 2) {
    small += static_cast<uint8_t>(text[at]) < 0x20;
  }
  return units >= 2 && is_most(small, units);
}

// Whether UTF-16 makes a text in the other order only, of which `unexpected` units of this one are
// none: what tells Chinese, whose high octets are many.
bool is_swapped(std::string_view text, const Counts& counts, size_t unexpected) {
  return counts.size % 2 == 0 && unexpected >= 2 && counts.distinct[1] <= counts.distinct[0] &&
         count_unexpected(text, ByteOrder::kLittle) == 0;
}

// Whether octets that are declared as something else are UTF-16, in the likely order.
bool is_utf16(std::string_view text, const Counts& counts) {
  const ByteOrder order = likely_order(counts);
  const size_t high = high_place(order);
  return counts.size % 2 == 0 && has_small_high_octets(text, order) &&
         counts.distinct[high] * 2 <= counts.distinct[1 - high] + 1 &&
         count_unexpected(text, order) * 8 <= counts.units();
}

// Whether `text`, which could be UCS-2, is words of one octet a letter or UTF-8: there are spaces,
// or it is long; and no octet comes back in most units, as the high one of kana does.
bool is_words(std::string_view text, const Counts& counts) {
  if (counts.controls > 0 || counts.repeats[0] * 2 > counts.units()) return false;
  if (counts.size < (counts.spaces > 0 ? 8 : 16)) return false;
  return counts.high == 0 || is_utf8(text, counts);
}

bool is_word_code(uint8_t c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

// Whether septets are plain words: seven of eight are letters, digits or what stands between them.
bool are_words(std::string_view septets) {
  constexpr std::string_view kBetween = " \n\r.,:;/!?-'\"()";
  size_t plain = 0;
  for (const char c : septets) {
    plain += is_word_code(static_cast<uint8_t>(c)) || kBetween.find(c) != std::string_view::npos;
  }
  return !septets.empty() && plain * 8 >= septets.size() * 7;
}

// Whether septets may be words with many signs among them: half of them are letters of one case,
// digits and spaces. By chance it is a third.
bool may_be_words(std::string_view septets) {
  size_t lower = 0;
  size_t upper = 0;
  size_t neutral = 0;
  for (const char c : septets) {
    lower += c >= 'a' && c <= 'z';
    upper += c >= 'A' && c <= 'Z';
    neutral += c == ' ' || (c >= '0' && c <= '9');
  }
  return (std::max(lower, upper) + neutral) * 2 >= septets.size();
}

// Whether unpacked septets are ASCII after all: `$` would be a currency sign that nobody writes,
// `@` an inverted exclamation mark that does not begin a word, and `_` a section sign in a word.
bool has_ascii_signs(std::string_view text) {
  const auto is_word = [text](size_t at) {
    return at < text.size() && is_word_code(static_cast<uint8_t>(text[at]));
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const bool after_word = i > 0 && is_word(i - 1);
    if (text[i] == '$') return true;
    if (text[i] == '@' && (after_word || !is_word(i + 1))) return true;
    if (text[i] == '_' && after_word && is_word(i + 1)) return true;
  }
  return false;
}

std::string_view without_zeros(std::string_view text) {
  while (text.ends_with('\0')) text.remove_suffix(1);
  return text;
}

std::string_view without_zero_units(std::string_view text) {
  while (text.size() % 2 == 0 && text.ends_with(std::string_view("\0\0", 2))) text.remove_suffix(2);
  return text;
}

SmsReading read_septets(const SmsOctets& in, std::string_view text, Arena& arena) {
  const Counts counts = count(text);
  if (in.packed != Tristate::kTrue && !in.national && is_utf16(text, counts)) {
    return {TextCoding::kUcs2, text, likely_order(counts)};
  }
  if (in.packed != Tristate::kTrue && counts.high == 0) {
    const bool ascii = !in.national && counts.controls == 0 && has_ascii_signs(text);
    return {ascii ? TextCoding::kAscii : TextCoding::kGsm7, text};
  }
  if (in.packed == Tristate::kFalse) {
    if (in.national) return {TextCoding::kGsm7, text};
    return {is_utf8(text, counts) ? TextCoding::kUtf8 : TextCoding::kLatin1, text};
  }
  const SmsReading packed{TextCoding::kGsm7, unpack_septets(in.octets, in.header_size, arena)};
  if (in.packed == Tristate::kTrue || in.national || are_words(packed.text)) return packed;
  if (is_utf8(text, counts)) return {TextCoding::kUtf8, text};
  if (is_latin1(counts)) return {TextCoding::kLatin1, text};
  const bool ucs2 = text.size() % 2 == 0 && !may_be_words(packed.text) &&
                    count_unexpected(text, ByteOrder::kBig) == 0;
  return ucs2 ? SmsReading{TextCoding::kUcs2, text} : packed;
}

// What octets declared as UCS-2 are, of which `unexpected` units make no sense as that: the more of
// them, the less has to be proven of something else.
SmsReading read_wrong_ucs2(const SmsOctets& in, std::string_view text, const Counts& counts,
                           size_t unexpected, Arena& arena) {
  constexpr size_t kProofSize = 16;
  const bool nonsense = unexpected * 8 > counts.units() || counts.size % 2 != 0;
  if (is_utf8(text, counts)) return {TextCoding::kUtf8, text};
  if (nonsense && counts.high == 0 && is_most(counts.printable, counts.size)) {
    return {counts.controls == 0 ? TextCoding::kAscii : TextCoding::kGsm7, text};
  }
  if (is_swapped(text, counts, unexpected)) {
    return {TextCoding::kUcs2, text, ByteOrder::kLittle};
  }
  const std::string_view septets = unpack_septets(in.octets, in.header_size, arena);
  if ((nonsense || text.size() >= kProofSize) && are_words(septets)) {
    return {TextCoding::kGsm7, septets};
  }
  return {nonsense && is_latin1(counts) ? TextCoding::kLatin1 : TextCoding::kUcs2, text};
}

SmsReading read_ucs2(const SmsOctets& in, std::string_view text, Arena& arena) {
  text = without_zero_units(text);
  if (text.starts_with("\xFE\xFF")) return {TextCoding::kUcs2, text.substr(2)};
  if (text.starts_with("\xFF\xFE")) {
    return {TextCoding::kUcs2, text.substr(2), ByteOrder::kLittle};
  }
  if (has_small_high_octets(text, ByteOrder::kBig)) return {TextCoding::kUcs2, text};
  const Counts counts = count(text);
  if (is_words(text, counts)) {
    return {counts.high == 0 ? TextCoding::kAscii : TextCoding::kUtf8, text};
  }
  if (likely_order(counts) == ByteOrder::kLittle) {
    return {TextCoding::kUcs2, text, ByteOrder::kLittle};
  }
  const size_t unexpected = count_unexpected(text, ByteOrder::kBig);
  if (unexpected == 0 && counts.size % 2 == 0) return {TextCoding::kUcs2, text};
  return read_wrong_ucs2(in, text, counts, unexpected, arena);
}

SmsReading read_set(TextCoding declared, const SmsOctets& in, std::string_view text, Arena& arena) {
  const Counts all = count(text);
  if (is_utf16(text, all)) return {TextCoding::kUcs2, text, likely_order(all)};
  text = without_zeros(text);
  const Counts counts = count(text);
  if (is_utf8(text, counts)) return {TextCoding::kUtf8, text};
  if (counts.high == 0) {
    // Octets that are signs in the default alphabet: `@`, `$`, escapes.
    const bool septets = counts.controls > 0 && is_most(counts.printable, counts.size);
    return {septets ? TextCoding::kGsm7 : declared, text};
  }
  if (declared != TextCoding::kAscii) return {declared, text};
  const std::string_view septets = unpack_septets(in.octets, in.header_size, arena);
  if (are_words(septets)) return {TextCoding::kGsm7, septets};
  return {TextCoding::kLatin1, text};
}

SmsReading read_data(std::string_view text) {
  const Counts counts = count(text);
  if (is_utf16(text, counts)) return {TextCoding::kUcs2, text, likely_order(counts)};
  if (counts.controls == 0 && counts.high == 0) return {TextCoding::kAscii, text};
  if (is_utf8(text, counts)) return {TextCoding::kUtf8, text};
  return {is_latin1(counts) ? TextCoding::kLatin1 : TextCoding::kBinary, text};
}

}  // namespace

SmsReading reading_of(TextCoding declared, const SmsOctets& in, Arena& arena) {
  const std::string_view text = in.octets.substr(in.header_size);
  if (text.empty()) return {declared, text};
  switch (declared) {
    case TextCoding::kGsm7:
      return read_septets(in, text, arena);
    case TextCoding::kUcs2:
      return read_ucs2(in, text, arena);
    case TextCoding::kBinary:
      return read_data(text);
    default:
      return read_set(declared, in, text, arena);
  }
}

}  // namespace sieve
