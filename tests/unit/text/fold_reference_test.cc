// The fold equals a slow reference that is written with ICU, for every assigned code point and for
// a million random texts: text, words, squeezed, and the counts of what was undone. Under a
// sanitizer, or without optimization, there are fewer texts. SIEVE_SEED replays a failure.
#include <gtest/gtest.h>

#include <string>

#include "text/fold.h"

#ifdef SIEVE_HAVE_FOLD_RULES
#include <unicode/uchar.h>

#include "support/effort.h"
#include "tables/slow_fold.h"
#include "unit/text/random_text.h"
#endif

namespace sieve {

#ifdef SIEVE_HAVE_FOLD_RULES

static void PrintTo(const FoldFeatures& f, std::ostream* out) {
  for (const auto& [name, count] :
       {std::pair("invisible", f.invisible), std::pair("full_width", f.full_width),
        std::pair("styled", f.styled), std::pair("look_alike", f.look_alike),
        std::pair("mixed_script_tokens", f.mixed_script_tokens),
        std::pair("spaced_out", f.spaced_out), std::pair("digit_for_letter", f.digit_for_letter),
        std::pair("marks_repaired", f.marks_repaired)}) {
    if (count > 0) *out << name << '=' << count << ' ';
  }
}

namespace {

constexpr int kRandomTexts = ::sieve::testing::effort(1'000'000, 20'000);

class FoldReferenceTest : public ::testing::Test {
 protected:
  void expect_equal(const std::string& raw) {
    const FoldedText& folded = folder_.fold(raw);
    const tables::SlowFolded want = slow_.fold(raw);
    const bool equal = folded.text == want.text && folded.words == want.words &&
                       folded.squeezed == want.squeezed && folded.features == want.features;
    if (equal) return;
    EXPECT_EQ(folded.text, want.text);
    EXPECT_EQ(folded.words, want.words);
    EXPECT_EQ(folded.squeezed, want.squeezed);
    EXPECT_EQ(folded.features, want.features);
    FAIL() << ::testing::PrintToString(raw);
  }

  Folder folder_;
  tables::SlowFold slow_;
};

TEST_F(FoldReferenceTest, EqualsItForEveryAssignedCodePoint) {
  constexpr std::string_view kContexts[][2] = {
      {"", ""}, {"a", "b"}, {"a ", " b"}, {"ก", "า"}, {"\u0438", ""}, {"5", "5"}, {"\u5B57", " c"}};
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    if (surrogate || !u_isdefined(static_cast<UChar32>(c))) continue;
    for (const auto& [before, after] : kContexts) {
      std::string raw(before);
      append_utf8(raw, c);
      raw += after;
      ASSERT_NO_FATAL_FAILURE(expect_equal(raw));
    }
  }
}

TEST_F(FoldReferenceTest, EqualsItForRandomText) {
  testing::RandomText random(testing::seed() + 3);
  Folder again;
  for (int i = 0; i < kRandomTexts; ++i) {
    const std::string raw = random.next();
    ASSERT_NO_FATAL_FAILURE(expect_equal(raw));
    const std::string text(folder_.fold(raw).text);
    ASSERT_EQ(again.fold(text).text, text) << "not idempotent: " << ::testing::PrintToString(raw);
    ASSERT_TRUE(is_valid_utf8(text)) << ::testing::PrintToString(raw);
  }
}

}  // namespace

#else

TEST(FoldReferenceTest, EqualsItForRandomText) {
  GTEST_SKIP() << "ICU is not installed (libicu-dev): the fold is not compared with it";
}

#endif

}  // namespace sieve
