#include "match/longer_words.h"

namespace sieve {

LongerWords::LongerWords(std::string_view phrase, const std::vector<std::string>& words,
                         View view) {
  const bool delimited = view == View::kWords;
  for (const std::string& word : words) {
    const bool space_before = delimited && needs_word_boundary_before(word);
    const bool space_after = delimited && needs_word_boundary_after(word);
    for (size_t at = word.find(phrase); at != std::string::npos; at = word.find(phrase, at + 1)) {
      places_.push_back({word, at, space_before, space_after});
    }
  }
}

bool LongerWords::contain(std::string_view text, ByteSpan span) const {
  for (const Place& place : places_) {
    if (place.before > span.begin) continue;
    const size_t begin = span.begin - place.before;
    const size_t end = begin + place.word.size();
    if (text.substr(begin, place.word.size()) != place.word) continue;
    const bool begins = !place.space_before || begin == 0 || text[begin - 1] == ' ';
    const bool ends = !place.space_after || end == text.size() || text[end] == ' ';
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace sieve
