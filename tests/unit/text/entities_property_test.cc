// Entities made at random and dressed up come back as what they were; and whatever the text, spans
// lie inside of it. SIEVE_SEED replays a failure.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "text/entities.h"

namespace sieve {
namespace {

uint64_t seed() {
  const char* const given = std::getenv("SIEVE_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'260'105;
}

class Finder {
 public:
  const Entities& find(std::string_view text, const char* country = "") {
    folded_ = folder_.fold(text);
    extract_entities(folded_, entities_, {find_plan(country)});
    return entities_;
  }
  const FoldedText& folded() const { return folded_; }

 private:
  Folder folder_;
  FoldedText folded_;
  Entities entities_;
};

// `value` with `separator` between its thousands.
std::string grouped(uint64_t value, std::string_view separator) {
  std::string digits = std::to_string(value);
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, separator);
  }
  return digits;
}

struct AmountDress {
  const char* name;
  const char* before;
  const char* thousands;
  const char* decimal;  // Empty: whole amounts.
  const char* behind;
  const char* currency;
  double factor = 1;
};
class AmountDressTest : public ::testing::TestWithParam<AmountDress> {};

TEST_P(AmountDressTest, ComesBack) {
  const AmountDress& dress = GetParam();
  std::mt19937_64 random(seed());
  Finder finder;
  for (int i = 0; i < 2'000; ++i) {
    const uint64_t whole = random() % 2 == 0 ? 1 + random() % 9'999 : 1 + random() % 99'999'999;
    const uint64_t cents = *dress.decimal == '\0' ? 0 : random() % 100;
    std::string number = grouped(whole, dress.thousands);
    if (*dress.decimal != '\0') number += fmt::format("{}{:02}", dress.decimal, cents);
    const std::string text = fmt::format("xx {}{}{}, yy", dress.before, number, dress.behind);
    const Entities& found = finder.find(text);
    ASSERT_EQ(found.amounts.size(), 1U) << text;
    const double want =
        (static_cast<double>(whole) + static_cast<double>(cents) / 100) * dress.factor;
    EXPECT_NEAR(found.amounts[0].value, want, want * 1e-12) << text;
    EXPECT_EQ(found.amounts[0].currency, dress.currency) << text;
    EXPECT_TRUE(found.phones.empty() && found.codes.empty()) << text;
  }
}

const AmountDress kAmountDresses[] = {
    {"ThaiBehind", "", ",", ".", " บาท", "THB"},
    {"ThaiBefore", "฿", ",", "", "", "THB"},
    {"Plain", "", "", "", "THB", "THB"},
    {"Spaces", "", " ", "", " ₫", "VND"},
    {"Dots", "Rp ", ".", ",", "", "IDR"},
    {"Vietnamese", "", ".", "", "đ", "VND"},
    {"Dollars", "$", ",", ".", "", "USD"},
    {"Singapore", "S$", ",", ".", "", "SGD"},
    {"Euros", "", ".", ",", " €", "EUR"},
    {"Chinese", "", "", "", "元", "CNY"},
    {"TenThousands", "", "", "", "万元", "CNY", 1e4},
    {"Millions", "", "", "", " juta", "IDR", 1e6},
    {"Pesos", "₱", ",", ".", "", "PHP"},
};
INSTANTIATE_TEST_SUITE_P(Dresses, AmountDressTest, ::testing::ValuesIn(kAmountDresses),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(EntitiesPropertyTest, OneContactHasOneId) {
  std::mt19937_64 random(seed());
  Finder finder;
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789_";
  for (int i = 0; i < 2'000; ++i) {
    std::string name = "shop";
    for (size_t left = 2 + random() % 8; left > 0; --left) {
      name += kLetters[random() % kLetters.size()];
    }
    name += '9';
    for (const char* dress :
         {"LINE: @{}", "line id : {}", "ไลน์ @{}", "แอดไลน์ {}", "https://line.me/R/ti/p/@{}",
          "line://ti/p/~{}", "LINE@ {}", "L\u0406NE: @{}"}) {
      const std::string text = fmt::format(fmt::runtime(dress), name);
      const Entities& found = finder.find(text);
      ASSERT_EQ(found.handles.size(), 1U) << text;
      EXPECT_EQ(found.handles[0].service, "line") << text;
      EXPECT_EQ(found.handles[0].id, name) << text;
    }
  }
}

// One letter or digit changed: Bech32 detects that always, the others nearly so.
TEST(EntitiesPropertyTest, ADamagedAddressIsNone) {
  Finder finder;
  for (const std::string_view address :
       {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "1111111111111111111114oLvT2",
        "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"}) {
    ASSERT_EQ(finder.find(address).crypto_addresses.size(), 1U);
    for (size_t at = 0; at < address.size(); ++at) {
      for (const char c : std::string_view("qpzry9x8ABC2")) {
        std::string damaged(address);
        if (damaged[at] == c) continue;
        damaged[at] = c;
        EXPECT_TRUE(finder.find(damaged).crypto_addresses.empty()) << damaged;
      }
    }
  }
}

TEST(EntitiesPropertyTest, OneCaseChangedBreaksAMixedCaseAddress) {
  Finder finder;
  const std::string address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
  for (size_t at = 2; at < address.size(); ++at) {
    std::string damaged = address;
    if (std::isalpha(static_cast<unsigned char>(damaged[at])) == 0) continue;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    EXPECT_TRUE(finder.find(damaged).crypto_addresses.empty()) << damaged;
  }
}

void expect_inside(ByteSpan span, std::string_view view) {
  ASSERT_LT(span.begin, span.end);
  ASSERT_LE(span.end, view.size());
}

void expect_sound(const FoldedText& folded, const Entities& entities) {
  for (const Handle& handle : entities.handles) {
    expect_inside(handle.span, folded.text);
    EXPECT_FALSE(handle.id.empty() || handle.service.empty());
    EXPECT_EQ(handle.id.find_first_of("@ ABCDEFGHIJKLMNOPQRSTUVWXYZ"), std::string_view::npos);
  }
  for (const Phone& phone : entities.phones) {
    expect_inside(phone.span, folded.text);
    EXPECT_EQ(phone.number[0], '+');
  }
  for (const Amount& amount : entities.amounts) {
    expect_inside(amount.span, folded.text);
    EXPECT_TRUE(std::isfinite(amount.value));
  }
  for (const OneTimeCode& code : entities.codes) expect_inside(code.span, folded.text);
  for (const CryptoAddress& address : entities.crypto_addresses) {
    expect_inside(address.span, folded.raw);
  }
}

TEST(EntitiesPropertyTest, RandomTextGivesSoundEntities) {
  std::mt19937_64 random(seed());
  constexpr std::string_view kPieces[] = {
      "0",          "1",    "81",       "234",
      "5678",       "+66",  "00",       "(",
      ")",          "-",    ".",        ",",
      " ",          " ",    "line",     "ไลน์",
      ": ",         "@",    "id",       "บาท",
      "$",          "rp",   "k",        "jt",
      "otp",        "code", "รหัส",      "wa",
      "ab",         "โทร",  "t.me/",    "微信",
      "加v",        "元",   "万",       "\xFF",
      "พัน",         "to",   "1,000",    "1.5",
      "zalo.me/09", "é",    "viber://", "0x5aAeb6053F3E94C9b9A0"};
  Finder finder;
  for (int i = 0; i < 50'000; ++i) {
    std::string text;
    for (size_t left = random() % 20; left > 0; --left) {
      text += kPieces[random() % std::size(kPieces)];
    }
    SCOPED_TRACE(text);
    const Entities& found = finder.find(text, i % 3 == 0 ? "" : i % 3 == 1 ? "TH" : "SG");
    expect_sound(finder.folded(), found);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(EntitiesPropertyTest, KeepsAtMostTheLimitAndCountsTheRest) {
  constexpr size_t kCount = limits::kUrlsPerMessageMax + 1;
  std::string text;
  for (size_t i = 0; i < kCount; ++i)
    text += fmt::format("line: @shop{} +6681234{} ฿{}; ", i, 5000 + i, i);
  Finder finder;
  const Entities& found = finder.find(text);
  EXPECT_EQ(found.handles.size(), limits::kUrlsPerMessageMax);
  EXPECT_EQ(found.phones.size(), limits::kUrlsPerMessageMax);
  EXPECT_EQ(found.amounts.size(), limits::kUrlsPerMessageMax);
  EXPECT_EQ(found.left_out, 3U);
}

TEST(EntitiesPropertyTest, LongTextsOfOneKindAreSafe) {
  Finder finder;
  for (const std::string_view piece :
       {"1", "1 ", "1,", "1.1-", "+", "@", "line", ": a1 ", "otp 1234 ", "0x0", "bc1q", "(", "ก1",
        "ไลน์ ", "0 8 ", "加v", "1-", "rp "}) {
    std::string text;
    while (text.size() + piece.size() <= limits::kTextBytesMax) text += piece;
    expect_sound(finder.folded(), finder.find(text, "TH"));
  }
}

}  // namespace
}  // namespace sieve
