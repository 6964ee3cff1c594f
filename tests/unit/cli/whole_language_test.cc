// What an author sees of a file that has everything of format 1.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/json_reader.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"

namespace sieve {
namespace {

class WholeLanguageTest : public CliTest {
 protected:
  WholeLanguageTest()
      : text_(
            testing::golden_read(testing::golden_directory("cli") + "/whole_language.rules.yaml")),
        set_(directory_.path("set")) {
    std::filesystem::create_directory(set_);
    directory_.write("set/whole.rules.yaml", text_);
    directory_.write("set/thresholds.yaml", "group_caps: { parcel: 6 }\ntags: [lang.*, theme.*]\n");
  }

  // What `verb` shows of the set, with which nothing is wrong.
  std::string shown(std::vector<std::string> verb) const {
    verb.insert(verb.begin(), "rules");
    verb.push_back(set_);
    const Result result = run(std::move(verb));
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    std::string out = result.out;
    // Paths differ from machine to machine.
    for (size_t at = out.find(set_); at != std::string::npos; at = out.find(set_, at)) {
      out.replace(at, set_.size(), "rules");
    }
    return out;
  }

  std::string text_;
  std::string set_;
};

TEST_F(WholeLanguageTest, IsCheckedListedAndTested) {
  const std::vector<std::vector<std::string>> verbs = {
      {"check", "--strict"}, {"list"}, {"list", "--inactive", "--json"}, {"test"}};
  std::string seen;
  for (const std::vector<std::string>& verb : verbs) {
    seen += "$ scamsieve rules";
    for (const std::string& word : verb) seen += " " + word;
    seen += "\n" + shown(verb) + "\n";
  }
  testing::expect_golden(testing::golden_directory("cli") + "/whole_language.txt", seen);
}

TEST_F(WholeLanguageTest, FmtLeavesItAsItIs) { shown({"fmt", "--check"}); }

// Keys in another order, comments in other places.
TEST_F(WholeLanguageTest, FmtWritesItInTheOneWay) {
  std::string text = text_;
  const std::string moved = "    emit: false\n    title: The reader has no time to think\n";
  const size_t at = text.find(moved);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, moved.size(),
               "    title:   The reader has no time to think\n    emit:  false\n");
  const std::string other = directory_.write("other.rules.yaml", text);
  EXPECT_EQ(run({"rules", "fmt", other}).exit_code, 0);
  EXPECT_EQ(directory_.read("other.rules.yaml"), text_);
}

TEST_F(WholeLanguageTest, NothingOfItIsLostInJson) {
  const auto list = parse_json(shown({"list", "--json"}));
  ASSERT_TRUE(list);
  bool has_helper = false;
  for (const JsonValue& rule : list->at("rules").items) {
    if (rule.at("rule").as_string() == "demo/pressed") {
      has_helper = true;
      EXPECT_FALSE(rule.at("emit").boolean);
    }
    if (rule.at("rule").as_string() == "demo/parcel-fee") {
      ASSERT_EQ(rule.at("refers_to").items.size(), 1U);
      EXPECT_EQ(rule.at("refers_to").items[0].as_string(), "demo/pressed");
    }
  }
  EXPECT_TRUE(has_helper);
}

}  // namespace
}  // namespace sieve
