// Phrases that are written with stand-ins, from the folded text to the place where they are found.
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "match/scanner.h"
#include "support/effort.h"
#include "unit/match/generator.h"
#include "unit/match/stand_in_oracle.h"

namespace sieve {
namespace {

using ::sieve::testing::Generator;

// One phrase, looked for in one way.
class Finder {
 public:
  Finder(View view, std::string_view phrase) : db_(build(view, phrase)), scanner_(db_) {
    fired_.resize(db_->pattern_count());
  }
  std::optional<ByteSpan> find(const FoldedText& folded) {
    scanner_.scan(folded, fired_);
    if (fired_.all().empty()) return std::nullopt;
    return fired_.all().front().span;
  }

 private:
  static std::shared_ptr<const PatternDb> build(View view, std::string_view phrase) {
    PatternDbBuilder builder;
    builder.add({PatternKind::kWords, view, std::string(phrase)});
    auto db = std::move(builder).build({});
    EXPECT_TRUE(db) << phrase;
    return *db;
  }

  std::shared_ptr<const PatternDb> db_;
  Scanner scanner_;
  FiredPatterns fired_;
};

struct StandInRow {
  const char* name;
  const char* phrase;
  const char* text;
  const char* want;  // What of the text as sent is the phrase; null when it is not there.
};

void PrintTo(const StandInRow& row, std::ostream* out) { *out << row.name; }

void expect_found(View view, const StandInRow& row) {
  Folder folder;
  Finder finder(view, row.phrase);
  const auto span = finder.find(folder.fold(row.text));
  ASSERT_EQ(span.has_value(), row.want != nullptr);
  if (!span) return;
  const ByteSpan original = folder.original_span(view, *span);
  EXPECT_EQ(std::string_view(row.text).substr(original.begin, original.end - original.begin),
            row.want);
}

class LeetTest : public ::testing::TestWithParam<StandInRow> {};
TEST_P(LeetTest, FindsThePhrase) { expect_found(View::kLeet, GetParam()); }

const std::string kLongest = "0" + std::string(limits::kTextBytesMax - 12, 'x') + " jackp0t go";

const StandInRow kLeetRows[] = {
    {"empty", "jackpot", "", nullptr},
    {"digit_inside", "jackpot", "a jackp0t today", "jackp0t"},
    {"all_of_the_text", "jackpot", "j4ckpot", "j4ckpot"},
    {"at_the_end_of_the_longest_text", "jackpot", kLongest.c_str(), "jackp0t"},
    {"digit_at_the_edge", "spinner", "5pinner", "5pinner"},
    {"sign_at_the_end", "bonus", "bonu$", "bonu$"},
    {"two_signs_at_the_end", "boss", "bo$$ now", "bo$$"},
    {"sign_at_the_beginning", "account", "@ccount", "@ccount"},
    {"exclamation_mark_inside", "deposit", "depos!t", "depos!t"},
    {"exclamation_mark_at_the_end_is_none", "judi", "jud! l0", nullptr},
    {"exclamation_mark_after_the_word", "jackpot", "jackp0t!", "jackp0t"},
    {"signs_between_words", "jackpot", "spin|jackp0t|win", "jackp0t"},
    {"signs_as_letters_and_between", "depot slot", "d3pot+slot", "d3pot+slot"},
    {"plus_as_t", "better", "be+ter", "be+ter"},
    {"i_and_l_are_both_1", "lilies", "1i1ies", "1i1ies"},
    {"l_is_no_i", "jaili", "jalii5", nullptr},
    {"as_it_is", "jackpot", "jackpot 0k", nullptr},
    {"too_few_letters_left", "boat", "804t", nullptr},
    {"half_of_the_letters_left", "boat", "b04t", "b04t"},
    {"a_word_of_digits", "win a slot", "w1n 4 sl0t", nullptr},
    {"a_word_as_it_is", "win a slot", "w1n a sl0t", "w1n a sl0t"},
    {"a_word_in_which_none_touches_a_letter", "win100lo now", "win10010 n0w", nullptr},
    {"digits_of_the_phrase_stay", "win 100 now", "w1n loo now", nullptr},
    {"digits_of_the_phrase", "win 100 now", "w1n 100 now", "w1n 100 now"},
    {"inside_of_a_word", "boat", "sailb0ats", nullptr},
    {"next_to_thai", "boat", "ไปb0atกัน", "b0at"},
    {"not_across_thai", "big boat", "b1g ไป boat", nullptr},
    {"several_separators", "big boat", "b1g - \n boat", "b1g - \n boat"},
    {"letters_beyond_ascii", "crédito", "créd1t0", "créd1t0"},
    {"full_width", "jackpot", "ＪＡＣＫＰ０Ｔ", "ＪＡＣＫＰ０Ｔ"},
    {"invalid_bytes", "jackpot", "\xFFjackp0t\xC3", "jackp0t"},
};

INSTANTIATE_TEST_SUITE_P(All, LeetTest, ::testing::ValuesIn(kLeetRows),
                         [](const auto& row) { return row.param.name; });

class ThaiTest : public ::testing::TestWithParam<StandInRow> {};
TEST_P(ThaiTest, FindsThePhrase) { expect_found(View::kThai, GetParam()); }

const StandInRow kThaiRows[] = {
    {"empty", "ร้านอาหาร", "", nullptr},
    {"as_it_is", "ร้านอาหาร", "ไปร้านอาหาร สaย", nullptr},
    {"one_letter", "ร้านอาหาร", "ไปร้าuอาหารกัน", "ร้าuอาหาร"},
    {"mark_on_a_capital", "ทำบุญวัด", "ไปทำU\u0E38ญวัดกัน", "ทำU\u0E38ญวัด"},
    {"mark_left_out", "ทำบุญวัด", "ไปทำUญวัดกัน", nullptr},
    {"first_letter", "รถไฟฟ้า", "ขึ้นsถไฟฟ้า", "sถไฟฟ้า"},
    {"last_letter", "ของหวาน", "มีของหวาu", "ของหวาu"},
    {"sara_ae_as_ll", "แม่น้ำ", "ริมllม่น้ำ", "llม่น้ำ"},
    {"sara_ae_stays", "แม่น้ำปิง", "ริมแม่น้ำjิง", "แม่น้ำjิง"},
    {"sara_ae_is_not_cut", "เมืองเก่า", "ไปแมืoงเก่า", nullptr},
    {"sara_e_as_bar", "เมืองเก่า", "ไป|มืองเก่า", "|มืองเก่า"},
    {"separators", "ร้านอาหาร", "ร้ า.u,อ-า หา ร", "ร้ า.u,อ-า หา ร"},
    {"most_separators", "ร้านอาหาร", "ร้าu....อาหาร", "ร้าu....อาหาร"},
    {"too_many_separators", "ร้านอาหาร", "ร้าu.....อาหาร", nullptr},
    {"mai_tri_for_sara_ii", "ชีวิตดี", "ช๊วิตดี", "ช๊วิตดี"},
    {"mai_tri_for_maitaikhu", "เก็บเงิน", "เก๊บเงิu", "เก๊บเงิu"},
    {"maitaikhu_left_out", "เก็บเงิน", "เกบเงิu", "เกบเงิu"},
    {"mai_tri_added", "ตลาดนัด", "ตลา๊ดนัด", "ตลา๊ดนัด"},
    {"another_tone", "ร้านอาหาร", "ร่าuอาหาร", nullptr},
    {"too_few_letters_left", "บนวท", "unวn ๊", nullptr},
    {"half_of_the_letters_left", "บนวว", "unวว", "unวว"},
    {"stand_in_within_a_word", "ตลาดนอก", "ตลาดนอnly", nullptr},
    {"stand_in_within_a_number", "ขออภัย", "ข10อภัย", nullptr},
    {"followed_by_a_mark", "ร้านอาหาร", "ร้าuอาหาร\u0E34", nullptr},
    {"followed_by_a_number", "วันนี้ฟรี", "วันu\u0E35\u0E49ฟรี100", "วันu\u0E35\u0E49ฟรี"},
    {"invalid_bytes", "ร้านอาหาร", "\xE0ร้าuอาหาร\xE0\xB8", "ร้าuอาหาร"},
};

INSTANTIATE_TEST_SUITE_P(All, ThaiTest, ::testing::ValuesIn(kThaiRows),
                         [](const auto& row) { return row.param.name; });

// Writes a phrase as an evader who is drunk would: stand-ins, separators, letters left out.
class Writer {
 public:
  Writer(Generator& generator, std::string_view separators)
      : generator_(generator), separators_(separators) {}

  std::string_view one_of(std::string_view characters) {
    return characters.substr(generator_.below(characters.size()), 1);
  }
  std::string leet(std::string_view phrase) {
    std::string out;
    for (const char c : phrase) {
      if (generator_.chance(2)) continue;
      const std::string_view stand_ins = testing::leet_stand_ins(c);
      const bool written = !stand_ins.empty() && generator_.chance(40);
      out += written ? std::string(one_of(stand_ins)) : std::string(1, c);
      if (c == ' ' && generator_.chance(30)) out += one_of(separators_);
      if (generator_.chance(3)) out += one_of(separators_);
    }
    return out;
  }
  std::string thai(std::string_view phrase) {
    std::string out;
    for (const std::string& c : testing::characters_of(phrase)) {
      if (!out.empty() && generator_.chance(2)) continue;
      const std::string_view stand_ins = testing::thai_stand_ins(c == "แ" ? "เ" : c);
      const bool mark = testing::is_thai_mark(c);
      if (!mark && generator_.chance(10)) out += one_of(separators_);
      if (!stand_ins.empty() && generator_.chance(40)) {
        out += one_of(stand_ins);
        if (c == "แ") out += one_of(stand_ins);
      } else if (mark && generator_.chance(15)) {
        out += generator_.chance(50) ? "\u0E4A" : "";
      } else {
        out += c;
      }
    }
    return out;
  }

 private:
  Generator& generator_;
  std::string_view separators_;
};

TEST(StandInsTest, LeetEqualsAnExpressionWithClasses) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << testing::seed());
  Generator generator(testing::seed());
  Writer writer(generator, " .!|+@$");
  constexpr std::string_view kPhrases[] = {"lotto",   "big boat", "a list of it", "zigzag",
                                           "lil ill", "seat 50x", "tell",         "essa boss"};
  constexpr std::string_view kFillers[] = {" ", "so ", "é", "ก", "x", "4", "!", ". ", "@", "|"};
  Folder folder;
  size_t hits = 0;
  for (const std::string_view phrase : kPhrases) {
    Finder finder(View::kLeet, phrase);
    for (int i = 0; i < testing::effort(3'000, 800); ++i) {
      std::string text;
      for (int part = 0; part < 3; ++part) {
        for (size_t n = generator.below(3); n > 0; --n) text += kFillers[generator.below(10)];
        text += writer.leet(phrase);
      }
      const FoldedText& folded = folder.fold(text);
      const auto want = testing::find_leet(phrase, folded.text);
      ASSERT_EQ(finder.find(folded), want) << phrase << " in `" << folded.text << "`";
      hits += want ? 1 : 0;
    }
  }
  EXPECT_GT(hits, static_cast<size_t>(testing::effort(2'500, 600)));
}

TEST(StandInsTest, ThaiEqualsAnExpressionWithClasses) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << testing::seed());
  Generator generator(testing::seed());
  Writer writer(generator, " .|");
  constexpr std::string_view kPhrases[] = {"ร้านอาหาร", "แม่น้ำปิง",  "เก็บเงิน", "แห่แห่น",
                                           "ลลลลส",    "เมืองเก่า", "ชีวิตดี",   "บนนท"};
  constexpr std::string_view kFillers[] = {" ", "so ", "แ", "ก", "n", "1", "l", ". ", "เ", "|"};
  Folder folder;
  size_t hits = 0;
  for (const std::string_view phrase : kPhrases) {
    Finder finder(View::kThai, phrase);
    for (int i = 0; i < testing::effort(3'000, 800); ++i) {
      std::string text = "ค\u0E4Aะ ";  // Not written so: all texts show the trick.
      for (int part = 0; part < 3; ++part) {
        for (size_t n = generator.below(3); n > 0; --n) text += kFillers[generator.below(10)];
        text += writer.thai(phrase);
      }
      const FoldedText& folded = folder.fold(text);
      const auto want = testing::find_thai(phrase, folded.text);
      ASSERT_EQ(finder.find(folded), want) << phrase << " in `" << folded.text << "`";
      hits += want ? 1 : 0;
    }
  }
  EXPECT_GT(hits, static_cast<size_t>(testing::effort(2'500, 600)));
}

}  // namespace
}  // namespace sieve
