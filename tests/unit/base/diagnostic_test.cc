#include "base/diagnostic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sieve {
namespace {

struct RenderRow {
  const char* name;
  const char* text;
  SourceSpan span;
  const char* want;  // The line of the text and the line below it, as they are shown.
};

class RenderTest : public ::testing::TestWithParam<RenderRow> {};

TEST_P(RenderTest, UnderlinesTheSpanInCells) {
  const RenderRow& row = GetParam();
  Diagnostic diagnostic;
  diagnostic.code = "T001";
  diagnostic.title = "wrong";
  diagnostic.file = "f";
  diagnostic.span = row.span;
  const std::string got = render(diagnostic, {{"f", row.text}});
  EXPECT_THAT(got, ::testing::EndsWith(std::string("  |\n") + row.want));
}

const RenderRow kRenderRows[] = {
    {"Ascii", "abc def", {1, 5, 3}, "1 | abc def\n  |     ^^^\n"},
    {"FirstCharacter", "abc", {1, 1, 1}, "1 | abc\n  | ^\n"},
    {"SecondLine", "a\nbc\nd", {2, 2, 1}, "2 | bc\n  |  ^\n"},
    {"TabIsFourCells", "\tx", {1, 2, 1}, "1 |     x\n  |     ^\n"},
    {"ThaiMarksTakeNoCell", "ที่ x", {1, 5, 1}, "1 | ที่ x\n  |   ^\n"},
    {"WideCharactersTakeTwo", "中文x", {1, 2, 1}, "1 | 中文x\n  |   ^^\n"},
    {"SpanBeyondTheLine", "ab", {1, 3, 5}, "1 | ab\n  |   ^\n"},
    {"SpanOfNothing", "ab", {1, 1, 0}, "1 | ab\n  | ^\n"},
    {"EmptyLine", "\nx", {1, 1, 1}, "1 |\n  | ^\n"},
    {"LineBeyondTheFile", "x", {9, 1, 1}, "9 |\n  | ^\n"},
    {"CarriageReturnIsCut", "ab\r\nc", {1, 2, 1}, "1 | ab\n  |  ^\n"},
    {"ByteOrderMarkIsCut",
     "\xEF\xBB\xBF"
     "ab",
     {1, 2, 1},
     "1 | ab\n  |  ^\n"},
    {"HiddenCharacterIsSpelled", "a\u200Bb", {1, 3, 1}, "1 | a<U+200B>b\n  |          ^\n"},
    {"InvalidByteIsReplaced",
     "a\xFF"
     "b",
     {1, 3, 1},
     "1 | a\uFFFD"
     "b\n  |   ^\n"},
};
INSTANTIATE_TEST_SUITE_P(Rows, RenderTest, ::testing::ValuesIn(kRenderRows),
                         [](const auto& row) { return std::string(row.param.name); });

Diagnostic full_diagnostic() {
  Diagnostic d;
  d.code = "R014";
  d.severity = Severity::kWarning;
  d.title = "odd";
  d.file = "f";
  d.span = {12, 3, 2};
  d.label = "here";
  d.related = {{"", {2, 1, 1}, "and there"}, {"g", {1, 1, 3}, "and elsewhere"}};
  d.notes = {"one", "two"};
  d.help = "mend it";
  d.replacement = "xy z";
  return d;
}

TEST(DiagnosticTest, RendersEveryPart) {
  const std::string text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\nabcdef\n";
  EXPECT_EQ(render(full_diagnostic(), {{"f", text}, {"g", "xyz"}}),
            "warning[R014]: odd\n"
            "  --> f:12:3\n"
            "   |\n"
            "12 | abcdef\n"
            "   |   ^^ here\n"
            "  ::: f:2:1\n"
            "   |\n"
            " 2 | 2\n"
            "   | - and there\n"
            "  ::: g:1:1\n"
            "   |\n"
            " 1 | xyz\n"
            "   | --- and elsewhere\n"
            "   |\n"
            "   = note: one\n"
            "   = note: two\n"
            "help: mend it\n"
            "   |\n"
            "12 - abcdef\n"
            "12 + abxy zef\n");
}

TEST(DiagnosticTest, RendersWithoutSourceOrLine) {
  Diagnostic d;
  d.code = "C001";
  d.title = "wrong";
  d.file = "f";
  EXPECT_EQ(render(d, {}), "error[C001]: wrong\n --> f\n");
  d.span = {3, 4, 1};
  d.label = "here";
  EXPECT_EQ(render(d, {}), "error[C001]: wrong\n --> f:3:4\n  = here\n");
}

TEST(DiagnosticTest, CutsALongLineAroundItsSpan) {
  Diagnostic d;
  d.file = "f";
  d.span = {1, 501, 1};
  std::string text(1000, 'a');
  text[500] = 'X';
  const std::string got = render(d, {{"f", text}});
  EXPECT_THAT(got, ::testing::HasSubstr("1 | ..." + std::string(30, 'a') + "Xaa"));
  EXPECT_THAT(got, ::testing::HasSubstr("\n  | " + std::string(33, ' ') + "^\n"));
  EXPECT_LT(got.size(), 400U);
}

TEST(DiagnosticTest, RendersJson) {
  EXPECT_EQ(render_json(full_diagnostic()),
            R"({"code":"R014","severity":"warning","title":"odd","file":"f","line":12,"column":3,)"
            R"("size":2,"label":"here","help":"mend it","replacement":"xy z",)"
            R"("notes":["one","two"],"related":[)"
            R"({"file":"f","line":2,"column":1,"size":1,"text":"and there"},)"
            R"({"file":"g","line":1,"column":1,"size":3,"text":"and elsewhere"}]})");
}

TEST(DiagnosticTest, SortsByPlaceThenCode) {
  const auto at = [](const char* file, uint32_t line, const char* code) {
    Diagnostic d;
    d.file = file;
    d.span = {line, 1, 1};
    d.code = code;
    return d;
  };
  Diagnostics all = {at("b", 1, "A"), at("a", 2, "B"), at("a", 2, "A"), at("a", 1, "C")};
  sort_diagnostics(all);
  std::string order;
  for (const Diagnostic& d : all) order += d.file + std::to_string(d.span.line) + d.code + " ";
  EXPECT_EQ(order, "a1C a2A a2B b1A ");
}

TEST(DiagnosticTest, WarningsAreNoErrors) {
  Diagnostics all(1);
  EXPECT_TRUE(has_errors(all));
  all[0].severity = Severity::kWarning;
  EXPECT_FALSE(has_errors(all));
  EXPECT_FALSE(has_errors({}));
}

struct NearestRow {
  const char* name;
  std::string input;
  std::vector<std::string_view> candidates;
  const char* want;
};
class NearestNameTest : public ::testing::TestWithParam<NearestRow> {};

TEST_P(NearestNameTest, FindsTheNearest) {
  EXPECT_EQ(nearest_name(GetParam().input, GetParam().candidates), GetParam().want);
}

const NearestRow kNearestRows[] = {
    {"Empty", "", {"a"}, ""},
    {"NoCandidates", "score", {}, ""},
    {"OneReplaced", "scare", {"title", "score"}, "score"},
    {"Inserted", "scoree", {"score"}, "score"},
    {"SwapCountsOnce", "tre", {"ter"}, "ter"},
    {"TwoInAShortNameAreTooMany", "abcd", {"axyd"}, ""},
    {"AThirdOfTheLength", "abcdef", {"abcxyf"}, "abcxyf"},
    {"MoreThanAThird", "abcdef", {"abxyzf"}, ""},
    {"FirstOfTwoEquallyNear", "cat", {"bat", "hat"}, "bat"},
    {"EmptyCandidate", "a", {""}, ""},
    {"Maximum", std::string(64, 'a'), {"b"}, ""},
    {"LongerThanMaximum", std::string(65, 'a'), {"a"}, ""},
};
INSTANTIATE_TEST_SUITE_P(Rows, NearestNameTest, ::testing::ValuesIn(kNearestRows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace sieve
