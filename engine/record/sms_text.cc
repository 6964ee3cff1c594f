#include "record/sms_text.h"

#include <array>

namespace sieve {
namespace {

uint8_t octet(std::string_view octets, size_t at) { return static_cast<uint8_t>(octets[at]); }

// Windows-1252, 80 to 9F (as in the WHATWG encoding standard); 0: no character.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// The upper half of ISO 8859-5: U+0401 and on, with four exceptions.
char32_t cyrillic_of(uint8_t c) {
  switch (c) {
    case 0xA0:
    case 0xAD:
      return c;
    case 0xF0:
      return 0x2116;
    case 0xFD:
      return 0xA7;
    default:
      return char32_t{0x0400} + c - 0xA0;
  }
}

// The upper half of ISO 8859-8; 0: no character.
char32_t hebrew_of(uint8_t c) {
  if (c >= 0xE0 && c <= 0xFA) return char32_t{0x05D0} + c - 0xE0;
  if (c == 0xA0 || (c >= 0xA2 && c <= 0xBE)) return c == 0xAA ? 0xD7 : c == 0xBA ? 0xF7 : c;
  if (c == 0xDF) return 0x2017;
  if (c == 0xFD || c == 0xFE) return char32_t{0x200E} + c - 0xFD;
  return 0;
}

// Decodes a set of one octet a character, whose upper half is `upper(c)`; 0: no character.
template <class Upper>
void decode_octets(std::string_view octets, Upper upper, SmsTextWriter& out) {
  for (const char raw : octets) {
    const uint8_t c = static_cast<uint8_t>(raw);
    const char32_t character = c < 0x80 ? c : upper(c);
    if (character == 0 && c != 0) {
      out.put_replacement(PayloadNote::kNoSuchCharacter);
    } else {
      out.put(character);
    }
  }
}

bool is_surrogate(char16_t unit) { return unit >= 0xD800 && unit < 0xE000; }
bool is_high_surrogate(char16_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(char16_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

bool is_printable(char c) { return c >= 0x20 && c < 0x7F; }

}  // namespace

std::string_view unpack_septets(std::string_view octets, size_t header_size, Arena& arena) {
  const size_t first = (header_size * 8 + 6) / 7;  // The header's last septet may be filled up.
  const size_t end = octets.size() * 8 / 7;
  if (first >= end) return {};
  char* const out = arena.allocate(end - first);
  size_t size = 0;
  for (size_t i = first; i < end; ++i) {
    const size_t bit = i * 7;
    unsigned pair = octet(octets, bit / 8);
    if (bit / 8 + 1 < octets.size()) pair |= unsigned{octet(octets, bit / 8 + 1)} << 8;
    out[size++] = static_cast<char>(pair >> (bit % 8) & 0x7F);
  }
  if (end % 8 == 0 && out[size - 1] == 0) --size;
  return {out, size};
}

void decode_gsm(std::string_view septets, GsmLanguages languages, SmsTextWriter& out) {
  const GsmTable& locking = kGsmLockingTables[languages.locking];
  const GsmTable& shift = kGsmShiftTables[languages.shift];
  for (size_t at = 0; at < septets.size(); ++at) {
    uint8_t code = octet(septets, at);
    char16_t character = 0;
    if (code == kGsmEscape) {
      if (++at == septets.size()) return out.note(PayloadNote::kTruncated);
      code = octet(septets, at);
      if (code < shift.size()) character = shift[code];
    }
    if (character == 0 && code < locking.size()) character = locking[code];
    if (character == 0) {
      out.put_replacement(PayloadNote::kNoSuchCharacter);
    } else {
      out.put(character);
    }
  }
}

void decode_latin1(std::string_view octets, SmsTextWriter& out) {
  decode_octets(
      octets, [](uint8_t c) { return c < 0xA0 ? char32_t{kWindows1252[c - 0x80]} : c; }, out);
}

void decode_iso_8859_5(std::string_view octets, SmsTextWriter& out) {
  decode_octets(
      octets, [](uint8_t c) { return c < 0xA0 ? char32_t{0} : cyrillic_of(c); }, out);
}

void decode_iso_8859_8(std::string_view octets, SmsTextWriter& out) {
  decode_octets(octets, hebrew_of, out);
}

void decode_utf8_octets(std::string_view octets, SmsTextWriter& out) {
  for (size_t at = 0; at < octets.size();) {
    const Utf8Char c = decode_utf8(octets, at);
    at += c.size;
    if (c.valid) {
      out.put(c.code_point);
    } else {
      out.put_replacement(PayloadNote::kTruncated);
    }
  }
}

SplitHalves decode_utf16(std::string_view octets, ByteOrder order, SmsTextWriter& out) {
  const size_t count = octets.size() / 2;
  const size_t high = order == ByteOrder::kBig ? 0 : 1;
  const auto unit = [&](size_t i) {
    return static_cast<char16_t>(octet(octets, 2 * i + high) << 8 |
                                 octet(octets, 2 * i + 1 - high));
  };
  SplitHalves halves;
  if (octets.size() % 2 != 0) out.note(PayloadNote::kTruncated);
  for (size_t i = 0; i < count; ++i) {
    const char16_t c = unit(i);
    const bool last = i + 1 == count;
    if (!is_surrogate(c)) {
      out.put(c);
    } else if (is_high_surrogate(c) && !last && is_low_surrogate(unit(i + 1))) {
      out.put(char32_t{0x10000} + ((c - 0xD800U) << 10) + (unit(++i) - 0xDC00U));
    } else if (i == 0 && is_low_surrogate(c)) {
      halves.head = c;
      out.put(0xFFFD);
    } else if (last && is_high_surrogate(c)) {
      halves.tail = c;
      out.put(0xFFFD);
    } else {
      out.put_replacement(PayloadNote::kLoneSurrogate);
    }
  }
  return halves;
}

void decode_printable(std::string_view octets, SmsTextWriter& out) {
  constexpr size_t kRunMin = 4;
  const auto run_end = [octets](size_t at) {
    while (at < octets.size() && is_printable(octets[at])) ++at;
    return at;
  };
  size_t printable = 0;
  for (size_t at = 0; at < octets.size(); ++at) {
    const size_t end = run_end(at);
    if (end - at >= kRunMin) printable += end - at;
    at = end;
  }
  if (printable * 2 < octets.size()) return;
  for (size_t at = 0; at < octets.size(); ++at) {
    const size_t end = run_end(at);
    if (end - at >= kRunMin) {
      if (!out.text().empty()) out.put(' ');
      for (const char c : octets.substr(at, end - at)) out.put(static_cast<unsigned char>(c));
    }
    at = end;
  }
}

}  // namespace sieve
