#include "run/reloader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <regex>

#include "match/list_set.h"
#include "support/effort.h"
#include "unit/run/reload_fixture.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace fs = std::filesystem;

constexpr Duration kSettle{1};
constexpr int64_t kStartMs = 1'767'600'000'000;

Reloader::Options quick_options(Duration watch = {0}) {
  Reloader::Options options;
  options.watch = watch;
  options.settle = kSettle;
  return options;
}

// The same list of ten hosts and rules of kTestRules, each kind in a file of its own.
class ReloaderTest : public ::testing::Test {
 protected:
  ReloaderTest() {
    config_ = file_config(directory_, 2);
    fs::remove(directory_.path("test.rules.yaml"));
    config_.rules.paths = {directory_.path("rules")};
    restore();
    directory_.write("messages.jsonl", "");
    directory_.write("calls.jsonl", "");
  }

  void restore() {
    fs::remove_all(directory_.path("rules"));
    fs::create_directory(directory_.path("rules"));
    directory_.write("rules/test.rules.yaml", kTestRules);
    directory_.write("rules/more.rules.yaml", more_rules(8));
    directory_.write("rules/hosts.txt", hosts(20));
  }

  static std::string hosts(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += fmt::format("host{}.example\n", i);
    return text;
  }

  // Rules that no record of these tests hits; `note` changes what an author would call the rule.
  static std::string more_rules(int count, std::string_view note = "") {
    std::string text =
        "format: 1\nnamespace: more\nlists:\n  hosts: { type: domain, file: hosts.txt }\nrules:\n";
    for (int i = 0; i < count; ++i) {
      text += fmt::format(
          "  - id: r{0}\n    title: Rule {0}{1}\n    class: other\n    score: 2\n"
          "    patterns:\n      p: {{ words: [\"never said {0}\"] }}\n"
          "    condition: p and any url where url.host in hosts\n    tests:\n"
          "      - {{ name: hit, event: {{ text: \"never said {0} https://host1.example\" }}, "
          "expect: {{ match: true }} }}\n"
          "      - {{ name: miss, event: {{ text: \"a host1.example\" }}, "
          "expect: {{ match: false }} }}\n",
          i, note);
    }
    return text;
  }

  std::string digest() { return running_->engine().rules()->digest(); }

  void run(Duration watch = {0}) {
    running_ = std::make_unique<RunningEngine>(config_, quick_options(watch));
  }

  TemporaryDirectory directory_;
  Config config_;
  std::unique_ptr<RunningEngine> running_;
};

TEST_F(ReloaderTest, TheSameFilesChangeNothing) {
  run();
  const std::string before = digest();
  const ReloadAttempt attempt = running_->reload();
  EXPECT_EQ(attempt.outcome, ReloadOutcome::kUnchanged);
  EXPECT_EQ(attempt.digest, before);
  EXPECT_EQ(digest(), before);
}

TEST_F(ReloaderTest, NewRulesComeIntoForceEverywhere) {
  run();
  directory_.write("rules/more.rules.yaml", more_rules(9, "!"));
  const ReloadAttempt attempt = running_->reload();
  EXPECT_EQ(attempt.outcome, ReloadOutcome::kAccepted) << attempt.detail;
  EXPECT_EQ(attempt.digest, digest());
  EXPECT_THAT(attempt.change.added, ElementsAre("more/r8"));
  EXPECT_THAT(attempt.change.removed, IsEmpty());
  EXPECT_EQ(attempt.change.changed.size(), 8U);
  EXPECT_EQ(attempt.windows.kept, 1U);
  EXPECT_TRUE(running_->engine().adopted());
  EXPECT_EQ(running_->engine().rules()->rules().size(), 12U);
}

// What somebody may do to a directory of rules, and what the reload says of it.
struct BreakCase {
  std::string name;
  std::function<void(const TemporaryDirectory&)> change;
  ReloadOutcome outcome;
  std::string detail;
};

std::string cut(const TemporaryDirectory& directory, const std::string& name, size_t bytes) {
  return directory.read(name).substr(0, bytes);
}

void replace(const TemporaryDirectory& directory, const std::string& name, const char* from,
             const char* to) {
  const std::string text = directory.read(name);
  const std::string changed = std::regex_replace(text, std::regex(from), to);
  SIEVE_CHECK(changed != text, "{} is not in {}", from, name);
  directory.write(name, changed);
}

std::vector<BreakCase> break_cases() {
  using Directory = const TemporaryDirectory&;
  return {
      {"TornWrite",
       [](Directory d) { d.write("rules/test.rules.yaml", cut(d, "rules/test.rules.yaml", 333)); },
       ReloadOutcome::kInvalid, "error["},
      {"HalfCopiedDirectory", [](Directory d) { fs::remove(d.path("rules/more.rules.yaml")); },
       ReloadOutcome::kShrunk, "active rules fell from 11 to 3, by more than 30 %"},
      {"NothingLeft",
       [](Directory d) {
         fs::remove_all(d.path("rules"));
         fs::create_directory(d.path("rules"));
       },
       ReloadOutcome::kInvalid, "R050"},
      {"NoDirectory", [](Directory d) { fs::remove_all(d.path("rules")); }, ReloadOutcome::kInvalid,
       "R051"},
      {"EmptiedList", [](Directory d) { d.write("rules/hosts.txt", ""); }, ReloadOutcome::kInvalid,
       "R09"},
      {"ShrunkList", [](Directory d) { d.write("rules/hosts.txt", "host1.example\n"); },
       ReloadOutcome::kShrunk, "entries of the list `hosts` fell from 20 to 1"},
      {"MissingList", [](Directory d) { fs::remove(d.path("rules/hosts.txt")); },
       ReloadOutcome::kInvalid, "hosts.txt"},
      {"BrokenCondition",
       [](Directory d) {
         replace(d, "rules/test.rules.yaml", "condition: credit", "condition: credti");
       },
       ReloadOutcome::kInvalid, "credit"},
      {"FailingTest",
       [](Directory d) { replace(d, "rules/test.rules.yaml", "free lunch", "free credit"); },
       ReloadOutcome::kFailingTests, "the test `miss` of test/lure fails"},
      {"DuplicateIds",
       [](Directory d) { d.write("rules/copy.rules.yaml", d.read("rules/test.rules.yaml")); },
       ReloadOutcome::kInvalid, "used twice"},
      {"NotText",
       [](Directory d) { d.write("rules/test.rules.yaml", std::string("\xFF\xFE\0\1", 4)); },
       ReloadOutcome::kInvalid, "error["},
      {"EditorSwapFile",
       [](Directory d) {
         d.write("rules/.test.rules.yaml.swp", "b0VIM");
         d.write("rules/.#test.rules.yaml", "x");
         d.write("rules/test.rules.yaml~", "format: 1");
       },
       ReloadOutcome::kUnchanged, ""},
  };
}

class ReloaderBreakTest : public ReloaderTest, public ::testing::WithParamInterface<BreakCase> {};

TEST_P(ReloaderBreakTest, TheRulesBeforeStayAndTheReasonIsExact) {
  run();
  const std::string before = digest();
  GetParam().change(directory_);
  const ReloadAttempt attempt = running_->reload();
  EXPECT_EQ(name_of(attempt.outcome), name_of(GetParam().outcome)) << attempt.detail;
  EXPECT_THAT(attempt.detail, HasSubstr(GetParam().detail));
  EXPECT_EQ(digest(), before);
  // What is mended is taken.
  restore();
  EXPECT_TRUE(running_->reload().ok());
  EXPECT_EQ(digest(), before);
}

INSTANTIATE_TEST_SUITE_P(Cases, ReloaderBreakTest, ::testing::ValuesIn(break_cases()),
                         [](const auto& each) { return each.param.name; });

TEST_F(ReloaderTest, WhatShrankIsTakenWhenThatIsMeant) {
  run();
  fs::remove(directory_.path("rules/more.rules.yaml"));
  EXPECT_EQ(running_->reload().outcome, ReloadOutcome::kShrunk);
  EXPECT_EQ(running_->reload(true).outcome, ReloadOutcome::kAccepted);
  EXPECT_EQ(running_->engine().rules()->rules().size(), 3U);
}

TEST_F(ReloaderTest, FilesAreWatched) {
  run(Duration{20});
  const std::string before = digest();
  directory_.write("rules/hosts.txt", hosts(21));
  for (int i = 0; i < 3'000 && digest() == before; ++i) ::usleep(10'000);
  EXPECT_NE(digest(), before);
  EXPECT_EQ(running_->engine().rules()->lists()[0]->size(), 21U);
}

// Records of one run, and what becomes of them without any reload.
class ReloadStormTest : public ReloaderTest {
 protected:
  static constexpr int kChanges = testing::effort(1'000, 200);

  static std::string records(int64_t from, int64_t count) {
    std::string calls;
    for (int64_t i = from; i < from + count; ++i) {
      calls += call_json(i, kStartMs + i * 40, i % 59) + "\n";
    }
    return calls;
  }

  static std::string messages(int64_t count) {
    std::string text;
    for (int64_t i = 0; i < count; ++i) {
      text += message_json(i, kStartMs + i * 40, i % 37 == 0 ? "FREE credit!" : "hello") + "\n";
    }
    return text;
  }

  std::string alerts() const {
    const std::regex clock(R"("detected_at":"[^"]*")");
    const std::regex bundle(R"("bundle":"[^"]*")");
    return std::regex_replace(std::regex_replace(directory_.read("alerts.jsonl"), clock, ""),
                              bundle, "");
  }

  // One of the changes of a storm; every third is broken.
  bool change(int number) {
    restore();
    if (number % 3 != 0) {
      directory_.write("rules/more.rules.yaml",
                       more_rules(8 + number % 3, fmt::format(", {}", number)));
      return true;
    }
    const std::vector<BreakCase> cases = break_cases();
    const BreakCase& broken = cases[static_cast<size_t>(number / 3) % (cases.size() - 1)];
    broken.change(directory_);
    return false;
  }
};

// A thousand changes while records flow: the alerts and counts are those of a run without any, so
// no record was lost, none counted twice, and windows went on.
TEST_F(ReloadStormTest, ChangesNoCountAndNoAlert) {
  constexpr int64_t kRecordsPerChange = 40;
  constexpr int64_t kRecords = kChanges * kRecordsPerChange;
  directory_.write("messages.jsonl", messages(kRecords));
  directory_.write("calls.jsonl", records(0, kRecords));
  const EngineOutcome quiet = run_to_end(config_);
  const std::string expected = alerts();
  ASSERT_THAT(expected, HasSubstr("\"kind\":\"window\""));

  // The messages wait for the calls, which come through a pipe.
  fs::remove(directory_.path("calls.jsonl"));
  Pipe pipe(directory_.path("calls.jsonl"));
  std::thread opener([&] { pipe.open(); });
  run();
  opener.join();
  uint64_t accepted = 0;
  uint64_t rejected = 0;
  for (int i = 0; i < kChanges; ++i) {
    std::thread writer([&] { pipe.write(records(i * kRecordsPerChange, kRecordsPerChange)); });
    const bool good = change(i);
    const ReloadAttempt attempt = running_->reload();
    writer.join();
    ++(attempt.ok() ? accepted : rejected);
    EXPECT_EQ(attempt.ok(), good) << i << " " << name_of(attempt.outcome) << attempt.detail;
  }
  pipe.close();
  const EngineOutcome stormy = running_->finish();
  EXPECT_FALSE(stormy.end.error.has_value());
  EXPECT_EQ(rejected, uint64_t{(kChanges + 2) / 3});
  EXPECT_EQ(accepted + rejected, uint64_t{kChanges});
  const SourceCounts counts = stormy.totals.all_sources();
  EXPECT_EQ(counts.records, uint64_t{2 * kRecords});
  EXPECT_EQ(counts.outcomes, quiet.totals.all_sources().outcomes);
  EXPECT_EQ(stormy.totals.alerts_published, quiet.totals.alerts_published);
  EXPECT_EQ(stormy.totals.correlation.facts, quiet.totals.correlation.facts);
  EXPECT_EQ(stormy.totals.correlation.applied, quiet.totals.correlation.applied);
  EXPECT_EQ(stormy.totals.correlation.suppressed, quiet.totals.correlation.suppressed);
  EXPECT_EQ(alerts(), expected);
}

}  // namespace
}  // namespace sieve
