#include "base/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace sieve {
namespace {

struct StringRow {
  const char* name;
  std::string text;
  const char* want;
};
class JsonStringTest : public ::testing::TestWithParam<StringRow> {};

TEST_P(JsonStringTest, EscapesAsRfc8259Asks) {
  std::string out;
  JsonWriter(out).string(GetParam().text);
  EXPECT_EQ(out, GetParam().want);
}

const StringRow kStringRows[] = {
    {"Empty", "", R"("")"},
    {"Plain", "abc", R"("abc")"},
    {"QuoteAndBackslash", R"(a"b\c)", R"("a\"b\\c")"},
    {"LineBreaksAndTab", "\n\r\t", R"("\n\r\t")"},
    {"Control", std::string("\x00\x1f", 2), R"("\u0000\u001f")"},
    {"Delete", "\x7F", R"("\u007f")"},
    {"Thai", "ก้าว", "\"ก้าว\""},
    {"Emoji", "\U0001F600", "\"\U0001F600\""},
    {"InvalidUtf8", "a\xFF\xE0\xB8z", "\"a\uFFFD\uFFFDz\""},
    {"Surrogate", "\xED\xA0\x80", "\"\uFFFD\uFFFD\uFFFD\""},
};
INSTANTIATE_TEST_SUITE_P(Rows, JsonStringTest, ::testing::ValuesIn(kStringRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(JsonWriterTest, PutsCommasBetweenValues) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("a").begin_array().integer(1).integer(2).begin_array().end_array().end_array();
  json.key("b").begin_object().end_object();
  json.key("c").boolean(true).key("d").null().key("e").raw("[3]").key("f").string("x");
  json.end_object();
  EXPECT_EQ(out, R"({"a":[1,2,[]],"b":{},"c":true,"d":null,"e":[3],"f":"x"})");
}

TEST(JsonWriterTest, WritesNumbersThatReadBack) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  json.integer(std::numeric_limits<int64_t>::min());
  json.integer(std::numeric_limits<int64_t>::max());
  json.unsigned_integer(std::numeric_limits<uint64_t>::max());
  json.number(4.5).number(0.1).number(-0.0).number(1e300);
  json.end_array();
  EXPECT_EQ(out,
            "[-9223372036854775808,9223372036854775807,18446744073709551615,4.5,0.1,-0,1e+300]");
}

TEST(JsonWriterDeathTest, RefusesNumbersThatJsonLacks) {
  std::string out;
  JsonWriter json(out);
  EXPECT_DEATH(json.number(std::nan("")), "nan");
  EXPECT_DEATH(json.number(std::numeric_limits<double>::infinity()), "inf");
}

}  // namespace
}  // namespace sieve
