#include "text/known_words.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/fold_table.h"
#include "text/leet.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr size_t kDigitWordLettersMin = 2;

bool has_no_unspaced_letter(std::string_view word) {
  for (size_t at = 0; at < word.size(); at += utf8_size_of_lead(word[at])) {
    const CharKind kind = props_of(decode_at(word.data(), at)).kind;
    if (kind == CharKind::kUnspaced) return false;
  }
  return true;
}

size_t digits_in(std::string_view word) {
  return static_cast<size_t>(std::ranges::count_if(word, is_ascii_digit));
}

bool may_stand_for(std::string_view token, std::string_view word) {
  return std::ranges::equal(token, word, [](char t, char w) {
    return is_ascii_digit(t) ? leet_shape(t) == leet_shape(w) : t == w;
  });
}

}  // namespace

void KnownWords::add_phrase(std::string_view phrase) {
  while (!phrase.empty()) {
    const std::string_view word = phrase.substr(0, phrase.find(' '));
    if (!word.empty() && word.size() <= kWordBytesMax && has_no_unspaced_letter(word))
      add_word(word);
    phrase.remove_prefix(std::min(word.size() + 1, phrase.size()));
  }
}

void KnownWords::add_word(std::string_view word) {
  if (!words_.emplace(word).second) return;
  PieceHash hash;
  for (const char c : word) hash.add(c);
  const uint64_t bit = bit_of(hash);
  bits_[bit / 64] |= uint64_t{1} << (bit % 64);
  if (word.size() < kDigitWordLettersMin || digits_in(word) > 0) return;
  std::string shapes(word);
  std::ranges::transform(shapes, shapes.begin(), leet_shape);
  std::vector<std::string>& alike = by_shape_[std::move(shapes)];
  // The first in order, whatever the order of phrases.
  alike.insert(std::ranges::upper_bound(alike, word), std::string(word));
}

std::optional<std::string_view> KnownWords::word_with_digits(std::string_view token) const {
  const size_t digits = digits_in(token);
  if (digits == 0 || token.size() < kDigitWordLettersMin || token.size() > kWordBytesMax) {
    return std::nullopt;
  }
  const size_t number_size = token.size() - 1 - token.find_last_not_of("0123456789");
  if (contains(token.substr(0, token.size() - number_size))) return std::nullopt;
  const bool is_mostly_letters = token.size() - digits >= 2 * digits;
  const size_t first_letter = token.find_first_not_of("0123456789");
  if (first_letter == std::string_view::npos) return std::nullopt;
  const bool has_digit_behind =
      token.find_first_of("0123456789", first_letter) != std::string_view::npos;
  if (!has_digit_behind && !is_mostly_letters) return std::nullopt;
  std::array<char, kWordBytesMax> shapes;
  std::ranges::transform(token, shapes.begin(), leet_shape);
  const auto alike = by_shape_.find(std::string_view(shapes.data(), token.size()));
  if (alike == by_shape_.end()) return std::nullopt;
  for (const std::string& word : alike->second) {
    if (may_stand_for(token, word)) return word;
  }
  return std::nullopt;
}

}  // namespace sieve
