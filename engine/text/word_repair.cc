#include "text/word_repair.h"

#include <algorithm>
#include <cstring>

#include "text/ascii.h"
#include "text/cut_runs.h"

namespace sieve {
namespace {

constexpr size_t kPiecesMax = 4;
constexpr size_t kJoinedLettersMin = 4;
constexpr size_t kShortLettersMin = 2;
constexpr size_t kLettersInRowMin = 4;
constexpr size_t kDividedPiecesMax = 20;
// So many letters, of which no more than one in so many is outside of words, are no name.
constexpr size_t kSentenceLettersMin = 14;
constexpr size_t kOutsideMax = 8;
constexpr size_t kUnitBytesMax = 3;
// Of pieces that are looked at together, so that time is linear.
constexpr size_t kGluedMax = 40;
constexpr size_t kDigitWordLettersMin = 4;
constexpr size_t kShortDigitWordLettersMin = 2;
// So many words show that a text was written so; of those cut by spaces also one in so many tokens.
constexpr size_t kShownMin = 2;
constexpr size_t kSpacedTokensMax = 6;
// So many that might be show it, when they are one in so many tokens.
constexpr size_t kMaybeMin = 3;
constexpr size_t kMaybeTokensMax = 8;
// So many words cut by signs leave no doubt that others are.
constexpr size_t kCertainMin = 3;

// Words of one letter in some language.
bool is_one_letter_word(char c) {
  return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

// How many digits, and letters o that may be some, a token begins with.
size_t count_number_chars(std::string_view token) {
  const auto end =
      std::ranges::find_if_not(token, [](char c) { return c == 'o' || is_ascii_digit(c); });
  return static_cast<size_t>(end - token.begin());
}

}  // namespace

bool WordRepairer::is_word(const Token& token) const {
  const bool is_vowel = is_single_letter(token) && is_one_letter_word(words_[token.begin]);
  return is_vowel || known_->contains(bytes_of(token));
}

bool WordRepairer::are_all_words(size_t begin, size_t end) const {
  return std::all_of(tokens_.begin() + static_cast<std::ptrdiff_t>(begin),
                     tokens_.begin() + static_cast<std::ptrdiff_t>(end),
                     [this](const Token& token) { return is_word(token); });
}

// REQUIRES: the tokens are no longer than a known word.
bool WordRepairer::makes_known_word(size_t begin, size_t end) const {
  std::array<char, KnownWords::kWordBytesMax> joined;
  size_t size = 0;
  for (size_t i = begin; i < end; ++i) {
    std::memcpy(joined.data() + size, words_.data() + tokens_[i].begin, tokens_[i].size);
    size += tokens_[i].size;
  }
  return known_->contains({joined.data(), size});
}

// Consonants are words of some phrases ("don t"), and may be pieces nevertheless.
WordRepairer::Join WordRepairer::join_of(size_t begin, size_t end) const {
  bool is_one_a_word = false;
  bool are_words = true;
  size_t letters = 0;
  for (size_t i = begin; i < end; ++i) {
    const Token& token = tokens_[i];
    const bool is_vowel = is_single_letter(token) && is_one_letter_word(words_[token.begin]);
    const bool is_known = is_word(token);
    is_one_a_word |= is_vowel || (is_known && !is_single_letter(token));
    are_words &= is_known && !(is_cut_by_spaces_ && is_single_letter(token));
    letters += token.letters;
  }
  const bool is_long = letters >= kJoinedLettersMin;
  if (((is_long && !are_words) || is_cut_by_signs_) && end <= end_of_glued(begin)) {
    return Join::kGlued;
  }
  if (are_words || (!is_long && !is_cut_by_spaces_)) return Join::kNone;
  return !is_one_a_word || is_cut_by_spaces_ ? Join::kSpaced : Join::kMaybe;
}

size_t WordRepairer::end_of_join(size_t begin, Join& join) {
  const bool is_cut = is_cut_by_signs_ || is_cut_by_spaces_;
  const size_t letters_min = is_cut ? kShortLettersMin : kJoinedLettersMin;
  size_t found = begin;
  PieceHash hash = tokens_[begin].hash;
  size_t size = tokens_[begin].size;
  size_t letters = tokens_[begin].letters;
  const size_t last = std::min(begin + kPiecesMax, tokens_.size());
  for (size_t i = begin + 1; i < last; ++i) {
    const Token& next = tokens_[i];
    size += next.size;
    letters += next.letters;
    if (next.has_digit || size > KnownWords::kWordBytesMax) break;
    hash.append(next.hash);
    if (letters < letters_min || !known_->may_contain(hash) || !makes_known_word(begin, i + 1)) {
      continue;
    }
    ensure_glue();
    const Join way = join_of(begin, i + 1);
    if (way == Join::kNone || (way == Join::kMaybe && join > way)) continue;
    found = i + 1;
    join = way;
  }
  return found;
}

// All that is cut by signs, in a text that was shown to be: known words, if it consists of them or
// has any, for else a piece that nobody knows would hide those beside it.
size_t WordRepairer::join_glued(size_t begin) {
  const size_t end = end_of_glued(begin);
  const bool is_said = joined_by_signs_ < kCertainMin && are_all_words(begin, end);
  if (end == begin + 1 || is_said) return begin;
  const bool has_words =
      std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(begin),
                  tokens_.begin() + static_cast<std::ptrdiff_t>(end), [this](const Token& token) {
                    return token.letters > 1 && known_->contains(bytes_of(token));
                  });
  if (find_words(begin, end) > 0 && !has_words) {
    join(begin, end, Join::kGlued);
  } else {
    join_words(begin, end, Join::kGlued);
  }
  return end;
}

size_t WordRepairer::end_of_glued(size_t begin) const {
  size_t end = begin + 1;
  while (tokens_[end - 1].is_glued && end - begin < kGluedMax) ++end;
  return end;
}

size_t WordRepairer::end_of_letters(size_t begin) const {
  size_t end = begin;
  while (end < tokens_.size() && is_single_letter(tokens_[end])) ++end;
  return end;
}

void WordRepairer::join(size_t begin, size_t end, Join way) {
  if (end - begin < 2) return;
  for (size_t i = begin; i + 1 < end; ++i) tokens_[i].joins_next = true;
  ++joins_[static_cast<size_t>(way)];
}

// Letters with signs between are the words that the spaces make of them.
void WordRepairer::divide_letters(size_t begin, size_t end) {
  ensure_glue();
  size_t spaced = begin;
  for (size_t i = begin; i < end;) {
    const size_t glued_end = std::min(end, end_of_glued(i));
    const size_t count = glued_end - i;
    const bool is_cut = count >= kLettersInRowMin || (is_cut_by_signs_ && count > 1);
    if (is_cut) {
      divide_spaced_letters(spaced, i);
      join(i, glued_end, Join::kGlued);
      spaced = glued_end;
    }
    i = glued_end;
  }
  divide_spaced_letters(spaced, end);
}

// Of all ways to divide them, one with the largest sum of squares of the sizes of its words, which
// prefers long words. Returns how many letters are in none.
size_t WordRepairer::find_words(size_t begin, size_t end) {
  const size_t count = end - begin;
  best_.assign(count + 1, 0);
  last_.assign(count + 1, 0);
  size_t outside = 0;
  for (size_t from = 0; from < count; ++from) {
    best_[from + 1] = std::max(best_[from + 1], best_[from]);
    PieceHash hash;
    size_t size = 0;
    size_t letters = 0;
    const size_t to_max = std::min(count, from + kDividedPiecesMax);
    for (size_t to = from; to < to_max; ++to) {
      const Token& token = tokens_[begin + to];
      hash.append(token.hash);
      size += token.size;
      letters += token.letters;
      if (size > KnownWords::kWordBytesMax) break;
      if (letters < kShortLettersMin || !known_->may_contain(hash)) continue;
      const auto value = static_cast<uint32_t>(best_[from] + letters * letters);
      if (value <= best_[to + 1] || !makes_known_word(begin + from, begin + to + 1)) continue;
      best_[to + 1] = value;
      last_[to + 1] = static_cast<uint32_t>(to + 1 - from);
    }
  }
  for (size_t at = count; at > 0;) {
    const bool is_word = last_[at] > 0 && best_[at] > best_[at - 1];
    if (!is_word) last_[at] = 0;
    outside += is_word ? 0 : 1;
    at -= is_word ? last_[at] : 1;
  }
  return outside;
}

// Joins what find_words() found.
void WordRepairer::join_words(size_t begin, size_t end, Join way) {
  for (size_t at = end - begin; at > 0;) {
    const size_t size = std::max<size_t>(last_[at], 1);
    if (last_[at] > 0) join(begin + at - size, begin + at, way);
    at -= size;
  }
}

void WordRepairer::divide_spaced_letters(size_t begin, size_t end) {
  const size_t count = end - begin;
  if (count < kLettersInRowMin) return;
  const size_t outside = find_words(begin, end);
  join_words(begin, end, Join::kSpaced);
  const bool is_sentence = count >= kSentenceLettersMin && outside * kOutsideMax <= count;
  for (size_t i = begin; i < end; ++i) tokens_[i].is_name = !is_sentence;
}

// "1oo", "o9oo"; in a text that was shown to be written so also "5o" and "5ok".
bool WordRepairer::is_number(const Token& token) const {
  const std::string_view bytes = bytes_of(token);
  const size_t size = count_number_chars(bytes);
  if (bytes.substr(0, size).find('o') == std::string_view::npos) return false;
  if (size == bytes.size()) return size > 2 || is_with_digits_;
  const bool is_unit = bytes.size() - size <= kUnitBytesMax &&
                       bytes.find_first_of("0123456789o", size) == std::string_view::npos;
  return is_with_digits_ && is_unit && is_ascii_digit(bytes[0]);
}

void WordRepairer::repair_digits(size_t at) {
  Token& token = tokens_[at];
  const std::string_view bytes = bytes_of(token);
  const size_t letters_min = is_with_digits_ ? kShortDigitWordLettersMin : kDigitWordLettersMin;
  if (known_->contains(bytes)) return;  // "o2o", "g4cor": a phrase asks for it.
  if (is_number(token)) {
    token.is_number = true;
    ++with_digits_;
  } else if (const auto word =
                 bytes.size() < letters_min ? std::nullopt : known_->word_with_digits(bytes)) {
    token.word = *word;
    ++with_digits_;
  }
}

// "ooo" behind a number, as in "1,ooo".
bool WordRepairer::is_rest_of_number(size_t at) {
  if (at == 0) return false;
  const Token& before = tokens_[at - 1];
  const std::string_view bytes = bytes_of(tokens_[at]);
  const bool may_be = bytes.size() >= 2 && bytes.find_first_not_of('o') == std::string_view::npos &&
                      (before.is_number || (before.has_digit && before.word.empty())) &&
                      !known_->contains(bytes);
  if (!may_be) return false;
  ensure_glue();
  if (!is_placed_) return false;
  const std::string_view between =
      text_.substr(before.in_text.end, tokens_[at].in_text.begin - before.in_text.end);
  return between == "," || between == "." || (is_with_digits_ && between.size() == 1);
}

// Puts right what begins at a token, and returns the next one.
size_t WordRepairer::repair_at(size_t begin) {
  if (is_cut_by_signs_ && tokens_[begin].is_glued) {
    const size_t end = join_glued(begin);
    if (end > begin) return end;
  }
  if (is_rest_of_number(begin)) {
    tokens_[begin].is_number = true;
    ++with_digits_;
    return begin + 1;
  }
  if (tokens_[begin].has_digit) {
    repair_digits(begin);
    return begin + 1;
  }
  const size_t letters_end = end_of_letters(begin);
  if (letters_end - begin >= kLettersInRowMin) {
    divide_letters(begin, letters_end);
    return letters_end;
  }
  Join way = Join::kNone;
  const size_t end = end_of_join(begin, way);
  if (way == Join::kMaybe) ++joins_[static_cast<size_t>(way)];
  if (way == Join::kNone || way == Join::kMaybe) return begin + 1;
  join(begin, end, way);
  return end;
}

size_t WordRepairer::repair_tokens() {
  joins_ = {};
  with_digits_ = 0;
  for (size_t i = 0; i < tokens_.size();) i = repair_at(i);
  return count_of(Join::kGlued) + count_of(Join::kSpaced) + with_digits_;
}

// What the words that were put right say of the text.
void WordRepairer::judge() {
  const auto is_one_in = [this](size_t count, size_t tokens) {
    return count * tokens >= tokens_.size();
  };
  const size_t spaced = count_of(Join::kSpaced);
  const size_t maybe = spaced + count_of(Join::kMaybe);
  joined_by_signs_ = count_of(Join::kGlued);
  is_cut_by_signs_ = joined_by_signs_ >= kShownMin;
  is_cut_by_spaces_ = (spaced >= kShownMin && is_one_in(spaced, kSpacedTokensMax)) ||
                      (maybe >= kMaybeMin && is_one_in(maybe, kMaybeTokensMax));
  is_with_digits_ = with_digits_ >= kShownMin;
}

size_t WordRepairer::repair(std::string_view text, std::string_view words,
                            const KnownWords& known) {
  text_ = text;
  words_ = words;
  known_ = &known;
  is_cut_by_signs_ = is_cut_by_spaces_ = is_with_digits_ = has_glue_ = is_placed_ = false;
  read_tokens();
  const size_t cuts = find_cut_runs(text, cut_runs_);
  const size_t repaired = repair_tokens();
  judge();
  if (!is_cut_by_signs_ && !is_cut_by_spaces_ && !is_with_digits_) return repaired + cuts;
  for (Token& token : tokens_) {
    token.joins_next = token.is_number = token.is_name = false;
    token.word = {};
  }
  return repair_tokens() + cuts;
}

}  // namespace sieve
