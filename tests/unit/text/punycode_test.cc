#include "text/punycode.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#ifdef SIEVE_HAVE_IDN2
#include <idn2.h>
#endif

namespace sieve {
namespace {

struct PunycodeRow {
  const char* name;
  std::u32string letters;
  std::string encoded;
};
void PrintTo(const PunycodeRow& row, std::ostream* out) { *out << row.name; }

// RFC 3492, 7.1: samples that fit a label, in lower case.
const PunycodeRow kRows[] = {
    {"ChineseSimplified", U"\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587",
     "ihqwcrb4cv8a8dqg056pqjye"},
    {"ChineseTraditional", U"\u4ED6\u5011\u7232\u4EC0\u9EBD\u4E0D\u8AAA\u4E2D\u6587",
     "ihqwctvzc91f659drss3x8bo0yb"},
    {"Hebrew",
     U"\u05DC\u05DE\u05D4\u05D4\u05DD\u05E4\u05E9\u05D5\u05D8\u05DC\u05D0\u05DE\u05D3\u05D1\u05E8"
     U"\u05D9\u05DD\u05E2\u05D1\u05E8\u05D9\u05EA",
     "4dbcagdahymbxekheh6e0a7fei0b"},
    {"JapaneseMixed", U"3\u5E74b\u7D44\u91D1\u516B\u5148\u751F", "3b-ww4c5e180e575a65lsy2b"},
    {"German", U"b\u00FCcher", "bcher-kva"},
    {"BeyondTheBasicPlane", U"\U0001F600", "e28h"}};

class PunycodeTest : public ::testing::TestWithParam<PunycodeRow> {};

TEST_P(PunycodeTest, EncodesAndDecodes) {
  std::array<char, 64> encoded;
  const auto size = encode_punycode(GetParam().letters, encoded);
  ASSERT_TRUE(size.has_value());
  EXPECT_EQ(std::string(encoded.data(), *size), GetParam().encoded);
  std::array<char32_t, 64> letters;
  const auto count = decode_punycode(GetParam().encoded, letters);
  ASSERT_TRUE(count.has_value());
  EXPECT_EQ(std::u32string(letters.data(), *count), GetParam().letters);
}

INSTANTIATE_TEST_SUITE_P(Rfc, PunycodeTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(PunycodeFaultTest, WhatCannotBeIsRefused) {
  std::array<char32_t, 64> letters;
  // A digit that is none, an end within a number, a code point beyond Unicode.
  for (const char* encoded : {"a!", "bcher-kv", "99999999", "\xC3\xA9"}) {
    EXPECT_FALSE(decode_punycode(encoded, letters).has_value()) << encoded;
  }
  std::array<char32_t, 2> few;
  EXPECT_FALSE(decode_punycode("bcher-kva", few).has_value());
  std::array<char, 4> narrow;
  EXPECT_FALSE(encode_punycode(U"b\u00FCcher", narrow).has_value());
}

TEST(PunycodePropertyTest, DecodingGivesBackWhatWasEncoded) {
  std::mt19937_64 random(3'492);
  for (int round = 0; round < 20'000; ++round) {
    std::u32string letters;
    for (size_t i = 1 + random() % 20; i > 0; --i) {
      const auto any = static_cast<char32_t>(random() % 0x11000);
      letters += random() % 2 == 0 ? static_cast<char32_t>('a' + random() % 26)
                                   : (any >= 0xD800 && any < 0xE000 ? U'\u0E01' : any | 0x80);
    }
    std::array<char, 256> encoded;
    const auto size = encode_punycode(letters, encoded);
    ASSERT_TRUE(size.has_value());
    std::array<char32_t, 64> decoded;
    const auto count = decode_punycode({encoded.data(), *size}, decoded);
    ASSERT_TRUE(count.has_value());
    ASSERT_EQ(std::u32string(decoded.data(), *count), letters) << "round " << round;
  }
}

#ifdef SIEVE_HAVE_IDN2
TEST(PunycodePropertyTest, AgreesWithLibidn2) {
  // Letters that IDNA allows anywhere in a label.
  constexpr std::u32string_view kLetters =
      U"abcxyz0189\u00E4\u00F6\u00FC\u00E9\u043A\u0440\u0430\u0441\u0E01\u0E02\u0E04\u0E07\u4E2D"
      U"\u6587"
      U"\u5B57\u4F53\u3072\u3089\u30AB\u30CA\uD55C\uAE00";
  std::mt19937_64 random(5'891);
  int compared = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::u32string letters;
    for (size_t i = 1 + random() % 16; i > 0; --i) letters += kLetters[random() % kLetters.size()];
    letters += U'\u0E01';  // libidn2 leaves ASCII as it is.
    char* want = nullptr;
    const auto* input = reinterpret_cast<const uint32_t*>(letters.c_str());
    if (idn2_to_ascii_4z(input, &want, IDN2_NO_TR46) != IDN2_OK) continue;  // Too long.
    ++compared;
    std::array<char, 64> encoded;
    const auto size = encode_punycode(letters, encoded);
    ASSERT_TRUE(size.has_value()) << want;
    ASSERT_EQ("xn--" + std::string(encoded.data(), *size), want);
    idn2_free(want);
  }
  EXPECT_GT(compared, 10'000);
}
#endif

}  // namespace
}  // namespace sieve
