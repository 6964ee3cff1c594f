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

TEST_F(LoadRulesTest, TagsThatAreNotAllowedAreWarnings) {
  put("a.rules.yaml", golden_input("load_tags.yaml"));
  EXPECT_THAT(codes(load_rules({path()}, "")), IsEmpty());
  put("thresholds.yaml", "tags: [lang.*, campaign]\n");
  const LoadedRules loaded = load_rules({path()}, path("thresholds.yaml"));
  EXPECT_TRUE(loaded.ok());
  expect_shown("load_tags.out", loaded);
  put("thresholds.yaml", "tags: [lang.*, campain, new]\n");
  EXPECT_THAT(codes(load_rules({path()}, path("thresholds.yaml"))), IsEmpty());
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

// A file with what `definitions` says and one rule with the condition `condition`.
std::string with_definitions(const std::string& space, const std::string& definitions,
                             const std::string& condition) {
  return "format: 1\nnamespace: " + space + "\n" + definitions +
         "rules:\n  - id: A\n    title: Prize\n    class: prize\n    score: 1\n    condition: " +
         condition +
         "\n    patterns: { p: { words: prize } }\n    tests:\n"
         "      - { name: match, event: { text: prize }, expect: { match: true } }\n"
         "      - { name: other, event: { text: price }, expect: { match: false } }\n";
}

constexpr const char* kSenders =
    "lists: { partners: { type: sender, file: lists/partners.txt } }\n";
constexpr const char* kNotAPartner = "p and msg.from not in partners";

TEST_F(LoadRulesTest, KnowsTheDefinitionsOfEveryFile) {
  put("a.rules.yaml", with_definitions("a", "", kNotAPartner));
  put("b/b.rules.yaml", with_definitions("b", kSenders, "p"));
  put("b/lists/partners.txt", "DEMOPOST\n+66812345678 source=contract\n");
  const LoadedRules loaded = load_rules({path()}, "");
  EXPECT_THAT(codes(loaded), IsEmpty());
  ASSERT_EQ(loaded.definitions.lists.size(), 1U);
  const ListEntries& entries = loaded.definitions.lists[0].entries;
  EXPECT_TRUE(entries.values.find("demopost"));
  EXPECT_TRUE(entries.values.find("+66812345678"));
  ASSERT_EQ(entries.notes.size(), 1U);
  EXPECT_EQ(entries.sources[entries.notes[0].source], "contract");
}

TEST_F(LoadRulesTest, RefusesANameThatIsDefinedTwice) {
  const std::string lists = "lists: { partners: { type: sender, items: [DEMOPOST] } }\n";
  put("a.rules.yaml", with_definitions("a", lists, kNotAPartner));
  put("b.rules.yaml", golden_input("load_list_defined_twice.yaml"));
  const LoadedRules loaded = load_rules({path()}, "");
  ASSERT_THAT(codes(loaded), ElementsAre("R082"));
  const Diagnostic& twice = loaded.diagnostics[0];
  EXPECT_EQ(twice.file, path("b.rules.yaml"));
  EXPECT_EQ(twice.span.line, 5U);
  ASSERT_EQ(twice.related.size(), 1U);
  EXPECT_EQ(twice.related[0].file, path("a.rules.yaml"));
  EXPECT_EQ(twice.related[0].span.line, 3U);
  expect_shown("load_list_defined_twice.out", loaded);
}

TEST_F(LoadRulesTest, PutsListFilesIntoTheDigest) {
  put("a.rules.yaml", with_definitions("a", kSenders, kNotAPartner));
  put("lists/partners.txt", "DEMOPOST\n");
  const std::string digest = load_rules({path()}, "").digest;
  put("lists/partners.txt", "DEMOPOST\nDEMOSHOP\n");
  EXPECT_NE(load_rules({path()}, "").digest, digest);
}

TEST_F(LoadRulesTest, ShowsBadLinesOfAListFile) {
  put("a.rules.yaml", with_definitions("a", kSenders, kNotAPartner));
  put("lists/partners.txt", "DEMOPOST\n0812345678\n");
  const LoadedRules loaded = load_rules({path()}, "");
  ASSERT_THAT(codes(loaded), ElementsAre("R087"));
  EXPECT_EQ(loaded.diagnostics[0].file, path("lists/partners.txt"));
  EXPECT_EQ(loaded.diagnostics[0].span, (SourceSpan{2, 1, 10}));
  EXPECT_THAT(render(loaded.diagnostics[0], loaded.sources()),
              ::testing::HasSubstr("2 | 0812345678"));
}

TEST_F(LoadRulesTest, SaysWhatAnEmptyOrMissingListIs) {
  struct Row {
    std::string on_empty;
    bool missing;
    std::vector<std::string> want;
    bool sound;
  };
  const Row rows[] = {{"error", false, {"R090"}, false},  {"error", true, {"R092"}, false},
                      {"allow", false, {"R162"}, true},   {"allow", true, {"R092"}, false},
                      {"keep_previous", false, {}, true}, {"keep_previous", true, {"R092"}, true}};
  for (const Row& row : rows) {
    const std::string list = "{ type: sender, file: p.txt, on_empty: " + row.on_empty + " }";
    put("a.rules.yaml", with_definitions("a", "lists: { partners: " + list + " }\n", kNotAPartner));
    fs::remove(path("p.txt"));
    if (!row.missing) put("p.txt", "# none\n");
    const LoadedRules loaded = load_rules({path()}, "");
    EXPECT_EQ(codes(loaded), row.want) << row.on_empty << " " << row.missing;
    EXPECT_EQ(loaded.ok(), row.sound) << row.on_empty << " " << row.missing;
  }
}

TEST_F(LoadRulesTest, WarnsOfAListThatIsUsedAndEmpty) {
  put("a.rules.yaml", golden_input("load_list_empty_and_used.yaml"));
  put("lists/partners.txt", "# none yet\n");
  const LoadedRules loaded = load_rules({path()}, "");
  expect_shown("load_list_empty_and_used.out", loaded);
  EXPECT_TRUE(loaded.ok());
}

TEST_F(LoadRulesTest, WarnsOfAListThatItCannotReadAndMayKeep) {
  put("a.rules.yaml", golden_input("load_list_cannot_be_read.yaml"));
  const LoadedRules loaded = load_rules({path()}, "");
  expect_shown("load_list_cannot_be_read.out", loaded);
  EXPECT_TRUE(loaded.ok());
}

TEST_F(LoadRulesTest, RulesReferToThoseOfOtherFiles) {
  put("a.rules.yaml", rule("demo", "user",
                           "    score_if:\n"
                           "      - { when: rule(other/helper), add: 1, why: w }\n"));
  put("b.rules.yaml",
      "format: 1\nnamespace: other\nrules:\n"
      "  - { id: helper, emit: false, title: t, condition: msg.hour < 6 }\n");
  EXPECT_THAT(codes(load_rules({path()}, "")), IsEmpty());
}

TEST_F(LoadRulesTest, ACircleOfReferencesIsShownInAllFiles) {
  for (const std::string name : {"a", "b", "c"}) {
    put(name + ".rules.yaml", golden_input("load_reference_circle." + name + ".yaml"));
  }
  expect_shown("load_reference_circle.out", load_rules({path()}, ""));
}

TEST_F(LoadRulesTest, AFileMayDefineAndAdjustWithoutRules) {
  put("lists.rules.yaml",
      "format: 1\nnamespace: here\nlists: { l: { type: sender, items: [A] } }\n");
  put("macros.rules.yaml", "format: 1\nnamespace: here\nmacros: { m: msg.from in l }\n");
  put("overrides.rules.yaml",
      "format: 1\nnamespace: here\noverrides: [{ rule: demo/A-1, tier: 3 }]\n");
  put("filters.rules.yaml",
      "format: 1\nnamespace: here\nfilters:\n"
      "  - { name: f, reason: r, expires: never, rules: demo/A-1, when: m }\n");
  put("z.rules.yaml", rule("demo", "A-1"));
  const LoadedRules loaded = load_rules({path()}, "");
  EXPECT_THAT(codes(loaded), IsEmpty());
  EXPECT_EQ(loaded.files.back().rules[0].tier, 3);
  put("nothing.rules.yaml", "format: 1\nnamespace: here\nexpand: [leet]\n");
  EXPECT_THAT(codes(load_rules({path()}, "")), ElementsAre("R001"));
}

}  // namespace
}  // namespace sieve
