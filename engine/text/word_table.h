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
    const auto byte = static_cast<unsigned char>(text[end == WordEnd::kFront ? at : at - 1]);
    for (size_t i = begins_[byte]; i < begins_[byte + size_t{1}]; ++i) {
      if (stands(text, at, rows_[i].word)) return &rows_[i];
    }
    return nullptr;
  }

 private:
  static constexpr unsigned char edge_byte(std::string_view word) {
    return static_cast<unsigned char>(end == WordEnd::kFront ? word.front() : word.back());
  }

  static bool stands(std::string_view text, size_t at, std::string_view word) {
    if (end == WordEnd::kFront) {
      if (!text.substr(at).starts_with(word)) return false;
      const size_t behind = at + word.size();
      return !letter_ends_at(word, word.size()) || !letter_begins_at(text, behind);
    }
    const std::string_view before = text.substr(0, at);
    if (!before.ends_with(word)) return false;
    const size_t begin = at - word.size();
    const bool digit_before = begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9';
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
