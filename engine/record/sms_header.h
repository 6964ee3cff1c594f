// The user data header of a short message (3GPP TS 23.040, 9.2.3.24): a length, then elements of an
// identifier, a length and that many octets. Which part of a longer text this is, and which
// national alphabets it is written in, stand there.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "record/gsm_alphabet.h"
#include "record/record.h"

namespace sieve {

struct SmsHeader {
  size_t size = 0;  // Octets before the text, with the one of the length; 0: there is no header.
  std::optional<MessagePart> part;
  GsmLanguages languages;
  PayloadNotes notes;
};

// The header at the start of `data`; `stated` is what the record says about it. Survives whatever
// the octets hold: where they cannot be a header although the record says so, or begin with one
// although it does not, the octets decide and kBadHeader is noted.
SmsHeader read_sms_header(std::string_view data, Tristate stated);

}  // namespace sieve
