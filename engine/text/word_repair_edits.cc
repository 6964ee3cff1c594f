// Where the tokens of a text are, and what their repair changes.
#include <algorithm>

#include "text/ascii.h"
#include "text/cut_runs.h"
#include "text/fold_table.h"
#include "text/utf8_inline.h"
#include "text/word_repair.h"

namespace sieve {
namespace {

bool begins_character(char c) { return !is_utf8_tail(c); }

}  // namespace

void WordRepairer::read_tokens() {
  tokens_.clear();
  size_t at = 0;
  while (at < words_.size()) {
    if (words_[at] == ' ') {
      ++at;
      continue;
    }
    Token token{static_cast<uint32_t>(at), 0, 0, false, {}};
    for (; at < words_.size() && words_[at] != ' '; ++at) {
      token.letters += begins_character(words_[at]) ? 1 : 0;
      token.has_digit |= is_ascii_digit(words_[at]);
      token.hash.add(words_[at]);
    }
    token.size = static_cast<uint32_t>(at) - token.begin;
    tokens_.push_back(token);
  }
}

// The bytes of tokens stand in the text in the same order, with separators between or within.
bool WordRepairer::place_tokens() {
  size_t at = 0;
  for (Token& token : tokens_) {
    for (size_t i = 0; i < token.size; ++i, ++at) {
      while (at < text_.size() && begins_character(text_[at]) &&
             is_separator(props_of(decode_at(text_.data(), at)).kind)) {
        at += utf8_size_of_lead(text_[at]);
      }
      if (at >= text_.size() || text_[at] != words_[token.begin + i]) return false;
      if (i == 0) token.in_text.begin = static_cast<uint32_t>(at);
    }
    token.in_text.end = static_cast<uint32_t>(at);
  }
  return true;
}

bool WordRepairer::is_glued(const Token& token, const Token& next) const {
  const size_t at = token.in_text.end;
  if (next.in_text.begin == at || is_ascii_digit(text_[at - 1]) ||
      is_ascii_digit(text_[next.in_text.begin])) {
    return false;
  }
  if (!is_of_spaced(at - 1) || !is_of_spaced(next.in_text.begin)) return false;
  const bool is_one = at + utf8_size_of_lead(text_[at]) == next.in_text.begin;
  return is_one && cuts_words(decode_at(text_.data(), at));
}

// The character that byte `at` of the text is of belongs to no script that is written without
// spaces.
bool WordRepairer::is_of_spaced(size_t at) const {
  while (is_utf8_tail(text_[at])) --at;
  const CharProps& props = props_of(decode_at(text_.data(), at));
  return props.kind != CharKind::kUnspaced && (props.flags & kMarkUnspaced) == 0;
}

void WordRepairer::ensure_glue() {
  if (has_glue_) return;
  has_glue_ = true;
  is_placed_ = place_tokens();
  if (!is_placed_) return;
  for (size_t i = 0; i + 1 < tokens_.size(); ++i) {
    tokens_[i].is_glued = is_glued(tokens_[i], tokens_[i + 1]);
  }
}

const ByteEdits& WordRepairer::edit_words() {
  word_edits_.clear();
  for (const Token& token : tokens_) {
    const std::string_view bytes = bytes_of(token);
    for (uint32_t i = 0; i < bytes.size(); ++i) {
      const bool is_zero = token.is_number && bytes[i] == 'o';
      const char by = is_zero ? '0' : token.word.empty() ? bytes[i] : token.word[i];
      if (by != bytes[i]) word_edits_.replaced.push_back({token.begin + i, by});
    }
    if (token.joins_next) word_edits_.dropped.push_back(token.begin + token.size);
  }
  return word_edits_;
}

const ByteEdits& WordRepairer::edit_text(std::span<const ByteSpan> whole) {
  text_edits_.clear();
  ensure_glue();
  if (is_placed_) edit_tokens(whole);
  for (const uint32_t at : cut_runs_) {
    const bool stays = std::ranges::any_of(
        whole, [at](const ByteSpan& span) { return span.begin <= at && at < span.end; });
    if (!stays) text_edits_.dropped.push_back(at);
  }
  std::ranges::sort(text_edits_.dropped);
  // Tokens and runs of letters may end at the same sign.
  std::vector<uint32_t>& dropped = text_edits_.dropped;
  dropped.erase(std::unique(dropped.begin(), dropped.end()), dropped.end());
  return text_edits_;
}

void WordRepairer::edit_tokens(std::span<const ByteSpan> whole) {
  edit_words();
  auto replaced = word_edits_.replaced.begin();
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    const size_t end = token.joins_next ? tokens_[i + 1].in_text.end : token.in_text.end;
    while (!whole.empty() && whole.front().end <= token.in_text.begin) whole = whole.subspan(1);
    const bool is_in_row = token.joins_next && token.is_name;
    const bool stays = is_in_row || (!whole.empty() && whole.front().begin < end);
    for (; replaced != word_edits_.replaced.end() && replaced->at < token.begin + token.size;
         ++replaced) {
      const uint32_t at = token.in_text.begin + replaced->at - token.begin;
      if (!stays) text_edits_.replaced.push_back({at, replaced->by});
    }
    if (!token.joins_next) continue;
    for (uint32_t at = token.in_text.end; !stays && at < tokens_[i + 1].in_text.begin; ++at) {
      text_edits_.dropped.push_back(at);
    }
  }
}

}  // namespace sieve
