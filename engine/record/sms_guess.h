// How the octets of a short message are to be read: as its data coding scheme says, unless they
// cannot be that or would be nonsense, while something else fits them well. Gateways send UTF-8,
// ASCII or Latin-1 under "default alphabet", plain bytes under "UCS-2", UCS-2 of the wrong byte
// order, packed septets and unpacked ones without saying which.
//
// Only what octets can prove is decided here: a valid UTF-8 sequence, a high octet that repeats
// from unit to unit, an odd length. Where nothing is proven the scheme holds.
//
// Thread safety: pure function.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "record/record.h"
#include "record/sms_text.h"

namespace sieve {

// What is known of a message besides its scheme.
struct SmsOctets {
  std::string_view octets;  // Header and text.
  size_t header_size = 0;
  Tristate packed = Tristate::kAbsent;  // What the record says of its septets.
  bool national = false;                // The header names an alphabet, so that they are septets.
};

struct SmsReading {
  TextCoding coding;
  // What is decoded by it: septets one an octet, the rest without header, byte order mark and
  // filling zeros at the end.
  std::string_view text;
  ByteOrder order = ByteOrder::kBig;  // Of kUcs2.
};

// `declared` is kGsm7, kAscii, kLatin1, kCyrillic, kHebrew, kUcs2 or kBinary; of kBinary, what is
// text after all is found. Septets are unpacked into `arena`.
SmsReading reading_of(TextCoding declared, const SmsOctets& octets, Arena& arena);

}  // namespace sieve
