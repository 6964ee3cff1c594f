#include "match/pattern_db.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "match/scanner.h"

namespace sieve {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::SizeIs;

PatternSpec regex(View view, std::string text) {
  return {PatternKind::kRegex, view, std::move(text)};
}

TEST(PatternDbBuilderTest, EqualSpecsShareAnId) {
  PatternDbBuilder builder;
  const PatternId first = builder.add({PatternKind::kWords, View::kWords, "fee"});
  const PatternId other = builder.add({PatternKind::kLiteral, View::kText, "fee"});
  EXPECT_EQ(builder.add({PatternKind::kWords, View::kWords, "fee"}), first);
  EXPECT_NE(first, other);
  EXPECT_EQ(builder.pattern_count(), 2U);
}

struct FailureRow {
  const char* name;
  PatternSpec spec;
  PatternProblem want;
  const char* message;
  const char* fragment;
};

class FailureTest : public ::testing::TestWithParam<FailureRow> {};

TEST_P(FailureTest, IsReportedWithItsReason) {
  const FailureRow& row = GetParam();
  PatternDbBuilder builder;
  builder.add({PatternKind::kWords, View::kWords, "sound"});
  const PatternId id = builder.add(row.spec);
  const auto db = std::move(builder).build({});
  ASSERT_FALSE(db);
  ASSERT_THAT(db.error(), SizeIs(1));
  const PatternFailure& failure = db.error().front();
  EXPECT_EQ(failure.pattern, id);
  EXPECT_EQ(failure.problem, row.want);
  EXPECT_THAT(failure.message, HasSubstr(row.message));
  EXPECT_EQ(failure.fragment, row.fragment);
  if (row.spec.kind != PatternKind::kRegex) return;
  const auto checked = check_regex(row.spec);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().problem, row.want);
  EXPECT_EQ(checked.error().message, failure.message);
}

const FailureRow kFailures[] = {
    {"unclosed_group", regex(View::kText, "a(b"), PatternProblem::kSyntax, "missing )", "a(b"},
    {"back_reference", regex(View::kText, "(a)\\1"), PatternProblem::kSyntax, "escape", "\\1"},
    {"look_ahead", regex(View::kText, "a(?=b)"), PatternProblem::kSyntax, "invalid", "(?="},
    {"invalid_utf8", regex(View::kText, "a\xE0"), PatternProblem::kSyntax, "UTF-8", ""},
    {"too_many_instructions", regex(View::kText, "a[^ก]{1000}"), PatternProblem::kRefused,
     "instructions", ""},
    {"empty", regex(View::kText, ""), PatternProblem::kMatchesEmpty, "every message", ""},
    {"matches_empty", regex(View::kText, "a*"), PatternProblem::kMatchesEmpty, "every", ""},
    {"only_assertions", regex(View::kText, "^\\b$"), PatternProblem::kMatchesEmpty, "every", ""},
    {"empty_branch", regex(View::kText, "\\Qa.b\\E[cd]|"), PatternProblem::kMatchesEmpty, "every",
     ""},
    {"upper_case", regex(View::kWords, "Pay"), PatternProblem::kNeverMatches, "case-folded", "P"},
    {"contradiction", regex(View::kText, "\\.\\B0|x\\bc"), PatternProblem::kNeverMatches, "", ""},
    {"empty_phrase",
     {PatternKind::kWords, View::kWords, ""},
     PatternProblem::kEmpty,
     "folding",
     ""},
    {"phrase_starts_with_a_mark",
     {PatternKind::kWords, View::kWords, "\u0E34น"},
     PatternProblem::kNeverMatches,
     "mark",
     ""},
};

INSTANTIATE_TEST_SUITE_P(All, FailureTest, ::testing::ValuesIn(kFailures),
                         [](const auto& row) { return row.param.name; });

TEST(PatternDbBuilderTest, ReportsAllFailuresInOrder) {
  PatternDbBuilder builder;
  builder.add(regex(View::kText, "a("));
  builder.add(regex(View::kText, "fine"));
  builder.add({PatternKind::kWords, View::kWords, ""});
  builder.add(regex(View::kRaw, "b*"));
  const auto db = std::move(builder).build({});
  ASSERT_FALSE(db);
  ASSERT_THAT(db.error(), SizeIs(3));
  EXPECT_EQ(db.error()[0].pattern, PatternId(0));
  EXPECT_EQ(db.error()[1].pattern, PatternId(2));
  EXPECT_EQ(db.error()[2].pattern, PatternId(3));
}

// Directories of their own, removed at the end.
class CacheTest : public ::testing::Test {
 protected:
  CacheTest() {
    directory_ = fs::path(::testing::TempDir()) /
                 ("sieve_cache_" +
                  std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(directory_);
  }
  ~CacheTest() override { fs::remove_all(directory_); }

  std::shared_ptr<const PatternDb> build(const std::string& phrase) const {
    PatternDbBuilder builder;
    builder.add({PatternKind::kWords, View::kWords, phrase});
    auto db = std::move(builder).build({directory_.string()});
    EXPECT_TRUE(db);
    return *db;
  }

  std::vector<fs::path> files() const {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(directory_)) out.push_back(entry.path());
    return out;
  }

  static bool finds(const std::shared_ptr<const PatternDb>& db, std::string_view words) {
    Scanner scanner(db);
    FiredPatterns fired;
    fired.resize(db->pattern_count());
    FoldedText text;
    text.words = words;
    scanner.scan(text, fired);
    return fired.all().size() == 1;
  }

  fs::path directory_;
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

TEST_F(CacheTest, SecondBuildComesFromTheCache) {
  EXPECT_FALSE(build("on hold")->from_cache());
  const auto cached = build("on hold");
  EXPECT_TRUE(cached->from_cache());
  EXPECT_TRUE(finds(cached, " on hold "));
  EXPECT_THAT(files(), SizeIs(1));
}

TEST_F(CacheTest, OtherPatternsAreAnotherEntry) {
  build("on hold");
  EXPECT_FALSE(build("on hole")->from_cache());
  EXPECT_THAT(files(), SizeIs(2));
}

TEST_F(CacheTest, AnyDamageIsRebuilt) {
  build("on hold");
  ASSERT_THAT(files(), SizeIs(1));
  const fs::path path = files().front();
  const std::string sound = read(path);
  std::vector<std::string> damaged = {"",
                                      "x",
                                      sound + "x",
                                      sound.substr(0, 47),
                                      sound.substr(0, 48),
                                      sound.substr(0, sound.size() - 1)};
  const size_t step = sound.size() / 60 + 1;
  for (size_t at = 0; at < sound.size(); at += at < 48 ? 1 : step) {
    damaged.push_back(sound);
    damaged.back()[at] = static_cast<char>(damaged.back()[at] ^ 0x10);
  }
  for (const std::string& bytes : damaged) {
    write(path, bytes);
    const auto rebuilt = build("on hold");
    EXPECT_FALSE(rebuilt->from_cache());
    EXPECT_TRUE(finds(rebuilt, " on hold "));
    EXPECT_TRUE(build("on hold")->from_cache()) << "the bad entry was not replaced";
  }
}

TEST_F(CacheTest, EntryOfOtherPatternsIsNotTaken) {
  build("on hold");
  const fs::path first = files().front();
  const std::string bytes = read(first);
  fs::remove(first);
  build("customs fee");
  write(files().front(), bytes);
  const auto db = build("customs fee");
  EXPECT_FALSE(db->from_cache());
  EXPECT_TRUE(finds(db, " customs fee "));
}

TEST_F(CacheTest, UnusableDirectoryCostsOnlyTheCache) {
  write(directory_, "a file");
  const auto db = build("on hold");
  EXPECT_TRUE(finds(db, " on hold "));
  EXPECT_THAT(db->cache_fault(), HasSubstr("cannot write"));
}

TEST_F(CacheTest, KeepsABoundedNumberOfFiles) {
  for (int i = 0; i < 70; ++i) build("phrase " + std::to_string(i));
  EXPECT_THAT(files(), SizeIs(64));
  EXPECT_TRUE(build("phrase 69")->from_cache());
  EXPECT_FALSE(build("phrase 0")->from_cache());
}

}  // namespace
}  // namespace sieve
