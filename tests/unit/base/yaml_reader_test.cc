#include "base/yaml_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sieve {
namespace {

// One map and what reading it said.
class Reading {
 public:
  explicit Reading(std::string_view text) : document_(std::move(*parse_yaml("f", text))) {}
  YamlReader reader() { return {document_.root(), "rule", context_}; }
  // `code line:column` of every diagnostic.
  std::vector<std::string> problems() const {
    std::vector<std::string> out;
    for (const Diagnostic& d : diagnostics_) {
      out.push_back(d.code + " " + std::to_string(d.span.line) + ":" +
                    std::to_string(d.span.column));
    }
    return out;
  }
  const Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  YamlDocument document_;
  Diagnostics diagnostics_;
  YamlContext context_{"f", 'R', &diagnostics_};
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(YamlReaderTest, ReadsEveryType) {
  Reading reading(
      "s: text\ni: 3\nn: 4.5\nb: true\nd: 10m\nc: high\nl: [x, y]\none: x\nm: {k: 1}\n");
  YamlReader reader = reading.reader();
  EXPECT_EQ(reader.required_string("s"), "text");
  EXPECT_EQ(reader.optional_int("i", 1, {1, 4}), 3);
  EXPECT_EQ(reader.optional_number("n", 0), 4.5);
  EXPECT_TRUE(reader.optional_bool("b", false));
  EXPECT_EQ(reader.required_duration("d").ms, 600'000);
  EXPECT_EQ(reader.optional_choice("c", 0, {"low", "high"}), 1U);
  EXPECT_THAT(reader.optional_strings("l"), ElementsAre("x", "y"));
  EXPECT_THAT(reader.optional_strings("one"), ElementsAre("x"));
  ASSERT_NE(reader.required_node("m"), nullptr);
  reader.finish();
  EXPECT_THAT(reading.problems(), IsEmpty());
}

TEST(YamlReaderTest, KeepsDurationsAndSizesWithinTheirRange) {
  Reading reading("d: 2h\nlow: 1ms\nhigh: 3h\ns: 64MiB\nsmall: 1KiB\nlarge: 9GiB\nbare: 64\n");
  YamlReader reader = reading.reader();
  const DurationRange durations{Duration{1'000}, Duration{7'200'000}};
  EXPECT_EQ(reader.optional_duration("d", {5}, durations).ms, 7'200'000);
  EXPECT_EQ(reader.optional_duration("absent", Duration{5'000}, durations).ms, 5'000);
  EXPECT_EQ(reader.optional_duration("low", Duration{5'000}, durations).ms, 5'000);
  EXPECT_EQ(reader.optional_duration("high", Duration{5'000}, durations).ms, 5'000);
  const ByteSizeRange sizes{uint64_t{64} << 20, uint64_t{1} << 30};
  EXPECT_EQ(reader.optional_byte_size("s", 7, sizes), uint64_t{64} << 20);
  EXPECT_EQ(reader.optional_byte_size("none", 7, sizes), 7U);
  EXPECT_EQ(reader.optional_byte_size("small", 7, sizes), 7U);
  EXPECT_EQ(reader.optional_byte_size("large", 7, sizes), 7U);
  EXPECT_EQ(reader.optional_byte_size("bare", 7, sizes), 7U);
  EXPECT_THAT(reading.problems(),
              ElementsAre("R004 2:6", "R004 3:7", "R004 5:8", "R004 6:8", "R003 7:7"));
  EXPECT_EQ(reading.diagnostics()[0].title, "`low` must be from 1s to 2h");
  EXPECT_EQ(reading.diagnostics()[2].title, "`small` must be from 64MiB to 1GiB");
}

TEST(YamlReaderTest, GivesDefaultsForAbsentAndNullFields) {
  Reading reading("s: ~\ni:\n");
  YamlReader reader = reading.reader();
  EXPECT_EQ(reader.optional_string("s", "other"), "other");
  EXPECT_EQ(reader.optional_int("i", 7, {1, 9}), 7);
  EXPECT_EQ(reader.optional_duration("d", Duration{5}).ms, 5);
  EXPECT_EQ(reader.optional_choice("c", 1, {"a", "b"}), 1U);
  EXPECT_THAT(reader.optional_strings("l"), IsEmpty());
  EXPECT_EQ(reader.optional_node("m"), nullptr);
  reader.finish();
  EXPECT_THAT(reading.problems(), IsEmpty());
}

TEST(YamlReaderTest, ReportsMissingFieldsAtTheirMap) {
  Reading reading("a: 1\nempty:\nblank: ''\n");
  YamlReader reader = reading.reader();
  EXPECT_EQ(reader.required_string("s"), "");
  EXPECT_EQ(reader.required_string("empty"), "");
  EXPECT_EQ(reader.required_string("blank"), "");
  EXPECT_EQ(reader.required_duration("d").ms, 0);
  EXPECT_THAT(reading.problems(), ElementsAre("R001 1:1", "R001 2:1", "R001 3:8", "R001 1:1"));
}

TEST(YamlReaderTest, ReportsWrongTypesAtTheValue) {
  Reading reading("s: [1]\ni: '3'\nn: x\nb: yes\nd: 10\nl: {a: 1}\nm: [[1]]\n");
  YamlReader reader = reading.reader();
  reader.required_string("s");
  EXPECT_EQ(reader.optional_int("i", 1, {1, 4}), 1);
  EXPECT_EQ(reader.optional_number("n", 2.5), 2.5);
  EXPECT_FALSE(reader.optional_bool("b", false));
  EXPECT_EQ(reader.optional_duration("d", Duration{9}).ms, 9);
  EXPECT_THAT(reader.optional_strings("l"), IsEmpty());
  EXPECT_THAT(reader.optional_strings("m"), IsEmpty());
  EXPECT_THAT(reading.problems(), ElementsAre("R003 1:4", "R003 2:4", "R003 3:4", "R003 4:4",
                                              "R003 5:4", "R003 6:4", "R003 7:5"));
}

TEST(YamlReaderTest, KeepsNumbersInRange) {
  Reading reading("a: 1\nb: 4\nc: 0\nd: 5\n");
  YamlReader reader = reading.reader();
  EXPECT_EQ(reader.optional_int("a", 2, {1, 4}), 1);
  EXPECT_EQ(reader.optional_int("b", 2, {1, 4}), 4);
  EXPECT_EQ(reader.optional_int("c", 2, {1, 4}), 2);
  EXPECT_EQ(reader.optional_int("d", 2, {1, 4}), 2);
  EXPECT_THAT(reading.problems(), ElementsAre("R004 3:4", "R004 4:4"));
}

TEST(YamlReaderTest, ProposesTheNearestChoiceAndField) {
  Reading reading("severity: hihg\ntittle: x\nunlike: y\n");
  YamlReader reader = reading.reader();
  EXPECT_EQ(reader.optional_choice("severity", 0, {"low", "high"}), 0U);
  reader.optional_string("title");
  reader.finish();
  EXPECT_THAT(reading.problems(), ElementsAre("R005 1:11", "R002 2:1", "R002 3:1"));
  EXPECT_EQ(reading.diagnostics()[0].label, "did you mean `high`?");
  EXPECT_EQ(reading.diagnostics()[1].replacement, "title");
  EXPECT_EQ(reading.diagnostics()[2].help, "its fields are: severity, title");
}

TEST(YamlReaderTest, SaysOnceThatItIsNoMap) {
  Reading reading("[1, 2]");
  YamlReader reader = reading.reader();
  EXPECT_FALSE(reader.is_map());
  EXPECT_EQ(reader.required_string("s"), "");
  EXPECT_EQ(reader.optional_int("i", 7, {1, 9}), 7);
  reader.finish();
  EXPECT_THAT(reading.problems(), ElementsAre("R003 1:1"));
}

}  // namespace
}  // namespace sieve
