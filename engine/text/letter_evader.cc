#include "text/letter_evader.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "text/fold_marks.h"
#include "text/fold_table.h"

namespace sieve {
namespace {

// One character of the text.
struct Letter {
  char32_t c = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  CharKind kind = CharKind::kPunctuation;
  bool extends = false;     // Belongs to the letter before it.
  bool is_contact = false;  // Must stay readable.
  uint32_t word = 0;        // Letters and digits in a row have the same; 0: in no word.
  uint32_t light = 0;       // kLight changes one of those with the same number.
};

constexpr uint32_t kLightLetters = 4;

bool is_letter(const Letter& letter) {
  return letter.kind == CharKind::kSpaced || letter.kind == CharKind::kUnspaced;
}

// A well mixed function of `x` (the finaliser of splitmix64, as published by S. Vigna).
constexpr uint64_t mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

// Divides a text into words.
class LetterReader {
 public:
  LetterReader(std::string_view text, std::span<const ByteSpan> contacts)
      : text_(text), contacts_(contacts) {}

  std::vector<Letter> read() {
    std::vector<Letter> letters;
    for (size_t at = 0; at < text_.size();) {
      letters.push_back(letter_at(at));
      at = letters.back().end;
    }
    return letters;
  }

 private:
  Letter letter_at(size_t at) {
    const Utf8Char decoded = decode_utf8(text_, at);
    const CharProps& props = props_of(decoded.code_point);
    Letter letter;
    letter.c = decoded.code_point;
    letter.begin = static_cast<uint32_t>(at);
    letter.end = letter.begin + decoded.size;
    letter.kind = decoded.valid ? props.kind : CharKind::kPunctuation;
    letter.extends = (props.flags & kExtends) != 0;
    while (!contacts_.empty() && contacts_.front().end <= at) contacts_ = contacts_.subspan(1);
    letter.is_contact = !contacts_.empty() && contacts_.front().begin <= at;
    number(letter.is_contact ? CharKind::kPunctuation : letter.kind, letter);
    return letter;
  }

  void number(CharKind kind, Letter& letter) {
    if (kind == CharKind::kSpace || kind == CharKind::kPunctuation) {
      in_word_ = CharKind::kPunctuation;
      return;
    }
    if (kind == CharKind::kDigit) kind = CharKind::kSpaced;
    const bool continues = kind == CharKind::kMark || kind == CharKind::kDropped;
    if (continues && in_word_ == CharKind::kPunctuation) return;
    if (!continues && kind != in_word_) {
      in_word_ = kind;
      ++word_;
      ++light_;
      letters_ = 0;
    }
    if (kind == CharKind::kUnspaced && !letter.extends && letters_++ == kLightLetters) {
      letters_ = 1;
      ++light_;
    }
    letter.word = word_;
    letter.light = light_;
  }

  const std::string_view text_;
  std::span<const ByteSpan> contacts_;
  CharKind in_word_ = CharKind::kPunctuation;
  uint32_t word_ = 0;
  uint32_t light_ = 0;
  uint32_t letters_ = 0;
};

bool is_thai_vowel_mark(char32_t c) { return c == 0x0E31 || (c >= 0x0E34 && c <= 0x0E3A); }
bool is_thai_tone(char32_t c) { return c >= 0x0E48 && c <= 0x0E4C; }

// Rewrites the letters of one text.
class LetterEvader {
 public:
  LetterEvader(Evasion evasion, uint64_t seed, std::string_view text,
               std::span<const ByteSpan> contacts)
      : evasion_(evasion), seed_(seed), text_(text), letters_(LetterReader(text, contacts).read()) {
    variant_ = seed % variant_count(evasion);
    if (!insertions_of(evasion).empty()) insertion_ = insertions_of(evasion)[variant_];
    is_of_whole_words_ = evasion == Evasion::kWholeLookAlike || evasion == Evasion::kRegional;
    if (is_of_whole_words_) find_whole_words();
  }

  std::optional<std::string> run(EvasionDensity density) const {
    std::vector<bool> chosen(letters_.size(), true);
    if (density == EvasionDensity::kLight) chosen = choose();
    std::string out;
    bool changed = false;
    for (size_t i = 0; i < letters_.size();) {
      const size_t taken = chosen[i] ? rewrite(i, out) : 0;
      changed |= taken > 0;
      if (taken == 0) out += bytes(letters_[i]);
      i += std::max(taken, size_t{1});
    }
    if (!changed) return std::nullopt;
    return out;
  }

 private:
  std::string_view bytes(const Letter& letter) const {
    return text_.substr(letter.begin, letter.end - letter.begin);
  }

  // One of those in each word that can be rewritten.
  std::vector<bool> choose() const {
    std::vector<bool> chosen(letters_.size());
    std::vector<size_t> places;
    std::string scratch;
    for (size_t i = 0; i < letters_.size(); ++i) {
      if (rewrite(i, scratch) > 0) places.push_back(i);
      const bool ends = i + 1 == letters_.size() || letters_[i + 1].light != letters_[i].light;
      if (!ends || places.empty()) continue;
      chosen[places[mix(seed_ + i) % places.size()]] = true;
      places.clear();
    }
    return chosen;
  }

  // Words of which every letter can be written otherwise.
  void find_whole_words() {
    for (const Letter& letter : letters_) {
      if (letter.word >= whole_.size()) whole_.resize(letter.word + size_t{1}, true);
      if (evaded_letter(evasion_, variant_, letter.c) == 0) whole_[letter.word] = false;
    }
  }

  // Appends what stands for the letter, and perhaps the next; returns how many, 0 for none.
  size_t rewrite(size_t i, std::string& out) const {
    const Letter& letter = letters_[i];
    const bool is_punctuation = letter.word == 0 && !letter.is_contact;
    if (is_punctuation && evasion_ == Evasion::kFullWidth) return substitute(letter, out);
    if (letter.word == 0 || (is_of_whole_words_ && !whole_[letter.word])) return 0;
    switch (evasion_) {
      case Evasion::kZeroWidth:
      case Evasion::kSoftHyphen:
      case Evasion::kBidi:
        return insert_before(i, out);
      case Evasion::kPunctuated:
        return is_letter(letter) && is_letter_before(i) ? insert_before(i, out) : 0;
      case Evasion::kSpacedLetters:
        return letter.kind == CharKind::kSpaced && is_letter_before(i) ? insert_before(i, out) : 0;
      case Evasion::kThaiSpaces:
        return letter.kind == CharKind::kUnspaced ? insert_before(i, out) : 0;
      case Evasion::kStruckThrough:
        return lay_over(i, out);
      case Evasion::kDecomposed:
        return decompose(letter, out);
      case Evasion::kDoubledMarks:
        return double_mark(letter, out);
      case Evasion::kMovedMarks:
        return move_marks(i, out);
      default:
        return substitute(letter, out);
    }
  }

  size_t substitute(const Letter& letter, std::string& out) const {
    const char32_t other = evaded_letter(evasion_, variant_, letter.c);
    if (other == 0) return 0;
    append_utf8(out, other);
    return 1;
  }

  bool is_within_word(size_t i) const {
    return i > 0 && letters_[i - 1].word == letters_[i].word && !letters_[i].extends;
  }

  bool is_letter_before(size_t i) const {
    while (i > 0 && letters_[i - 1].extends) --i;
    return i > 0 && is_letter(letters_[i - 1]);
  }

  size_t insert_before(size_t i, std::string& out) const {
    if (!is_within_word(i)) return 0;
    out += insertion_;
    out += bytes(letters_[i]);
    return 1;
  }

  size_t lay_over(size_t i, std::string& out) const {
    if (i + 1 < letters_.size() && letters_[i + 1].extends) return 0;
    out += bytes(letters_[i]);
    out += insertion_;
    return 1;
  }

  static size_t decompose(const Letter& letter, std::string& out) {
    if (letter.c == U'\u0E33' || letter.c == U'\u0EB3') {
      append_utf8(out, letter.c == U'\u0E33' ? U'\u0E4D' : U'\u0ECD');
      append_utf8(out, letter.c - 1);  // SARA AA of the same script.
      return 1;
    }
    std::u32string marks;
    char32_t c = letter.c;
    while (const CompositionPair* pair = decomposition_of(c)) {
      marks.insert(marks.begin(), pair->second);
      c = pair->first;
    }
    if (marks.empty()) return 0;
    append_utf8(out, c);
    for (const char32_t mark : marks) append_utf8(out, mark);
    return 1;
  }

  size_t double_mark(const Letter& letter, std::string& out) const {
    if (letter.c == U'แ') {
      out += "เเ";
      return 1;
    }
    const bool is_mark =
        is_thai_vowel_mark(letter.c) || is_thai_tone(letter.c) || letter.c == U'\u0E47';
    if (!is_mark) return 0;
    out += bytes(letter);
    out += bytes(letter);
    return 1;
  }

  // A tone before the vowel mark that it stands on, or after the SARA AM that it stands before.
  size_t move_marks(size_t i, std::string& out) const {
    if (i + 1 == letters_.size()) return 0;
    const char32_t c = letters_[i].c;
    const char32_t next = letters_[i + 1].c;
    const bool moves =
        is_thai_tone(c) ? next == U'\u0E33' : is_thai_vowel_mark(c) && is_thai_tone(next);
    if (!moves) return 0;
    out += bytes(letters_[i + 1]);
    out += bytes(letters_[i]);
    return 2;
  }

  const Evasion evasion_;
  const uint64_t seed_;
  const std::string_view text_;
  const std::vector<Letter> letters_;
  size_t variant_ = 0;
  std::string_view insertion_;
  bool is_of_whole_words_ = false;
  std::vector<bool> whole_;  // By word.
};

}  // namespace

std::optional<std::string> evade_letters(Evasion evasion, EvasionDensity density, uint64_t seed,
                                         std::string_view text,
                                         std::span<const ByteSpan> contacts) {
  return LetterEvader(evasion, seed, text, contacts).run(density);
}

}  // namespace sieve
