// What evaders do to a phrase, applied to phrases of several languages: the fold undoes it, so that
// the literal of a rule is still found in `words` or, for letters written apart, in `squeezed`.
// Digits for letters are left to the pattern: "sl0t" stays what it is, and is counted.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "text/fold.h"

namespace sieve {
namespace {

// Rewrites one character of a phrase; appends to `out`.
using Trick = void (*)(char32_t c, std::string& out);

bool is_capital(char32_t c) { return c >= U'A' && c <= U'Z'; }
bool is_small(char32_t c) { return c >= U'a' && c <= U'z'; }

// Letters of ASCII from a block that starts with A; the rest as it is.
void shift_letter(char32_t c, char32_t block_a, std::string& out) {
  if (is_small(c)) c = c - U'a' + U'A';
  append_utf8(out, is_capital(c) ? block_a + (c - U'A') : c);
}

void invisible(char32_t c, std::string& out) {
  append_utf8(out, c);
  append_utf8(out, 0x200B);
}

void soft_hyphen(char32_t c, std::string& out) {
  append_utf8(out, c);
  append_utf8(out, 0xAD);
}

void mathematical(char32_t c, std::string& out) { shift_letter(c, 0x1D5D4, out); }
void circled(char32_t c, std::string& out) { shift_letter(c, 0x24B6, out); }
void squared(char32_t c, std::string& out) { shift_letter(c, 0x1F130, out); }
void negative_squared(char32_t c, std::string& out) { shift_letter(c, 0x1F170, out); }
void regional(char32_t c, std::string& out) { shift_letter(c, 0x1F1E6, out); }
void full_width(char32_t c, std::string& out) {
  append_utf8(out, c > U' ' && c < 0x7F ? c + 0xFEE0 : c);
}

void struck_through(char32_t c, std::string& out) {
  append_utf8(out, c);
  if (c != U' ') append_utf8(out, 0x336);
}

void look_alike(char32_t c, std::string& out) {
  switch (c) {
    case U'a':
      return append_utf8(out, 0x430);
    case U'e':
      return append_utf8(out, 0x435);
    case U'o':
      return append_utf8(out, 0x3BF);
    case U'i':
      return append_utf8(out, 0x456);
    case U'c':
      return append_utf8(out, 0x441);
    default:
      return append_utf8(out, c);
  }
}

void capitals(char32_t c, std::string& out) { append_utf8(out, is_small(c) ? c - 32 : c); }

void doubled_marks(char32_t c, std::string& out) {
  append_utf8(out, c);
  const bool thai_mark =
      c == 0x0E31 || (c >= 0x0E34 && c <= 0x0E37) || (c >= 0x0E47 && c <= 0x0E4C);
  if (thai_mark) append_utf8(out, c);
}

void space_in_thai(char32_t c, std::string& out) {
  append_utf8(out, c);
  if (c >= 0x0E01 && c <= 0x0E2E) out += ' ';
}

struct EvasionCase {
  const char* name;
  Trick trick;
};

void PrintTo(const EvasionCase& c, std::ostream* out) { *out << c.name; }

std::string rewritten(Trick trick, std::string_view phrase) {
  std::string out;
  for (size_t at = 0; at < phrase.size();) {
    const Utf8Char c = decode_utf8(phrase, at);
    trick(c.code_point, out);
    at += c.size;
  }
  return out;
}

// A phrase in a sentence of its language.
struct Phrase {
  std::string_view before;
  std::string_view phrase;
  std::string_view after;
};

constexpr Phrase kPhrases[] = {{"Get your ", "welcome bonus", " at our site today"},
                               {"Only now: ", "free voucher", ", do not miss it"},
                               {"Nikmati ", "hadiah besar", " setiap hari"},
                               {"Nhận ngay ", "quà tặng lớn", " hôm nay"},
                               {"วันนี้", "รับของขวัญที่นี่", "ได้เลย"},
                               {"今天", "领取春节大礼", "吧"}};

class EvasionTest : public ::testing::TestWithParam<EvasionCase> {};

TEST_P(EvasionTest, ThePhraseIsStillFound) {
  Folder folder;
  for (const Phrase& p : kPhrases) {
    const std::string text =
        std::string(p.before) + rewritten(GetParam().trick, p.phrase) + std::string(p.after);
    const std::string literal = fold_literal(p.phrase, View::kWords);
    const std::string_view words = folder.fold(text).words;
    EXPECT_NE(words.find(literal), std::string_view::npos) << text << "\nbecame " << words;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Words, EvasionTest,
    ::testing::Values(
        EvasionCase{"invisible", invisible}, EvasionCase{"soft_hyphen", soft_hyphen},
        EvasionCase{"mathematical", mathematical}, EvasionCase{"circled", circled},
        EvasionCase{"squared", squared}, EvasionCase{"negative_squared", negative_squared},
        EvasionCase{"full_width", full_width}, EvasionCase{"struck_through", struck_through},
        EvasionCase{"look_alike", look_alike}, EvasionCase{"capitals", capitals},
        EvasionCase{"doubled_marks", doubled_marks}, EvasionCase{"space_in_thai", space_in_thai}),
    [](const auto& row) { return std::string(row.param.name); });

// A flag glued to a word must not become a part of it, so a run of such letters is a word of its
// own: a phrase of which every letter is one is found.
TEST(EvasionPropertyTest, RegionalIndicatorsAreLetters) {
  Folder folder;
  const std::string text = "Get your " + rewritten(regional, "welcome bonus") + " today";
  EXPECT_NE(folder.fold(text).words.find(" welcome bonus "), std::string_view::npos);
}

// Letters written apart are found without their separators. The first and the last may be glued to
// their neighbours, so that a phrase needs four letters between them to be seen.
TEST(EvasionPropertyTest, LettersWrittenApartAreSqueezed) {
  Folder folder;
  for (const std::string_view separator : {" ", ".", "-", " . ", "_", "*", "|", "\u00B7"}) {
    for (const Phrase& p : kPhrases) {
      std::string text(p.before);
      for (size_t at = 0; at < p.phrase.size();) {
        const Utf8Char c = decode_utf8(p.phrase, at);
        const bool thai_mark =
            c.code_point == 0x0E31 || (c.code_point >= 0x0E34 && c.code_point <= 0x0E4E &&
                                       (c.code_point < 0x0E40 || c.code_point > 0x0E46));
        if (at > 0 && !thai_mark) text += separator;
        text.append(p.phrase, at, c.size);
        at += c.size;
      }
      text += p.after;
      const FoldedText& folded = folder.fold(text);
      const std::string literal = fold_literal(p.phrase, View::kSqueezed);
      EXPECT_NE(folded.squeezed.find(literal), std::string_view::npos)
          << text << "\nbecame " << folded.squeezed;
      EXPECT_GE(folded.features.spaced_out, 1) << text;
    }
  }
}

}  // namespace
}  // namespace sieve
