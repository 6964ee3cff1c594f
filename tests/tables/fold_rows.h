// Our own rows of the fold table: where the fold goes beyond, or against, Unicode's NFKC_Casefold.
// Read by make_fold_table.cc only. A change here needs a run of the generator and a new
// kFoldVersion (text/fold.h).
#pragma once

#include <string_view>

namespace sieve::tables {

struct OwnMapping {
  char32_t from;
  std::u32string_view to;
};

// Characters whose mapping is ours. Ranges and rules are in make_fold_table.cc.
inline constexpr OwnMapping kOwnMappings[] = {
    // NFKC takes SARA AM apart, and then no Thai or Lao pattern with it matches.
    {0x0E33, U"\u0E33"},
    {0x0EB3, U"\u0EB3"},
    // A combining iota, which case folding makes a letter of, is a mark like others.
    {0x0345, U"\u0345"},
    // Ideographic stop and comma stand for the ASCII ones in hosts and in lists.
    {0x3002, U"."},
    {0x3001, U","},
    {0xFF61, U"."},
    {0xFF64, U","},
    // Dots in the middle stand for a stop in hosts.
    {0x00B7, U"."},
    {0x2027, U"."},
    {0x2219, U"."},
    {0x22C5, U"."},
    {0x30FB, U"."},
    {0xFF65, U"."},
    {0xA78F, U"."},
    // Typographic quotes, dashes, slashes and colons, so that patterns need one form only.
    {0x2018, U"'"},
    {0x2019, U"'"},
    {0x201A, U"'"},
    {0x201B, U"'"},
    {0x02B9, U"'"},
    {0x02BB, U"'"},
    {0x02BC, U"'"},
    {0x02BD, U"'"},
    {0x02C8, U"'"},
    {0x2032, U"'"},
    {0x2035, U"'"},
    {0x00B4, U"'"},
    {0x201C, U"\""},
    {0x201D, U"\""},
    {0x201E, U"\""},
    {0x201F, U"\""},
    {0x2033, U"\""},
    {0x2010, U"-"},
    {0x2011, U"-"},
    {0x2012, U"-"},
    {0x2013, U"-"},
    {0x2014, U"-"},
    {0x2015, U"-"},
    {0x2043, U"-"},
    {0x2212, U"-"},
    {0x301C, U"~"},
    {0x2044, U"/"},
    {0x2215, U"/"},
    {0x29F8, U"/"},
    {0x02D0, U":"},
    {0x02F8, U":"},
    {0x0589, U":"},
    {0x2236, U":"},
    {0xA789, U":"},
    // Spaces that Unicode does not call spaces.
    {0x0085, U" "},
    {0x2028, U" "},
    {0x2029, U" "},
    {0x2800, U" "},
    // Anchors of annotations, which are shown as nothing.
    {0xFFF9, U""},
    {0xFFFA, U""},
    {0xFFFB, U""},
    // Dotless i, and the capital with a dot, are i: Turkish is matched without the difference.
    {0x0130, U"i"},
    {0x0131, U"i"},
    // Traditional forms that ICU does not simplify.
    {0x59B3, U"\u4F60"},
    {0x7947, U"\u53EA"},
    // Digits and letters in shapes, and squared words.
    {0x1F10B, U"0"},
    {0x1F10C, U"0"},
    {0x1F18A, U"p"},
    {0x1F18E, U"ab"},
    {0x1F18F, U"wc"},
    {0x1F191, U"cl"},
    {0x1F192, U"cool"},
    {0x1F193, U"free"},
    {0x1F194, U"id"},
    {0x1F195, U"new"},
    {0x1F196, U"ng"},
    {0x1F197, U"ok"},
    {0x1F198, U"sos"},
    {0x1F199, U"up!"},
    {0x1F19A, U"vs"},
};

struct OwnLetter {
  char32_t from;
  char to;
};

// Latin letters that are used as a style: small capitals, letters of phonetic writing, letters with
// hooks. Others, such as those with strokes, take theirs from ICU's spoof data.
inline constexpr OwnLetter kStyledLetters[] = {
    {0x1D00, 'a'}, {0x0299, 'b'}, {0x1D04, 'c'}, {0x1D05, 'd'}, {0x1D07, 'e'}, {0xA730, 'f'},
    {0x0262, 'g'}, {0x029C, 'h'}, {0x026A, 'i'}, {0x1D0A, 'j'}, {0x1D0B, 'k'}, {0x029F, 'l'},
    {0x1D0D, 'm'}, {0x0274, 'n'}, {0x1D0F, 'o'}, {0x1D18, 'p'}, {0xA7AF, 'q'}, {0x0280, 'r'},
    {0xA731, 's'}, {0x1D1B, 't'}, {0x1D1C, 'u'}, {0x1D20, 'v'}, {0x1D21, 'w'}, {0x028F, 'y'},
    {0x1D22, 'z'}, {0x2C65, 'a'}, {0x0188, 'c'}, {0x0255, 'c'}, {0x025B, 'e'}, {0x212E, 'e'},
    {0x0284, 'f'}, {0x2C68, 'h'}, {0x029D, 'j'}, {0x0237, 'j'}, {0x2C6A, 'k'}, {0xA741, 'k'},
    {0x026E, 'b'}, {0x028D, 'm'}, {0x0271, 'm'}, {0x0272, 'n'}, {0xA751, 'p'}, {0xA757, 'q'},
    {0x027E, 'r'}, {0x023F, 's'}, {0xA7A9, 's'}, {0x019A, 't'}, {0x01AB, 't'}, {0x0236, 't'},
    {0x0288, 't'}, {0x028A, 'u'}, {0x0289, 'u'}, {0x028B, 'v'}, {0xA75F, 'v'}, {0x0291, 'z'}};

// Latin letters that resemble another, but which languages with many readers write: đ, ð, ø,
// ħ, ł, þ.
inline constexpr char32_t kKeptLetters[] = {0x0111, 0x0131, 0x00F0, 0x00F8, 0x0127, 0x0142, 0x00FE};

// Cyrillic and Greek letters and the Latin ones they pass for, both cases where they differ. Other
// scripts, and rarer letters of these two, take theirs from ICU's spoof data.
inline constexpr OwnLetter kLookAlikes[] = {
    {0x0430, 'a'}, {0x0432, 'b'}, {0x0433, 'r'}, {0x0435, 'e'}, {0x0451, 'e'}, {0x0450, 'e'},
    {0x043A, 'k'}, {0x043C, 'm'}, {0x043D, 'h'}, {0x043E, 'o'}, {0x043F, 'n'}, {0x0440, 'p'},
    {0x0441, 'c'}, {0x0442, 't'}, {0x0443, 'y'}, {0x0445, 'x'}, {0x0448, 'w'}, {0x044C, 'b'},
    {0x0454, 'e'}, {0x0455, 's'}, {0x0456, 'i'}, {0x0457, 'i'}, {0x0458, 'j'}, {0x0501, 'd'},
    {0x051B, 'q'}, {0x051D, 'w'}, {0x04BB, 'h'}, {0x04CF, 'l'}, {0x04C0, 'l'}, {0x04AF, 'y'},
    {0x0461, 'w'}, {0x0475, 'v'}, {0x0493, 'f'}, {0x049B, 'k'}, {0x04A3, 'h'}, {0x04AB, 'c'},
    {0x04B3, 'x'}, {0x04E9, 'o'}, {0x0511, 'e'}, {0x050D, 'g'}, {0x0473, 'o'}, {0x03B1, 'a'},
    {0x03B2, 'b'}, {0x03B3, 'y'}, {0x03B5, 'e'}, {0x03B6, 'z'}, {0x03B7, 'n'}, {0x0397, 'h'},
    {0x03B9, 'i'}, {0x03BA, 'k'}, {0x03BC, 'u'}, {0x039C, 'm'}, {0x03BD, 'v'}, {0x039D, 'n'},
    {0x03BF, 'o'}, {0x03C1, 'p'}, {0x03C4, 't'}, {0x03C5, 'u'}, {0x03A5, 'y'}, {0x03C7, 'x'},
    {0x03C9, 'w'}, {0x03DC, 'f'}, {0x03F2, 'c'}, {0x03F3, 'j'}, {0x03F1, 'p'}, {0x049D, 'k'},
    {0x049F, 'k'}, {0x04A1, 'k'}, {0x04C4, 'k'}, {0x04C8, 'h'}, {0x04CA, 'h'}, {0x04FD, 'x'},
    {0x04FF, 'x'}, {0x0584, 'p'}};

// Letters that pass for a Latin one by their shape only, and would not be taken for it by
// themselves: folded in tokens with Latin letters, never in whole tokens of their own script.
inline constexpr OwnLetter kMixedLookAlikes[] = {
    {0x0431, 'b'}, {0x0434, 'd'}, {0x0438, 'n'}, {0x0439, 'n'}, {0x044A, 'b'}, {0x044D, 'e'},
    {0x044F, 'r'}, {0x03B4, 'd'}, {0x0394, 'a'}, {0x03B8, 'o'}, {0x03BB, 'a'}, {0x03C0, 'n'},
    {0x03C2, 'c'}, {0x03C3, 'o'}, {0x03A3, 'e'}, {0x03C6, 'o'}, {0x03A9, 'o'}, {0x0586, 's'}};

}  // namespace sieve::tables
