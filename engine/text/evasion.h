// What evaders do to a text so that filters do not read it and people still do: each trick as a
// function, so that rules and the fold can be tried against it.
//
//   if (const auto text = evade(Evasion::kMathematical, EvasionDensity::kFull, seed, "free spins"))
//     expect_found(*text);
//
// Thread safety: pure functions: the same arguments give the same text on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sieve {

enum class Evasion : uint8_t {
  kZeroWidth,       // Invisible characters within words.
  kSoftHyphen,      // Soft hyphens within words.
  kBidi,            // Bidirectional controls within words.
  kLookAlike,       // Cyrillic or Greek letters for Latin ones.
  kWholeLookAlike,  // The same, in words where no letter is left as it was.
  kMathematical,    // Mathematical letters and digits, in several styles.
  kFullWidth,       // Full-width letters, digits and punctuation.
  kEnclosed,        // Letters and digits in circles.
  kSquared,         // Letters in squares, and in filled squares and circles.
  kRegional,        // Words in regional indicators, which are flags elsewhere.
  kSmallCapitals,   // Phonetic letters that look like small capitals.
  kSpacedLetters,   // Spaces between letters, in scripts written with spaces.
  kPunctuated,      // Punctuation between letters.
  kDigitForLetter,  // Digits for the letters they look like.
  kStruckThrough,   // Strokes and lines laid over letters.
  kDecomposed,      // Canonical decomposition, and SARA AM taken apart.
  kCaseMixing,      // Capitals within words.
  kDoubledMarks,    // Thai marks twice, and two SARA E for SARA AE.
  kMovedMarks,      // Thai marks in the wrong order.
  kThaiLookAlike,   // Latin letters and digits for the Thai ones they look like.
  kThaiSpaces,      // Spaces within words of scripts written without.
  kUrlDressing,     // Schemes and dots of URLs in other dress.
  kGluedUrl,        // No scheme, and no space before a URL.
};
inline constexpr size_t kEvasionCount = 23;

std::string_view name_of(Evasion evasion);
// One phrase for people.
std::string_view summary_of(Evasion evasion);

// kFull: every character that the evasion applies to. kLight: one in every word, and in scripts
// without spaces one in four letters. Evasions of whole words and of URLs know kFull only.
enum class EvasionDensity : uint8_t { kFull, kLight };

// The forms that an evasion takes, such as the styles of mathematical letters: seeds below this
// number choose each of them.
size_t variant_count(Evasion evasion);

// `text` as an evader writes it, or nothing when there is nothing to change. URLs, handles and
// phone numbers stay as they are, but for the evasions of URLs. What is not valid UTF-8 stays, too.
// REQUIRES: `text` is at most limits::kTextBytesMax bytes.
std::optional<std::string> evade(Evasion evasion, EvasionDensity density, uint64_t seed,
                                 std::string_view text);

// What the evasion writes in its form `variant` for one letter: 0 when it has nothing for it.
char32_t evaded_letter(Evasion evasion, size_t variant, char32_t letter);

// What the evasion puts between letters, or over them, in each of its forms; of kUrlDressing, what
// it writes for a dot. Empty for others.
std::span<const std::string_view> insertions_of(Evasion evasion);

// `url` with `dot` for its dots, and with `hxxp` for its scheme.
std::string dressed_url(std::string_view url, std::string_view dot, bool dress_scheme);

}  // namespace sieve
