// The words that announce a contact: names of services, and what may stand between a name and the
// contact. Folded as texts are.
//
// Thread safety: immutable tables.
#pragma once

#include <cstdint>
#include <string_view>

#include "text/word_table.h"

namespace sieve {

// What must speak for what follows a service's name being a contact, as bits: one is enough.
enum HandleEvidence : uint8_t {
  kAtSign = 1 << 0,   // "@name".
  kNumber = 1 << 1,   // A telephone number.
  kColon = 1 << 2,    // "line: name", and "= name", "-> name".
  kIdWord = 1 << 3,   // "line id name".
  kDigit = 1 << 4,    // A name with a digit in it.
  kBare = 1 << 5,     // Any name.
  kAccount = 1 << 6,  // Five digits and more, as accounts of QQ are.
  // No name of a service, but where no other stands before it this one is meant: "add", "id".
  kWeak = 1 << 7,
};

struct ServiceWord {
  std::string_view service;  // Empty: the word hides a service's name in it, "online".
  uint8_t evidence = 0;
};

// The name of a service behind a number, in brackets: "0812 345 678 (WA)"; empty: none.
std::string_view service_behind(std::string_view text, size_t at);

// The name of a service that ends at `end`; null: none.
const WordRow<ServiceWord>* service_before(std::string_view text, size_t end);

// What stands between a service and a contact.
enum class LinkWord : uint8_t {
  kId,      // Says that a contact follows.
  kFiller,  // Says nothing.
};
const WordRow<LinkWord>* link_before(std::string_view text, size_t end);

// Whether `word`, after the name of a service, is a word of the language and no contact.
bool is_plain_word(std::string_view word);

}  // namespace sieve
