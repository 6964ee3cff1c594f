#include "text/thai_shapes.h"

#include <array>
#include <bit>
#include <utility>
#include <vector>

#include "text/ascii.h"
#include "text/byte_masks.h"
#include "text/fold_table.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr char32_t kThaiBlock = 0x0E00;
constexpr size_t kThaiSize = 3;  // Bytes of a Thai character.
constexpr char kThaiLead = '\xE0';

constexpr char32_t kSaraIi = 0x0E35;
constexpr char32_t kSaraE = 0x0E40;
constexpr char32_t kSaraAe = 0x0E41;  // Two SARA E, to the eye and here.
constexpr char32_t kMaitaikhu = 0x0E47;
constexpr char32_t kMaiTri = 0x0E4A;

// The only consonants that take the last two tone marks.
constexpr std::u32string_view kMiddleClass = U"กจฎฏดตบปอ";

// Stands for a letter that is neither Thai nor ASCII.
constexpr char kOtherLetter = '\x01';

// Stand-ins in a row that are still no word of their own: ll, and one more.
constexpr size_t kRunMax = 3;

struct StandInRow {
  char32_t letter;
  char shape;
  std::string_view stand_ins;
};

constexpr StandInRow kRows[] = {
    {U'ร', 's', "s"}, {U'ล', 'a', "a"}, {U'ส', 'a', "a"},  {U'บ', 'n', "u"},     {U'น', 'n', "un"},
    {U'ท', 'n', "n"}, {U'ก', 'n', "n"}, {U'ป', 'n', "uj"}, {U'พ', 'w', "w"},     {U'อ', 'o', "o0"},
    {U'ย', 'y', "y"}, {U'ข', 'v', "v"}, {U'ห', 'h', "h"},  {kSaraE, 'l', "li1|"}};

struct Tables {
  std::array<char, 128> ascii_shapes{};
  std::array<bool, 128> is_stand_in{};
  std::array<char, 128> thai_shapes{};            // By code point less kThaiBlock.
  std::array<std::string_view, 128> stand_ins{};  // As thai_shapes.
};

constexpr Tables kTables = [] {
  Tables tables;
  for (size_t i = 0; i < 128; ++i) {
    tables.ascii_shapes[i] = static_cast<char>(i);
    tables.thai_shapes[i] = static_cast<char>(0x80 | i);
  }
  for (const StandInRow& row : kRows) {
    tables.thai_shapes[row.letter - kThaiBlock] = row.shape;
    tables.stand_ins[row.letter - kThaiBlock] = row.stand_ins;
    for (const char c : row.stand_ins) {
      tables.ascii_shapes[static_cast<size_t>(c)] = row.shape;
      tables.is_stand_in[static_cast<size_t>(c)] = true;
    }
  }
  return tables;
}();

bool is_thai(char32_t c) { return c >> 7 == kThaiBlock >> 7; }
bool is_mark(char32_t c) { return props_of(c).kind == CharKind::kMark; }
bool is_ascii(char32_t c) { return c < 0x80; }
bool is_ascii_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_stand_in(char c) {
  return is_ascii(static_cast<unsigned char>(c)) && kTables.is_stand_in[static_cast<size_t>(c)];
}

bool stands_for(char32_t c, char32_t thai) {
  return is_ascii(c) &&
         kTables.stand_ins[thai - kThaiBlock].find(static_cast<char>(c)) != std::string_view::npos;
}

bool is_thai_at(std::string_view text, size_t at) {
  return at + kThaiSize <= text.size() && text[at] == kThaiLead &&
         is_thai(decode_at(text.data(), at));
}
bool is_thai_before(std::string_view text, size_t at) {
  return at >= kThaiSize && is_thai_at(text, at - kThaiSize);
}

// A bar is a letter only before Thai: elsewhere it divides.
bool is_letter_bar(std::string_view text, size_t at) {
  return text[at] == '|' && is_thai_at(text, at + 1);
}

bool is_separator(std::string_view text, size_t at) {
  if (is_letter_bar(text, at)) return false;
  const CharKind kind = props_of(decode_at(text.data(), at)).kind;
  return kind == CharKind::kSpace || kind == CharKind::kPunctuation;
}

// Whether the tone mark at text[at] stands on a consonant that takes it.
bool is_tone_in_place(std::string_view text, size_t at) {
  if (!is_thai_before(text, at)) return false;
  size_t before = at - kThaiSize;
  if (is_mark(decode_at(text.data(), before))) {
    if (!is_thai_before(text, before)) return false;
    before -= kThaiSize;
  }
  return kMiddleClass.find(decode_at(text.data(), before)) != std::u32string_view::npos;
}

// Up to kRunMax stand-in letters, or one other stand-in, that begin at text[at] and touch Thai.
bool is_run_of_stand_ins(std::string_view text, size_t at, size_t end) {
  const bool after_thai = is_thai_before(text, at);
  const bool before_thai = is_thai_at(text, end);
  if (!is_ascii_letter(text[at])) return end == at + 1 && after_thai && before_thai;
  if (end - at > kRunMax || (!after_thai && !before_thai)) return false;
  for (size_t i = at; i < end; ++i) {
    if (!is_stand_in(text[i])) return false;
  }
  return true;
}

// Whether the characters on either side of `at` belong to one Latin word or number.
bool is_one_run(std::string_view text, size_t at) {
  const char before = text[at - 1];
  const char after = text[at];
  return (is_ascii_letter(before) && is_ascii_letter(after)) ||
         (is_ascii_digit(before) && is_ascii_digit(after));
}

// Finds where ASCII that may stand for Thai touches bytes beyond ASCII, and the last tone marks.
class ThaiTouchFinder {
 public:
  // The last bytes of such pairs, and of such marks, in the next block.
  uint64_t look(const char* block) {
    high_.next(bytes_within(block, 0x80, 0xFF));
    ascii_.next(bytes_within(block, 'a', 'z') | bytes_among(block, '0', '1', '|'));
    b9_.next(bytes_among(block, '\xB9'));
    const uint64_t tones = bytes_among(block, '\x8A', '\x8B') & b9_.earlier(1);
    return (high_.earlier(1) & ascii_.now) | (ascii_.earlier(1) & high_.now) | tones;
  }

 private:
  ByteMask high_;
  ByteMask ascii_;
  ByteMask b9_;  // The second byte of the tone marks.
};

// Whether the pair or tone mark that ThaiTouchFinder found to end at text[at] shows the trick.
bool shows_trick(std::string_view text, size_t at) {
  if (is_utf8_tail(text[at])) {
    const size_t tone = at - (kThaiSize - 1);
    return is_thai_at(text, tone) && !is_tone_in_place(text, tone);
  }
  size_t begin = is_ascii(static_cast<unsigned char>(text[at])) ? at : at - 1;
  while (is_ascii_letter(text[begin]) && begin > 0 && is_ascii_letter(text[begin - 1])) --begin;
  size_t end = begin + 1;
  while (is_ascii_letter(text[begin]) && end < text.size() && is_ascii_letter(text[end])) ++end;
  return is_run_of_stand_ins(text, begin, end);
}

// Marks that are misread for each other where letters are small.
bool looks_alike(char32_t a, char32_t b) {
  return (a == kMaiTri && b == kMaitaikhu) || (b == kMaiTri && (a == kMaitaikhu || a == kSaraIi));
}

// Follows a phrase and its occurrence, letter by letter.
class ThaiMatch {
 public:
  ThaiMatch(std::string_view phrase, std::string_view text) : phrase_(phrase), text_(text) {}

  // Takes the next letter of the phrase, or half of SARA AE, at text[place]. The next letter of
  // the text is at `next`.
  bool take_letter(size_t place, size_t next);
  bool at_end() const { return at_ == phrase_.size(); }
  // Where the last mark or letter that was taken ends.
  size_t end() const { return end_; }
  bool is_accepted() const { return swaps_ > 0 && 2 * foreign_ <= letters_; }

 private:
  bool take_marks(size_t next);
  // The mark at phrase_[at_], or at text_[at] after at most kThaiSeparatorsMax separators; else 0.
  char32_t phrase_mark() const;
  char32_t text_mark(size_t& at, size_t next);

  const std::string_view phrase_;
  const std::string_view text_;
  size_t at_ = 0;          // In phrase_.
  bool half_ = false;      // Of the SARA AE at phrase_[at_] one half is taken.
  size_t end_ = 0;         // In text_.
  size_t separators_ = 0;  // Since the last letter.
  size_t letters_ = 0;
  size_t foreign_ = 0;
  size_t swaps_ = 0;
};

bool ThaiMatch::take_letter(size_t place, size_t next) {
  char32_t letter = decode_at(phrase_.data(), at_);
  const bool is_double = letter == kSaraAe;
  if (is_double) letter = kSaraE;
  char32_t c = decode_at(text_.data(), place);
  if (c == kSaraAe) c = kSaraE;
  if (c != letter) {
    if (!stands_for(c, letter)) return false;
    ++foreign_;
    ++swaps_;
  }
  ++letters_;
  half_ = is_double && !half_;
  if (!half_) at_ += kThaiSize;
  if (place == next) return half_;  // The other half is the same character.
  end_ = place + utf8_size_of_lead(text_[place]);
  return take_marks(next);
}

char32_t ThaiMatch::phrase_mark() const {
  if (half_ || at_end()) return 0;
  const char32_t c = decode_at(phrase_.data(), at_);
  return is_mark(c) ? c : 0;
}

char32_t ThaiMatch::text_mark(size_t& at, size_t next) {
  for (; at < next && is_separator(text_, at); at += utf8_size_of_lead(text_[at])) {
    if (++separators_ > kThaiSeparatorsMax) return 0;
  }
  return at < next ? decode_at(text_.data(), at) : 0;
}

bool ThaiMatch::take_marks(size_t next) {
  separators_ = 0;
  size_t at = end_;
  while (true) {
    const char32_t want = phrase_mark();
    const char32_t got = text_mark(at, next);
    if (got == 0 && want == 0) return at_end() || at == next;
    const bool alike = want == got || looks_alike(want, got);
    const bool left_out = !alike && want == kMaitaikhu;
    const bool added = !alike && !left_out && got == kMaiTri;
    if (!alike && !left_out && !added) return false;
    if (want != got) ++swaps_;
    if (!added) at_ += kThaiSize;
    if (left_out) continue;
    at += kThaiSize;
    end_ = at;
  }
}

}  // namespace

bool shows_thai_shapes(const FoldedText& folded) {
  const std::string_view text = folded.text;
  if (text.find(kThaiLead) == std::string_view::npos) return false;
  ThaiTouchFinder finder;
  bool found = folded.features.spaced_out > 0;
  for_each_block(text, [&](const char* block, size_t at) {
    for (uint64_t touches = finder.look(block); touches != 0 && !found; touches &= touches - 1) {
      found = shows_trick(text, at + static_cast<size_t>(std::countr_zero(touches)));
    }
  });
  return found;
}

void shape_thai(std::string_view text, ShapedText& out) {
  out.clear();
  for (size_t at = 0; at < text.size(); at += utf8_size_of_lead(text[at])) {
    if (is_separator(text, at)) continue;
    const char32_t c = decode_at(text.data(), at);
    if (is_mark(c)) continue;
    if (c == kSaraAe) {
      out.add(kTables.thai_shapes[kSaraE - kThaiBlock], at);
      out.add(kTables.thai_shapes[kSaraE - kThaiBlock], at);
    } else if (is_thai(c)) {
      out.add(kTables.thai_shapes[c - kThaiBlock], at);
    } else {
      out.add(is_ascii(c) ? kTables.ascii_shapes[c] : kOtherLetter, at);
    }
  }
  out.places.push_back(static_cast<uint32_t>(text.size()));
}

size_t thai_letters(std::string_view phrase) {
  size_t letters = 0;
  for (size_t at = 0; at < phrase.size(); at += kThaiSize) {
    if (!is_thai_at(phrase, at)) return 0;
    letters += is_mark(decode_at(phrase.data(), at)) ? 0 : 1;
  }
  return letters;
}

std::string thai_shapes(std::string_view phrase) {
  if (thai_letters(phrase) < kShapedLettersMin) return {};
  ShapedText shaped;
  shape_thai(phrase, shaped);
  return std::move(shaped.shapes);
}

std::optional<ByteSpan> confirm_thai(std::string_view phrase, std::string_view text,
                                     const ShapedText& shaped, size_t at) {
  const std::vector<uint32_t>& places = shaped.places;
  const bool cuts_sara_ae = at > 0 && places[at - 1] == places[at];
  if (cuts_sara_ae) return std::nullopt;
  ThaiMatch match(phrase, text);
  size_t i = at;
  for (; !match.at_end(); ++i) {
    if (!match.take_letter(places[i], places[i + 1])) return std::nullopt;
  }
  const ByteSpan span{places[at], static_cast<uint32_t>(match.end())};
  const bool cuts_word = (span.begin > 0 && is_one_run(text, span.begin)) ||
                         (span.end < text.size() && is_one_run(text, span.end));
  if (cuts_word || !match.is_accepted()) return std::nullopt;
  return span;
}

}  // namespace sieve
