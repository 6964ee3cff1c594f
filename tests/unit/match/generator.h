// Random regular expressions and texts over a small alphabet, so that they often meet: letters,
// digits, marks and characters of one to four bytes.
#pragma once

#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace sieve::testing {

// SIEVE_SEED replays a run.
inline unsigned seed() {
  const char* text = std::getenv("SIEVE_SEED");
  return text == nullptr ? 20'260'105U : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  // 0 to `count` - 1.
  size_t below(size_t count) {
    return std::uniform_int_distribution<size_t>(0, count - 1)(random_);
  }
  bool chance(size_t percent) { return below(100) < percent; }

  std::string_view character() {
    static constexpr std::string_view kCharacters[] = {
        "a", "b", "c",      "0",      "1", " ", " ",  ".",  "-",  "_", "é", "ß", "ö",      "ก",
        "ข", "า", "\u0E34", "\u0E49", "ำ", "ไ", "赢", "彩", "\n", "😀", "𝗮", "က", "\u102C",
    };
    return kCharacters[below(std::size(kCharacters))];
  }

  std::string text(size_t characters_max) {
    std::string out;
    for (size_t n = below(characters_max + 1); n > 0; --n) out += character();
    return out;
  }

  // An expression of RE2's syntax; RE2 may still refuse it (a repeat of a repeat).
  std::string regex() {
    std::string out;
    size_t open = 0;
    for (size_t n = 1 + below(7); n > 0; --n) {
      if (chance(12)) {
        out += chance(50) ? "(" : chance(50) ? "(?:" : "(?P<x>";
        ++open;
      }
      out += atom();
      if (open > 0 && chance(25)) {
        out += ')';
        --open;
        out += chance(40) ? repeat() : "";
      }
      if (chance(8)) out += '|';
    }
    return out + std::string(open, ')');
  }

 private:
  std::string atom() {
    static constexpr std::string_view kAtoms[] = {
        ".",   "\\d",   "\\w",       "\\s",   "\\D",         "\\W", "\\S",
        "\\b", "\\B",   "^",         "$",     "\\A",         "\\z", "\\pL",
        "\\.", "\\x61", "\\x{e01}",  "\\141", "\\Qa.b\\E",   "\\n", "\\PN",
        "ab",  "กข",    "\\p{Thai}", "{",     "[[:alpha:]]", "\\-", "}",
    };
    std::string out;
    const size_t kind = below(10);
    if (kind < 4) {
      out = quoted(character());
    } else if (kind < 7) {
      out = set();
    } else {
      out = kAtoms[below(std::size(kAtoms))];
    }
    return chance(35) ? out + repeat() : out;
  }

  std::string set() {
    static constexpr std::string_view kItems[] = {
        "a-c",  "0-9", "ก-ฮ",       "é-ö",        "\\d",
        "\\s",  "\\W", "[:digit:]", "[:^alpha:]", "\\x{1d5ee}-\\x{1d600}",
        "\\pN", "a-ก", "!-~",       "\\]",        "\\x{80}-\\x{ffff}",
    };
    std::string out = chance(30) ? "[^" : "[";
    if (chance(10)) out += "]";
    for (size_t n = 1 + below(3); n > 0; --n) {
      out += chance(50) ? std::string(kItems[below(std::size(kItems))]) : quoted(character());
    }
    if (chance(10)) out += "-";
    return out + "]";
  }

  std::string repeat() {
    static constexpr std::string_view kRepeats[] = {"*",    "+",      "?",     "{2}",  "{0,3}",
                                                    "{1,}", "{1,40}", "{0,1}", "{3,5}"};
    return std::string(kRepeats[below(std::size(kRepeats))]) + (chance(20) ? "?" : "");
  }

  static std::string quoted(std::string_view character) {
    const bool is_mark = character == "." || character == "-";
    return (is_mark ? "\\" : "") + std::string(character);
  }

  std::mt19937 random_;
};

}  // namespace sieve::testing
