// Small sets of words, looked up where they begin or where they end in a folded text. A word whose
// edge is a letter of a script with spaces counts only where no such letter follows (precedes) it:
// "line" is not in "online". Of several words the longest counts, so that a longer word that means
// nothing hides a shorter one in it.
//
// Thread safety: immutable; made at compile time.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/ascii.h"
#include "text/utf8_inline.h"

namespace sieve {

// Whether a letter of a script with spaces begins (ends) at `at`. REQUIRES: valid UTF-8, and `at`
// is between two characters.
bool letter_begins_at(std::string_view text, size_t at);
bool letter_ends_at(std::string_view text, size_t at);

template <class Value>
struct WordRow {
  std::string_view word;
  Value value;
};

enum class WordEnd : uint8_t { kFront, kBack };

template <class Value, size_t count, WordEnd end>
class WordTable {
 public:
  using Row = WordRow<Value>;

  explicit constexpr WordTable(const Row (&rows)[count]) {
    std::copy(rows, rows + count, rows_.begin());
    std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
      if (edge_byte(a.word) != edge_byte(b.word)) return edge_byte(a.word) < edge_byte(b.word);
      if (a.word.size() != b.word.size()) return a.word.size() > b.word.size();
      return a.word < b.word;
    });
    for (size_t i = 0; i < count; ++i) ++begins_[edge_byte(rows_[i].word) + size_t{1}];
    for (size_t byte = 0; byte < 256; ++byte) {
      begins_[byte + 1] = static_cast<uint16_t>(begins_[byte + 1] + begins_[byte]);
    }
  }

  // The word that begins at `at` (kFront) or ends there (kBack); null: none.
  const Row* find(std::string_view text, size_t at) const {
    if (at == (end == WordEnd::kFront ? text.size() : 0)) return nullptr;
    const unsigned char byte = end == WordEnd::kFront ? edge_byte(text.substr(at))
                                                      : static_cast<unsigned char>(text[at - 1]);
    for (size_t i = begins_[byte]; i < begins_[byte + size_t{1}]; ++i) {
      if (stands(text, at, rows_[i].word)) return &rows_[i];
    }
    return nullptr;
  }

 private:
  // The last byte of the first or last character: the one in which letters of a script differ most.
  static constexpr unsigned char edge_byte(std::string_view word) {
    if (end == WordEnd::kBack) return static_cast<unsigned char>(word.back());
    return static_cast<unsigned char>(word[utf8_size_of_lead(word.front()) - 1]);
  }

  // By hand: most words differ in the first bytes, before a call of memcmp is worth its while.
  static bool is_at(std::string_view text, size_t at, std::string_view word) {
    if (at + word.size() > text.size()) return false;
    for (size_t i = 0; i < word.size(); ++i) {
      if (text[at + i] != word[i]) return false;
    }
    return true;
  }

  static bool stands(std::string_view text, size_t at, std::string_view word) {
    if (end == WordEnd::kFront) {
      if (!is_at(text, at, word)) return false;
      return !letter_ends_at(word, word.size()) || !letter_begins_at(text, at + word.size());
    }
    if (word.size() > at || !is_at(text, at - word.size(), word)) return false;
    const size_t begin = at - word.size();
    const bool digit_before = begin > 0 && is_ascii_digit(text[begin - 1]);
    return !letter_begins_at(word, 0) || (!digit_before && !letter_ends_at(text, begin));
  }

  std::array<Row, count> rows_{};
  std::array<uint16_t, 257> begins_{};  // Entry b: the first row whose edge is the byte b.
};

// Words that are looked for where they begin; where they end.
template <class Value, size_t count>
constexpr auto front_words(const WordRow<Value> (&rows)[count]) {
  return WordTable<Value, count, WordEnd::kFront>(rows);
}
template <class Value, size_t count>
constexpr auto back_words(const WordRow<Value> (&rows)[count]) {
  return WordTable<Value, count, WordEnd::kBack>(rows);
}

}  // namespace sieve
