// Phrases whose letters are written apart are found in View::kSqueezed, by themselves and not as
// parts of other words.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "match/scanner.h"
#include "text/squeeze.h"
#include "unit/match/generator.h"

namespace sieve {
namespace {

// The bytes of the message in which the phrase is found; empty: it is not.
std::string found(std::string_view phrase, std::string_view message) {
  PatternDbBuilder builder;
  builder.add({PatternKind::kWords, View::kSqueezed, squeezed_phrase(phrase)});
  auto db = std::move(builder).build({});
  if (!db) return "cannot be compiled";
  Scanner scanner(*db);
  FiredPatterns fired;
  fired.resize(1);
  Folder folder;
  const FoldedText& folded = folder.fold(message);
  scanner.scan(folded, fired);
  const FiredPattern* hit = fired.find(PatternId(0));
  if (hit == nullptr) return {};
  const ByteSpan span = folder.original_span(View::kSqueezed, hit->span);
  return std::string(message.substr(span.begin, span.end - span.begin));
}

struct SpacedOutRow {
  const char* name;
  const char* phrase;
  const char* message;
  const char* want;
};

void PrintTo(const SpacedOutRow& row, std::ostream* out) { *out << row.name; }

class SpacedOutTest : public ::testing::TestWithParam<SpacedOutRow> {};

TEST_P(SpacedOutTest, IsFoundByItself) {
  EXPECT_EQ(found(GetParam().phrase, GetParam().message), GetParam().want);
}

const SpacedOutRow kRows[] = {
    {"one_word", "bonus", "claim your b o n u s now", "b o n u s"},
    {"dots", "bonus", "claim your b.o.n.u.s now", "b.o.n.u.s"},
    {"two_words", "free bonus", "a f r e e b o n u s here", "f r e e b o n u s"},
    {"words_further_apart", "free bonus", "a f r e e   b o n u s here", "f r e e   b o n u s"},
    {"one_of_two_words", "free bonus", "a f r e e bonus here", "f r e e bonus"},
    {"the_second_of_two", "free bonus", "a free b-o-n-u-s here", "free b-o-n-u-s"},
    {"at_the_end", "bonus", "your b o n u s", "b o n u s"},
    {"the_whole_message", "bonus", "b o n u s", "b o n u s"},
    {"among_letters_apart", "bonus", "m y b o n u s i s", "b o n u s"},
    {"with_marks", "tặng quà", "t ặ n g q u à", "t ặ n g q u à"},
    {"with_digits", "bonus 100", "b o n u s 100 now", "b o n u s 100"},
    {"the_second_occurrence", "bonus", "xbo nus is no b o n u s", "b o n u s"},
    {"thai_ends_may_be_glued", "รับน้ำดื่ม", "วันนี้รั.บ.น้ำ.ดื่.ม.ที่.นี่เลย", "รั.บ.น้ำ.ดื่.ม"},
    {"han", "首存送大礼", "今天*首*存*送*大*礼吧", "首*存*送*大*礼"},
    {"begins_within_a_word", "freed", "if reed is o n s a l e", ""},
    {"ends_within_a_word", "onsal", "that is o n s ale a b c d", ""},
    {"words_that_are_not_apart", "inform", "in form a b c d", ""},
    {"two_letters_apart", "inform", "i n form a b c d", ""},
    {"thai_within_a_cluster", "รับน้ำด", "วันนี้รั.บ.น้ำ.ดื่.ม.ที่.นี่เลย", ""},
    {"nothing_apart", "bonus", "your bonus", ""},
};
INSTANTIATE_TEST_SUITE_P(Rows, SpacedOutTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

// The slow and obvious model: tokens in a row that make the phrase, three of them single letters.
bool model(std::string_view phrase, const std::vector<std::string>& tokens) {
  for (size_t first = 0; first < tokens.size(); ++first) {
    std::string joined;
    int apart = 0;
    for (size_t i = first; i < tokens.size() && joined.size() < phrase.size(); ++i) {
      joined += tokens[i];
      apart += tokens[i].size() == 1 ? 1 : 0;
      if (joined == phrase && apart >= 3) return true;
    }
  }
  return false;
}

TEST(SpacedOutPropertyTest, EqualsJoiningTokens) {
  testing::Generator generator(testing::seed());
  size_t hits = 0;
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::string> tokens;
    std::string message;
    for (size_t n = 4 + generator.below(12); n > 0; --n) {
      tokens.emplace_back();
      const size_t size = generator.below(3) == 0 ? 2 : 1;
      for (size_t i = 0; i < size; ++i) tokens.back() += generator.below(2) == 0 ? 'a' : 'b';
      message += tokens.back() + " ";
    }
    std::string phrase;
    for (int i = 0; i < 5; ++i) phrase += generator.below(2) == 0 ? 'a' : 'b';
    Folder folder;
    if (folder.fold(message).features.spaced_out == 0) continue;
    const bool want = model(phrase, tokens);
    hits += want ? 1 : 0;
    ASSERT_EQ(!found(phrase, message).empty(), want) << phrase << " in " << message;
  }
  EXPECT_GT(hits, 20U);
}

}  // namespace
}  // namespace sieve
