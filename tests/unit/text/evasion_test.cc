// What evaders do (golden/evasion), and that the fold undoes it: the literal of a rule is still
// found in `words` or, for letters written apart, in `squeezed`. Digits and Thai look-alikes are
// left to the pattern.
#include "text/evasion.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/display.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "golden/golden.h"
#include "text/fold.h"

namespace sieve {
namespace {

std::vector<Evasion> all_evasions() {
  std::vector<Evasion> all;
  for (size_t i = 0; i < kEvasionCount; ++i) all.push_back(static_cast<Evasion>(i));
  return all;
}

// Hidden characters, and marks that would hide in others, as \u{...}.
std::string visible(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const Utf8Char c = decode_utf8(text, at);
    if (is_hidden_char(c.code_point) || display_width(c.code_point) == 0) {
      out += fmt::format("\\u{{{:X}}}", static_cast<uint32_t>(c.code_point));
    } else {
      out += text.substr(at, c.size);
    }
    at += c.size;
  }
  return out;
}

// Each evasion of the text at both densities, in as many of its forms as `forms_max` says.
std::string render_all(std::string_view text, size_t forms_max) {
  std::string out;
  for (const Evasion evasion : all_evasions()) {
    const size_t forms = std::min(variant_count(evasion), forms_max);
    for (uint64_t seed = 0; seed < 2 * forms; ++seed) {
      const bool full = seed < forms;
      const auto density = full ? EvasionDensity::kFull : EvasionDensity::kLight;
      const auto evaded = evade(evasion, density, seed % forms, text);
      if (!evaded) continue;
      out += fmt::format("{} {} {}: {}\n", name_of(evasion), full ? "full" : "light", seed % forms,
                         visible(*evaded));
    }
  }
  return out;
}

// One text shows every form, the others one of each.
TEST(EvasionGoldenTest, TextsAreWrittenAsEvadersDo) {
  const auto inputs = testing::golden_inputs("evasion", "", ".txt");
  EXPECT_EQ(inputs.size(), 4U);
  for (const std::string& path : inputs) {
    std::string text = testing::golden_read(path);
    text.pop_back();
    const size_t forms_max = testing::golden_name(path, ".txt") == "english" ? 9 : 1;
    testing::expect_golden(path.substr(0, path.size() - 4) + ".out", render_all(text, forms_max));
  }
}

TEST(EvasionTest, NamesAreDistinct) {
  std::vector<std::string_view> names;
  for (const Evasion evasion : all_evasions()) {
    names.push_back(name_of(evasion));
    EXPECT_FALSE(summary_of(evasion).empty()) << names.back();
    EXPECT_GE(variant_count(evasion), 1U) << names.back();
  }
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

TEST(EvasionTest, AnEmptyTextHasNothingToChange) {
  for (const Evasion evasion : all_evasions()) {
    EXPECT_FALSE(evade(evasion, EvasionDensity::kFull, 0, "")) << name_of(evasion);
    EXPECT_FALSE(evade(evasion, EvasionDensity::kLight, 0, " \t")) << name_of(evasion);
  }
}

TEST(EvasionTest, TheSameSeedGivesTheSameTextAndOthersOtherPlaces) {
  const std::string_view text = "welcome bonus for everybody";
  const auto once = evade(Evasion::kCaseMixing, EvasionDensity::kLight, 1, text);
  EXPECT_EQ(once, evade(Evasion::kCaseMixing, EvasionDensity::kLight, 1, text));
  EXPECT_NE(once, evade(Evasion::kCaseMixing, EvasionDensity::kLight, 2, text));
}

TEST(EvasionTest, ContactsStayAndFaultyBytesToo) {
  const std::string_view text = "Bonus\xFFnow https://win.example/Abc or line id: lucky77";
  for (const Evasion evasion : all_evasions()) {
    if (evasion == Evasion::kUrlDressing || evasion == Evasion::kGluedUrl) continue;
    for (uint64_t seed = 0; seed < variant_count(evasion); ++seed) {
      const auto evaded = evade(evasion, EvasionDensity::kFull, seed, text);
      if (!evaded) continue;
      for (const char* kept : {"https://win.example/Abc", "lucky77", "\xFF"}) {
        EXPECT_NE(evaded->find(kept), std::string::npos) << name_of(evasion) << ": " << *evaded;
      }
    }
  }
}

TEST(EvasionTest, TheLongestTextIsRewritten) {
  const std::string text(limits::kTextBytesMax, 'a');
  for (const Evasion evasion : all_evasions()) {
    const auto evaded = evade(evasion, EvasionDensity::kFull, 0, text);
    if (evaded) {
      EXPECT_TRUE(is_valid_utf8(*evaded)) << name_of(evasion);
      EXPECT_NE(*evaded, text) << name_of(evasion);
    }
  }
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
                               {"วันนี้", "รับน้ำดื่มที่นี่", "ได้เลย"},
                               {"今天", "领取春节大礼", "吧"}};

struct EvasionCase {
  Evasion evasion;
  EvasionDensity density;
  View view;
};

void PrintTo(const EvasionCase& c, std::ostream* out) { *out << name_of(c.evasion); }

class FoldedEvasionTest : public ::testing::TestWithParam<EvasionCase> {};

TEST_P(FoldedEvasionTest, ThePhraseIsStillFound) {
  const EvasionCase& row = GetParam();
  Folder folder;
  for (const Phrase& p : kPhrases) {
    for (uint64_t seed = 0; seed < 20; ++seed) {
      const std::string part(p.phrase);
      const std::string text = std::string(p.before) +
                               evade(row.evasion, row.density, seed, part).value_or(part) +
                               std::string(p.after);
      const FoldedText& folded = folder.fold(text);
      const View view = folded.features.spaced_out > 0 ? row.view : View::kWords;
      const std::string literal = fold_literal(p.phrase, view);
      ASSERT_NE(folded.view(view).find(literal), std::string_view::npos)
          << text << "\nbecame " << folded.view(view);
    }
  }
}

std::vector<EvasionCase> undone_by_the_fold() {
  std::vector<EvasionCase> cases;
  for (const Evasion evasion :
       {Evasion::kZeroWidth, Evasion::kSoftHyphen, Evasion::kBidi, Evasion::kLookAlike,
        Evasion::kMathematical, Evasion::kFullWidth, Evasion::kEnclosed, Evasion::kSquared,
        Evasion::kSmallCapitals, Evasion::kStruckThrough, Evasion::kDecomposed,
        Evasion::kCaseMixing, Evasion::kDoubledMarks, Evasion::kMovedMarks, Evasion::kThaiSpaces}) {
    cases.push_back({evasion, EvasionDensity::kFull, View::kWords});
    cases.push_back({evasion, EvasionDensity::kLight, View::kWords});
  }
  cases.push_back({Evasion::kRegional, EvasionDensity::kFull, View::kWords});
  // Spaces between single letters, in scripts that have them, are removed in `squeezed` only.
  cases.push_back({Evasion::kSpacedLetters, EvasionDensity::kFull, View::kSqueezed});
  cases.push_back({Evasion::kPunctuated, EvasionDensity::kFull, View::kSqueezed});
  return cases;
}

INSTANTIATE_TEST_SUITE_P(Evasions, FoldedEvasionTest, ::testing::ValuesIn(undone_by_the_fold()),
                         [](const auto& row) {
                           const bool full = row.param.density == EvasionDensity::kFull;
                           return std::string(name_of(row.param.evasion)) +
                                  (full ? "_full" : "_light");
                         });

}  // namespace
}  // namespace sieve
