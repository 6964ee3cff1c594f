#include "traffic/template.h"

#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "traffic/sentences.h"
#include "traffic/templates.h"
#include "traffic/words.h"

namespace sieve::traffic {
namespace {

std::string filled(std::string_view form, uint64_t seed = 1) {
  Random random(seed);
  TextWriter writer(random);
  const Voice voice{.lang = Lang::kEn,
                    .brand = "Zunqai",
                    .host = "zunqai.vip",
                    .line = "@zunqai",
                    .telegram = "@vox",
                    .phone = "0810000000",
                    .amount = 1'250'000,
                    .scheme = false};
  Text text;
  const TextTemplate compiled(form);
  writer.write(compiled, voice, text);
  return text.bytes;
}

struct TemplateCase {
  std::string name;
  std::string input;
  std::string want;
};

class TemplateTest : public ::testing::TestWithParam<TemplateCase> {};

INSTANTIATE_TEST_SUITE_P(Forms, TemplateTest,
                         ::testing::Values(TemplateCase{"Empty", "", ""},
                                           TemplateCase{"Plain", "plain text", "plain text"},
                                           TemplateCase{"Slot", "{brand}", "Zunqai"},
                                           TemplateCase{"Contacts", "{line} {tg}, {phone}!",
                                                        "@zunqai @vox, 0810000000!"},
                                           TemplateCase{"Grouped", "{amount} THB", "1,250,000 THB"},
                                           TemplateCase{"OneChoice", "a [b {brand}] c",
                                                        "a b Zunqai c"},
                                           TemplateCase{"EmptyChoice", "a[]b", "ab"}),
                         [](const auto& row) { return row.param.name; });

TEST_P(TemplateTest, IsFilled) { EXPECT_EQ(filled(GetParam().input), GetParam().want); }

struct ShapeCase {
  std::string name;
  std::string input;
  std::string want;  // A regular expression.
};

class SlotShapeTest : public ::testing::TestWithParam<ShapeCase> {};

INSTANTIATE_TEST_SUITE_P(
    Slots, SlotShapeTest,
    ::testing::Values(ShapeCase{"Dots", "{dots}", "[0-9]{2,3}[.][0-9]00"},
                      ShapeCase{"Voucher", "{voucher}", "[A-Z2-9]{6}"},
                      ShapeCase{"Mobile", "{mobile}", "[+]6681[0-9]{7}"},
                      ShapeCase{"Handle", "{handle}", "[a-z_.]+[0-9]{1,3}"},
                      ShapeCase{"Link", "{link}", "(https://)?[a-z]+[.].+/.*[a-z2-9]{9}"},
                      ShapeCase{"Meet", "{meet}", "(https://)?[a-z]+[.].+/[a-z2-9]{9}"},
                      ShapeCase{"Invite", "{invite}", "(https://)?[a-z]+[.].+/[+]?[a-z2-9]{9}"},
                      ShapeCase{"Date", "{date}", "[0-9]{1,2}/[0-9]{1,2}"}),
    [](const auto& row) { return row.param.name; });

TEST_P(SlotShapeTest, IsKept) {
  const std::regex want(GetParam().want);
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const std::string text = filled(GetParam().input, seed);
    EXPECT_TRUE(std::regex_match(text, want)) << text;
  }
}

TEST(TemplateChoiceTest, TakesEveryChoice) {
  std::set<std::string> seen;
  for (uint64_t seed = 0; seed < 100; ++seed) seen.insert(filled("[a|b|{brand}|]", seed));
  EXPECT_EQ(seen, (std::set<std::string>{"a", "b", "Zunqai", ""}));
}

TEST(TemplateDeathTest, RefusesUnknownSlotsAndOpenBrackets) {
  EXPECT_DEATH(TextTemplate("{unknown}"), "no slot is called 'unknown'");
  EXPECT_DEATH(TextTemplate("{brand"), "unclosed slot");
  EXPECT_DEATH(TextTemplate("[a|b"), "unclosed choice");
}

TEST(SentencesTest, AllGiveTextWithoutMarks) {
  const Sentences sentences;
  Random random(1);
  TextWriter writer(random);
  Text text;
  const auto check = [&](const TextTemplate& form, Lang lang) {
    const Voice voice{
        .lang = lang, .brand = "B", .host = "h.vip", .line = "@l", .telegram = "@t", .phone = "1"};
    for (int i = 0; i < 10; ++i) {
      writer.write(form, voice, text);
      ASSERT_FALSE(text.bytes.empty());
      ASSERT_TRUE(is_valid_utf8(text.bytes)) << text.bytes;
      ASSERT_EQ(text.bytes.find_first_of("{}[]|"), std::string::npos) << text.bytes;
    }
  };
  for (size_t lang = 0; lang < kLangCount; ++lang) {
    const auto language = static_cast<Lang>(lang);
    for (size_t i = 0; i < kScamClassCount; ++i) {
      const auto forms = sentences.scam(language, static_cast<ScamClass>(i));
      EXPECT_TRUE(lang > 1 || !forms.empty()) << name_of(static_cast<ScamClass>(i));
      for (const TextTemplate& form : forms) check(form, language);
    }
    for (size_t i = 0; i < kLegitKindCount; ++i) {
      const auto forms = sentences.legit(language, static_cast<LegitKind>(i));
      for (const TextTemplate& form : forms) check(form, language);
    }
  }
}

TEST(LegitSentencesTest, AreManyOfEveryKindInEveryLanguage) {
  for (size_t lang = 0; lang < kLangCount; ++lang) {
    const auto language = static_cast<Lang>(lang);
    std::map<LegitKind, size_t> counts;
    for (const LegitSentence& sentence : legit_sentences(language)) ++counts[sentence.kind];
    EXPECT_GE(legit_sentences(language).size(), 90u) << name_of(language);
    for (size_t i = 0; i < kLegitKindCount; ++i) {
      const auto kind = static_cast<LegitKind>(i);
      EXPECT_GE(counts[kind], 5u) << name_of(language) << " " << name_of(kind);
    }
  }
}

TEST(LegitSentencesTest, AreAllDifferent) {
  std::set<std::string_view> seen;
  for (size_t lang = 0; lang < kLangCount; ++lang) {
    for (const LegitSentence& sentence : legit_sentences(static_cast<Lang>(lang))) {
      EXPECT_TRUE(seen.insert(sentence.form).second) << sentence.form;
    }
  }
}

TEST(LegitSentencesTest, DoNotLetPeopleSpeakAsEnterprises) {
  for (size_t lang = 0; lang < kLangCount; ++lang) {
    for (const LegitSentence& sentence : legit_sentences(static_cast<Lang>(lang))) {
      const bool personal = sentence.kind == LegitKind::kChat || sentence.kind == LegitKind::kRisky;
      for (const std::string_view slot : {"{brand}", "{url}", "{line}", "{tg}", "{phone}"}) {
        EXPECT_FALSE(personal && sentence.form.find(slot) != std::string_view::npos)
            << sentence.form;
      }
    }
  }
}

TEST(EnterprisesTest, WriteEveryBulkKindInEveryLanguage) {
  for (size_t lang = 0; lang < kLangCount; ++lang) {
    const auto language = static_cast<Lang>(lang);
    std::set<LegitKind> kinds;
    for (const Enterprise& enterprise : enterprises(language)) kinds.insert(enterprise.kind);
    EXPECT_EQ(kinds.size(), kLegitKindCount - 2) << name_of(language);
  }
}

}  // namespace
}  // namespace sieve::traffic
