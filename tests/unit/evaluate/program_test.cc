#include "evaluate/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "match/list_set.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::condition_from;
using ::sieve::testing::message;

constexpr size_t kPatternCount = 4;

// Pattern i is signal 10 + i, to tell them apart.
Program program_of(const std::string& condition) {
  std::vector<SignalId> signals;
  for (uint32_t i = 0; i < kPatternCount; ++i) signals.emplace_back(10 + i);
  return Program::compile(condition_from(condition, kPatternCount), signals);
}

struct RunRow {
  const char* name;
  const char* condition;
  const char* fired;  // Digits of the patterns that fired.
  bool want;
};

class RunTest : public ::testing::TestWithParam<RunRow> {};

// The message is from +66812345678, over an international route, and says nothing of its language.
TEST_P(RunTest, IsTrueOrFalse) {
  std::vector<bool> signals(20);
  for (const char digit : std::string_view(GetParam().fired)) {
    signals[10 + static_cast<size_t>(digit - '0')] = true;
  }
  Record record = message("");
  record.message.route.intl = Tristate::kTrue;
  const FieldContext context;
  ProgramInput input;
  input.signals = &signals;
  input.record = &record;
  input.context = &context;
  EXPECT_EQ(program_of(GetParam().condition).run(input), GetParam().want);
}

constexpr RunRow kRuns[] = {
    {"pattern_that_fired", "p1", "1", true},
    {"pattern_that_did_not", "p1", "0", false},
    {"and_of_both", "p0 and p1", "01", true},
    {"and_of_one", "p0 and p1", "0", false},
    {"or_of_one", "p0 or p1", "1", true},
    {"or_of_none", "p0 or p1", "2", false},
    {"not_of_a_silent_pattern", "not p0", "", true},
    {"and_binds_before_or", "p0 or p1 and p2", "0", true},
    {"brackets_bind_first", "(p0 or p1) and p2", "0", false},
    {"enough_of_a_set", "2 of (p0, p1, p2)", "02", true},
    {"too_few_of_a_set", "2 of (p0, p1, p2)", "2", false},
    {"all_of_a_set", "all of (p0, p1)", "01", true},
    {"none_of_a_set", "none of (p0, p1)", "23", true},
    {"any_of_a_set", "any of (p0, p1)", "23", false},
    {"equal_text", "msg.from == '+66812345678'", "", true},
    {"different_text", "msg.from != '+66812345678'", "", false},
    {"member", "msg.from in ('a', '+66812345678')", "", true},
    {"not_a_member", "msg.from not in ('a', 'b')", "", true},
    {"number_at_its_limit", "msg.to.count <= 1", "", true},
    {"number_beyond", "msg.to.count < 1", "", false},
    {"number_above", "msg.to.count > 0", "", true},
    {"number_at_least", "msg.to.count >= 1", "", true},
    {"boolean_field", "msg.route.intl", "", true},
    {"boolean_compared", "msg.route.intl == false", "", false},
    {"absent_text_equals_nothing", "msg.lang == 'th'", "", false},
    {"absent_text_differs_from_nothing", "msg.lang != 'th'", "", false},
    {"absent_text_is_no_member", "msg.lang in ('th', 'en')", "", false},
    {"not_of_a_comparison_with_absent", "not (msg.lang == 'th')", "", true},
    {"absent_boolean_is_false", "msg.sim.prepaid", "", false},
    {"not_of_an_absent_boolean", "not msg.sim.prepaid", "", true},
    {"absent_boolean_compared", "msg.sim.prepaid == false", "", false},
};

INSTANTIATE_TEST_SUITE_P(All, RunTest, ::testing::ValuesIn(kRuns),
                         [](const auto& row) { return row.param.name; });

TEST(ProgramTest, AnEmptyProgramIsTrue) {
  EXPECT_TRUE(Program().run({}));
  EXPECT_TRUE(Program::compile({}, {}).run({}));
}

TEST(ProgramTest, ReadsMeasures) {
  ExprNode measure;
  measure.op = ExprOp::kMeasure;
  measure.index = 1;
  ExprNode five;
  five.op = ExprOp::kNumber;
  five.number = 5;
  ExprNode at_least;
  at_least.op = ExprOp::kGreaterEqual;
  Expression expression;
  expression.nodes = {measure, five, at_least};
  const Program program = Program::compile(expression, {});
  ProgramInput input;
  const double enough[] = {0, 5};
  const double too_few[] = {9, 4.5};
  input.measures = enough;
  EXPECT_TRUE(program.run(input));
  input.measures = too_few;
  EXPECT_FALSE(program.run(input));
}

TEST(ProgramTest, NamesItsFieldsOnce) {
  const Program program = program_of("msg.from == 'a' or msg.lang == 'b' or msg.from == 'c'");
  EXPECT_EQ(program.fields().size(), 2U);
}

struct MayHoldRow {
  const char* name;
  const char* condition;
  const char* fired;    // Digits of the patterns that fired.
  const char* unknown;  // Digits of those not looked for yet.
  bool want;
};

class MayHoldTest : public ::testing::TestWithParam<MayHoldRow> {};

TEST_P(MayHoldTest, KnowsWhatFieldsAndOccurrencesCannotChange) {
  std::vector<bool> signals(20);
  std::vector<bool> unknown(20);
  for (const char digit : std::string_view(GetParam().fired)) signals[10 + (digit - '0')] = true;
  for (const char digit : std::string_view(GetParam().unknown)) unknown[10 + (digit - '0')] = true;
  ProgramInput input;
  input.signals = &signals;
  input.unknown = &unknown;
  EXPECT_EQ(program_of(GetParam().condition).may_hold(input), GetParam().want);
}

constexpr MayHoldRow kMayHold[] = {
    {"pattern", "p0", "0", "", true},
    {"silent_pattern", "p0", "1", "", false},
    {"unknown_pattern", "p0", "", "0", true},
    {"field_is_open", "p0 and msg.lang == 'th'", "0", "", true},
    {"field_cannot_help", "p0 and msg.lang == 'th'", "", "", false},
    {"count_is_open", "count(p0) >= 3", "0", "", true},
    {"count_of_unknown_is_open", "count(p0) >= 3", "", "0", true},
    {"count_of_a_silent_pattern", "count(p0) >= 3", "", "", false},
    {"count_in_a_list_of_a_silent_pattern", "count(p0) in (1, 2)", "", "", false},
    {"not_often_of_a_silent_pattern", "not count(p0) >= 3", "", "", true},
    {"few_of_a_silent_pattern", "count(p0) < 3", "", "", true},
    {"not_few_of_a_silent_pattern", "not count(p0) < 3", "", "", false},
    {"not_few_is_open", "not count(p0) < 3", "0", "", true},
    {"none_of_a_silent_pattern", "0 == count(p0)", "", "", true},
    {"counts_compared_are_open", "count(p0) >= count(p1)", "", "", true},
    {"near_is_open", "near(p0, p1, 5)", "01", "", true},
    {"near_of_unknown_is_open", "near(p0, p1, 5)", "0", "1", true},
    {"near_of_a_silent_pattern", "near(p0, p1, 5)", "0", "", false},
    {"not_near_is_open", "not near(p0, p1, 5)", "01", "", true},
    {"before_of_a_silent_pattern", "before(p0, p1)", "1", "", false},
};

INSTANTIATE_TEST_SUITE_P(All, MayHoldTest, ::testing::ValuesIn(kMayHold),
                         [](const auto& row) { return row.param.name; });

// Neither what is silent nor what the other parts decide is searched for: there is nothing to
// search with here.
TEST(ProgramTest, DoesNotSearchForSilentPatterns) {
  const std::vector<bool> signals(20);
  ProgramInput input;
  input.signals = &signals;
  EXPECT_FALSE(program_of("count(p0) >= 1").run(input));
  EXPECT_TRUE(program_of("count(p0) < 1").run(input));
  EXPECT_FALSE(program_of("near(p0, p1, 9) or before(p0, p1)").run(input));
}

TEST(ProgramTest, KnowsWhetherItLooksFurther) {
  EXPECT_FALSE(program_of("p0 and 2 of (p1, p2)").looks_further());
  EXPECT_TRUE(program_of("p0 and count(p1) > 1").looks_further());
  EXPECT_TRUE(program_of("before(p0, p1)").looks_further());
  EXPECT_TRUE(program_of("p0 and msg.text_cut").looks_further());
}

// The lists `senders` and `langs`.
Definitions two_lists() {
  Definitions definitions;
  definitions.lists.resize(2);
  ListDef& senders = definitions.lists[0];
  senders.name = "senders";
  senders.type = ListType::kSender;
  senders.entries.values.insert("+66812345678");
  const uint32_t old = senders.entries.values.insert("demobank").place;
  senders.entries.notes.push_back({old, 0, *parse_date("2026-06-30")});
  definitions.lists[1].name = "langs";
  definitions.lists[1].entries.values.insert("th");
  return definitions;
}

struct ListRow {
  const char* name;
  const char* condition;
  const char* from;
  const char* lang;
  const char* time;
  bool want;
};

class ListTest : public ::testing::TestWithParam<ListRow> {};

TEST_P(ListTest, LooksUp) {
  Definitions definitions = two_lists();
  std::vector<std::shared_ptr<const ListSet>> lists;
  const Expression condition = condition_from(GetParam().condition, 0, definitions);
  for (ListDef& list : definitions.lists) lists.push_back(std::make_shared<const ListSet>(list));
  const Program program = Program::compile(condition, {}, lists);
  Record record = message("", GetParam().from);
  record.message.ts = *parse_rfc3339(GetParam().time);
  record.message.lang = GetParam().lang;
  const FieldContext context;
  Folder folder;
  ProgramInput input;
  input.record = &record;
  input.context = &context;
  input.folder = &folder;
  EXPECT_EQ(program.run(input), GetParam().want);
  EXPECT_TRUE(program.may_hold(input)) << "what a field is, is not known yet";
  EXPECT_TRUE(program.true_without_signals());
}

constexpr const char* kJune = "2026-06-30T23:59:59Z";
constexpr const char* kJuly = "2026-07-01T00:00:00Z";
constexpr ListRow kLists[] = {
    {"number", "msg.from in senders", "+66812345678", "", kJuly, true},
    {"sender_in_another_case", "msg.from in senders", "DemoBank", "", kJune, true},
    {"expired", "msg.from in senders", "DemoBank", "", kJuly, false},
    {"not_in", "msg.from not in senders", "DEMOSHOP", "", kJuly, true},
    {"folded_text", "msg.lang in langs", "A", "TH", kJuly, true},
    {"other_text", "msg.lang in langs", "A", "t h", kJuly, false},
    {"absent_text", "msg.lang in langs", "A", "", kJuly, false},
    {"absent_text_not_in", "msg.lang not in langs", "A", "", kJuly, true},
    {"two_lists", "msg.lang in langs and msg.from in senders", "DEMOBANK", "th", kJune, true},
};

INSTANTIATE_TEST_SUITE_P(All, ListTest, ::testing::ValuesIn(kLists),
                         [](const auto& row) { return row.param.name; });

struct WitnessRow {
  const char* name;
  const char* condition;
  const char* want;  // Digits of patterns; null: true without any.
};

class WitnessTest : public ::testing::TestWithParam<WitnessRow> {};

// The higher the number of a pattern, the rarer it is.
TEST_P(WitnessTest, AreTheRarestThatMustFire) {
  std::vector<double> frequencies(20);
  for (size_t i = 0; i < kPatternCount; ++i) frequencies[10 + i] = 1.0 / static_cast<double>(i + 1);
  const Program program = program_of(GetParam().condition);
  const auto got = program.witnesses(frequencies);
  EXPECT_EQ(program.true_without_signals(), GetParam().want == nullptr);
  ASSERT_EQ(got.has_value(), GetParam().want != nullptr);
  if (!got) return;
  std::string digits;
  for (const SignalId signal : *got) digits += static_cast<char>('0' + signal.value - 10);
  EXPECT_EQ(digits, GetParam().want);
}

constexpr WitnessRow kWitnesses[] = {
    {"pattern", "p0", "0"},
    {"and_takes_the_rarer", "p0 and p2", "2"},
    {"or_takes_both", "p0 or p2", "02"},
    {"field_needs_none", "msg.from == 'a'", nullptr},
    {"and_with_a_field", "p1 and msg.from == 'a'", "1"},
    {"or_with_a_field", "p1 or msg.from == 'a'", nullptr},
    {"negation", "not p1", nullptr},
    {"and_not", "p0 and not p3", "0"},
    {"two_of_three_leaves_out_the_commonest", "2 of (p0, p1, p2)", "12"},
    {"all", "all of (p0, p1, p2)", "2"},
    {"any", "any of (p0, p1)", "01"},
    {"none", "none of (p0, p1)", nullptr},
    {"count", "count(p1) >= 3", "1"},
    {"count_from_the_other_side", "1 < count(p1)", "1"},
    {"count_in_a_list", "count(p1) in (1, 5)", "1"},
    {"count_in_a_list_with_0", "count(p1) in (0, 5)", nullptr},
    {"few", "count(p1) < 3", nullptr},
    {"few_from_the_other_side", "3 > count(p1)", nullptr},
    {"few_of_a_set", "p0 and count(p2) < 3", "0"},
    {"not_often", "not count(p1) >= 3", nullptr},
    {"count_compared_with_a_count", "count(p1) > count(p2)", nullptr},
    {"near_takes_the_rarer", "near(p0, p2, 5)", "2"},
    {"before_takes_the_rarer", "before(p3, p0)", "3"},
    {"not_near", "p0 and not near(p1, p2, 5)", "0"},
    {"nested", "(p0 or p1) and (p2 or p3)", "23"},
};

INSTANTIATE_TEST_SUITE_P(All, WitnessTest, ::testing::ValuesIn(kWitnesses),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace sieve
