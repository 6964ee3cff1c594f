#include "text/squeeze.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/utf8.h"

namespace sieve {
namespace {

// Of each byte of the squeezed text: `(` where a token begins, `)` behind its end, `*` before a
// token of one character.
std::string marked(std::string_view text) {
  std::vector<uint8_t> bytes;
  mark_tokens(text, bytes);
  std::string squeezed(text.size(), '\0');
  squeezed.resize(squeeze(text, squeezed.data(), nullptr, nullptr));
  EXPECT_EQ(bytes.size(), squeezed.size());
  std::string out;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const bool begins = (bytes[i] & kTokenBegins) != 0;
    if (begins && (bytes[i] & kStandsApart) != 0) out += '*';
    if (begins) out += '(';
    out += squeezed[i];
    if ((bytes[i] & kTokenEnds) != 0) out += ')';
  }
  return out;
}

TEST(MarkTokensTest, MarksWhereTokensBeginAndEnd) {
  EXPECT_EQ(marked(""), "");
  EXPECT_EQ(marked(" . "), "");
  EXPECT_EQ(marked("a"), "*(a)");
  EXPECT_EQ(marked("ab c, d"), "(ab)*(c)*(d)");
  EXPECT_EQ(marked("น้ำ ดี"), "*(น้ำ)*(ดี)");
  EXPECT_EQ(marked("ไป 5"), "(ไป)*(5)");
}

TEST(MarkTokensTest, HasAMarkForEachByteOfAnyText) {
  std::mt19937_64 random(5);
  const char32_t chars[] = {'a', '7', ' ', '.', 0xE9, 0x301, 0xE01, 0xE33, 0xE48, 0x4E00, 0x1F600};
  for (int round = 0; round < 1'000; ++round) {
    std::string text;
    for (uint64_t n = random() % 12; n > 0; --n) {
      append_utf8(text, chars[random() % std::size(chars)]);
    }
    marked(text);
  }
}

TEST(SqueezedPhraseTest, HasNoSpacesAndEnoughLetters) {
  EXPECT_EQ(squeezed_phrase("free credit"), "freecredit");
  EXPECT_EQ(squeezed_phrase("bonus"), "bonus");
  EXPECT_EQ(squeezed_phrase("slot"), "");
  EXPECT_EQ(squeezed_phrase("slot 100"), "");
  EXPECT_EQ(squeezed_phrase("24 7 365"), "");
  EXPECT_EQ(squeezed_phrase("เว็บตรง"), "เว็บตรง");
  EXPECT_EQ(squeezed_phrase("กดรับ"), "กดรับ");
  EXPECT_EQ(squeezed_phrase("คลิก"), "");
  EXPECT_EQ(squeezed_phrase("ทุน"), "");
  EXPECT_EQ(squeezed_phrase("百家乐"), "");
  EXPECT_EQ(squeezed_phrase("送彩金吧"), "送彩金吧");
  EXPECT_EQ(squeezed_phrase(""), "");
}

}  // namespace
}  // namespace sieve
