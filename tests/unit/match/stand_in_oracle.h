// The slow, obvious way to find a phrase that is written with stand-ins: a regular expression with
// a class for each letter, tried at every place of the text, and a count of what the classes took.
// Knows the characters that stand_ins_test.cc writes.
#pragma once

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "text/fold.h"

namespace sieve::testing {

inline std::string_view leet_stand_ins(char letter) {
  static constexpr std::pair<char, std::string_view> kRows[] = {
      {'a', "4@"},  {'b', "8"}, {'e', "3"},  {'g', "69"}, {'i', "1!|"},
      {'l', "1!|"}, {'o', "0"}, {'s', "5$"}, {'t', "7+"}, {'z', "2"}};
  for (const auto& [row, stand_ins] : kRows) {
    if (row == letter) return stand_ins;
  }
  return "";
}

inline std::string_view thai_stand_ins(std::string_view letter) {
  static constexpr std::pair<std::string_view, std::string_view> kRows[] = {
      {"ร", "s"},  {"ล", "a"}, {"ส", "a"},  {"บ", "u"}, {"น", "un"}, {"ท", "n"}, {"ก", "n"},
      {"ป", "uj"}, {"พ", "w"}, {"อ", "o0"}, {"ย", "y"}, {"ข", "v"},  {"ห", "h"}, {"เ", "li1|"}};
  for (const auto& [row, stand_ins] : kRows) {
    if (row == letter) return stand_ins;
  }
  return "";
}

// The first place where `regex` matches so that `accept(groups)` is true; groups[0] is all of it.
template <class Accept>
std::optional<ByteSpan> first_match(const re2::RE2& regex, std::string_view text, Accept accept) {
  std::vector<re2::StringPiece> groups(static_cast<size_t>(regex.NumberOfCapturingGroups()) + 1);
  const re2::StringPiece whole(text.data(), text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    const bool matches = regex.Match(whole, at, whole.size(), re2::RE2::ANCHOR_START, groups.data(),
                                     static_cast<int>(groups.size()));
    if (!matches) continue;
    if (const auto span = accept(at, groups)) return span;
  }
  return std::nullopt;
}

inline bool is_sign(char c) { return std::string_view("!|+@$").find(c) != std::string_view::npos; }
inline bool is_strong(char c) { return c == '@' || c == '$'; }
inline bool is_alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// `text` with the signs that are no letters as spaces.
inline std::string leet_reading(std::string_view text, bool signs_are_letters) {
  const auto at = [&](size_t i) { return i < text.size() ? text[i] : ' '; };  // Also before 0.
  std::string out(text);
  for (size_t i = 0; i < text.size(); ++i) {
    if (!is_sign(text[i])) continue;
    const bool before = is_alnum(at(i + 1)) || (is_sign(at(i + 1)) && is_alnum(at(i + 2)));
    const bool after = is_strong(text[i]) &&
                       (is_alnum(at(i - 1)) || (is_strong(at(i - 1)) && is_alnum(at(i - 2))));
    if (!signs_are_letters || (!before && !after)) out[i] = ' ';
  }
  return out;
}

// One word character, and what divides words.
inline constexpr std::string_view kLeetWord = "[a-z0-9!|+@$é]";
inline constexpr std::string_view kLeetDivider = "[ .]+";

inline std::optional<ByteSpan> find_leet_in(std::string_view phrase, const std::string& text) {
  std::string expression = "(";
  for (const char c : phrase) {
    expression += c == ' ' ? fmt::format("({})", kLeetDivider)
                           : fmt::format("([{}{}])", c, leet_stand_ins(c));
  }
  const re2::RE2 regex(expression + ")(?:[ .ก]|$)");
  const re2::RE2 word_before(std::string(".*") + std::string(kLeetWord));
  return first_match(regex, text, [&](size_t at, const auto& groups) -> std::optional<ByteSpan> {
    if (re2::RE2::FullMatch(text.substr(0, at), word_before)) return std::nullopt;
    std::string kinds;  // Of the characters: L for a letter, S for a stand-in.
    for (size_t i = 0; i < phrase.size(); ++i) {
      const bool is_letter = phrase[i] >= 'a' && phrase[i] <= 'z';
      const bool same = phrase[i] == ' ' || groups[i + 2][0] == phrase[i];
      kinds += !same ? 'S' : is_letter ? 'L' : phrase[i];
    }
    std::istringstream words(kinds);
    for (std::string word; words >> word;) {
      const bool touches = re2::RE2::PartialMatch(word, "LS|SL");
      if (!touches && word.find('S') != std::string::npos) return std::nullopt;
    }
    const auto letters = std::count(kinds.begin(), kinds.end(), 'L');
    const auto stand_ins = std::count(kinds.begin(), kinds.end(), 'S');
    if (stand_ins == 0 || stand_ins > letters) return std::nullopt;
    return ByteSpan{static_cast<uint32_t>(at), static_cast<uint32_t>(at + groups[1].size())};
  });
}

// Of folded text (View::kText) without marks; the phrase of ASCII letters.
inline std::optional<ByteSpan> find_leet(std::string_view phrase, std::string_view text) {
  const auto with_signs = find_leet_in(phrase, leet_reading(text, true));
  return with_signs ? with_signs : find_leet_in(phrase, leet_reading(text, false));
}

inline std::vector<std::string> characters_of(std::string_view text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size(); at += decode_utf8(text, at).size) {
    out.emplace_back(text.substr(at, decode_utf8(text, at).size));
  }
  return out;
}

inline bool is_thai_mark(std::string_view c) {
  return std::string_view(
             "\u0E31\u0E34\u0E35\u0E36\u0E37\u0E38\u0E39\u0E47\u0E48\u0E49\u0E4A\u0E4B"
             "\u0E4C")
             .find(c) != std::string_view::npos;
}

// The marks that `marks` may be written as.
inline std::string marks_regex(const std::string& marks) {
  std::string out = "\u0E4A*";
  for (const std::string& mark : characters_of(marks)) {
    const bool tri = mark == "\u0E4A";
    const bool taikhu = mark == "\u0E47";
    out += mark == "\u0E35" ? "[\u0E35\u0E4A]" : tri ? "[\u0E4A\u0E47]" : mark;
    if (taikhu) out.replace(out.size() - mark.size(), mark.size(), "[\u0E47\u0E4A]?");
    out += "\u0E4A*";
  }
  return out;
}

// A letter with the marks after it; SARA AE is two, written by two private characters.
struct ThaiLetter {
  std::string letter;
  std::string marks;
};

inline constexpr std::string_view kFirstHalf = "\uE000";
inline constexpr std::string_view kSecondHalf = "\uE001";

inline std::vector<ThaiLetter> letters_of(std::string_view phrase) {
  std::vector<ThaiLetter> out;
  for (const std::string& c : characters_of(phrase)) {
    if (is_thai_mark(c)) {
      out.back().marks += c;
    } else if (c == "แ") {
      out.push_back({std::string(kFirstHalf), ""});
      out.push_back({std::string(kSecondHalf), ""});
    } else {
      out.push_back({c, ""});
    }
  }
  return out;
}

// A text with the halves of SARA AE, and where each byte came from.
struct HalvedText {
  std::string text;
  std::vector<size_t> from;
};

inline HalvedText halved(std::string_view text) {
  HalvedText out;
  size_t at = 0;
  for (const std::string& c : characters_of(text)) {
    const bool thai_next = at + 1 < text.size() && text[at + 1] == '\xE0';
    if (c == "แ") {
      out.text += std::string(kFirstHalf) + std::string(kSecondHalf);
    } else {
      out.text += c == "|" && !thai_next ? " " : c;  // A bar elsewhere divides.
    }
    out.from.resize(out.text.size(), at);
    at += c.size();
  }
  out.from.push_back(text.size());
  return out;
}

// What follows a letter: its marks, and where the last of them ends. At most four separators count.
struct Tail {
  std::string marks;
  size_t end = 0;
  bool whole = true;
};

inline Tail tail_of(std::string_view between) {
  Tail tail;
  size_t separators = 0;
  size_t at = 0;
  for (const std::string& c : characters_of(between)) {
    at += c.size();
    if (!is_thai_mark(c) && ++separators > 4) {
      tail.whole = false;
      return tail;
    }
    if (!is_thai_mark(c)) continue;
    tail.marks += c;
    tail.end = at;
  }
  return tail;
}

inline std::string class_of(const std::string& letter) {
  const bool half = letter == kFirstHalf || letter == kSecondHalf;
  return fmt::format("([{}{}{}])", letter, half ? "เ" : "", thai_stand_ins(half ? "เ" : letter));
}

// Of folded text (View::kText); the phrase of Thai letters.
inline std::optional<ByteSpan> find_thai(std::string_view phrase, std::string_view folded) {
  const HalvedText input = halved(folded);
  const std::string& text = input.text;
  const std::vector<ThaiLetter> letters = letters_of(phrase);
  std::string expression;
  for (const ThaiLetter& letter : letters) {
    expression += class_of(letter.letter) + "([ .\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]*)";
  }
  const re2::RE2 regex(expression);
  return first_match(regex, text, [&](size_t at, const auto& groups) -> std::optional<ByteSpan> {
    size_t foreign = 0;
    bool differs = false;
    size_t end = 0;
    for (size_t i = 0; i < letters.size(); ++i) {
      const re2::StringPiece& letter = groups[2 * i + 1];
      const re2::StringPiece& between = groups[2 * i + 2];
      const Tail tail = tail_of({between.data(), between.size()});
      const bool is_last = i + 1 == letters.size();
      const bool accepted =
          (is_last || tail.whole) && re2::RE2::FullMatch(tail.marks, marks_regex(letters[i].marks));
      if (!accepted) return std::nullopt;
      foreign += letter.size() == 1 ? 1 : 0;
      differs |= letter.size() == 1 || tail.marks != letters[i].marks;
      end = static_cast<size_t>(between.data() - text.data()) + tail.end;
    }
    const auto same_run = [&](size_t place) {
      if (place == 0 || place >= text.size()) return false;
      const auto is = [&](int (*kind)(int)) {
        return kind(static_cast<unsigned char>(text[place - 1])) != 0 &&
               kind(static_cast<unsigned char>(text[place])) != 0;
      };
      return is(std::isalpha) || is(std::isdigit);
    };
    if (!differs || 2 * foreign > letters.size() || same_run(at) || same_run(end)) {
      return std::nullopt;
    }
    return ByteSpan{static_cast<uint32_t>(input.from[at]), static_cast<uint32_t>(input.from[end])};
  });
}

}  // namespace sieve::testing
