// What evaders write for letters, and between them.
#include <algorithm>
#include <array>

#include "text/evasion.h"

namespace sieve {
namespace {

struct Substitute {
  char32_t letter;
  char32_t other;
};

constexpr Substitute kCyrillic[] = {
    {'a', 0x0430}, {'e', 0x0435}, {'o', 0x043E}, {'p', 0x0440}, {'c', 0x0441}, {'x', 0x0445},
    {'y', 0x0443}, {'i', 0x0456}, {'s', 0x0455}, {'j', 0x0458}, {'A', 0x0410}, {'B', 0x0412},
    {'C', 0x0421}, {'E', 0x0415}, {'H', 0x041D}, {'K', 0x041A}, {'M', 0x041C}, {'O', 0x041E},
    {'P', 0x0420}, {'T', 0x0422}, {'X', 0x0425}};

constexpr Substitute kGreek[] = {
    {'a', 0x03B1}, {'e', 0x03B5}, {'i', 0x03B9}, {'k', 0x03BA}, {'n', 0x03B7}, {'o', 0x03BF},
    {'p', 0x03C1}, {'t', 0x03C4}, {'u', 0x03C5}, {'v', 0x03BD}, {'w', 0x03C9}, {'x', 0x03C7},
    {'A', 0x0391}, {'B', 0x0392}, {'E', 0x0395}, {'H', 0x0397}, {'I', 0x0399}, {'K', 0x039A},
    {'M', 0x039C}, {'N', 0x039D}, {'O', 0x039F}, {'P', 0x03A1}, {'T', 0x03A4}, {'X', 0x03A7},
    {'Y', 0x03A5}, {'Z', 0x0396}};

constexpr Substitute kDigits[] = {{'a', '4'}, {'e', '3'}, {'i', '1'}, {'o', '0'},
                                  {'t', '7'}, {'s', '5'}, {'0', 'O'}};

// Read off gambling adverts sent in Thailand in 2022.
constexpr Substitute kLatinForThai[] = {{U'น', 'u'}, {U'บ', 'U'}, {U'ร', 's'},
                                        {U'ล', 'a'}, {U'พ', 'w'}, {U'อ', 'o'},
                                        {U'ท', 'n'}, {U'ย', 'y'}, {U'า', U'ๅ'}};

// From a to z; 0: Unicode has none.
constexpr std::array<char32_t, 26> kSmallCapitals = {
    0x1D00, 0x0299, 0x1D04, 0x1D05, 0x1D07, 0xA730, 0x0262, 0x029C, 0x026A,
    0x1D0A, 0x1D0B, 0x029F, 0x1D0D, 0x0274, 0x1D0F, 0x1D18, 0xA7AF, 0x0280,
    0xA731, 0x1D1B, 0x1D1C, 0x1D20, 0x1D21, 0,      0x028F, 0x1D22};

// Where a block of letters starts: capitals, small letters, digits. 0: it has none.
struct Style {
  char32_t capital;
  char32_t small;
  char32_t digit;
};

// Those of the block U+1D400 that have all letters: bold, bold italic, bold script, bold Fraktur,
// sans-serif bold, sans-serif, sans-serif italic and bold italic, monospace.
constexpr Style kMathematical[] = {
    {0x1D5D4, 0x1D5EE, 0x1D7EC}, {0x1D400, 0x1D41A, 0x1D7CE}, {0x1D468, 0x1D482, 0},
    {0x1D4D0, 0x1D4EA, 0},       {0x1D56C, 0x1D586, 0},       {0x1D5A0, 0x1D5BA, 0x1D7E2},
    {0x1D608, 0x1D622, 0},       {0x1D63C, 0x1D656, 0},       {0x1D670, 0x1D68A, 0x1D7F6}};
constexpr Style kSquared[] = {{0x1F170, 0x1F170, 0}, {0x1F130, 0x1F130, 0}, {0x1F150, 0x1F150, 0}};
constexpr Style kRegionalIndicators = {0x1F1E6, 0x1F1E6, 0};

constexpr std::string_view kZeroWidths[] = {"\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF"};
constexpr std::string_view kSoftHyphens[] = {"\u00AD"};
constexpr std::string_view kBidiControls[] = {"\u200E", "\u200F", "\u202C", "\u2069"};
constexpr std::string_view kSpaces[] = {" "};
constexpr std::string_view kPunctuation[] = {".", "-", "_", "*", "|", "\u00B7"};
constexpr std::string_view kStrokes[] = {"\u0336", "\u0335", "\u0337", "\u0338", "\u0332"};
constexpr std::string_view kDots[] = {"[.]", "(dot)", " . ", "\u3002", "\uFF0E"};

bool is_capital(char32_t c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char32_t c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

char32_t substituted(std::span<const Substitute> table, char32_t c) {
  for (const auto& [letter, other] : table) {
    if (letter == c) return other;
  }
  return 0;
}

char32_t styled(const Style& style, char32_t c) {
  if (is_capital(c)) return style.capital + (c - 'A');
  if (is_small(c)) return style.small + (c - 'a');
  return is_digit(c) && style.digit != 0 ? style.digit + (c - '0') : 0;
}

char32_t circled(char32_t c) {
  if (is_capital(c)) return 0x24B6 + (c - 'A');
  if (is_small(c)) return 0x24D0 + (c - 'a');
  if (c == '0') return 0x24EA;
  return is_digit(c) ? 0x2460 + (c - '1') : 0;
}

char32_t small_capital(char32_t c) {
  if (is_capital(c)) return kSmallCapitals[c - 'A'];
  return is_small(c) ? kSmallCapitals[c - 'a'] : 0;
}

}  // namespace

std::span<const std::string_view> insertions_of(Evasion evasion) {
  switch (evasion) {
    case Evasion::kZeroWidth:
      return kZeroWidths;
    case Evasion::kSoftHyphen:
      return kSoftHyphens;
    case Evasion::kBidi:
      return kBidiControls;
    case Evasion::kSpacedLetters:
    case Evasion::kThaiSpaces:
      return kSpaces;
    case Evasion::kPunctuated:
      return kPunctuation;
    case Evasion::kStruckThrough:
      return kStrokes;
    case Evasion::kUrlDressing:
      return kDots;
    default:
      return {};
  }
}

size_t variant_count(Evasion evasion) {
  switch (evasion) {
    case Evasion::kLookAlike:
    case Evasion::kWholeLookAlike:
      return 2;
    case Evasion::kMathematical:
      return std::size(kMathematical);
    case Evasion::kSquared:
      return std::size(kSquared);
    default:
      return std::max(insertions_of(evasion).size(), size_t{1});
  }
}

char32_t evaded_letter(Evasion evasion, size_t variant, char32_t letter) {
  switch (evasion) {
    case Evasion::kLookAlike:
    case Evasion::kWholeLookAlike:
      return variant % 2 == 0 ? substituted(kCyrillic, letter) : substituted(kGreek, letter);
    case Evasion::kMathematical:
      return styled(kMathematical[variant % std::size(kMathematical)], letter);
    case Evasion::kFullWidth:
      return letter > ' ' && letter < 0x7F ? letter - '!' + 0xFF01 : 0;
    case Evasion::kEnclosed:
      return circled(letter);
    case Evasion::kSquared:
      return styled(kSquared[variant % std::size(kSquared)], letter);
    case Evasion::kRegional:
      return styled(kRegionalIndicators, letter);
    case Evasion::kSmallCapitals:
      return small_capital(letter);
    case Evasion::kDigitForLetter:
      return substituted(kDigits, letter);
    case Evasion::kThaiLookAlike:
      return substituted(kLatinForThai, letter);
    case Evasion::kCaseMixing:
      return is_capital(letter) || is_small(letter) ? letter ^ 0x20 : 0;
    default:
      return 0;
  }
}

}  // namespace sieve
