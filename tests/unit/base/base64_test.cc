#include "base/base64.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sieve {
namespace {

// `none` where `text` is no base64.
std::string read(std::string_view text) {
  std::vector<char> out(text.size() * 3 / 4);
  const std::optional<size_t> size = read_base64(text, out.data());
  return size ? std::string(out.data(), *size) : "none";
}

struct Row {
  const char* name;
  std::string_view text;
  std::string_view lenient;
  std::string_view strict;
};
class Base64Test : public ::testing::TestWithParam<Row> {};

TEST_P(Base64Test, IsReadLenientlyOrAsWritten) {
  EXPECT_EQ(read(GetParam().text), GetParam().lenient);
  EXPECT_EQ(decode_base64(GetParam().text).value_or("none"), GetParam().strict);
}

// The first rows are the vectors of RFC 4648, section 10.
constexpr Row kRows[] = {
    {"Empty", "", "", ""},
    {"One", "Zg==", "f", "f"},
    {"Two", "Zm8=", "fo", "fo"},
    {"Three", "Zm9v", "foo", "foo"},
    {"Six", "Zm9vYmFy", "foobar", "foobar"},
    {"HighBits", "+/+/", "\xFB\xFF\xBF", "\xFB\xFF\xBF"},
    {"UrlAlphabet", "-_-_", "\xFB\xFF\xBF", "none"},
    {"Unpadded", "Zm8", "fo", "none"},
    {"UnpaddedOne", "Zg", "f", "none"},
    {"WhiteSpace", " Zm9v\r\nYm\tFy ", "foobar", "none"},
    {"SpaceInPadding", "Zg=\n=", "f", "none"},
    {"OneDigit", "Z", "none", "none"},
    {"FiveDigits", "Zm9vY", "none", "none"},
    {"TooMuchPadding", "Zg===", "none", "none"},
    {"TooLittlePadding", "Zg=", "none", "none"},
    {"PaddingOnly", "====", "none", "none"},
    {"PaddingInside", "Zg==Zg==", "none", "none"},
    {"OtherSign", "Zm9*", "none", "none"},
    {"HighOctet", "Zm9\xE9", "none", "none"},
};
INSTANTIATE_TEST_SUITE_P(Rows, Base64Test, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Base64RoundTripTest, ReadsWhatItWrites) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    const std::string text = encode_base64(bytes);
    EXPECT_EQ(read(text), bytes) << text;
    EXPECT_EQ(decode_base64(text), bytes) << text;
    bytes += static_cast<char>(i * 37);
  }
}

}  // namespace
}  // namespace sieve
