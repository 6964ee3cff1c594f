#include "base/hex.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sieve {
namespace {

struct Row {
  const char* name;
  std::string_view text;
  std::string_view want;  // `none` where `text` is no hexadecimal.
};
class HexTest : public ::testing::TestWithParam<Row> {};

TEST_P(HexTest, IsRead) {
  std::vector<char> out(GetParam().text.size() / 2);
  const std::optional<size_t> size = read_hex(GetParam().text, out.data());
  EXPECT_EQ(size ? std::string(out.data(), *size) : "none", GetParam().want);
}

constexpr Row kRows[] = {
    {"Empty", "", ""},
    {"EitherCase", "4aAf", "\x4A\xAF"},
    {"Ends", "00ff", {"\x00\xFF", 2}},
    {"WhiteSpace", " 48 69\r\n\t21 ", "Hi!"},
    {"OneDigit", "4", "none"},
    {"ThreeDigits", "486", "none"},
    {"SplitPair", "4 86", "none"},
    {"OtherLetter", "4g", "none"},
    {"Prefix", "0x48", "none"},
    {"HighOctet", "\xE9\xE9", "none"},
};
INSTANTIATE_TEST_SUITE_P(Rows, HexTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace sieve
