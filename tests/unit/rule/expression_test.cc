#include "rule/expression.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "base/limits.h"
#include "rule/definitions.h"
#include "rule/truth_table.h"

namespace sieve {
namespace {

// The lists senders, langs and hosts, the brands lion and bank.
const Definitions& definitions() {
  static const Definitions all = [] {
    Definitions out;
    out.lists.resize(3);
    out.lists[0].name = "senders";
    out.lists[0].type = ListType::kSender;
    out.lists[1].name = "langs";
    out.lists[2].name = "hosts";
    out.lists[2].type = ListType::kDomain;
    out.brands.resize(2);
    out.brands[0].name = "lion";
    out.brands[1].name = "bank";
    return out;
  }();
  return all;
}

// A parsed expression with the patterns a, b, c, what a captures as sum and who, and the measures
// n, share.
struct Parsed {
  Expression expression;
  Diagnostics diagnostics;
};

ExpressionScope message_scope() {
  ExpressionScope scope;
  scope.patterns = {"a", "b", "c"};
  scope.captures = {{"a.sum", View::kText}, {"a.who", View::kRaw}};
  scope.measures = {{"n"}, {"share"}};
  scope.definitions = &definitions();
  return scope;
}

Parsed parse(std::string_view text, const ExpressionScope& scope = message_scope()) {
  Parsed out;
  YamlNode node;
  node.kind = YamlKind::kScalar;
  node.scalar = text;
  node.span = {1, 1, static_cast<uint32_t>(text.size())};
  const YamlContext context{"f", 'R', &out.diagnostics};
  out.expression = parse_expression(node, scope, context);
  return out;
}

// The code of the first problem, or "sound".
std::string first_code(std::string_view text, const ExpressionScope& scope = message_scope()) {
  const Parsed parsed = parse(text, scope);
  return parsed.diagnostics.empty() ? "sound" : parsed.diagnostics[0].code;
}

std::string printed(std::string_view text) {
  const Parsed parsed = parse(text);
  if (!parsed.diagnostics.empty()) return parsed.diagnostics[0].code;
  return print_expression(parsed.expression, message_scope());
}

// Nodes without places, to compare two expressions.
std::string dump(const Expression& expression) {
  std::string out;
  for (const ExprNode& node : expression.nodes) {
    out += fmt::format("{}:{}:{}:{}:{}:{} ", static_cast<int>(node.op), node.index, node.count,
                       node.field.value, node.number, node.text);
  }
  return out;
}

struct PrintRow {
  const char* name;
  const char* text;
  const char* want;
};
class PrintExpressionTest : public ::testing::TestWithParam<PrintRow> {};

TEST_P(PrintExpressionTest, ShowsHowItWasRead) {
  EXPECT_EQ(printed(GetParam().text), GetParam().want);
}

const PrintRow kPrintRows[] = {
    {"OneName", "a", "a"},
    {"AndBindsTighterThanOr", "a or b and c", "a or b and c"},
    {"ParenthesesThatMatter", "(a or b) and c", "(a or b) and c"},
    {"ParenthesesThatDoNot", "((a)) or (b and (c))", "a or b and c"},
    {"RightAssociativeKeepsParentheses", "a and (b and c)", "a and (b and c)"},
    {"LeftAssociative", "(a and b) and c", "a and b and c"},
    {"NotBindsTighterThanAnd", "not a and b", "not a and b"},
    {"NotOfGroup", "not (a and b)", "not (a and b)"},
    {"NotOfComparison", "not n > 5", "not n > 5"},
    {"NotTwice", "not not a", "not not a"},
    {"Comparisons", "n==1 or n!=2 or n<3 or n<=4 or n>5 or n>=6",
     "n == 1 or n != 2 or n < 3 or n <= 4 or n > 5 or n >= 6"},
    {"ConstantFirst", "5 < n", "5 < n"},
    {"Decimals", "share >= 0.25", "share >= 0.25"},
    {"NegativeNumber", "msg.cell.lat < -5.5", "msg.cell.lat < -5.5"},
    {"Strings", "msg.lang == 'th' or msg.lang == \"en\"",
     "msg.lang == \"th\" or msg.lang == \"en\""},
    {"StringWithQuote", "msg.from == 'say \"x\"'", "msg.from == 'say \"x\"'"},
    {"EmptyString", "msg.from == ''", "msg.from == \"\""},
    {"In", "msg.lang in ('th', 'en')", "msg.lang in (\"th\", \"en\")"},
    {"NotIn", "msg.lang not in ('th')", "not msg.lang in (\"th\")"},
    {"InNumbers", "msg.hour in (0, 1, 23)", "msg.hour in (0, 1, 23)"},
    {"BooleanField", "msg.route.intl and not msg.text_cut", "msg.route.intl and not msg.text_cut"},
    {"BooleanFieldCompared", "msg.route.intl == false", "msg.route.intl == false"},
    {"Quantity", "2 of (a, b, c)", "2 of (a, b, c)"},
    {"Any", "any of (a, b)", "any of (a, b)"},
    {"OneIsAny", "1 of (a, b)", "any of (a, b)"},
    {"All", "all of (a, b)", "all of (a, b)"},
    {"None", "none of (a, b)", "not any of (a, b)"},
    {"QuantityOfOne", "any of (a)", "any of (a)"},
    {"QuantityWithField", "2 of (a, msg.text_cut)", "all of (a, msg.text_cut)"},
    {"Count", "count( a )>=3", "count(a) >= 3"},
    {"CountLast", "3 < count(a)", "3 < count(a)"},
    {"CountOfTwo", "count(a) > count(b)", "count(a) > count(b)"},
    {"CountInList", "count(a) not in (1, 64)", "not count(a) in (1, 64)"},
    {"CountAtItsLimit", "count(a) == 64", "count(a) == 64"},
    {"CountBeyondItsLimit", "count(a) >= 65", "R072"},
    {"CountOfHalves", "count(a) > 1.5", "R072"},
    {"CountBelowZero", "count(a) > -1", "R072"},
    {"CountInListBeyond", "count(a) in (1, 65)", "R072"},
    {"CountAlways", "count(a) >= 0", "R018"},
    {"CountNever", "0 > count(a)", "R018"},
    {"CountZero", "count(a) == 0 or 0 < count(b)", "count(a) == 0 or 0 < count(b)"},
    {"CountAlone", "count(a)", "R013"},
    {"CountOfText", "count(a) == 'x'", "R013"},
    {"CountOfNothing", "count() > 1", "R071"},
    {"CountOfField", "count(msg.from) > 1", "R071"},
    {"CountOfUnknown", "count(zz) > 1", "R012"},
    {"CountOfComma", "count(a,) > 1", "R011"},
    {"CountNotClosed", "count(a > 1", "R011"},
    {"CountOfCondition", "count(a or b) > 1", "R011"},
    {"CountEnds", "count(", "R011"},
    {"Near", "near(a,b,60)", "near(a, b, 60)"},
    {"NearOfNoDistance", "near(a, b)", "R071"},
    {"NearAtItsLimits", "near(a, b, 0) or near(a, b, 1000)", "near(a, b, 0) or near(a, b, 1000)"},
    {"NearTooFar", "near(a, b, 1001)", "R073"},
    {"NearOfDuration", "near(a, b, 6s)", "R073"},
    {"NearOfHalves", "near(a, b, 1.5)", "R073"},
    {"NearItself", "near(a, a, 5)", "R071"},
    {"NearCompared", "near(a, b, 5) == true", "R013"},
    {"Before", "not before(a, b)", "not before(a, b)"},
    {"BeforeWithin", "before(a, b, 60) and c", "before(a, b, 60) and c"},
    {"BeforeTooMuch", "before(a, b, 60, 70)", "R071"},
    {"UnknownFunction", "cuont(a) > 1", "R070"},
    {"PatternBeforeParenthesis", "a (b or c)", "R011"},
    {"FunctionAsName", "count > 1", "R012"},
    {"AnyUrl", "any url where url.is_ip", "any url where url.is_ip"},
    {"AnyUrlTakesOneComparison", "any url where url.tld == 'top' and a",
     "any url where url.tld == \"top\" and a"},
    {"AnyUrlTakesParentheses", "a and any url where (url.is_ip or url.labels>4) or b",
     "a and any url where (url.is_ip or url.labels > 4) or b"},
    {"AnyUrlTakesANegation", "any url where not url.has_scheme",
     "any url where not url.has_scheme"},
    {"AnyUrlTakesAMembership", "any url where url.host not in ('a.example')",
     "any url where not url.host in (\"a.example\")"},
    {"AnyUrlParenthesesThatDoNotMatter", "(any url where (url.is_ip)) and a",
     "any url where url.is_ip and a"},
    {"NotAnyUrl", "not any url where url.is_ip", "not any url where url.is_ip"},
    {"NoneUrl", "none url where url.is_ip", "not any url where url.is_ip"},
    {"AnyUrlTwice", "any url where url.is_ip or any url where url.has_port",
     "any url where url.is_ip or any url where url.has_port"},
    {"AnyUrlWithAQuantity", "any url where 2 of (url.is_ip, url.has_port, url.is_glued)",
     "any url where 2 of (url.is_ip, url.has_port, url.is_glued)"},
    {"AnyUrlComparesFields", "any url where url.host != url.domain",
     "any url where url.host != url.domain"},
    {"AnyUrlWithoutCondition", "any url where", "R011"},
    {"AnyUrlWithoutWhere", "any url url.is_ip", "R079"},
    {"AllUrls", "all url where url.is_ip", "R079"},
    {"AnyUrls", "any urls where url.is_ip", "R079"},
    {"AnyUrlInside", "any url where (url.is_ip and any url where url.has_port)", "R078"},
    {"PatternInside", "any url where (url.is_ip and a)", "R078"},
    {"QuantityOfPatternsInside", "any url where any of (a, b)", "R078"},
    {"CallInside", "any url where (url.is_ip and count(a) > 1)", "R078"},
    {"UrlFieldBeforeParenthesis", "any url where url.is_ip (url.has_port)", "R011"},
    {"UrlFieldOutside", "url.is_ip", "R077"},
    {"UrlFieldBehind", "any url where url.is_ip and url.has_port", "R077"},
    {"UrlFieldUnknown", "any url where url.hots == 'a'", "R012"},
    {"UrlFieldIsNoCondition", "any url where url.host", "R013"},
    {"UrlFieldOfAnotherType", "any url where url.labels == 'a'", "R013"},
    {"HostWithCapitals", "any url where url.host == 'A.example'", "R018"},
    {"HostsWithCapitals", "any url where url.domain in ('a.example', 'B.example')", "R018"},
    {"HostWithAPath", "any url where 'a.example/x' == url.host", "R018"},
    {"PathWithCapitalsIsAsked", "any url where url.path == '/A'",
     "any url where url.path == \"/A\""},
    {"LookAlike", "any url where url.lookalike(lion)", "any url where url.lookalike(lion)"},
    {"LookAlikeOfAny", "any url where url.lookalike( any,tld )",
     "any url where url.lookalike(any, [tld])"},
    {"LookAlikeOfKinds", "any url where url.lookalike(lion, [tld, homoglyph])",
     "any url where url.lookalike(lion, [homoglyph, tld])"},
    {"LookAlikeOfAllKinds",
     "any url where url.lookalike(lion, [tld, homoglyph, combo, edit1, subdomain])",
     "any url where url.lookalike(lion)"},
    {"LookAlikeOfSeveral", "any url where not url.lookalike([lion, bank]) and a",
     "any url where not (url.lookalike(lion) or url.lookalike(bank)) and a"},
    {"LookAlikeAndAField", "any url where (url.lookalike([lion, bank], tld) and url.is_ip)",
     "any url where ((url.lookalike(lion, [tld]) or url.lookalike(bank, [tld])) and url.is_ip)"},
    {"LookAlikeOutside", "url.lookalike(lion)", "R077"},
    {"LookAlikeBehind", "any url where url.is_ip and url.lookalike(lion)", "R077"},
    {"LookAlikeOfUnknown", "any url where url.lookalike(tiger)", "R140"},
    {"LookAlikeOfUnknownKind", "any url where url.lookalike(lion, roar)", "R141"},
    {"LookAlikeOfNothing", "any url where url.lookalike()", "R142"},
    {"LookAlikeWithEmptyBrackets", "any url where url.lookalike([])", "R142"},
    {"LookAlikeEnds", "any url where url.lookalike(lion", "R142"},
    {"LookAlikeCompared", "any url where url.lookalike(lion) == true", "R013"},
    {"BracketsElsewhere", "msg.lang in ['th']", "R011"},
    {"Captured", "a.sum=='10' and a.who != 'Me'", "a.sum == \"10\" and a.who != \"Me\""},
    {"CapturedNumber", "number( a.sum )>=10", "number(a.sum) >= 10"},
    {"CapturedLength", "5 < length(a.sum)", "5 < length(a.sum)"},
    {"CapturedInList", "a.sum not in langs", "not a.sum in langs"},
    {"CapturedInHosts", "a.sum in hosts", "R085"},
    {"CapturedAsNumber", "a.sum >= 10", "R013"},
    {"CapturedInNumbers", "a.sum in (10, 20)", "R013"},
    {"CapturedAlone", "a.sum", "R013"},
    {"CapturedWithCapitals", "a.sum == 'X'", "R018"},
    {"CapturedUnknown", "a.sun == 'x'", "R143"},
    {"CapturedOfAnother", "b.sum == 'x'", "R143"},
    {"NumberOfAPattern", "number(a) > 1", "R144"},
    {"NumberOfAField", "number(msg.from) > 1", "R144"},
    {"NumberOfTwo", "number(a.sum, a.who) > 1", "R144"},
    {"NumberOfUnknownGroup", "number(a.sun) > 1", "R143"},
    {"CapturedInside", "any url where (url.is_ip and a.sum == '1')", "R078"},
    {"NumberInside", "any url where (url.is_ip and number(a.sum) > 1)", "R078"},
    {"Lines", "a\n  and\tb\r\n", "a and b"},
    {"TightSpacing", "not(a)and(b)or n>=5", "not a and b or n >= 5"},
    {"Empty", "", "R011"},
    {"OnlySpaces", " \n ", "R011"},
    {"InvalidUtf8", "a and \xFF", "R010"},
    {"DurationOfNoField", "n > 5s", "R013"},
    {"DurationTooLarge", "n > 99999999999999999999d", "R010"},
    {"NumberTooLarge", "n > 1e5", "R010"},
};
INSTANTIATE_TEST_SUITE_P(Rows, PrintExpressionTest, ::testing::ValuesIn(kPrintRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ExpressionTest, PutsOperandsBeforeOperators) {
  const Parsed parsed = parse("a and not n >= 5");
  std::vector<ExprOp> ops;
  for (const ExprNode& node : parsed.expression.nodes) ops.push_back(node.op);
  EXPECT_THAT(ops, ::testing::ElementsAre(ExprOp::kPattern, ExprOp::kMeasure, ExprOp::kNumber,
                                          ExprOp::kGreaterEqual, ExprOp::kNot, ExprOp::kAnd));
}

TEST(ExpressionTest, KeepsThePlaceOfEveryNode) {
  const Parsed parsed = parse("a and msg.hour >= 22");
  ASSERT_EQ(parsed.expression.nodes.size(), 5U);
  EXPECT_EQ(parsed.expression.nodes[0].span, (SourceSpan{1, 1, 1}));
  EXPECT_EQ(parsed.expression.nodes[1].span, (SourceSpan{1, 7, 8}));
  EXPECT_EQ(parsed.expression.nodes[2].span, (SourceSpan{1, 19, 2}));
  EXPECT_EQ(parsed.expression.nodes[3].span, (SourceSpan{1, 16, 2}));
  EXPECT_EQ(parsed.expression.nodes[4].span, (SourceSpan{1, 3, 3}));
}

TEST(ExpressionTest, ComparesFieldsOfOneType) {
  ExpressionScope scope;
  scope.kind = RecordKind::kCall;
  EXPECT_TRUE(parse("call.duration <= 6s", scope).diagnostics.empty());
  EXPECT_TRUE(parse("call.duration < call.ring", scope).diagnostics.empty());
  EXPECT_TRUE(parse("call.from == call.to", scope).diagnostics.empty());
  EXPECT_TRUE(parse("call.ended_at > call.ts", scope).diagnostics.empty());
  EXPECT_EQ(first_code("call.duration < call.from", scope), "R013");
  EXPECT_EQ(first_code("call.duration in (1s, 2)", scope), "R013");
}

TEST(ExpressionTest, RelatesPatternsOfOneView) {
  ExpressionScope scope = message_scope();
  scope.pattern_views = {View::kWords, View::kText, View::kWords};
  EXPECT_EQ(first_code("near(a, c, 5)", scope), "sound");
  EXPECT_EQ(first_code("near(a, b, 5)", scope), "R074");
  EXPECT_EQ(first_code("before(b, c)", scope), "R074");
  EXPECT_EQ(first_code("count(a) > count(b)", scope), "sound");
  scope.patterns.clear();
  EXPECT_EQ(first_code("count(n) > 1", scope), "R071");
}

TEST(ExpressionTest, IsEmptyWhenThereAreProblems) {
  EXPECT_TRUE(parse("a and missing").expression.empty());
  EXPECT_FALSE(parse("a").expression.empty());
}

std::string chain(size_t names) {
  std::string text = "a";
  for (size_t i = 1; i < names; ++i) text += " or a";
  return text;
}

TEST(ExpressionTest, LimitsPartsAndDepth) {
  // n names are joined by n - 1 operators.
  const size_t names_max = (limits::kExpressionNodesMax + 1) / 2;
  EXPECT_TRUE(parse(chain(names_max)).diagnostics.empty());
  EXPECT_EQ(first_code(chain(names_max + 1)), "R016");
  const size_t depth = limits::kExpressionDepthMax;
  const auto nested = [](size_t n) { return std::string(n, '(') + "a" + std::string(n, ')'); };
  EXPECT_TRUE(parse(nested(depth)).diagnostics.empty());
  EXPECT_EQ(first_code(nested(depth + 1)), "R016");
  std::string list = "any of (a";
  for (size_t i = 0; i < limits::kExpressionNodesMax; ++i) list += ", a";
  EXPECT_EQ(first_code(list + ")"), "R016");
}

// Random sound expressions, by growing text from the grammar's leaves.
std::string random_text(std::mt19937_64& random) {
  static const std::vector<std::string> kLeaves = {"a",
                                                   "b",
                                                   "c",
                                                   "n > 5",
                                                   "share<=0.5",
                                                   "msg.lang in ('th','en')",
                                                   "msg.hour not in (1)",
                                                   "2 of (a,b,c)",
                                                   "none of (a, msg.text_cut)",
                                                   "all of (b, c)",
                                                   "msg.route.intl",
                                                   "msg.from != msg.to",
                                                   "'x y' == msg.from",
                                                   "msg.text_cut == true",
                                                   "count(a) >= 3",
                                                   "2 != count(b)",
                                                   "count(c) in (1,2)",
                                                   "near(a,b,60)",
                                                   "before(b, a)",
                                                   "before(b,c,0)",
                                                   "any url where url.is_ip",
                                                   "none url where (url.tld in ('top') or not "
                                                   "url.has_scheme and url.digits >= 2)",
                                                   "msg.from in senders",
                                                   "msg.lang not in langs",
                                                   "any url where url.domain not in hosts",
                                                   "any url where url.lookalike([lion, bank], tld)",
                                                   "none url where not url.lookalike(any)",
                                                   "number(a.sum) >= 10",
                                                   "a.who != a.sum",
                                                   "length(a.sum) in (4, 6)",
                                                   "a.sum in langs"};
  const auto pick = [&random](size_t size) { return static_cast<size_t>(random() % size); };
  std::vector<std::string> parts;
  const size_t leaves = 1 + pick(8);
  for (size_t i = 0; i < leaves; ++i) parts.push_back(kLeaves[pick(kLeaves.size())]);
  while (parts.size() > 1) {
    const size_t at = pick(parts.size() - 1);
    const std::string op = pick(2) == 0 ? " and " : " or ";
    std::string joined = parts[at] + op + parts[at + 1];
    if (pick(3) == 0) joined = "(" + joined + ")";
    if (pick(4) == 0) joined = "not (" + joined + ")";
    parts[at] = joined;
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  }
  return parts[0];
}

TEST(ExpressionTest, ReadsBackWhatItPrints) {
  const char* given = std::getenv("SIEVE_SEED");
  const uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 20260105;
  std::mt19937_64 random(seed);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = random_text(random);
    const Parsed first = parse(text);
    ASSERT_TRUE(first.diagnostics.empty()) << "SIEVE_SEED=" << seed << " " << text;
    const std::string shown = print_expression(first.expression, message_scope());
    const Parsed second = parse(shown);
    ASSERT_EQ(dump(first.expression), dump(second.expression)) << "SIEVE_SEED=" << seed << "\n"
                                                               << text << "\n"
                                                               << shown;
    ASSERT_EQ(print_expression(second.expression, message_scope()), shown);
  }
}

// Any bytes give either nodes or a problem inside the text, never both and never neither.
TEST(ExpressionTest, SaysSomethingOfEveryBrokenText) {
  static const std::vector<std::string> kPieces = {"a",        "b",
                                                   "zz",       "n",
                                                   "msg.lang", "and",
                                                   "or",       "not",
                                                   "in",       "of",
                                                   "any",      "none",
                                                   "(",        ")",
                                                   ",",        "==",
                                                   "<",        "=",
                                                   "5",        "5s",
                                                   "'x'",      "\"",
                                                   "2",        "true",
                                                   "senders",  "\n",
                                                   "&&",       "é",
                                                   "-1",       ".",
                                                   "count",    "near(",
                                                   "before",   "url",
                                                   "where",    "url.is_ip",
                                                   "url.host", "any url where"};
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    const size_t size = random() % 9;
    for (size_t j = 0; j < size; ++j) text += kPieces[random() % kPieces.size()] + " ";
    const Parsed parsed = parse(text);
    ASSERT_NE(parsed.expression.empty(), parsed.diagnostics.empty()) << text;
    for (const Diagnostic& diagnostic : parsed.diagnostics) {
      ASSERT_GE(diagnostic.span.line, 1U) << text;
      ASSERT_GE(diagnostic.span.column, 1U) << text;
      ASSERT_FALSE(diagnostic.title.empty()) << text;
    }
  }
}

struct TruthRow {
  const char* name;
  const char* text;
  bool when_nothing_holds;
  bool never;
  bool always;
};
class TruthTest : public ::testing::TestWithParam<TruthRow> {};

TEST_P(TruthTest, KnowsWhatCanBe) {
  const Parsed parsed = parse(GetParam().text);
  ASSERT_TRUE(parsed.diagnostics.empty());
  const Truth truth = truth_of(parsed.expression);
  EXPECT_EQ(truth.when_nothing_holds, GetParam().when_nothing_holds);
  EXPECT_EQ(truth.never, GetParam().never);
  EXPECT_EQ(truth.always, GetParam().always);
}

const TruthRow kTruthRows[] = {
    {"Name", "a", false, false, false},
    {"Negation", "not a", true, false, false},
    {"Contradiction", "a and not a", false, true, false},
    {"Tautology", "a or not a", true, false, true},
    {"NoneAndOne", "none of (a, b) and a", false, true, false},
    {"TwoOfTwoButNotOne", "2 of (a, b) and not b", false, true, false},
    {"EqualComparisonsAreOneAtom", "n > 5 and not n > 5", false, true, false},
    {"DifferentComparisonsAreTwo", "n > 5 and not n > 6", false, false, false},
    {"EqualListsAreOneAtom", "msg.lang in ('th') or msg.lang not in ('th')", true, false, true},
    {"CountNeedsItsPattern", "count(a) >= 2 and not a", false, true, false},
    {"CountFromTheOtherSide", "2 <= count(a) and not a", false, true, false},
    {"CountInListNeedsItsPattern", "count(a) in (2, 3) and not a", false, true, false},
    {"FewHoldOfNothing", "count(a) < 3", true, false, false},
    {"NoneOrFew", "count(a) in (0, 2)", true, false, false},
    {"ManyOrFew", "count(a) >= 3 or not count(a) >= 3", true, false, true},
    {"SilentOrFew", "a or count(a) < 3", true, false, true},
    {"CountOfTwoIsFree", "count(a) > count(b) and not a", false, false, false},
    {"NearNeedsBoth", "near(a, b, 5) and not b", false, true, false},
    {"BeforeNeedsBoth", "before(a, b) and not a", false, true, false},
    {"NotNear", "a and b and not near(a, b, 5)", false, false, false},
    {"OtherDistancesAreOthers", "near(a, b, 9) and not near(a, b, 5)", false, false, false},
    {"EqualNamedListsAreOneAtom", "msg.lang in langs or msg.lang not in langs", true, false, true},
    {"DifferentNamedListsAreTwo", "msg.from in senders or msg.lang not in langs", true, false,
     false},
    {"BooleanFieldsCompared", "msg.text_cut == msg.route.intl", false, false, false},
    {"UrlTest", "any url where (url.is_ip or url.has_port)", false, false, false},
    {"UrlTestAndItself", "any url where url.is_ip and none url where url.is_ip", false, true,
     false},
    {"UrlTestsOfOtherLinks",
     "any url where (url.is_ip and url.has_port) and not any url where "
     "(url.is_ip and url.is_glued)",
     false, false, false},
    {"NoUrlTest", "none url where url.is_ip", true, false, false},
    {"BooleanFieldAndItself", "msg.text_cut and not msg.text_cut", false, true, false},
};
INSTANTIATE_TEST_SUITE_P(Rows, TruthTest, ::testing::ValuesIn(kTruthRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(TruthTest, DoesNotTryTooManyAtoms) {
  const auto contradiction = [](size_t others) {
    std::string text = "a and not a";
    for (size_t i = 0; i < others; ++i) text += fmt::format(" and n > {}", i);
    return truth_of(parse(text).expression);
  };
  // What stands within the condition of a link is no atom.
  EXPECT_TRUE(
      truth_of(parse("a and not a and any url where (url.labels in (1) or url.labels in (2) "
                     "or url.labels in (3) or url.labels in (4) or url.labels in (5) or "
                     "url.labels in (6) or url.labels in (7) or url.labels in (8) or "
                     "url.labels in (9) or url.labels in (10) or url.labels in (11) or "
                     "url.labels in (12))")
                   .expression)
          .never);
  EXPECT_TRUE(contradiction(kTruthAtomsMax - 1).never);
  EXPECT_FALSE(contradiction(kTruthAtomsMax).never);
}

}  // namespace
}  // namespace sieve
