// The tokens of a FoldPass: where they begin and end, look-alike letters, and the copy in `words`.
#include <algorithm>
#include <bit>
#include <cstring>

#include "text/fold_pass.h"
#include "text/fold_run.h"
#include "text/squeeze.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr unsigned kCountMax = 0xFFFF;

// Most tokens are short, and both sides may be read and written beyond them.
void copy_bytes(char* to, const char* from, size_t size) {
  if (size > 32) {
    std::memcpy(to, from, size);
    return;
  }
  std::memcpy(to, from, 16);
  if (size > 16) std::memcpy(to + 16, from + 16, 16);
}

}  // namespace

void FoldPass::count(uint16_t FoldFeatures::*feature, unsigned by) {
  features_.*feature = static_cast<uint16_t>(std::min(kCountMax, features_.*feature + by));
}

void FoldPass::note_flags(uint16_t flags) {
  if ((flags & kInvisible) != 0) count(&FoldFeatures::invisible);
  // An emoji is made with joiners, and a digit becomes a key cap; a word has no use for them.
  const bool in_word = token_kind_ != kNoToken && token_bits_ != kDigitBit;
  if ((flags & kJoiner) != 0 && in_word) count(&FoldFeatures::invisible);
  if ((flags & kFullWidth) != 0) count(&FoldFeatures::full_width);
  if ((flags & kStyled) != 0) count(&FoldFeatures::styled);
}

void FoldPass::insert_space() {
  separate();
  text_[text_size_++] = ' ';
}

void FoldPass::note_letter(size_t begin, size_t size, const CharProps& props) {
  if (props.kind == CharKind::kDigit) {
    token_bits_ |= kDigitBit;
  } else if (props.script == CharScript::kLatin) {
    token_bits_ |= kLatinBit;
  } else if (props.script == CharScript::kOther) {
    token_bits_ |= kOtherBit;
  } else {
    token_bits_ |= props.script == CharScript::kCyrillic ? kCyrillicBit
                   : props.script == CharScript::kGreek  ? kGreekBit
                                                         : kThirdScriptBit;
    const bool alike = props.alike != 0 && (props.flags & kMixedOnly) == 0;
    token_bits_ |= alike ? kAlikeBit : kForeignBit;
    if (props.alike == 0) return;
    buffers_.look_alikes.push_back(
        {static_cast<uint32_t>(begin), static_cast<uint8_t>(size), props.alike});
  }
}

// After the text from `begin` on was composed anew.
void FoldPass::renote_letters(size_t begin) {
  auto& noted = buffers_.look_alikes;
  if (noted.empty() || begin >= text_size_) return;
  while (!noted.empty() && noted.back().begin >= begin) noted.pop_back();
  const char32_t base = decode_at(text_, begin);
  const CharProps& props = props_of(base);
  if (props.kind == CharKind::kSpaced) note_letter(begin, utf8_size(base), props);
}

void FoldPass::end_token() {
  if (token_kind_ == kNoToken) return;
  if (options_.build_maps) sync_map();
  if ((token_bits_ & (kAlikeBit | kForeignBit)) != 0) resolve_look_alikes();
  const bool digits_and_letters = (token_bits_ & kDigitBit) != 0 && (token_bits_ & ~kDigitBit) != 0;
  if (digits_and_letters) {
    count(&FoldFeatures::digit_for_letter,
          count_digit_for_letter({text_ + token_begin_, text_size_ - token_begin_}));
  }
  has_other_letters_ |= token_kind_ == CharKind::kUnspaced || (token_bits_ & kLatinBit) != 0;
  const size_t size = text_size_ - token_begin_;
  const size_t letters = count_letters(text_ + token_begin_, size);
  short_tokens_ = letters > 1 ? 0 : short_tokens_ + letters;
  maybe_spaced_out_ |= short_tokens_ >= kShortTokensMin;
  copy_token();
  token_kind_ = kNoToken;
  glued_ = true;
}

void FoldPass::resolve_look_alikes() {
  const unsigned scripts = token_bits_ & (kLatinBit | kCyrillicBit | kGreekBit | kThirdScriptBit);
  if (!std::has_single_bit(scripts)) {
    count(&FoldFeatures::mixed_script_tokens);
    has_other_letters_ |= !buffers_.look_alikes.empty();
    rewrite_look_alikes();
  } else if ((token_bits_ & (kForeignBit | kOtherBit)) != 0) {
    foreign_bytes_ += text_size_ - token_begin_;
  } else {
    ++whole_look_alikes_;
    if (options_.fold_whole_look_alikes) rewrite_look_alikes();
  }
  buffers_.look_alikes.clear();
}

// Replaces the look-alikes of the token by the Latin letters, in place.
void FoldPass::rewrite_look_alikes() {
  size_t from = token_begin_;
  size_t to = token_begin_;
  const auto move_to = [&](size_t end) {
    std::memmove(text_ + to, text_ + from, end - from);
    if (options_.build_maps) {
      const auto map = buffers_.maps.text.begin();
      std::copy(map + static_cast<std::ptrdiff_t>(from), map + static_cast<std::ptrdiff_t>(end),
                map + static_cast<std::ptrdiff_t>(to));
    }
    to += end - from;
    from = end;
  };
  for (const LookAlike& found : buffers_.look_alikes) {
    move_to(found.begin);
    text_[to] = found.letter;
    if (options_.build_maps) buffers_.maps.text[to] = buffers_.maps.text[from];
    ++to;
    from += found.size;
  }
  move_to(text_size_);
  count(&FoldFeatures::look_alike, static_cast<unsigned>(buffers_.look_alikes.size()));
  text_size_ = to;
  if (options_.build_maps) buffers_.maps.text.resize(to);
}

void FoldPass::copy_token() {
  const size_t size = text_size_ - token_begin_;
  const bool unspaced = token_kind_ == CharKind::kUnspaced;
  const bool joined = unspaced && last_.kind == CharKind::kUnspaced;
  if (unspaced) count_latin_inside();
  if (!joined && words_[words_size_ - 1] != ' ') words_[words_size_++] = ' ';
  copy_bytes(words_ + words_size_, text_ + token_begin_, size);
  words_size_ += size;
  last_ = {token_kind_, token_bits_, glued_, size};
  if (options_.build_maps) map_token();
}

// A letter of an unspaced script follows: one or two Latin letters before it, and within its
// script, stand for letters that look like them.
void FoldPass::count_latin_inside() {
  const bool inside = glued_ && last_.glued && last_.bits == kLatinBit;
  if (inside && last_.size <= kLatinInsideMax) count(&FoldFeatures::mixed_script_tokens);
  last_.glued = false;
}

void FoldPass::finish() {
  words_size_ = end_words(words_ + 1, words_size_ - 1);
  if (!options_.build_maps) return;
  auto& words = buffers_.maps.words;
  const uint32_t end = words.back().end;
  words.resize(words_size_, {end, end});
}

// Everything in the text that has no source yet came from the character at hand; what that changed
// came from it as well as from what it was before.
void FoldPass::sync_map() {
  auto& map = buffers_.maps.text;
  const size_t from = std::min(map.size(), changed_from_);
  const auto source_begin = static_cast<uint32_t>(source_begin_);
  const uint32_t begin = from < map.size() ? map[from].begin : source_begin;
  map.resize(from);
  map.resize(text_size_, {begin, static_cast<uint32_t>(source_end_)});
  changed_from_ = SIZE_MAX;
}

// The token that was just copied. A space before it came from what lies between the two tokens.
void FoldPass::map_token() {
  const auto& text = buffers_.maps.text;
  auto& words = buffers_.maps.words;
  const size_t size = text_size_ - token_begin_;
  const uint32_t begin = text[token_begin_].begin;
  const uint32_t end = words.back().end;
  words.resize(words_size_ - size, {std::min(begin, end), std::max(begin, end)});
  words.insert(words.end(), text.begin() + static_cast<std::ptrdiff_t>(token_begin_),
               text.begin() + static_cast<std::ptrdiff_t>(text_size_));
}

}  // namespace sieve
