#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "golden/golden.h"
#include "rule/parse.h"

namespace sieve {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A bundle of rules in a directory of its own, removed at the end.
class LoadRulesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(::testing::TempDir()) /
            ("sieve_load_test_" + std::to_string(::getpid()) + "_" +
             ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string path(const std::string& name = "") const { return (root_ / name).string(); }
  void put(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  static std::string rule(const std::string& space, const std::string& id,
                          const std::string& extra = "") {
    return "format: 1\nnamespace: " + space + "\nrules:\n  - id: " + id +
           "\n    title: Prize\n    class: prize\n    score: 1\n    condition: p\n" + extra +
           "    patterns: { p: { words: prize } }\n    tests:\n"
           "      - { name: match, event: { text: prize }, expect: { match: true } }\n"
           "      - { name: other, event: { text: price }, expect: { match: false } }\n";
  }
  static std::vector<std::string> codes(const LoadedRules& loaded) {
    std::vector<std::string> out;
    for (const Diagnostic& d : loaded.diagnostics) out.push_back(d.code);
    return out;
  }
  static std::string golden_input(const std::string& name) {
    return testing::golden_read(testing::golden_directory("diagnostics") + "/" + name);
  }
  // What an author sees who has the bundle in `rules`, as tests/golden/diagnostics/`name` has it.
  void expect_shown(const std::string& name, const LoadedRules& loaded) const {
    std::string shown;
    for (const Diagnostic& d : loaded.diagnostics) shown += render(d, loaded.sources()) + "\n";
    for (size_t at = shown.find(root_.string()); at != std::string::npos;
         at = shown.find(root_.string())) {
      shown.replace(at, root_.string().size(), "rules");
    }
    testing::expect_golden(testing::golden_directory("diagnostics") + "/" + name, shown);
  }

  fs::path root_;
};

TEST_F(LoadRulesTest, ReadsEveryRuleFileBelowADirectory) {
  put("a.rules.yaml", rule("demo", "A-1"));
  put("sub/b.rules.yaml", rule("demo", "B-1"));
  put("notes.yaml", "no: rules");
  put(".hidden.rules.yaml", "broken: [");
  put("thresholds.yaml", "review: 2\n");
  const LoadedRules loaded = load_rules({path()}, path("thresholds.yaml"));
  EXPECT_THAT(codes(loaded), IsEmpty());
  ASSERT_EQ(loaded.files.size(), 2U);
  EXPECT_EQ(loaded.files[0].rules[0].full_id(), "demo/A-1");
  EXPECT_EQ(loaded.files[1].rules[0].full_id(), "demo/B-1");
  EXPECT_EQ(loaded.thresholds.review, 2);
  EXPECT_EQ(loaded.digest.size(), 32U);
  EXPECT_EQ(loaded.sources().size(), 3U);
}

TEST_F(LoadRulesTest, ReadsAFileOnceWhenItIsNamedTwice) {
  put("a.rules.yaml", rule("demo", "A-1"));
  const std::string file = path("a.rules.yaml");
  const LoadedRules loaded = load_rules({file, file}, "");
  EXPECT_THAT(codes(loaded), IsEmpty());
  EXPECT_EQ(loaded.files.size(), 1U);
}

TEST_F(LoadRulesTest, TellsOfIdsUsedInTwoFiles) {
  put("a.rules.yaml", rule("demo", "A-1"));
  put("b.rules.yaml", rule("demo", "A-1"));
  put("c.rules.yaml", rule("other", "A-1"));
  const LoadedRules loaded = load_rules({path()}, "");
  ASSERT_THAT(codes(loaded), ElementsAre("R030"));
  EXPECT_FALSE(loaded.ok());
  const Diagnostic& out = loaded.diagnostics[0];
  EXPECT_EQ(out.file, path("b.rules.yaml"));
  ASSERT_EQ(out.related.size(), 1U);
  EXPECT_EQ(out.related[0].file, path("a.rules.yaml"));
  EXPECT_EQ(out.related[0].span, (SourceSpan{4, 9, 3}));
}

TEST_F(LoadRulesTest, TellsOfWhatItCannotRead) {
  put("empty/readme.md", "");
  put("a.rules.yaml", rule("demo", "A-1"));
  std::vector<std::string> paths;
  std::istringstream names(golden_input("load_cannot_read.paths"));
  for (std::string name; std::getline(names, name);) paths.push_back(path(name));
  const LoadedRules loaded = load_rules(paths, path("none.yaml"));
  EXPECT_THAT(codes(loaded), ::testing::UnorderedElementsAre("R051", "R050", "R051"));
  expect_shown("load_cannot_read.out", loaded);
  EXPECT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.files.size(), 1U);
}

TEST_F(LoadRulesTest, ReportsEveryFileInOrder) {
  put("b.rules.yaml", "format: 1\nnamespace: demo\nrules: {}\n");
  put("a.rules.yaml", "format: 1\nformat: 2\n");
  const LoadedRules loaded = load_rules({path()}, "");
  ASSERT_THAT(codes(loaded), ElementsAre("Y002", "R003"));
  EXPECT_EQ(loaded.diagnostics[0].file, path("a.rules.yaml"));
}

TEST_F(LoadRulesTest, WarnsOfGroupsWithoutACap) {
  put("a.rules.yaml", golden_input("load_group_without_cap.yaml"));
  put("thresholds.yaml", "group_caps: { prizes: 3 }\n");
  const LoadedRules without = load_rules({path()}, "");
  EXPECT_THAT(codes(without), ElementsAre("R061"));
  expect_shown("load_group_without_cap.out", without);
  EXPECT_TRUE(without.ok());
  EXPECT_THAT(codes(load_rules({path()}, path("thresholds.yaml"))), IsEmpty());
}

TEST_F(LoadRulesTest, TheDigestIsOfNamesAndBytesAndNotOfThePlace) {
  put("one/a.rules.yaml", rule("demo", "A-1"));
  put("two/a.rules.yaml", rule("demo", "A-1"));
  put("three/b.rules.yaml", rule("demo", "A-1"));
  put("four/a.rules.yaml", rule("demo", "A-1") + "# changed\n");
  const std::string digest = load_rules({path("one")}, "").digest;
  EXPECT_EQ(load_rules({path("two")}, "").digest, digest);
  EXPECT_EQ(load_rules({path("two") + "/"}, "").digest, digest);
  EXPECT_EQ(load_rules({path("two/a.rules.yaml")}, "").digest, digest);
  EXPECT_NE(load_rules({path("three")}, "").digest, digest);
  EXPECT_NE(load_rules({path("four")}, "").digest, digest);
  put("one/thresholds.yaml", "review: 2\n");
  EXPECT_NE(load_rules({path("one")}, path("one/thresholds.yaml")).digest, digest);
}

}  // namespace
}  // namespace sieve
