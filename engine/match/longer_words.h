// LongerWords are words that contain a phrase and do not count as it: `not_in` of a pattern. In
// scripts without spaces a phrase is found within any word that its letters happen to make.
//
// Thread safety: immutable after construction. Units: bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/fold.h"

namespace sieve {

class LongerWords {
 public:
  LongerWords() = default;
  // `words` and `phrase` are folded for one view; of words that do not contain the phrase nothing
  // is kept. `view`: View::kWords, where words stand between spaces, or View::kSqueezed.
  LongerWords(std::string_view phrase, const std::vector<std::string>& words, View view);

  bool empty() const { return places_.empty(); }
  // Whether the phrase at `span` of `text` is a part of one of the words.
  // REQUIRES: the phrase stands there.
  bool contain(std::string_view text, ByteSpan span) const;

 private:
  // A word, and where in it the phrase stands.
  struct Place {
    std::string word;
    size_t before = 0;
    bool space_before = false;  // A space must stand before (behind) the word.
    bool space_after = false;
  };
  std::vector<Place> places_;
};

}  // namespace sieve
