#include "record/sms_coding.h"

#include <array>

namespace sieve {
namespace {

// SMPP v3.4, 5.2.19. The Japanese and Korean sets share ASCII with Latin-1, which is what scams in
// them are found by: links and numbers.
constexpr std::array<SmsCoding, 16> kSmpp = {{
    {TextCoding::kGsm7},          // The centre's default alphabet.
    {TextCoding::kAscii},         // IA5.
    {TextCoding::kBinary},        // Octets.
    {TextCoding::kLatin1},        // ISO 8859-1.
    {TextCoding::kBinary},        // Octets.
    {TextCoding::kLatin1, true},  // JIS X 0208.
    {TextCoding::kCyrillic},      // ISO 8859-5.
    {TextCoding::kHebrew},        // ISO 8859-8.
    {TextCoding::kUcs2},          // ISO 10646.
    {TextCoding::kLatin1, true},  // Pictograms.
    {TextCoding::kLatin1, true},  // ISO 2022-JP.
    {TextCoding::kUcs2, true},    // Reserved; in 3GPP UCS-2.
    {TextCoding::kGsm7, true},    // Reserved.
    {TextCoding::kLatin1, true},  // JIS X 0212.
    {TextCoding::kLatin1, true},  // KS C 5601.
    {TextCoding::kGsm7, true},    // Reserved.
}};

// Bits 3 and 2 of the general groups.
constexpr std::array<SmsCoding, 4> kAlphabets = {
    {{TextCoding::kGsm7}, {TextCoding::kBinary}, {TextCoding::kUcs2}, {TextCoding::kGsm7, true}}};

}  // namespace

SmsCoding coding_of(uint8_t dcs) {
  constexpr unsigned kCompressed = 0x20;
  constexpr unsigned k8Bit = 0x04;
  if (dcs < kSmpp.size()) return kSmpp[dcs];
  switch (dcs >> 4) {
    case 0x0:
    case 0x1:
    case 0x2:
    case 0x3:
    case 0x4:  // Marked for automatic deletion, otherwise as 0 to 3.
    case 0x5:
    case 0x6:
    case 0x7:
      if ((dcs & kCompressed) != 0) return {TextCoding::kBinary, true};  // 3GPP TS 23.042.
      return kAlphabets[dcs >> 2 & 3];
    case 0xC:  // A message waits: discard, store, store as UCS-2.
    case 0xD:
      return {TextCoding::kGsm7};
    case 0xE:
      return {TextCoding::kUcs2};
    case 0xF:
      return {(dcs & k8Bit) != 0 ? TextCoding::kBinary : TextCoding::kGsm7};
    default:
      return {TextCoding::kGsm7, true};  // "Any reserved codings shall be assumed to be" that.
  }
}

}  // namespace sieve
