// How currencies and large numbers are written next to an amount, in the languages we read and
// folded as texts are.
//
// Thread safety: immutable tables. Source of the codes: ISO 4217; USDT is what people call Tether's
// token.
#pragma once

#include <cstdint>
#include <string_view>

#include "text/word_table.h"

namespace sieve {

// When a word or sign means a currency, as bits.
enum CurrencyUse : uint8_t {
  kAnywhere = 0,
  // Before a number it belongs to that one, whatever stands before it: "10 rp 5000".
  kLeading = 1 << 0,
  // Only next to a number with thousands separators: it is a letter of the alphabet, too.
  kThousands = 1 << 1,
  // No letter of a script without spaces may follow: it is the first letter of other words.
  kAlone = 1 << 2,
};

struct Currency {
  std::string_view code;
  uint8_t use = kAnywhere;
};

struct Multiplier {
  double factor;
  // What is meant when no currency follows; empty: one must.
  std::string_view currency;
  bool glued = false;  // No space before it: "10k", but not "10 k".
};

// The word for a currency that begins (ends) at `at`; null: none.
const WordRow<Currency>* currency_behind(std::string_view text, size_t at);
const WordRow<Currency>* currency_before(std::string_view text, size_t at);

// The word for a large number that begins at `at`; null: none.
const WordRow<Multiplier>* multiplier_behind(std::string_view text, size_t at);

}  // namespace sieve
