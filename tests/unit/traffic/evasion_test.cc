#include "traffic/evasion.h"

#include <gtest/gtest.h>

#include <string>

#include "base/utf8.h"

namespace sieve::traffic {
namespace {

constexpr std::string_view kThai = "แจกเครดิตฟรีสล็อตเว็บตรง รับ 1000 บาท สมัคร {url} ทัก {line} ได้เลยครับ";
constexpr std::string_view kLatin =
    "Claim free casino bonus 1000 now {url} or ask {line} today please";

Text written(std::string_view form, uint64_t seed) {
  Random random(seed);
  TextWriter writer(random);
  Text text;
  const Voice voice{.host = "winzunqai88.vip", .line = "@zunqai"};
  const TextTemplate compiled(form);
  writer.write(compiled, voice, text);
  return text;
}

struct EvasionCase {
  std::string name;
  Evasion evasion;
  std::string_view form;
  std::string sign;  // What such a text has and the plain one has not; empty: something is gone.
};

class EvasionTest : public ::testing::TestWithParam<EvasionCase> {};

INSTANTIATE_TEST_SUITE_P(
    Evasions, EvasionTest,
    ::testing::Values(EvasionCase{"ZeroWidth", Evasion::kZeroWidth, kThai, ""},
                      EvasionCase{"Cyrillic", Evasion::kCyrillic, kLatin, "\u0430"},
                      EvasionCase{"Fullwidth", Evasion::kFullwidth, kLatin, "ｅ"},
                      EvasionCase{"Mathematical", Evasion::kMathematical, kLatin, "\U0001D5EE"},
                      EvasionCase{"Enclosed", Evasion::kEnclosed, kLatin, "ⓐ"},
                      EvasionCase{"ThaiLookalike", Evasion::kThaiLookalike, kThai, ""},
                      EvasionCase{"SpacedThai", Evasion::kSpaced, kThai, ""},
                      EvasionCase{"SpacedLatin", Evasion::kSpaced, kLatin, ""},
                      EvasionCase{"Leet", Evasion::kLeet, kLatin, "4"},
                      EvasionCase{"GluedUrl", Evasion::kGluedUrl, kThai, "สมัครwin"},
                      EvasionCase{"DefangedUrl", Evasion::kDefangedUrl, kLatin, ""},
                      EvasionCase{"DoubledMarks", Evasion::kDoubledMarks, kThai, "เเ"}),
    [](const auto& row) { return row.param.name; });

TEST_P(EvasionTest, ChangesTheTextAndLeavesTheHandle) {
  const EvasionCase& row = GetParam();
  int changed = 0;
  int signs = 0;
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    Text text = written(row.form, seed);
    const std::string plain = text.bytes;
    Random random(seed);
    if (!apply_evasion(row.evasion, random, text)) {
      EXPECT_EQ(text.bytes, plain);
      continue;
    }
    ++changed;
    EXPECT_NE(text.bytes, plain);
    EXPECT_TRUE(is_valid_utf8(text.bytes)) << text.bytes;
    EXPECT_NE(text.bytes.find("@zunqai"), std::string::npos) << text.bytes;
    if (!row.sign.empty() && text.bytes.find(row.sign) != std::string::npos) ++signs;
  }
  EXPECT_GT(changed, 40);
  if (!row.sign.empty()) {
    EXPECT_GT(signs, 15);
  }
}

TEST(EvasionSpansTest, FollowTheirContacts) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    Random random(seed);
    Text text = written(seed % 2 == 0 ? kThai : kLatin, seed);
    for (const Evasion evasion : {Evasion::kGluedUrl, Evasion::kSpaced, Evasion::kDefangedUrl,
                                  Evasion::kZeroWidth, Evasion::kLeet}) {
      apply_evasion(evasion, random, text);
      ASSERT_FALSE(text.contacts.empty());
      const Span line = text.contacts.back();
      ASSERT_EQ(text.bytes.substr(line.begin, line.end - line.begin), "@zunqai") << text.bytes;
    }
  }
}

TEST(EvasionSpansTest, NothingToChangeInAnEmptyText) {
  for (size_t i = 0; i < kEvasionCount; ++i) {
    Random random(1);
    Text text;
    EXPECT_FALSE(apply_evasion(static_cast<Evasion>(i), random, text));
    EXPECT_TRUE(text.bytes.empty());
  }
}

}  // namespace
}  // namespace sieve::traffic
