#include "base/yaml.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace sieve {
namespace {

// A document that must be sound.
YamlDocument parsed(std::string_view text) {
  auto document = parse_yaml("f", text);
  EXPECT_TRUE(document.has_value()) << (document ? "" : render(document.error()[0], {{"f", text}}));
  return document ? std::move(*document) : YamlDocument("f", std::make_unique<YamlNode>());
}

std::string first_code(std::string_view text) {
  const auto document = parse_yaml("f", text);
  return document.has_value() ? "sound" : document.error()[0].code;
}

TEST(YamlTest, ReadsMapsListsAndScalars) {
  const YamlDocument document = parsed("a: 1\nb: [x, 'y', \"z\"]\nc:\n  d: ~\n");
  const YamlNode& root = document.root();
  ASSERT_EQ(root.kind, YamlKind::kMap);
  ASSERT_EQ(root.entries.size(), 3U);
  EXPECT_EQ(root.find("a")->as_int(), 1);
  const YamlNode& list = *root.find("b");
  ASSERT_EQ(list.items.size(), 3U);
  EXPECT_EQ(list.items[0]->style, YamlStyle::kPlain);
  EXPECT_EQ(list.items[1]->style, YamlStyle::kSingleQuoted);
  EXPECT_EQ(list.items[2]->style, YamlStyle::kDoubleQuoted);
  EXPECT_EQ(root.find("c")->find("d")->kind, YamlKind::kNull);
  EXPECT_EQ(root.find("missing"), nullptr);
  EXPECT_EQ(list.find("a"), nullptr);
}

TEST(YamlTest, AnEmptyFileIsNull) {
  EXPECT_EQ(parsed("").root().kind, YamlKind::kNull);
  EXPECT_EQ(parsed("# only a comment\n").root().kind, YamlKind::kNull);
  EXPECT_EQ(parsed("\xEF\xBB\xBF").root().kind, YamlKind::kNull);
}

TEST(YamlTest, MarksKeysAndValuesInCharacters) {
  const YamlDocument document = parsed("ชื่อ: ก้าว\nb: {c: 'it''s'}\n");
  const YamlEntry& thai = document.root().entries[0];
  EXPECT_EQ(thai.key_span, (SourceSpan{1, 1, 4}));
  EXPECT_EQ(thai.value->span, (SourceSpan{1, 7, 4}));
  EXPECT_EQ(document.root().find("b")->find("c")->span, (SourceSpan{2, 8, 7}));
}

std::string nested(size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(YamlTest, LimitsDepthAndSize) {
  EXPECT_EQ(first_code(nested(limits::kYamlDepthMax)), "sound");
  EXPECT_EQ(first_code(nested(limits::kYamlDepthMax + 1)), "Y005");
  EXPECT_EQ(first_code(std::string(100'000, '[')), "Y005");
  const std::string comment(limits::kRuleFileBytesMax, '#');
  EXPECT_EQ(first_code(comment), "sound");
  EXPECT_EQ(first_code(comment + "#"), "Y005");
}

TEST(YamlTest, LimitsValues) {
  std::string text = "[";
  for (size_t i = 0; i < limits::kYamlNodesMax; ++i) text += "1,";
  EXPECT_EQ(first_code(text + "]"), "Y005");
}

struct CodeRow {
  const char* name;
  std::string text;
  const char* want;
};
class YamlCodeTest : public ::testing::TestWithParam<CodeRow> {};

TEST_P(YamlCodeTest, RefusesWhatIsNotStrict) {
  EXPECT_EQ(first_code(GetParam().text), GetParam().want);
}

const CodeRow kCodeRows[] = {
    {"NulByte", std::string("a: \0", 4), "Y006"},
    {"LoneCarriageReturn", "a: 1\rb: 2", "Y006"},
    {"NextLine", "a: 1\u0085b: 2", "Y006"},
    {"Utf16",
     "\xFF\xFE"
     "a",
     "Y004"},
    {"Surrogate", "a: \xED\xA0\x80", "Y004"},
    {"EmojiWithVariationSelector", "a: \u2764\uFE0F", "sound"},
    {"CrLf", "a: 1\r\nb: 2\r\n", "sound"},
    {"DuplicateInFlowMap", "{a: 1, a: 2}", "Y002"},
    {"DuplicateByEscape", "{a: 1, \"\\x61\": 2}", "Y002"},
    {"EqualKeysInDifferentMaps", "{a: {x: 1}, b: {x: 1}}", "sound"},
    {"QuotedMergeKey", "'<<': 1", "sound"},
    {"AnchorWithoutAlias", "a: &x 1", "Y003"},
    {"SecondDocumentAfterEnd", "a: 1\n...\n---\nb: 1\n", "Y003"},
    {"OneExplicitDocument", "---\na: 1\n...\n", "sound"},
};
INSTANTIATE_TEST_SUITE_P(Rows, YamlCodeTest, ::testing::ValuesIn(kCodeRows),
                         [](const auto& row) { return std::string(row.param.name); });

struct ScalarRow {
  const char* name;
  const char* text;  // The value as written.
  std::optional<int64_t> integer;
  std::optional<double> number;
  std::optional<bool> boolean;
  std::optional<int64_t> duration_ms;
};
class YamlScalarTest : public ::testing::TestWithParam<ScalarRow> {};

TEST_P(YamlScalarTest, ReadsTypesOfPlainScalarsOnly) {
  const ScalarRow& row = GetParam();
  const YamlDocument document = parsed(std::string("a: ") + row.text);
  const YamlNode& node = *document.root().find("a");
  EXPECT_EQ(node.as_int(), row.integer);
  EXPECT_EQ(node.as_number(), row.number);
  EXPECT_EQ(node.as_bool(), row.boolean);
  const std::optional<Duration> duration = node.as_duration();
  EXPECT_EQ(duration.has_value(), row.duration_ms.has_value());
  EXPECT_EQ(duration ? duration->ms : 0, row.duration_ms.value_or(0));
}

const ScalarRow kScalarRows[] = {
    {"Zero", "0", 0, 0.0, {}, {}},
    {"Negative", "-12", -12, -12.0, {}, {}},
    {"Decimal", "4.5", {}, 4.5, {}, {}},
    {"PointWithoutDigits", "4.", {}, {}, {}, {}},
    {"LeadingZero", "0812", {}, {}, {}, {}},
    {"Plus", "+1", {}, {}, {}, {}},
    {"Exponent", "1e3", {}, {}, {}, {}},
    {"Hexadecimal", "0x1F", {}, {}, {}, {}},
    {"Infinity", ".inf", {}, {}, {}, {}},
    {"IntMaximum", "9223372036854775807", INT64_MAX, 9223372036854775807.0, {}, {}},
    {"IntMaximumPlusOne", "9223372036854775808", {}, 9223372036854775808.0, {}, {}},
    {"True", "true", {}, {}, true, {}},
    {"False", "false", {}, {}, false, {}},
    {"YesIsText", "yes", {}, {}, {}, {}},
    {"CapitalTrueIsText", "True", {}, {}, {}, {}},
    {"Duration", "90s", {}, {}, {}, 90'000},
    {"QuotedNumber", "'1'", {}, {}, {}, {}},
    {"QuotedBoolean", "\"true\"", {}, {}, {}, {}},
    {"QuotedDuration", "'90s'", {}, {}, {}, {}},
    {"Null", "~", {}, {}, {}, {}},
    {"List", "[1]", {}, {}, {}, {}},
};
INSTANTIATE_TEST_SUITE_P(Rows, YamlScalarTest, ::testing::ValuesIn(kScalarRows),
                         [](const auto& row) { return std::string(row.param.name); });

struct PlaceRow {
  const char* name;
  const char* text;    // A file with the scalar under `a`.
  const char* needle;  // What to find in the scalar.
  SourceSpan want;
};
class YamlPlaceTest : public ::testing::TestWithParam<PlaceRow> {};

TEST_P(YamlPlaceTest, FindsTheWayBackIntoTheFile) {
  const PlaceRow& row = GetParam();
  const YamlDocument document = parsed(row.text);
  const YamlNode& node = *document.root().find("a");
  const size_t offset = node.scalar.find(row.needle);
  ASSERT_NE(offset, std::string::npos) << node.scalar;
  EXPECT_EQ(node.span_at(offset, 2), row.want);
}

const PlaceRow kPlaceRows[] = {
    {"Plain", "a: xx and bb", "bb", {1, 11, 2}},
    {"PlainThai", "a: ที่ and bb", "bb", {1, 12, 2}},
    {"SingleQuoted", "a: 'xx bb'", "bb", {1, 8, 2}},
    {"SingleQuotedWithQuote", "a: 'it''s bb'", "bb", {1, 11, 2}},
    {"DoubleQuoted", "a: \"xx bb\"", "bb", {1, 8, 2}},
    {"DoubleQuotedEscapeIsTheWholeValue", "a: \"\\u0041 bb\"", "bb", {1, 4, 11}},
    {"LiteralFirstLine", "a: |\n  xx bb\n", "bb", {2, 6, 2}},
    {"LiteralLaterLine", "a: |\n  xx\n\n    bb\n", "bb", {4, 5, 2}},
    {"LiteralAfterEmptyLines", "a: |\n\n\n   xx bb\n", "bb", {4, 7, 2}},
    {"LiteralWithIndicator", "a: |2\n    bb\n", "bb", {2, 5, 2}},
    {"LiteralThai", "a: |\n  ที่ bb\n", "bb", {2, 7, 2}},
    {"LiteralCrLf", "a: |\r\n  xx\r\n  y bb\r\n", "bb", {3, 5, 2}},
    {"FoldedIsTheMark", "a: >\n  xx\n  bb\n", "bb", {1, 4, 1}},
    {"PlainOverLinesIsItsFirst", "a: xx\n  bb\n", "bb", {1, 4, 2}},
};
INSTANTIATE_TEST_SUITE_P(Rows, YamlPlaceTest, ::testing::ValuesIn(kPlaceRows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace sieve
