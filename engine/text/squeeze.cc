#include "text/squeeze.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/fold_table.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr size_t kRunTokensMin = 4;
constexpr size_t kRunLettersMin = 3;
constexpr size_t kGapCharsMax = 4;
constexpr size_t kCountMax = 0xFFFF;
constexpr size_t kPhraseLettersMin = 5;
constexpr size_t kUnspacedLettersMin = 4;

// SARA AM is a letter that belongs to the one before it.
bool belongs_to_letter(const CharProps& props) {
  return props.kind == CharKind::kMark || (props.flags & kExtends) != 0;
}

// Follows tokens of one character through a text.
class SpacedOutCounter {
 public:
  void take(const CharProps& props) {
    const CharKind kind = props.kind;
    if (belongs_to_letter(props)) return;
    if (is_separator(kind)) {
      if (gap_ == 0 && token_chars_ > 0) end_token();
      if (++gap_ > kGapCharsMax) end_run();
      return;
    }
    if (gap_ > 0) token_chars_ = 0;
    gap_ = 0;
    ++token_chars_;
    token_is_letter_ = kind != CharKind::kDigit;
  }

  size_t finish() {
    if (gap_ == 0 && token_chars_ > 0) end_token();
    end_run();
    return runs_;
  }

 private:
  void end_token() {
    if (token_chars_ != 1) return end_run();
    ++run_tokens_;
    run_letters_ += token_is_letter_ ? 1 : 0;
  }

  void end_run() {
    if (run_tokens_ >= kRunTokensMin && run_letters_ >= kRunLettersMin) ++runs_;
    run_tokens_ = 0;
    run_letters_ = 0;
  }

  size_t gap_ = 0;
  size_t token_chars_ = 0;
  bool token_is_letter_ = false;
  size_t run_tokens_ = 0;
  size_t run_letters_ = 0;
  size_t runs_ = 0;
};

// Digits with the shape of a letter: o, i, e, a, s, t.
bool is_letter_shaped(char c) {
  return c == '0' || c == '1' || c == '3' || c == '4' || c == '5' || c == '7';
}

// One or two such digits with a letter on either side.
size_t digits_within_letters(std::string_view token) {
  size_t count = 0;
  for (size_t at = 1; at + 1 < token.size(); ++at) {
    if (!is_ascii_digit(token[at]) || !is_ascii_lower(token[at - 1])) continue;
    size_t end = at;
    while (end < token.size() && is_letter_shaped(token[end])) ++end;
    if (end > at && end - at <= 2 && end < token.size() && is_ascii_lower(token[end]))
      count += end - at;
  }
  return count;
}

// Letters o after a digit with nothing but digits and more of them behind: "1oo", "5o0".
size_t letters_within_digits(std::string_view token) {
  size_t count = 0;
  for (size_t at = 1; at < token.size(); ++at) {
    if (token[at] != 'o' || !is_ascii_digit(token[at - 1])) continue;
    size_t end = at;
    size_t letters = 0;
    for (; end < token.size() && (token[end] == 'o' || is_ascii_digit(token[end])); ++end) {
      letters += token[end] == 'o' ? 1 : 0;
    }
    if (end == token.size()) count += letters;
    at = end;
  }
  return count;
}

}  // namespace

uint16_t count_spaced_out(std::string_view text) {
  SpacedOutCounter counter;
  for (size_t at = 0; at < text.size(); at += utf8_size_of_lead(text[at])) {
    counter.take(props_of(decode_at(text.data(), at)));
  }
  return static_cast<uint16_t>(std::min(counter.finish(), kCountMax));
}

size_t count_letters(const char* token, size_t size) {
  size_t letters = 0;
  for (size_t at = 0; at < size && letters < 2; at += utf8_size_of_lead(token[at])) {
    letters += belongs_to_letter(props_of(decode_at(token, at))) ? 0 : 1;
  }
  return letters;
}

uint16_t count_digit_for_letter(std::string_view words) {
  size_t count = 0;
  for (size_t begin = 0; begin < words.size();) {
    size_t end = begin;
    while (end < words.size() && words[end] != ' ') ++end;
    const std::string_view token = words.substr(begin, end - begin);
    count += digits_within_letters(token) + letters_within_digits(token);
    begin = end + 1;
  }
  return static_cast<uint16_t>(std::min(count, kCountMax));
}

void mark_tokens(std::string_view text, std::vector<uint8_t>& bytes) {
  bytes.clear();
  size_t token_begin = 0;  // In `bytes`.
  size_t token_chars = 0;
  const auto end_token = [&] {
    if (token_chars == 0) return;
    bytes[token_begin] |= kTokenBegins;
    bytes.back() |= kTokenEnds;
    for (size_t i = token_begin; token_chars == 1 && i < bytes.size(); ++i) {
      bytes[i] |= kStandsApart;
    }
    token_chars = 0;
  };
  for (size_t at = 0; at < text.size();) {
    const size_t char_size = utf8_size_of_lead(text[at]);
    const CharProps& props = props_of(decode_at(text.data(), at));
    at += char_size;
    if (is_separator(props.kind)) {
      end_token();
      continue;
    }
    if (token_chars == 0) token_begin = bytes.size();
    if (token_chars == 0 || !belongs_to_letter(props)) ++token_chars;
    bytes.insert(bytes.end(), char_size, 0);
  }
  end_token();
}

std::string squeezed_phrase(std::string_view phrase) {
  size_t spaced = 0;
  size_t unspaced = 0;
  std::string out;
  for (size_t at = 0; at < phrase.size();) {
    const size_t char_size = utf8_size_of_lead(phrase[at]);
    const CharKind kind = props_of(decode_at(phrase.data(), at)).kind;
    spaced += kind == CharKind::kSpaced ? 1 : 0;
    unspaced += kind == CharKind::kUnspaced ? 1 : 0;
    if (!is_separator(kind)) out += phrase.substr(at, char_size);
    at += char_size;
  }
  const size_t min = spaced > 0 ? kPhraseLettersMin : kUnspacedLettersMin;
  return spaced + unspaced < min ? std::string() : out;
}

size_t squeeze(std::string_view text, char* out, const std::vector<ByteSpan>* text_map,
               std::vector<ByteSpan>* map) {
  size_t size = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t char_size = utf8_size_of_lead(text[at]);
    const bool kept = !is_separator(props_of(decode_at(text.data(), at)).kind);
    for (size_t i = at; kept && i < at + char_size; ++i) {
      out[size++] = text[i];
      if (map != nullptr) map->push_back((*text_map)[i]);
    }
    at += char_size;
  }
  return size;
}

}  // namespace sieve
