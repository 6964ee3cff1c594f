// The GSM 7 bit alphabets of 3GPP TS 23.038: the default one (6.2.1) with its extension, and the
// national ones (annex A) that a message names in its header. A *locking* table replaces the whole
// alphabet; a *single shift* table gives the character of the one code behind an escape.
//
// Thread safety: immutable tables.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sieve {

// The code of the escape in every alphabet.
inline constexpr char kGsmEscape = 0x1B;

// Characters by code, all of the basic plane; 0: no character.
using GsmTable = std::array<char16_t, 128>;

// By national language identifier: 0 default, 1 Turkish, 2 Spanish, 3 Portuguese, 4 Bengali,
// 5 Gujarati, 6 Hindi, 7 Kannada, 8 Malayalam, 9 Oriya, 10 Punjabi, 11 Tamil, 12 Telugu, 13 Urdu.
inline constexpr size_t kGsmLanguageCount = 14;
extern const std::array<GsmTable, kGsmLanguageCount> kGsmLockingTables;
extern const std::array<GsmTable, kGsmLanguageCount> kGsmShiftTables;

// The languages that the header of a message names; less than kGsmLanguageCount.
struct GsmLanguages {
  uint8_t locking = 0;
  uint8_t shift = 0;
};

}  // namespace sieve
