#include "text/fold_run.h"

#include <algorithm>
#include <cstring>

#include "text/fold_run_chars.h"
#include "text/fold_thai.h"
#include "text/squeeze.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

// Below this, what fold_ascii() sets up costs more than it saves.
constexpr size_t kFastAsciiMin = 16;

// An open token is that of its last bytes only, when it is longer than the first: what follows may
// change no more than the second of them (see fold_marks.h).
constexpr size_t kOpenMax = 160;
constexpr size_t kOpenKept = 96;

constexpr unsigned kCountMax = 0xFFFF;

// A letter with marks is hardly longer.
constexpr size_t kShortTokenBytesMax = 15;

class Runner {
 public:
  explicit Runner(FoldRun& run)
      : run_(run),
        raw_(run.raw.data()),
        end_(raw_ + run.raw.size()),
        text_(run.text),
        words_(run.words),
        last_kind_(run.last_kind),
        glued_(run.glued),
        short_tokens_(run.short_tokens) {}

  void go();

 private:
  static constexpr CharKind kNone = CharKind::kPunctuation;
  // What the letters of a spaced token are, as bits.
  enum : uint8_t { kLatinBit = 1, kDigitBit = 2, kOtherBit = 4 };

  bool take_ascii();
  void take_latin();
  bool take_ascii_run();
  bool take_thai();
  bool take_self();
  bool take_other();
  void take_letters(std::string_view folded, RowUse use);
  void begin_token(CharKind kind);
  void end_token();
  void note_short_token(size_t size);
  void leave_open();
  void separate() {
    if (open_ != kNone) end_token();
    glued_ = false;
  }
  size_t left() const { return static_cast<size_t>(end_ - raw_); }

  FoldRun& run_;
  const char* raw_;
  const char* const end_;
  char* text_;
  char* words_;

  // The token under way, and the last one.
  char* token_ = nullptr;  // In the text.
  CharKind open_ = kNone;
  CharKind last_kind_;
  CharKind before_ = kNone;  // The kind of the last one before it.
  uint8_t bits_ = 0;
  bool has_thai_ = false;
  bool several_ = false;       // Letters of it, surely.
  unsigned forbidden_ = 0;     // Thai that may not follow.
  bool glued_;                 // The token follows another one with nothing between,
  bool inside_ = false;        // ... which is of an unspaced script.
  bool maybe_inside_ = false;  // The last token is of a Latin letter or two, and so.
  size_t short_tokens_;

  // Of all tokens.
  uint8_t all_bits_ = 0;
  bool has_tokens_ = false;
  bool has_unspaced_ = false;
};

// A long token has no say in what is noted of short ones, unless all that follows its first letter
// belongs to that.
inline void Runner::end_token() {
  const auto size = static_cast<size_t>(text_ - token_);
  all_bits_ |= bits_;
  has_tokens_ = true;
  maybe_inside_ = false;
  if (size > kShortTokenBytesMax && (several_ || !has_thai_)) {
    short_tokens_ = 0;
  } else {
    note_short_token(size);
  }
  const bool mixed = (bits_ & (kLatinBit | kDigitBit)) == (kLatinBit | kDigitBit);
  if (mixed) run_.digit_for_letter += count_digit_for_letter({token_, size});
  open_ = kNone;
  glued_ = true;
}

inline void Runner::begin_token(CharKind kind) {
  const bool unspaced = kind == CharKind::kUnspaced;
  if (open_ != kNone) {
    end_token();
    // Latin letters between those of an unspaced script.
    if (unspaced && maybe_inside_) ++run_.latin_inside;
  }
  before_ = last_kind_;
  const bool after_unspaced = before_ == CharKind::kUnspaced;
  if (!(unspaced && after_unspaced) && words_[-1] != ' ') *words_++ = ' ';
  inside_ = glued_ && after_unspaced;
  has_unspaced_ |= unspaced;
  open_ = last_kind_ = kind;
  bits_ = 0;
  has_thai_ = several_ = false;
  forbidden_ = thai::kStop;
  token_ = text_;
}

void Runner::go() {
  bool taken = true;
  while (taken && raw_ < end_) {
    const unsigned char byte = byte_of(*raw_);
    taken = byte < 0x80    ? take_ascii()
            : byte == 0xE0 ? take_thai() || take_self() || take_other()
                           : take_self() || take_other();
  }
  run_.raw_size = static_cast<size_t>(raw_ - run_.raw.data());
  run_.text_size = static_cast<size_t>(text_ - run_.text);
  if (open_ != kNone && raw_ == end_) end_token();
  if (open_ != kNone) leave_open();
  run_.words_size = static_cast<size_t>(words_ - run_.words);
  run_.last_kind = last_kind_;
  run_.glued = glued_;
  run_.has_tokens = has_tokens_;
  run_.has_letters = has_unspaced_ || (all_bits_ & kLatinBit) != 0;
  run_.short_tokens = short_tokens_;
}

bool Runner::take_ascii() {
  const unsigned char folded = kRunAscii[byte_of(*raw_)];
  if (folded == kRunControl) return false;
  if (folded == 0) {
    separate();
    *text_++ = *raw_++;
    return true;
  }
  if (open_ != CharKind::kSpaced) {
    begin_token(CharKind::kSpaced);
    if (left() >= kFastAsciiMin && starts_ascii(raw_) && take_ascii_run()) return true;
  }
  take_latin();
  return true;
}

// ASCII, and letters like those of Vietnamese between.
void Runner::take_latin() {
  char* text = text_;
  char* words = words_;
  unsigned any = 0;
  unsigned all = kAsciiLetterBit;
  while (raw_ < end_) {
    const unsigned char byte = byte_of(*raw_);
    if (byte < 0x80) {
      const unsigned char folded = kRunAscii[byte];
      if (folded <= kRunControl) break;
      any |= folded;
      all &= folded;
      *text++ = *words++ = static_cast<char>(folded);
      ++raw_;
      continue;
    }
    size_t size = 0;
    const std::string_view folded = fold_latin_letter(raw_, left(), size);
    if (folded.empty()) break;
    any |= kAsciiLetterBit;
    raw_ += size;
    for (const char c : folded) *text++ = *words++ = c;
  }
  bits_ |= static_cast<uint8_t>(((any & kAsciiLetterBit) != 0 ? kLatinBit : 0) |
                                (all == 0 ? kDigitBit : 0));
  text_ = text;
  words_ = words;
}

// Whole tokens, as many as there are. REQUIRES: a token has just begun.
bool Runner::take_ascii_run() {
  AsciiRun run{raw_, left(), text_, words_};
  const size_t size = fold_ascii(run);
  if (size == 0) return false;
  raw_ += size;
  text_ += size;
  words_ += run.words_size;
  open_ = kNone;
  glued_ = false;
  has_tokens_ = true;
  all_bits_ |= run.has_letters ? kLatinBit : 0;
  if (run.maybe_digit_for_letter) {
    run_.digit_for_letter += count_digit_for_letter({run.words, run.words_size});
  }
  const bool starts_short = run.words_size < 2 || run.words[1] == ' ';
  run_.maybe_spaced_out |= run.maybe_spaced_out || (short_tokens_ > 0 && starts_short);
  const bool ends_short = run.words_size < 3 || words_[-3] == ' ';
  short_tokens_ = ends_short ? 2 : 0;
  return true;
}

// One after the other, two at a time.
bool Runner::take_thai() {
  const char* raw = raw_;
  unsigned forbidden = open_ == CharKind::kUnspaced ? forbidden_ : unsigned{thai::kStop};
  // A mark on a letter of a spaced script belongs to that.
  if (open_ == CharKind::kSpaced) forbidden |= thai::kVowelMark | thai::kTone;
  if (end_ - raw < 3) return false;
  const int first = thai::offset_at(raw);
  if (first < 0 || (thai::kClasses[static_cast<size_t>(first)] & forbidden) != 0) return false;
  if (open_ != CharKind::kUnspaced) begin_token(CharKind::kUnspaced);
  char* text = text_;
  char* words = words_;
  // Of the second ones of all pairs.
  unsigned all = thai::kBelongs;
  for (; end_ - raw >= 8; raw += 6, text += 6, words += 6) {
    const uint64_t pair = load64(raw);
    const unsigned entry1 = thai::kEntries[pair >> 8 & thai::kIndexMask];
    const unsigned entry2 = thai::kEntries[pair >> 32 & thai::kIndexMask];
    const unsigned bad = (entry1 & forbidden) | (entry2 & entry1 >> 8);
    if ((pair & thai::kPairMask) != thai::kPairBytes || bad != 0) break;
    forbidden = entry2 >> 8;
    all &= entry2;
    std::memcpy(text, &pair, sizeof pair);
    std::memcpy(words, &pair, sizeof pair);
  }
  for (; end_ - raw >= 3; raw += 3, text += 3, words += 3) {
    const int offset = thai::offset_at(raw);
    if (offset < 0) break;
    const uint8_t type = thai::kClasses[static_cast<size_t>(offset)];
    if ((type & forbidden) != 0) break;
    forbidden = unsigned{thai::kStop} | thai::forbidden_after(type);
    copy3(text, raw);
    copy3(words, raw);
  }
  const uint8_t first_type = thai::kClasses[static_cast<size_t>(first)];
  several_ |= all == 0 && (first_type & (thai::kTone | thai::kVowelMark | thai::kAa)) == 0;
  has_thai_ = true;
  forbidden_ = forbidden;
  raw_ = raw;
  text_ = text;
  words_ = words;
  return true;
}

// Letters of unspaced scripts that fold to themselves, two at a time.
bool Runner::take_self() {
  const char* raw = raw_;
  const char* const end = end_;
  if (end - raw < 3 || !folds_to_itself(raw)) return false;
  if (open_ != CharKind::kUnspaced) begin_token(CharKind::kUnspaced);
  char* text = text_;
  char* words = words_;
  for (; end - raw >= 8 && fold_to_themselves(raw); raw += 6, text += 6, words += 6) {
    std::memcpy(text, raw, 8);
    std::memcpy(words, raw, 8);
  }
  for (; end - raw >= 3 && folds_to_itself(raw); raw += 3, text += 3, words += 3) {
    copy3(text, raw);
    copy3(words, raw);
  }
  forbidden_ = thai::kStop;
  raw_ = raw;
  text_ = text;
  words_ = words;
  return true;
}

bool Runner::take_other() {
  const Utf8Char next = decode_three(raw_, left());
  const uint16_t row = next.valid ? fold_row_of(next.code_point) : uint16_t{0};
  const RowUse use = next.valid ? use_of_row(row) : RowUse::kInContext;
  if (use == RowUse::kInContext) return false;
  char original[kFoldBytesSlack];
  std::string_view folded(original, next.size);
  if (row >= kFoldIdentityRows) {
    folded = mapping_of_row(row);
  } else {
    for (size_t i = 0; i < next.size; ++i) original[i] = raw_[i];
  }
  raw_ += next.size;
  if (use == RowUse::kSign || use == RowUse::kWideSign) {
    separate();
    run_.full_width += use == RowUse::kWideSign ? 1 : 0;
  } else {
    take_letters(folded, use);
  }
  copy_mapping(text_, folded);
  text_ += folded.size();
  return true;
}

void Runner::take_letters(std::string_view folded, RowUse use) {
  const CharKind kind = use == RowUse::kUnspacedLetter ? CharKind::kUnspaced : CharKind::kSpaced;
  if (open_ != kind) begin_token(kind);
  bits_ |= use == RowUse::kLatinLetter ? kLatinBit : kOtherBit;
  forbidden_ = thai::kStop;
  copy_mapping(words_, folded);
  words_ += folded.size();
}

void Runner::note_short_token(size_t size) {
  maybe_inside_ = inside_ && bits_ == kLatinBit && size <= kLatinInsideMax;
  // Of what is folded here only in Thai does anything belong to a letter.
  size_t letters = size > utf8_size_of_lead(*token_) ? 2 : 1;
  if (has_thai_) letters = several_ ? 2 : count_letters(token_, size);
  short_tokens_ = letters > 1 ? 0 : short_tokens_ + letters;
  run_.maybe_spaced_out |= short_tokens_ >= kShortTokensMin;
}

// The token may go on, so it is taken out of the words, or the end of it is.
void Runner::leave_open() {
  auto size = static_cast<size_t>(text_ - token_);
  last_kind_ = before_;
  if (size > kOpenMax && open_ == CharKind::kUnspaced) {
    size = kOpenKept;
    while (is_utf8_tail(*(text_ - size))) --size;
    has_tokens_ = true;
    last_kind_ = open_;
    glued_ = true;
  }
  run_.open_size = size;
  run_.open_kind = open_;
  words_ -= size;
}

}  // namespace

void add_features(const FoldRun& run, FoldFeatures& features) {
  if ((run.full_width | run.digit_for_letter | run.latin_inside) == 0) return;
  const auto add = [](uint16_t& feature, unsigned by) {
    feature = static_cast<uint16_t>(std::min(kCountMax, feature + by));
  };
  add(features.full_width, run.full_width);
  add(features.digit_for_letter, run.digit_for_letter);
  add(features.mixed_script_tokens, run.latin_inside);
}

size_t end_words(char* words, size_t size) {
  if (size == 0) return 0;
  if (words[size - 1] == ' ') return size + 1;
  words[size] = ' ';
  return size + 2;
}

void fold_run(FoldRun& run) { Runner(run).go(); }

}  // namespace sieve
