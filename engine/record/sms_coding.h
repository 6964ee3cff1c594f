// What the data coding scheme of a short message says about its text.
//
// Gateways speak SMPP, networks 3GPP, and both number codings in one byte. Below 16 we read it as
// SMPP does (v3.4, 5.2.19), from 16 on as 3GPP TS 23.038 section 4. Where the two contradict each
// other (1 to 3, 5 to 7, 9 to 14) the scheme of 3GPP has a message class that it marks as without
// meaning, which nobody sends; 0, 4 and 8 mean the same in both.
//
// Thread safety: pure function.
#pragma once

#include <cstdint>

#include "record/record.h"

namespace sieve {

struct SmsCoding {
  TextCoding coding;  // kBinary: 8-bit data, which may be text all the same.
  bool uncommon =
      false;  // Reserved, compressed, or a coding not built in: read as the nearest one.
};

SmsCoding coding_of(uint8_t dcs);

}  // namespace sieve
