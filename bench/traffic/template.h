// A TextTemplate is a sentence with slots `{amount}` and choices `[one|two {name}]`; a TextWriter
// fills it. Choices do not nest.
//
// Thread safety: a TextTemplate is immutable; a TextWriter belongs to one thread.
// Lifetime: templates refer to the static tables they are made from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "traffic/language.h"
#include "traffic/random.h"

namespace sieve::traffic {

enum class Slot : uint8_t {
  kName,
  kPlace,
  kFood,
  kItem,
  kDay,
  kBorder,  // A town with compounds across the border.
  kGame,
  kKin,       // A member of the family.
  kTeam,      // Of sports.
  kApp,       // An invented company, shop or app, as people mention it.
  kCurrency,  // As honest texts of that language write it.
  kSmall,     // An amount of 10 to 99.
  kAmount,    // 100 to 9,000: the voice's own when it has one.
  kBig,       // 10,000 to 900,000.
  kPercent,
  kDots,     // 10.000 to 900.000, with dots.
  kCount,    // 2 to 9.
  kMinutes,  // 5 to 60.
  kCode,     // Six digits.
  kVoucher,  // Six letters and digits.
  kAccount,  // Last four digits of an account.
  kTracking,
  kTime,
  kDate,
  kBrand,
  kUrl,
  kLine,  // A LINE id.
  kTelegram,
  kPhone,
  kLink,    // What people share: a folder, a map, a film.
  kMeet,    // To a meeting.
  kInvite,  // To a group of a messenger.
  kHandle,  // A person's user name.
  kMobile   // A mobile number, as written in the country of the language.
};

// Who speaks: what slots that belong to the sender say. Views, valid while the speaker lives.
struct Voice {
  Lang lang = Lang::kTh;
  std::string_view brand = {};
  std::string_view host = {};  // For `{url}`.
  std::string_view line = {};
  std::string_view telegram = {};
  std::string_view phone = {};
  int64_t amount = 0;  // 0: drawn for every message.
  bool scheme = true;  // Whether URLs begin with `https://`.
};

struct Span {
  size_t begin = 0;
  size_t end = 0;
};

// A written text with the parts that must stay readable (links, handles, numbers to call).
struct Text {
  std::string bytes;
  std::vector<Span> contacts;
  Span url;  // The first URL; empty when there is none.

  void clear();
};

class TextTemplate {
 public:
  // REQUIRES: well formed, known slots.
  explicit TextTemplate(std::string_view source);

 private:
  friend class TextWriter;
  struct Token {
    std::string_view literal = {};
    int16_t slot = -1;
    uint16_t choice_begin = 0;
    uint16_t choice_count = 0;  // 0: a literal or a slot.
  };
  struct Range {
    uint16_t begin = 0;
    uint16_t end = 0;
  };

  static void parse_flat(std::string_view source, std::vector<Token>& tokens);
  void parse_choice(std::string_view source);

  std::vector<Token> tokens_;
  std::vector<Token> inner_;
  std::vector<Range> choices_;  // Ranges of `inner_`.
};

class TextWriter {
 public:
  explicit TextWriter(Random& random) : random_(random) {}

  // Replaces `text` by a filling of `form`.
  void write(const TextTemplate& form, const Voice& voice, Text& text);

 private:
  void write_token(const TextTemplate::Token& token, const Voice& voice, Text& text);
  void write_slot(Slot slot, const Voice& voice, Text& text);
  void write_contact(Slot slot, const Voice& voice, Text& text);
  void write_shared(Slot slot, Lang lang, std::string& out);
  void write_date(Lang lang, std::string& out);
  void write_number(Slot slot, const Voice& voice, std::string& out);

  Random& random_;
};

// `value` in decimal, with at least `width` digits.
void append_digits(std::string& out, uint64_t value, size_t width = 1);
// `value` with commas between thousands.
void append_grouped(std::string& out, int64_t value);

}  // namespace sieve::traffic
