#include "text/fold.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/utf8.h"

namespace sieve {
namespace {

TEST(FoldTest, AnEmptyTextHasNoWords) {
  Folder folder;
  const FoldedText& folded = folder.fold("");
  EXPECT_EQ(folded.text, "");
  EXPECT_EQ(folded.words, "");
  EXPECT_EQ(folded.squeezed, "");
  EXPECT_EQ(folded.features, FoldFeatures());
}

TEST(FoldTest, WordsHaveASpaceAtEitherEnd) {
  Folder folder;
  EXPECT_EQ(folder.fold("a").words, " a ");
  EXPECT_EQ(folder.fold("...a...").words, " a ");
  EXPECT_EQ(folder.fold("ก").words, " ก ");
  EXPECT_EQ(folder.fold(" ?! ").words, "");
}

TEST(FoldTest, CleanTextIsUnchanged) {
  const std::string_view texts[] = {
      "your parcel is waiting at the depot, please confirm the address before noon today",
      "พัสดุของท่านอยู่ที่ศูนย์กระจายสินค้า กรุณายืนยันที่อยู่ภายในวันนี้", "ທ່ານ ໄດ້ ຮັບ", "thời hạn của gói cước",
      "包裹已到达"};
  Folder folder;
  for (const std::string_view text : texts) {
    EXPECT_EQ(folder.fold(text).text, text);
    EXPECT_EQ(folder.fold(text).features, FoldFeatures()) << text;
  }
}

TEST(FoldTest, FaultyBytesBecomeReplacementCharacters) {
  Folder folder;
  EXPECT_EQ(folder.fold("a\xFFz").text, "a\xEF\xBF\xBDz");
  EXPECT_EQ(folder.fold("a\xFFz").words, " a z ");
  EXPECT_EQ(folder.fold("\xE0\xB8").text, "\xEF\xBF\xBD");
  EXPECT_EQ(folder.fold("\xC0\xAF").text, "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(folder.fold("\xED\xA0\x80").text, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(FoldTest, FeaturesSaturate) {
  std::string text;
  for (int i = 0; i < 70'000; ++i) text += "\u200B";
  Folder folder;
  EXPECT_EQ(folder.fold(text).features.invisible, 65'535);
  EXPECT_EQ(folder.fold(text).text, "");
}

std::string repeated(std::string_view part, size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += part;
  return out;
}

// As many marks as there may be stay, the others are dropped and counted.
struct MarksCase {
  const char* name;
  std::string_view letter;
  std::string_view marks;
  size_t kept;
};

class FourKilobytesOfMarksTest : public ::testing::TestWithParam<MarksCase> {};

TEST_P(FourKilobytesOfMarksTest, AreBounded) {
  const std::string marks = repeated(GetParam().marks, 4'096);
  Folder folder;
  const FoldedText& folded = folder.fold(std::string(GetParam().letter) + marks);
  EXPECT_EQ(count_chars(folded.text), 1 + GetParam().kept);
  EXPECT_EQ(folded.features.marks_repaired, count_chars(marks) - GetParam().kept);
}

INSTANTIATE_TEST_SUITE_P(Marks, FourKilobytesOfMarksTest,
                         ::testing::Values(MarksCase{"struck_through", "a", "\u0336", 0},
                                           MarksCase{"stacked", "a", "\u0316\u035B\u0489", 0},
                                           MarksCase{"hebrew", "\u05D0", "\u05B0", 16},
                                           MarksCase{"hebrew_on_latin", "a", "\u05B0\u05B4", 0},
                                           MarksCase{"thai", "\u0E01", "\u0E47", 1},
                                           MarksCase{"thai_tones", "\u0E01", "\u0E48\u0E49", 1},
                                           MarksCase{"burmese", "\u1000", "\u102D\u102F\u1036", 3},
                                           MarksCase{"khmer", "\u1780", "\u17B7\u17C6", 2}),
                         [](const auto& row) { return std::string(row.param.name); });

// Time is linear because a character changes no more than the end of the text: what is folded of it
// is the same behind the whole text as behind the last characters of it.
TEST(FoldTest, ACharacterLooksBackAFewCharactersOnly) {
  constexpr std::string_view kParts[] = {"\u0E40", "\u0E48", "\u0E35",       "\u0E32", "\u0E4D",
                                         "\u0E01", "\u102D", "\u103A",       "\u1025", "\u17C1",
                                         "\u17B8", "\u0EBC", "\u05D0\u05B0", "a",      "\u0302",
                                         "\u0301", "e",      "\u0336"};
  constexpr size_t kLookBack = 40;  // Parts: more than the marks that a letter may have.
  Folder folder;
  for (size_t seed = 1; seed < 200; ++seed) {
    std::string near;
    std::string far;
    size_t state = seed;
    for (size_t i = 0; i < 2'000; ++i) {
      state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
      const std::string_view part = kParts[(state >> 33) % std::size(kParts)];
      far += part;
      if (i >= 2'000 - 2 * kLookBack) near += part;
    }
    const std::string_view end = "\u0E48\u0E32";
    const std::string folded_far(folder.fold(far + std::string(end)).text);
    const std::string folded_near(folder.fold(near + std::string(end)).text);
    const size_t same = folded_near.size() / 2;
    EXPECT_EQ(folded_far.substr(folded_far.size() - same),
              folded_near.substr(folded_near.size() - same))
        << seed;
  }
}

// Texts of the largest size that give every part of the fold as much to do as can be.
TEST(FoldTest, TheLargestTextsOfEveryKindFoldToThemselvesAgain) {
  constexpr std::string_view kKinds[] = {"\u0E01\u0E48\u0E35",
                                         "\u0E40\u0E40",
                                         "\u0E4D\u0E48\u0E32",
                                         "\u0E01\u200B",
                                         "\u0440a",
                                         "\u0440 a ",
                                         "a.",
                                         "0o",
                                         "\U0001D5D9",
                                         "\U0001F1EB",
                                         "\u1025\u102E\u103A\u1037",
                                         "\u1112\u1161\u11AB",
                                         "e\u0323\u0302",
                                         "\uFF21\u3002",
                                         "\u8A3B\u4E2D",
                                         "\xFF",
                                         "\xE0\xB8",
                                         "\x01",
                                         " ",
                                         "\u0E32\u0E45"};
  Folder folder;
  Folder again;
  for (const std::string_view kind : kKinds) {
    const std::string raw = repeated(kind, limits::kTextBytesMax - kind.size());
    const FoldedText& folded = folder.fold(raw);
    EXPECT_TRUE(is_valid_utf8(folded.text)) << kind;
    EXPECT_TRUE(is_valid_utf8(folded.words)) << kind;
    EXPECT_EQ(again.fold(folded.text).text, folded.text) << kind;
    if (folded.text.empty()) continue;
    const auto size = static_cast<uint32_t>(folded.text.size());
    EXPECT_LE(folder.original_span(View::kText, {size - 1, size}).end, raw.size()) << kind;
  }
}

TEST(FoldTest, TheLargestTextGrowsWithoutHarm) {
  std::string text;
  while (text.size() + 3 <= limits::kTextBytesMax) text += "\uFDFA";  // One becomes eighteen.
  Folder folder;
  EXPECT_EQ(folder.fold(text).text.size(), text.size() * 11);
  text.assign(limits::kTextBytesMax + 1, 'A');
  EXPECT_EQ(folder.fold(text).text, std::string(text.size(), 'a'));
}

TEST(FoldTest, ViewsHaveNames) {
  EXPECT_EQ(name_of(View::kText), "text");
  EXPECT_EQ(name_of(View::kWords), "words");
  EXPECT_EQ(name_of(View::kSqueezed), "squeezed");
  EXPECT_EQ(name_of(View::kRaw), "raw");
}

TEST(FoldTest, AViewIsFoundByItsName) {
  Folder folder;
  const FoldedText& folded = folder.fold("F R E E!");
  EXPECT_EQ(folded.view(View::kRaw), "F R E E!");
  EXPECT_EQ(folded.view(View::kText), "f r e e!");
  EXPECT_EQ(folded.view(View::kWords), " f r e e ");
  EXPECT_EQ(folded.view(View::kSqueezed), "free");
}

struct LiteralCase {
  const char* name;
  std::string_view literal;
  View view;
  std::string_view want;
};

class FoldLiteralTest : public ::testing::TestWithParam<LiteralCase> {};

TEST_P(FoldLiteralTest, FoldsLikeAMessage) {
  EXPECT_EQ(fold_literal(GetParam().literal, GetParam().view), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Literals, FoldLiteralTest,
    ::testing::Values(LiteralCase{"empty", "", View::kWords, ""},
                      LiteralCase{"words", "On  Hold!", View::kWords, "on hold"},
                      LiteralCase{"text", "On  Hold!", View::kText, "on  hold!"},
                      LiteralCase{"squeezed", "On Hold!", View::kSqueezed, "onhold"},
                      LiteralCase{"raw", "On Hold!", View::kRaw, "On Hold!"},
                      LiteralCase{"thai", "รับ เงิน", View::kWords, "รับเงิน"},
                      LiteralCase{"mixed", "รับ500บาท", View::kWords, "รับ 500 บาท"},
                      LiteralCase{"thai_and_a_sign", "ฝาก-ถอน", View::kWords, "ฝากถอน"},
                      LiteralCase{"thai_and_signs", "ฝาก / ถอน", View::kWords, "ฝากถอน"},
                      LiteralCase{"han_and_a_sign", "您好，世界", View::kWords, "您好世界"},
                      LiteralCase{"only_signs", "?!", View::kWords, ""}),
    [](const auto& row) { return std::string(row.param.name); });

// However a phrase is written, the message that has it so is found, and its folded form says the
// same as the phrase.
TEST(FoldTest, ALiteralIsFoundInAMessageThatIsWrittenLikeIt) {
  constexpr std::string_view kGaps[] = {"",  " ",  "  ", "-",      " - ", "/",
                                        ".", ", ", "!",  "\u3002", "\n"};
  constexpr std::string_view kParts[][2] = {{"ฝาก", "ถอน"}, {"注册", "送"}, {"free", "spin"},
                                            {"โอน", "500"}, {"sms", "ฟรี"},  {"ຝາກ", "ຖອນ"}};
  Folder folder;
  for (const auto& [first, second] : kParts) {
    for (const std::string_view gap : kGaps) {
      const std::string phrase = std::string(first).append(gap).append(second);
      const std::string literal = fold_literal(phrase, View::kWords);
      EXPECT_NE(folder.fold("x, " + phrase + "; y").words.find(literal), std::string_view::npos)
          << phrase;
      EXPECT_EQ(fold_literal(literal, View::kWords), literal) << phrase;
    }
  }
}

TEST(FoldTest, SpacedScriptsNeedWordBoundaries) {
  EXPECT_TRUE(needs_word_boundary_before("slot"));
  EXPECT_TRUE(needs_word_boundary_after("slot"));
  EXPECT_TRUE(needs_word_boundary_before("500 บาท"));
  EXPECT_FALSE(needs_word_boundary_after("500 บาท"));
  EXPECT_FALSE(needs_word_boundary_before("น้ำ"));
  EXPECT_FALSE(needs_word_boundary_after("ที่"));
  EXPECT_FALSE(needs_word_boundary_after("注册"));
  EXPECT_TRUE(needs_word_boundary_before("привет"));
  EXPECT_TRUE(needs_word_boundary_after("sี"));
  EXPECT_FALSE(needs_word_boundary_before(""));
  EXPECT_FALSE(needs_word_boundary_after(""));
}

struct SpanCase {
  const char* name;
  std::string_view raw;
  View view;
  std::string_view found;  // The first occurrence in the view.
  std::string_view want;   // What it was in `raw`.
};

class OriginalSpanTest : public ::testing::TestWithParam<SpanCase> {};

TEST_P(OriginalSpanTest, LeadsBackToTheOriginal) {
  const SpanCase& c = GetParam();
  Folder folder;
  const std::string_view view = folder.fold(c.raw).view(c.view);
  const size_t at = view.find(c.found);
  ASSERT_NE(at, std::string_view::npos) << view;
  const ByteSpan span = folder.original_span(
      c.view, {static_cast<uint32_t>(at), static_cast<uint32_t>(at + c.found.size())});
  EXPECT_EQ(c.raw.substr(span.begin, span.end - span.begin), c.want);
}

INSTANTIATE_TEST_SUITE_P(
    Spans, OriginalSpanTest,
    ::testing::Values(
        SpanCase{"text", "Hello World", View::kText, "world", "World"},
        SpanCase{"words", "Hello,  World!", View::kWords, " hello world ", "Hello,  World"},
        SpanCase{"raw", "Hello", View::kRaw, "ell", "ell"},
        SpanCase{"inside_of_a_character", "aéb", View::kRaw, "\xA9", "é"},
        SpanCase{"styled", "a 𝗙𝗥𝗘𝗘 b", View::kText, "free", "𝗙𝗥𝗘𝗘"},
        SpanCase{"expanded", "a ㎏ b", View::kText, "k", "㎏"},
        SpanCase{"invisible_inside", "fr\u200Bee", View::kText, "free", "fr\u200Bee"},
        SpanCase{"marks_after", "slo\u0336t\u0336 x", View::kWords, "slot", "slo\u0336t\u0336"},
        SpanCase{"composed", "cafe\u0301!", View::kText, "café", "cafe\u0301"},
        SpanCase{"look_alike", "my \u0440\u0430ypal!", View::kWords, "paypal", "\u0440\u0430ypal"},
        SpanCase{"whole_look_alike", "my \u0440\u0430\u0443!", View::kText, "pay",
                 "\u0440\u0430\u0443"},
        SpanCase{"thai_joined", "รับ เงิน ฟรี", View::kWords, "รับเงิน", "รับ เงิน"},
        SpanCase{"thai_cluster", "ที่นี่", View::kText, "ท", "ที่"},
        SpanCase{"sara_am", "น\u0E49\u0E4D\u0E32ใจ", View::kText, "น้ำ", "น\u0E49\u0E4D\u0E32"},
        SpanCase{"sara_ae", "\u0E40\u0E40ดง", View::kText, "แ", "\u0E40\u0E40"},
        SpanCase{"squeezed", "x f r e e!", View::kSqueezed, "free", "f r e e"},
        SpanCase{"flag", "Laos \U0001F1F1\U0001F1E6", View::kText, "l", "L"},
        SpanCase{"half_a_flag", "go \U0001F1F1\U0001F1E6", View::kText, "l",
                 "\U0001F1F1\U0001F1E6"},
        SpanCase{"only_a_space", "a, b", View::kWords, " ", ""},
        SpanCase{"long_ascii", "The quick brown fox jumps over the lazy dog and then sleeps a bit",
                 View::kWords, "lazy dog", "lazy dog"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace sieve
