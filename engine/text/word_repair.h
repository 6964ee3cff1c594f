// A WordRepairer puts words right that evaders cut in pieces ("fr.ee", "wo rk", "f r e e") or wrote
// with digits for letters ("w1nner", and "1OO" for 100):
//
// - Tokens in a row are joined when their letters make up a known word of four letters or more and
//   none of them is a word; or one is, and nothing but a sign is between them. "now here" and
//   "now.here" stay.
// - Four single letters or more with signs between are a word. With spaces between they are
//   divided into the longest known words.
// - A token with digits becomes a word that it can stand for (known_words.h).
//
// - Signs within the words of unspaced scripts, which have none there (cut_runs.h).
//
// Two such words show that a text was written so, and then more is believed: all that is cut by
// signs is joined, of what is cut by spaces short words are, too, and short words have digits.
//
// Where several ways are open the first word is the longest. Only what stands between pieces goes
// away, and only digits become letters, or the reverse.
//
// Thread safety: none. Units: bytes. Allocates nothing after warm-up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/byte_edits.h"
#include "text/known_words.h"

namespace sieve {

class WordRepairer {
 public:
  // Returns how many words of `words` (View::kWords), which are of `text` (View::kText), are put
  // right. Lifetime: refers to both for the next two.
  size_t repair(std::string_view text, std::string_view words, const KnownWords& known);
  // What that does to the words.
  const ByteEdits& edit_words();
  // What it does to the text, of which the spans of `whole`, in rising order, stay as they are.
  const ByteEdits& edit_text(std::span<const ByteSpan> whole);

 private:
  struct Token {
    uint32_t begin;
    uint32_t size;
    uint32_t letters;
    bool has_digit;
    PieceHash hash;
    ByteSpan in_text = {};
    bool is_glued = false;  // To the next: one sign is between the two, and letters beside it.
    // What becomes of it.
    bool joins_next = false;
    bool is_number = false;      // Its letters o are zeros.
    bool is_name = false;        // A letter of what may be one, and stays apart in the text.
    std::string_view word = {};  // It is this.
  };
  enum class Join : uint8_t { kNone, kMaybe, kSpaced, kGlued };

  void edit_tokens(std::span<const ByteSpan> whole);
  void read_tokens();
  bool place_tokens();
  bool is_glued(const Token& token, const Token& next) const;
  bool is_of_spaced(size_t at) const;
  void ensure_glue();

  size_t repair_tokens();
  size_t repair_at(size_t begin);
  void judge();
  size_t count_of(Join way) const { return joins_[static_cast<size_t>(way)]; }
  bool is_number(const Token& token) const;
  bool is_rest_of_number(size_t at);
  void repair_digits(size_t at);
  std::string_view bytes_of(const Token& token) const {
    return words_.substr(token.begin, token.size);
  }
  static bool is_single_letter(const Token& token) {
    return token.letters == 1 && !token.has_digit;
  }
  bool is_word(const Token& token) const;
  // The end of the tokens that are joined with the one at `begin`, and how they are cut; `begin`
  // itself: none is.
  size_t end_of_join(size_t begin, Join& join);
  // How the tokens, which make a known word, are cut; kMaybe: they may be words; kNone: they are.
  Join join_of(size_t begin, size_t end) const;
  bool makes_known_word(size_t begin, size_t end) const;
  bool are_all_words(size_t begin, size_t end) const;
  size_t end_of_glued(size_t begin) const;
  // The end of the single letters in a row at `begin`.
  size_t end_of_letters(size_t begin) const;
  void divide_letters(size_t begin, size_t end);
  void divide_spaced_letters(size_t begin, size_t end);
  size_t join_glued(size_t begin);
  size_t find_words(size_t begin, size_t end);
  void join_words(size_t begin, size_t end, Join way);
  void join(size_t begin, size_t end, Join way);

  std::string_view text_;
  std::string_view words_;
  const KnownWords* known_ = nullptr;
  std::vector<Token> tokens_;
  bool has_glue_ = false;           // It was looked for.
  bool is_placed_ = false;          // Where tokens are in the text is known.
  std::vector<uint32_t> cut_runs_;  // What goes away of the text within tokens of unspaced scripts.
  ByteEdits word_edits_;
  ByteEdits text_edits_;
  std::array<size_t, 4> joins_ = {};  // By Join.
  size_t joined_by_signs_ = 0;        // At first sight.
  size_t with_digits_ = 0;
  // The text was shown to be written so.
  bool is_cut_by_signs_ = false;
  bool is_cut_by_spaces_ = false;
  bool is_with_digits_ = false;
  // Of a row of letters, by how many of them: the best that can be made, and the size of its last
  // word.
  std::vector<uint32_t> best_;
  std::vector<uint32_t> last_;
};

}  // namespace sieve
