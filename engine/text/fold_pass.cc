#include "text/fold_pass.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/utf8.h"
#include "text/fold_ascii.h"
#include "text/fold_marks.h"
#include "text/fold_thai.h"
#include "text/squeeze.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

// The longest mapping is U+FDFA: 3 bytes become 33. In `words` a token costs a space more.
constexpr size_t kTextGrowthMax = 11;
constexpr size_t kWordsGrowthMax = 2 * kTextGrowthMax;
constexpr size_t kSlack = 2 * kAsciiSlackBytes;

// Below this, what fold_ascii() sets up costs more than it saves.
constexpr size_t kFastAsciiMin = 16;

enum class AsciiKind : uint8_t { kControl, kSpace, kPunctuation, kDigit, kLetter };

constexpr AsciiKind ascii_kind_of(unsigned char c) {
  if (c == ' ' || (c >= '\t' && c <= '\r')) return AsciiKind::kSpace;
  if (c < 0x20) return AsciiKind::kControl;
  if (c >= '0' && c <= '9') return AsciiKind::kDigit;
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter ? AsciiKind::kLetter : AsciiKind::kPunctuation;
}

constexpr auto kAsciiKinds = [] {
  std::array<AsciiKind, 256> kinds{};
  for (size_t c = 0; c < 128; ++c) kinds[c] = ascii_kind_of(static_cast<unsigned char>(c));
  return kinds;
}();

unsigned char byte_of(char c) { return static_cast<unsigned char>(c); }

bool starts_ascii(const char* text) {
  uint64_t words[kFastAsciiMin / 8];
  std::memcpy(words, text, sizeof words);
  return ((words[0] | words[1]) & 0x8080808080808080U) == 0;
}

// The character at text[at]; the common forms inline, the rest, and all faults, in base.
inline Utf8Char decode(std::string_view text, size_t at) {
  const unsigned char lead = byte_of(text[at]);
  const size_t left = text.size() - at;
  const bool two = lead >= 0xC2 && lead < 0xE0 && left >= 2 && is_utf8_tail(text[at + 1]);
  if (two) return {decode_at(text.data(), at), 2, true};
  const bool three = lead > 0xE0 && lead < 0xF0 && lead != 0xED && left >= 3 &&
                     is_utf8_tail(text[at + 1]) && is_utf8_tail(text[at + 2]);
  if (three) return {decode_at(text.data(), at), 3, true};
  const bool four = lead >= 0xF0 && lead < 0xF4 && left >= 4 && is_utf8_tail(text[at + 1]) &&
                    is_utf8_tail(text[at + 2]) && is_utf8_tail(text[at + 3]) &&
                    (lead > 0xF0 || byte_of(text[at + 1]) >= 0x90);
  if (four) return {decode_at(text.data(), at), 4, true};
  return decode_utf8(text, at);
}

// The size of the character at text[at] when it is of two or three bytes and has this row, else 0.
inline size_t clean_letter_size(std::string_view text, size_t at, uint16_t row) {
  if (at + 2 > text.size()) return 0;
  const unsigned char lead = byte_of(text[at]);
  if (lead >= 0xC2 && lead < 0xE0 && is_utf8_tail(text[at + 1])) {
    return fold_row_of(decode_at(text.data(), at)) == row ? 2 : 0;
  }
  const bool three = lead > 0xE0 && lead < 0xF0 && lead != 0xED && at + 3 <= text.size() &&
                     is_utf8_tail(text[at + 1]) && is_utf8_tail(text[at + 2]);
  return three && fold_row_of(decode_at(text.data(), at)) == row ? 3 : 0;
}

// The size of the prefix of `text` that is of three-byte letters with kFoldRowHan.
inline size_t clean_han_size(const char* text, size_t size) {
  const uint16_t row = kFoldRowHan;
  size_t at = 0;
  for (; at + 3 <= size; at += 3) {
    const unsigned char lead = byte_of(text[at]);
    const bool whole = lead > 0xE0 && lead < 0xF0 && lead != 0xED && is_utf8_tail(text[at + 1]) &&
                       is_utf8_tail(text[at + 2]);
    if (!whole) break;
    const auto tail = [text, at](size_t i) {
      return static_cast<char32_t>(static_cast<unsigned char>(text[at + i])) & 0x3F;
    };
    const char32_t c = static_cast<char32_t>(lead & 0x0F) << 12 | tail(1) << 6 | tail(2);
    if (fold_row_of(c) != row) break;
  }
  return at;
}

}  // namespace

FoldPass::FoldPass(std::string_view raw, FoldBuffers& buffers, FoldOptions options)
    : raw_(raw), buffers_(buffers), options_(options) {
  buffers_.text.reserve(raw.size() * kTextGrowthMax + kSlack);
  buffers_.words.reserve(raw.size() * kWordsGrowthMax + kSlack);
  buffers_.look_alikes.clear();
  text_ = buffers_.text.data();
  words_ = buffers_.words.data();
  words_[0] = ' ';
  if (!options_.build_maps) return;
  buffers_.maps.text.clear();
  buffers_.maps.words.assign(1, {});
}

void FoldPass::run() {
  while (at_ < raw_.size()) {
    if (after_regional_) [[unlikely]]
      break_after_regional();
    source_begin_ = at_;
    const unsigned char byte = byte_of(raw_[at_]);
    if (byte < 0x80) {
      take_ascii();
    } else if (options_.build_maps || !take_clean_run()) {
      take_other();
    }
    if (options_.build_maps) sync_map();
  }
  end_token();
  finish();
}

void FoldPass::take_ascii() {
  const char c = raw_[at_];
  const AsciiKind kind = kAsciiKinds[byte_of(c)];
  if (kind >= AsciiKind::kDigit) {
    if (!take_ascii_fast()) take_latin_token();
    return;
  }
  source_end_ = ++at_;
  if (kind == AsciiKind::kControl) return count(&FoldFeatures::invisible);
  separate();
  text_[text_size_++] = c;
}

bool FoldPass::take_ascii_fast() {
  const size_t left = raw_.size() - at_;
  const bool worth_it = left >= kFastAsciiMin && token_kind_ != CharKind::kSpaced &&
                        !options_.build_maps && starts_ascii(raw_.data() + at_);
  if (!worth_it) return false;
  end_token();
  if (words_[words_size_ - 1] != ' ') words_[words_size_++] = ' ';
  AsciiRun run{raw_.data() + at_, left, text_ + text_size_, words_ + words_size_};
  const size_t size = fold_ascii(run);
  if (size == 0) return false;
  at_ += size;
  text_size_ += size;
  words_size_ += run.words_size;
  has_other_letters_ |= run.has_letters;
  if (run.maybe_digit_for_letter) {
    count(&FoldFeatures::digit_for_letter, count_digit_for_letter({run.words, run.words_size}));
  }
  const bool starts_short = run.words_size < 2 || run.words[1] == ' ';
  maybe_spaced_out_ |= run.maybe_spaced_out || (short_tokens_ > 0 && starts_short);
  const bool ends_short = run.words_size < 3 || words_[words_size_ - 3] == ' ';
  short_tokens_ = ends_short ? 2 : 0;
  last_ = {CharKind::kSpaced, kOtherBit, false, 0};
  glued_ = false;
  return true;
}

// ASCII, and letters like those of Vietnamese between.
void FoldPass::take_latin_token() {
  open_token(CharKind::kSpaced);
  size_t at = at_;
  size_t size = text_size_;
  uint8_t bits = token_bits_;
  // For the maps every character is a step of its own.
  const size_t end = options_.build_maps ? at + 1 : raw_.size();
  while (at < end) {
    const char c = raw_[at];
    const AsciiKind kind = kAsciiKinds[byte_of(c)];
    if (kind >= AsciiKind::kDigit) {
      const bool letter = kind == AsciiKind::kLetter;
      bits |= letter ? kLatinBit : kDigitBit;
      text_[size++] = static_cast<char>(letter ? c | 0x20 : c);
      ++at;
      continue;
    }
    const size_t char_size = options_.build_maps ? 0 : clean_letter_size(raw_, at, kFoldRowLatin);
    if (char_size == 0) break;
    bits |= kLatinBit;
    std::memcpy(text_ + size, raw_.data() + at, char_size);
    at += char_size;
    size += char_size;
  }
  token_bits_ = bits;
  source_end_ = at_ = at;
  text_size_ = size;
}

bool FoldPass::take_clean_run() {
  const char* raw = raw_.data() + at_;
  const size_t left = raw_.size() - at_;
  if (left >= 3 && thai::offset_at(raw) >= 0) return take_thai_run();
  if (clean_letter_size(raw_, at_, kFoldRowLatin) > 0) {
    take_latin_token();
    return true;
  }
  const size_t size = clean_han_size(raw, left);
  if (size == 0) return false;
  append_unspaced(raw, size);
  return true;
}

bool FoldPass::take_thai_run() {
  const char* raw = raw_.data() + at_;
  const bool in_token = token_kind_ == CharKind::kUnspaced;
  // A mark on a letter of another script is no beginning of a run.
  if (token_kind_ == CharKind::kSpaced && props_of(decode_at(raw, 0)).kind == CharKind::kMark) {
    return false;
  }
  const thai::State state =
      in_token ? thai::state_after(text_ + token_begin_, text_size_ - token_begin_) : thai::kPlain;
  const size_t size = thai::clean_size(raw, raw_.size() - at_, state);
  if (size == 0) return false;
  append_unspaced(raw, size);
  return true;
}

void FoldPass::append_unspaced(const char* raw, size_t size) {
  open_token(CharKind::kUnspaced);
  append({raw, size});
  at_ += size;
}

void FoldPass::take_other() {
  const Utf8Char next = decode(raw_, at_);
  const std::string_view bytes = raw_.substr(at_, next.size);
  at_ += next.size;
  source_end_ = at_;
  if (!next.valid) {
    separate();
    return append("\xEF\xBF\xBD");
  }
  const uint16_t row = fold_row_of(next.code_point);
  if (row >= kFoldIdentityRows) return take_mapped(row);
  if ((kFoldProps[row].flags & kFullWidth) != 0) count(&FoldFeatures::full_width);
  take_char(next.code_point, bytes, kFoldProps[row]);
}

void FoldPass::take_mapped(uint16_t row) {
  const CharProps& props = props_of_row(row);
  const std::string_view mapping = mapping_of_row(row);
  note_flags(props.flags);
  if (props.kind == CharKind::kDropped) return;
  if ((props.flags & kRegional) != 0) {
    if (!after_regional_ && token_kind_ != kNoToken) insert_space();
    after_regional_ = true;
  }
  if ((props.flags & kSeveral) == 0) return take_char(decode_at(mapping.data(), 0), mapping, props);
  for (size_t at = 0; at < mapping.size();) {
    const size_t size = utf8_size_of_lead(mapping[at]);
    const char32_t c = decode_at(mapping.data(), at);
    take_char(c, mapping.substr(at, size), props_of(c));
    at += size;
  }
}

// `bytes` begin with `c`; there are more only if all are of the kind of `props` and none combines.
void FoldPass::take_char(char32_t c, std::string_view bytes, const CharProps& props) {
  switch (props.kind) {
    case CharKind::kSpace:
      separate();
      return append(bytes);
    case CharKind::kPunctuation:
      separate();
      return append(bytes);
    case CharKind::kMark:
      return take_mark(c, bytes, props);
    case CharKind::kUnspaced:
      open_token(CharKind::kUnspaced);
      break;
    default:
      open_token(CharKind::kSpaced);
      note_letter(text_size_, bytes.size(), props);
  }
  if ((props.flags & (kCombines | kRepaired)) == 0) return append(bytes);
  add_to_cluster(c, props);
}

void FoldPass::take_mark(char32_t c, std::string_view bytes, const CharProps& props) {
  const bool loose = (props.flags & kLoose) != 0;
  if (!loose && is_out_of_place(props)) return count(&FoldFeatures::marks_repaired);
  if (token_kind_ == kNoToken && !loose) {
    open_token((props.flags & kMarkUnspaced) != 0 ? CharKind::kUnspaced : CharKind::kSpaced);
    token_bits_ |= kOtherBit;
  }
  if ((props.flags & (kCombines | kRepaired)) == 0) return append(bytes);
  add_to_cluster(c, props);
}

// Marks of most scripts, such as Hebrew points, have no place on letters of another. Thai marks do,
// for a letter that passes for a Thai one keeps its vowel and tone.
bool FoldPass::is_out_of_place(const CharProps& mark) const {
  if (token_kind_ == kNoToken || (mark.flags & kMarkUnspaced) != 0) return false;
  const CharProps& last = props_of(decode_before(text_, text_size_));
  return last.kind == CharKind::kUnspaced || last.kind == CharKind::kDigit ||
         last.script != CharScript::kOther || (last.flags & kMarkUnspaced) != 0;
}

void FoldPass::add_to_cluster(char32_t c, const CharProps& props) {
  // Without a token the character before is a sign, such as the = of a crossed-out =.
  const size_t floor = token_kind_ == kNoToken ? 0 : token_begin_;
  const TextEnd end{text_, text_size_, floor};
  const MarkResult result =
      (props.flags & kRepaired) != 0 ? add_repaired(end, c) : add_combining(end, c);
  text_size_ = result.size;
  changed_from_ = std::min(changed_from_, result.changed_from);
  count(&FoldFeatures::marks_repaired, result.repairs);
  renote_letters(result.changed_from);
}

void FoldPass::break_after_regional() {
  const Utf8Char next = decode(raw_, at_);
  const CharProps& props = props_of(next.valid ? next.code_point : 0xFFFD);
  if ((props.flags & kRegional) != 0 || props.kind == CharKind::kDropped) return;
  after_regional_ = false;
  const bool letter = props.kind == CharKind::kSpaced || props.kind == CharKind::kUnspaced ||
                      props.kind == CharKind::kDigit;
  source_begin_ = source_end_ = at_;
  if (letter && token_kind_ != kNoToken) insert_space();
}

}  // namespace sieve
