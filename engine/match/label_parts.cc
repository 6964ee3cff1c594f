#include "match/label_parts.h"

#include <algorithm>
#include <bit>

namespace sieve {
namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

uint64_t bit(size_t position) { return uint64_t{1} << position; }

// Finds the places of one label.
class PartFinder {
 public:
  PartFinder(LabelParts& parts, const LureWords& lures)
      : parts_(parts), text_(parts.letters.view()), hashes_(text_), lures_(lures) {}

  void find();

 private:
  // Adds to `places` what lures, and `over_digits` groups of digits, lead to.
  void extend_forwards(uint64_t& places, bool over_digits) const;
  void extend_backwards(uint64_t& places, bool over_digits) const;
  bool is_lure(size_t begin, size_t end) const { return lures_.has(hashes_.of(begin, end)); }
  size_t cut_behind(size_t position) const {
    return static_cast<size_t>(std::countr_zero(parts_.cuts & ~(bit(position + 1) - 1)));
  }
  size_t cut_before(size_t position) const {
    return 63 - static_cast<size_t>(std::countl_zero(parts_.cuts & (bit(position) - 1)));
  }

  LabelParts& parts_;
  std::u32string_view text_;
  LetterHashes hashes_;
  const LureWords& lures_;
};

void PartFinder::extend_forwards(uint64_t& places, bool over_digits) const {
  for (size_t at = 0; at < text_.size(); ++at) {
    if ((places & bit(at)) == 0) continue;
    const size_t token_end = cut_behind(at);
    if (is_digit(text_[at])) {
      if (over_digits) places |= bit(token_end);
      continue;
    }
    const size_t end = std::min(token_end, at + kLureLettersMax);
    for (size_t to = at + kLureLettersMin; to <= end; ++to) {
      if (is_lure(at, to)) places |= bit(to);
    }
  }
}

void PartFinder::extend_backwards(uint64_t& places, bool over_digits) const {
  for (size_t at = text_.size(); at > 0; --at) {
    if ((places & bit(at)) == 0) continue;
    const size_t token_begin = cut_before(at);
    if (is_digit(text_[at - 1])) {
      if (over_digits) places |= bit(token_begin);
      continue;
    }
    const size_t begin = at > token_begin + kLureLettersMax ? at - kLureLettersMax : token_begin;
    for (size_t from = begin; from + kLureLettersMin <= at; ++from) {
      if (is_lure(from, at)) places |= bit(from);
    }
  }
}

void PartFinder::find() {
  parts_.begins = parts_.cuts;
  parts_.ends = parts_.cuts;
  parts_.lured_begins = bit(0);
  parts_.lured_ends = bit(text_.size());
  extend_forwards(parts_.begins, false);
  extend_backwards(parts_.ends, false);
  extend_forwards(parts_.lured_begins, true);
  extend_backwards(parts_.lured_ends, true);
}

}  // namespace

LabelParts parts_of(std::u32string_view label, const LureWords& lures) {
  LabelParts parts;
  char32_t before = U'-';
  for (const char32_t letter : label) {
    const size_t position = parts.letters.view().size();
    if (letter == U'-') {
      parts.has_hyphen = true;
      parts.cuts |= bit(position);
    } else {
      if (before == U'-' || is_digit(before) != is_digit(letter)) parts.cuts |= bit(position);
      parts.letters.add(letter);
    }
    before = letter;
  }
  if (parts.letters.view().empty()) return parts;
  parts.cuts |= bit(parts.letters.view().size());
  PartFinder(parts, lures).find();
  return parts;
}

}  // namespace sieve
