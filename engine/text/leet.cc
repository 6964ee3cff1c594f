#include "text/leet.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <utility>

#include "text/byte_masks.h"
#include "text/fold_table.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

// Stands for a token of an unspaced script: no phrase goes across it.
constexpr char kOtherToken = '.';

// Signs that are letters on one side of a word, at most: "bo$$", but not "wow!!!".
constexpr size_t kSignsMax = 2;

// Shapes and what has them, besides the letter itself.
constexpr std::pair<char, std::string_view> kStandIns[] = {{'a', "4@"}, {'b', "8"},    {'e', "3"},
                                                           {'g', "69"}, {'i', "1!|l"}, {'o', "0"},
                                                           {'s', "5$"}, {'t', "7+"},   {'z', "2"}};

constexpr auto kShapes = [] {
  std::array<char, 128> shapes{};
  for (size_t c = 0; c < shapes.size(); ++c) shapes[c] = static_cast<char>(c);
  for (const auto& [shape, characters] : kStandIns) {
    for (const char c : characters) shapes[static_cast<size_t>(c)] = shape;
  }
  return shapes;
}();

// Of bytes: kOther are those of characters beyond ASCII.
enum class ByteClass : uint8_t { kSeparator, kLetter, kDigit, kSign, kStrongSign, kOther };

constexpr ByteClass class_of(unsigned char c) {
  if (c >= 'a' && c <= 'z') return ByteClass::kLetter;
  if (c >= '0' && c <= '9') return ByteClass::kDigit;
  if (c == '!' || c == '|' || c == '+') return ByteClass::kSign;
  if (c == '@' || c == '$') return ByteClass::kStrongSign;
  return c < 0x80 ? ByteClass::kSeparator : ByteClass::kOther;
}

constexpr auto kClasses = [] {
  std::array<ByteClass, 256> classes{};
  for (size_t c = 0; c < classes.size(); ++c) classes[c] = class_of(static_cast<unsigned char>(c));
  return classes;
}();

ByteClass class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }
bool is_letter(char c) { return class_of(c) == ByteClass::kLetter; }
bool is_alphanumeric(char c) { return is_letter(c) || class_of(c) == ByteClass::kDigit; }
bool is_strong_sign(char c) { return class_of(c) == ByteClass::kStrongSign; }
bool is_sign(char c) { return class_of(c) == ByteClass::kSign || is_strong_sign(c); }
bool has_stand_ins(char letter) {
  return std::any_of(std::begin(kStandIns), std::end(kStandIns),
                     [letter](const auto& row) { return row.first == leet_shape(letter); });
}

// Whether the sign at text[at] may be meant as a letter.
bool is_letter_sign(std::string_view text, size_t at) {
  size_t next = at + 1;
  while (next < text.size() && next - at < kSignsMax && is_sign(text[next])) ++next;
  if (next < text.size() && is_alphanumeric(text[next])) return true;
  size_t first = at + 1;
  while (first > 0 && at + 1 - first < kSignsMax && is_strong_sign(text[first - 1])) --first;
  return first <= at && first > 0 && is_alphanumeric(text[first - 1]);
}

enum class TokenPart : uint8_t { kSeparator, kWord, kUnspaced };

TokenPart part_of(const CharProps& props) {
  switch (props.kind) {
    case CharKind::kSpaced:
    case CharKind::kDigit:
      return TokenPart::kWord;
    case CharKind::kUnspaced:
      return TokenPart::kUnspaced;
    case CharKind::kMark:
      return (props.flags & kMarkUnspaced) != 0 ? TokenPart::kUnspaced : TokenPart::kWord;
    default:
      return TokenPart::kSeparator;
  }
}

// Finds where a letter touches what may stand for one.
class TouchFinder {
 public:
  // The last characters of such pairs in the next block.
  uint64_t look(const char* block) {
    letters_.next(bytes_within(block, 'a', 'z'));
    const uint64_t digits = bytes_within(block, '0', '9');
    const uint64_t strong = bytes_among(block, '@', '$');
    digits_.next(digits);
    signs_.next(strong | bytes_among(block, '!', '|', '+'));
    const uint64_t alphanumeric = letters_.now | digits;
    // A sign that is not strong is no letter unless a letter or digit follows.
    const uint64_t followed = signs_.earlier(1) & alphanumeric &
                              (letters_.earlier(2) | (signs_.earlier(2) & letters_.earlier(3)));
    return (letters_.earlier(1) & (digits | strong)) |
           (letters_.now & (digits_.earlier(1) | signs_.earlier(1))) | followed;
  }

 private:
  ByteMask letters_;
  ByteMask digits_;
  ByteMask signs_;
};

// Bytes [begin, end) of a text that are one word when signs are letters.
struct Run {
  size_t begin;
  size_t end;
  bool has_signs;
};

// Whether text[at], where a character begins, belongs to a word.
bool is_word_part(std::string_view text, size_t at) {
  const char c = text[at];
  if (class_of(c) == ByteClass::kOther) {
    return part_of(props_of(decode_at(text.data(), at))) == TokenPart::kWord;
  }
  return is_alphanumeric(c) || (is_sign(c) && is_letter_sign(text, at));
}

// The run that holds text[at]; what is before `floor` is no part of it.
Run run_around(std::string_view text, size_t at, size_t floor) {
  Run run{at, at, false};
  while (run.begin > floor) {
    size_t before = run.begin - 1;
    while (before > floor && is_utf8_tail(text[before])) --before;
    if (!is_word_part(text, before)) break;
    run.begin = before;
  }
  for (run.end = run.begin; run.end < text.size() && is_word_part(text, run.end);
       run.end += utf8_size_of_lead(text[run.end])) {
    run.has_signs |= is_sign(text[run.end]);
  }
  return run;
}

// As one word, and as several with the signs between.
bool may_hold_word(std::string_view text, const Run& run, const ShapeFilter& words) {
  WordHash whole;
  WordHash part;
  bool found = false;
  for (size_t at = run.begin; at < run.end; ++at) {
    whole.add(leet_shape(text[at]));
    if (!is_sign(text[at])) {
      part.add(leet_shape(text[at]));
      continue;
    }
    found |= words.may_have(part);
    part = {};
  }
  return found || words.may_have(whole) || (run.has_signs && words.may_have(part));
}

// Follows the characters of a word of a phrase.
class WordState {
 public:
  void take(bool letter, bool stands_in) {
    touches_ |= (letter && after_stand_in_) || (stands_in && after_letter_);
    has_stand_in_ |= stands_in;
    after_letter_ = letter;
    after_stand_in_ = stands_in;
  }
  // Without stand-ins, or one of them touches a letter.
  bool is_legible() const { return touches_ || !has_stand_in_; }

 private:
  bool touches_ = false;
  bool has_stand_in_ = false;
  bool after_letter_ = false;
  bool after_stand_in_ = false;
};

void end_token(ShapedText& out, size_t at) {
  if (!out.shapes.empty() && out.shapes.back() != ' ') out.add(' ', at);
}

void add_other_token(ShapedText& out, size_t at) {
  end_token(out, at);
  out.add(kOtherToken, at);
  out.add(' ', at);
}

// Adds one reading of `text`. Returns whether it has signs that may be letters.
bool read(std::string_view text, bool signs_are_letters, ShapedText& out) {
  bool has_letter_signs = false;
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    const size_t size = utf8_size_of_lead(c);
    TokenPart part = TokenPart::kSeparator;
    if (is_alphanumeric(c)) {
      part = TokenPart::kWord;
    } else if (size > 1) {
      part = part_of(props_of(decode_at(text.data(), at)));
    } else if (is_sign(c) && is_letter_sign(text, at)) {
      has_letter_signs = true;
      if (signs_are_letters) part = TokenPart::kWord;
    }
    if (part == TokenPart::kSeparator) end_token(out, at);
    if (part == TokenPart::kUnspaced) add_other_token(out, at);
    for (size_t i = at; part == TokenPart::kWord && i < at + size; ++i) {
      out.add(leet_shape(text[i]), i);
    }
    at += size;
  }
  end_token(out, text.size());
  return has_letter_signs;
}

}  // namespace

char leet_shape(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < kShapes.size() ? kShapes[byte] : c;
}

bool has_leet_word(std::string_view text, const ShapeFilter& words) {
  TouchFinder finder;
  size_t done = 0;
  bool found = false;
  for_each_block(text, [&](const char* block, size_t at) {
    for (uint64_t touches = finder.look(block); touches != 0 && !found; touches &= touches - 1) {
      const size_t place = at + static_cast<size_t>(std::countr_zero(touches));
      if (place < done) continue;
      const Run run = run_around(text, place, done);
      done = run.end;
      found = may_hold_word(text, run, words);
    }
  });
  return found;
}

void add_leet_words(std::string_view phrase, ShapeFilter& words) {
  WordHash word;
  for (const char c : leet_shapes(phrase)) {
    if (c != ' ') {
      word.add(c);
      continue;
    }
    words.add(word);
    word = {};
  }
}

void shape_leet(std::string_view text, ShapedText& out) {
  out.clear();
  if (read(text, true, out)) {
    add_other_token(out, 0);
    read(text, false, out);
  }
  out.places.push_back(static_cast<uint32_t>(text.size()));
}

size_t leet_letters(std::string_view phrase) {
  size_t letters = 0;
  bool has_stand_in = false;
  for (size_t at = 0; at < phrase.size(); at += utf8_size_of_lead(phrase[at])) {
    const char c = phrase[at];
    if (is_letter(c)) {
      ++letters;
      has_stand_in |= has_stand_ins(c);
    } else if (part_of(props_of(decode_at(phrase.data(), at))) == TokenPart::kUnspaced) {
      return 0;
    }
  }
  return has_stand_in ? letters : 0;
}

std::string leet_shapes(std::string_view phrase) {
  if (leet_letters(phrase) < kShapedLettersMin) return {};
  std::string shapes(phrase);
  std::transform(shapes.begin(), shapes.end(), shapes.begin(), leet_shape);
  return shapes + ' ';
}

std::optional<ByteSpan> confirm_leet(std::string_view phrase, std::string_view text,
                                     const ShapedText& shaped, size_t at) {
  size_t letters = 0;
  size_t stand_ins = 0;
  WordState word;
  for (size_t i = 0; i < phrase.size(); ++i) {
    if (phrase[i] == ' ') {
      if (!word.is_legible()) return std::nullopt;
      word = {};
      continue;
    }
    const char c = text[shaped.places[at + i]];
    const bool stands_in = c != phrase[i];
    if (stands_in && (!is_letter(phrase[i]) || is_letter(c))) return std::nullopt;
    word.take(is_letter(c), stands_in);
    letters += is_letter(c) ? 1 : 0;
    stand_ins += stands_in ? 1 : 0;
  }
  if (!word.is_legible() || stand_ins == 0 || stand_ins > letters) return std::nullopt;
  return ByteSpan{shaped.places[at], shaped.places[at + phrase.size() - 1] + 1};
}

}  // namespace sieve
