// The codings of short messages, read into UTF-8.
//
//   SmsTextWriter out(units, arena);
//   decode_gsm(septets, languages, out);
//   message.text = out.text();
//
// Every decoder reads whatever octets it is given and notes what was wrong with them: U+FFFD stands
// where there is no character. What sets octets apart from one coding to the next is in
// sms_guess.h.
//
// Thread safety: none. Lifetime: the text is in the arena.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "record/gsm_alphabet.h"
#include "record/record.h"

namespace sieve {

// Takes characters up to limits::kTextBytesMax bytes of UTF-8.
class SmsTextWriter {
 public:
  // REQUIRES: at most `units_max` octets, septets or UTF-16 units are decoded into it: none gives
  // more than three bytes.
  SmsTextWriter(size_t units_max, Arena& arena)
      : begin_(arena.allocate(std::min(units_max * 3, limits::kTextBytesMax) + kUtf8BytesMax)),
        end_(begin_),
        limit_(begin_ + std::min(units_max * 3, limits::kTextBytesMax)) {}

  void put(char32_t c) {
    if (cut_) return;
    char* const end = write_utf8(c, end_);
    cut_ = end > limit_;
    if (!cut_) end_ = end;
  }
  void note(PayloadNote note) { notes_.add(note); }
  // In the place of what is no character.
  void put_replacement(PayloadNote why) {
    put(0xFFFD);
    note(why);
  }

  std::string_view text() const { return {begin_, static_cast<size_t>(end_ - begin_)}; }
  bool cut() const { return cut_; }  // There was more text than that.
  PayloadNotes notes() const { return notes_; }

 private:
  char* begin_;
  char* end_;
  char* limit_;
  bool cut_ = false;
  PayloadNotes notes_;
};

// Septets in octets (3GPP TS 23.038, 6.1.2.1) as one octet each. `header_size` octets at the start
// are not text; what follows them begins with the next whole septet. The last of a multiple of
// eight septets is dropped when it is zero: it is padding, as no count of septets is here to tell.
std::string_view unpack_septets(std::string_view octets, size_t header_size, Arena& arena);

// One septet an octet. A code that the single shift table lacks is read from the locking table, as
// the specification has it.
void decode_gsm(std::string_view septets, GsmLanguages languages, SmsTextWriter& out);

// ISO 8859-1, with 80 to 9F as in Windows-1252, which is what is sent under that name.
void decode_latin1(std::string_view octets, SmsTextWriter& out);
void decode_iso_8859_5(std::string_view octets, SmsTextWriter& out);
void decode_iso_8859_8(std::string_view octets, SmsTextWriter& out);
void decode_utf8_octets(std::string_view octets, SmsTextWriter& out);

enum class ByteOrder : uint8_t { kBig, kLittle };

// The halves of characters that were split between this part of a text and the next ones: they
// stand in it as U+FFFD. 0: none.
struct SplitHalves {
  char16_t head = 0;
  char16_t tail = 0;
};
SplitHalves decode_utf16(std::string_view octets, ByteOrder order, SmsTextWriter& out);

// The runs of printable ASCII in 8-bit data, with a space between: of a pushed link its address and
// what it says. Nothing when they are less than half of it.
void decode_printable(std::string_view octets, SmsTextWriter& out);

}  // namespace sieve
