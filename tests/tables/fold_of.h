// What one code point folds to, and what kind of character it is, from ICU's Unicode data and the
// rows of fold_rows.h: the rules by which make_fold_table.cc writes the table.
//
// Thread safety: none (loads ICU data on first use). For generation and tests only.
#pragma once

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uspoof.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "text/fold_table.h"

namespace sieve::tables {

class CharacterRules {
 public:
  CharacterRules();

  // The mapping of `c`, itself a fixed point of the mapping. Empty: dropped.
  std::u32string fold_of(char32_t c) const;

  // REQUIRES: mapping == fold_of(c).
  CharProps props_of(char32_t c, const std::u32string& mapping) const;

  // Canonical compositions whose parts and result all fold to themselves.
  std::vector<CompositionPair> compositions() const;

  static bool is_loose_mark(char32_t c);

 private:
  std::u32string step(char32_t c) const;
  std::u32string skeleton_of(char32_t c) const;
  std::optional<char32_t> simplified(char32_t han) const;
  std::optional<char32_t> ideograph_of_radical(char32_t c) const;
  std::optional<std::u32string> styled_by_us(char32_t c) const;
  bool is_styled(char32_t c, const std::u32string& mapping) const;
  std::u32string compose(const std::u32string& text) const;
  uint16_t flags_of(char32_t c, const std::u32string& mapping) const;
  void load_styled_letters();
  void load_look_alikes();
  char alike_of(char32_t c) const;
  bool is_mixed_only(char32_t c) const;

  const icu::Normalizer2* casefold_;
  const icu::Normalizer2* nfc_;
  std::unique_ptr<icu::Transliterator> to_simplified_;
  icu::LocalUSpoofCheckerPointer spoof_;
  std::vector<char> styled_;     // By code point: the letter it is a style of, or 0.
  std::vector<char> alikes_;     // By code point.
  std::vector<bool> composing_;  // By code point: second of some composition.
};

}  // namespace sieve::tables
