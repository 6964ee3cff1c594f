// The fold without its tables, buffers and fast paths: the reference that the fold is compared
// with. A character becomes what the rules of fold_of.h say, marks are composed by ICU, and what
// depends on neighbours is written out over a list of characters, as simply as it can be said.
//
// Thread safety: none. Slow, and remembers what every character folds to. For tests only.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tables/fold_of.h"
#include "text/fold.h"

namespace sieve::tables {

struct SlowFolded {
  std::string text;
  std::string words;
  std::string squeezed;
  FoldFeatures features;
};

class SlowFold {
 public:
  SlowFolded fold(std::string_view raw);

 private:
  struct Character {
    std::u32string mapping;
    CharProps props;
  };
  struct Letter {
    char32_t c;
    char alike;  // The Latin letter it passes for, or 0.
    bool mixed_only;
  };
  struct Token {
    CharKind kind;
    bool glued;  // To the token before.
    size_t begin;
    size_t end;
    bool latin;  // Written in Latin letters only.
  };
  // The folded text under way. The last token is open until a separator ends it.
  struct Text {
    std::vector<Letter> letters;
    std::vector<Token> tokens;
    bool open = false;
    bool glued = false;
    bool fold_whole_look_alikes = false;
    bool after_regional = false;
    bool has_other_letters = false;
    size_t whole_look_alikes = 0;
    size_t foreign_bytes = 0;
    FoldFeatures features;

    // The characters from here on may change: those of the open token, or else all.
    size_t floor() const { return open ? tokens.back().begin : 0; }
  };

  const Character& character(char32_t c);
  const CharProps& props(char32_t c) { return character(c).props; }
  Letter letter_of(char32_t c, const CharProps& props) const;

  Text run(std::string_view raw, bool fold_whole_look_alikes);
  void take(char32_t c, Text& text);
  void take_part(char32_t c, const CharProps& props, Text& text);
  void take_mark(char32_t c, const CharProps& props, Text& text);
  bool is_in_word(const Text& text);
  bool is_out_of_place(const CharProps& mark, const Text& text);
  void end_token(Text& text);
  void replace_look_alikes(Text& text);

  // slow_marks.cc.
  void combine(char32_t mark, Text& text);
  char32_t composition_of(char32_t first, char32_t second);
  void repair_thai(char32_t c, Text& text);
  void add_tone(char32_t tone, Text& text);
  void add_vowel(char32_t vowel, Text& text);
  void repair_ranked(char32_t mark, Text& text);

  std::u32string tail_of(const Text& text, char32_t like) const;
  static void replace_tail(Text& text, size_t removed, const std::u32string& chars);

  std::string words_of(const Text& text, FoldFeatures& features);
  unsigned spaced_out_runs(const Text& text);
  unsigned scripts_of(const Text& text, const Token& token);

  CharacterRules rules_;
  std::unordered_map<char32_t, Character> characters_;
};

}  // namespace sieve::tables
