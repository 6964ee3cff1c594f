#include "text/fold_pass.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/utf8.h"
#include "text/fold_marks.h"
#include "text/fold_run.h"
#include "text/fold_thai.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

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

// The size of the Latin letter beyond ASCII at text[at], when it folds to itself, else 0.
size_t clean_letter_size(std::string_view text, size_t at) {
  if (byte_of(text[at]) < 0xC2) return 0;
  const Utf8Char next = decode_any(text, at);
  const uint16_t row = next.valid ? fold_row_of(next.code_point) : uint16_t{0};
  const bool clean = row < kFoldIdentityRows && use_of_row(row) == RowUse::kLatinLetter;
  return clean ? next.size : 0;
}

// ASCII, letters with accents, Thai to Han: what else a character may begin with most often has to
// be seen in context, and a run that is over at once costs more than it saves.
bool is_worth_a_run(unsigned char lead) {
  return lead < 0x80 || (lead >= 0xC3 && lead < 0xC7) || (lead >= 0xE0 && lead < 0xEA);
}

}  // namespace

FoldPass::FoldPass(std::string_view raw, FoldBuffers& buffers, FoldOptions options)
    : raw_(raw), buffers_(buffers), options_(options) {
  buffers_.reserve(raw.size());
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
    if (!may_run() || !take_run()) {
      if (byte_of(raw_[at_]) < 0x80) {
        take_ascii();
      } else {
        take_other();
      }
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
    return take_latin_token();
  }
  source_end_ = ++at_;
  if (kind == AsciiKind::kControl) return count(&FoldFeatures::invisible);
  separate();
  text_[text_size_++] = c;
}

// True where a run may begin: at a token, or at a letter at which one in an unspaced script may be
// cut. For the maps every character is a step of its own.
bool FoldPass::may_run() const {
  if (options_.build_maps) return false;
  const char* raw = raw_.data() + at_;
  const size_t left = raw_.size() - at_;
  const unsigned char byte = byte_of(*raw);
  if (byte < 0x80) {
    const AsciiKind kind = kAsciiKinds[byte];
    if (kind == AsciiKind::kControl) return false;
    if (kind >= AsciiKind::kDigit) return token_kind_ != CharKind::kSpaced;
    return left > 1 && is_worth_a_run(byte_of(raw[1]));
  }
  if (token_kind_ == kNoToken) return is_worth_a_run(byte);
  if (left < 3) return false;
  const int offset = thai::offset_at(raw);
  if (offset >= 0) return thai::kClasses[static_cast<size_t>(offset)] == 0;
  return folds_to_itself(raw);
}

bool FoldPass::take_run() {
  end_token();
  const char* first = raw_.data() + at_;
  FoldRun run{raw_.substr(at_), text_ + text_size_, words_ + words_size_, last_.kind,
              glued_,           short_tokens_};
  fold_run(run);
  if (run.raw_size == 0) return false;
  const bool unspaced =
      byte_of(*first) >= 0x80 && props_of(decode_at(first, 0)).kind == CharKind::kUnspaced;
  if (unspaced) count_latin_inside();
  take(run);
  return true;
}

// What a run from here on folded.
void FoldPass::take(const FoldRun& run) {
  source_end_ = at_ += run.raw_size;
  text_size_ += run.text_size;
  words_size_ += run.words_size;
  add_features(run, features_);
  has_other_letters_ |= run.has_letters;
  maybe_spaced_out_ |= run.maybe_spaced_out;
  short_tokens_ = run.short_tokens;
  glued_ = run.glued;
  if (run.has_tokens) last_ = {run.last_kind, kOtherBit, false, 0};
  if (run.open_size > 0) reopen_token(run.open_kind, run.open_size);
}

// The last `size` bytes of the text, all clean, are a token that may go on.
void FoldPass::reopen_token(CharKind kind, size_t size) {
  token_kind_ = kind;
  token_begin_ = text_size_ - size;
  token_bits_ = 0;
  if (kind == CharKind::kUnspaced) return;
  for (size_t at = token_begin_; at < text_size_; at += utf8_size_of_lead(text_[at])) {
    const CharProps& props = props_of(decode_at(text_, at));
    token_bits_ |= props.kind == CharKind::kDigit       ? kDigitBit
                   : props.script == CharScript::kLatin ? kLatinBit
                                                        : kOtherBit;
  }
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
    const size_t char_size = options_.build_maps ? 0 : clean_letter_size(raw_, at);
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

void FoldPass::take_other() {
  const Utf8Char next = decode_any(raw_, at_);
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
  const Utf8Char next = decode_any(raw_, at_);
  const CharProps& props = props_of(next.valid ? next.code_point : 0xFFFD);
  if ((props.flags & kRegional) != 0 || props.kind == CharKind::kDropped) return;
  after_regional_ = false;
  const bool letter = props.kind == CharKind::kSpaced || props.kind == CharKind::kUnspaced ||
                      props.kind == CharKind::kDigit;
  source_begin_ = source_end_ = at_;
  if (letter && token_kind_ != kNoToken) insert_space();
}

}  // namespace sieve
