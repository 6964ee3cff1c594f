// The schema that editors get says what the parser reads, key by key.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/json_reader.h"
#include "rule/parse.h"
#include "rule/schema_keys.h"

namespace sieve {
namespace {

constexpr std::string_view kUnknown = "zzzzzzzzzzzzzzzz";

constexpr const char* kMessageRule =
    "format: 1\nnamespace: n\nrules:\n"
    "  - { id: a, title: A, class: c, score: 1, condition: msg.url.count >= 1, ";
constexpr const char* kWindowRule =
    "format: 1\nnamespace: n\nrules:\n"
    "  - { id: a, title: A, class: c, score: 1, on: call, measure: { n: count() }, "
    "condition: n > 1, ";
constexpr const char* kSequenceRule =
    "format: 1\nnamespace: n\nrules:\n"
    "  - { id: a, title: A, class: c, score: 1, ";

// Rule files with a key that nobody knows in a map of each kind: the parser then lists the keys
// that it asked for.
std::map<RuleMap, std::string> texts() {
  const std::string message = kMessageRule;
  const std::string window = kWindowRule;
  const std::string sequence = kSequenceRule;
  const std::string by = "window: { by: call.from, over: 1h }, ";
  const std::string file = "format: 1\nnamespace: n\nrules: []\n";
  const std::string unknown = std::string(kUnknown) + ": 1";
  return {
      {RuleMap::kFile, unknown},
      {RuleMap::kRule, message + unknown + " }"},
      {RuleMap::kPattern, message + "patterns: { p: { " + unknown + " } } }"},
      {RuleMap::kException, message + "exceptions: [{ " + unknown + " }] }"},
      {RuleMap::kFit, message + "fit: { " + unknown + " } }"},
      {RuleMap::kScorePart, message + "score_if: [{ " + unknown + " }] }"},
      {RuleMap::kWindow, window + "window: { " + unknown + " } }"},
      {RuleMap::kSequence, sequence + "sequence: { " + unknown + " } }"},
      {RuleMap::kStep, sequence + "sequence: { steps: { s: { " + unknown + " } } } }"},
      {RuleMap::kCampaign, message + "campaign: { " + unknown + " } }"},
      {RuleMap::kGiven, sequence + "sequence: {}, tests: [{ given: { " + unknown + " } }] }"},
      {RuleMap::kAlert, message + "alert: { " + unknown + " } }"},
      {RuleMap::kTest, message + "tests: [{ " + unknown + " }] }"},
      {RuleMap::kExpectation, message + "tests: [{ expect: { " + unknown + " } }] }"},
      {RuleMap::kExpectedLink, message + "tests: [{ expect: { url: { " + unknown + " } } }] }"},
      {RuleMap::kTimelineEntry, window + by + "tests: [{ timeline: [{ " + unknown + " }] }] }"},
      {RuleMap::kList, file + "lists: { l: { " + unknown + " } }"},
      {RuleMap::kListEntry, file + "lists: { l: { type: text, items: [{ " + unknown + " }] } }"},
      {RuleMap::kListColumns,
       file + "lists: { l: { type: text, file: a, format: csv, columns: { " + unknown + " } } }"},
      {RuleMap::kBrand, file + "brands: { b: { " + unknown + " } }"},
      {RuleMap::kFilter, file + "filters: [{ " + unknown + " }]"},
      {RuleMap::kOverride, file + "overrides: [{ " + unknown + " }]"},
      {RuleMap::kEquivalent, message + "equivalent_mutants: [{ " + unknown + " }] }"},
      {RuleMap::kRequirement, file + "requires: { " + unknown + " }"},
      {RuleMap::kFinding, window + by + "tests: [{ expect: [{ " + unknown + " }] }] }"},
  };
}

// What the parser asked for in the map that holds kUnknown.
std::set<std::string> keys_read(const std::string& text) {
  Diagnostics diagnostics;
  parse_rule_file("a", text, diagnostics);
  constexpr std::string_view kListed = "its fields are: ";
  std::set<std::string> keys;
  for (const Diagnostic& diagnostic : diagnostics) {
    const bool about = diagnostic.title.find(kUnknown) != std::string::npos;
    if (!about || !diagnostic.help.starts_with(kListed)) continue;
    std::string_view rest = std::string_view(diagnostic.help).substr(kListed.size());
    while (!rest.empty()) {
      const size_t end = std::min(rest.find(", "), rest.size());
      keys.emplace(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 2, rest.size()));
    }
  }
  return keys;
}

class SchemaMapTest : public ::testing::TestWithParam<RuleMap> {};

TEST_P(SchemaMapTest, HasTheKeysThatTheParserReads) {
  const auto all = texts();
  const auto text = all.find(GetParam());
  ASSERT_NE(text, all.end()) << "this test has no text for the map " << name_of(GetParam());
  std::set<std::string> read = keys_read(text->second);
  ASSERT_FALSE(read.empty()) << text->second;
  if (GetParam() == RuleMap::kFinding) read.erase("n");  // The rule's measure.
  // A test has one or the other, by its rule.
  if (GetParam() == RuleMap::kTest) read.insert({"event", "given", "timeline", "because"});
  std::set<std::string> listed;
  for (const KeyInfo& info : all_keys()) {
    if (info.map == GetParam()) listed.emplace(info.key);
  }
  EXPECT_EQ(listed, read) << "left: kKeys in schema_keys.cc; right: what the parser asks for in a "
                          << name_of(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Maps, SchemaMapTest,
                         ::testing::ValuesIn(all_rule_maps().begin(), all_rule_maps().end()),
                         [](const auto& row) { return std::string(name_of(row.param)); });

TEST(SchemaTest, IsJsonThatExplainsEveryKey) {
  const auto schema = parse_json(rule_schema());
  ASSERT_TRUE(schema);
  const JsonValue& definitions = schema->at("definitions");
  for (const KeyInfo& info : all_keys()) {
    const JsonValue& key = definitions.at(name_of(info.map)).at("properties").at(info.key);
    EXPECT_EQ(key.at("description").as_string(), info.about);
    EXPECT_FALSE(info.about.empty()) << info.key;
  }
}

TEST(SchemaTest, KeysOfARuleHaveAnOrder) {
  EXPECT_LT(rule_key_rank("id"), rule_key_rank("title"));
  EXPECT_LT(rule_key_rank("condition"), rule_key_rank("tests"));
  EXPECT_LT(rule_key_rank("tests"), rule_key_rank("no_such_key"));
}

}  // namespace
}  // namespace sieve
