// `state inspect` and `state verify`: what people and programs see of them
// (golden/cli/state_inspect.txt, state_verify.txt).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "base/json_reader.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"
#include "unit/correlate/snapshot_files.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

class StateTest : public CliTest {
 protected:
  StateTest() {
    state_ = directory_.path("state");
    key_file_ = directory_.write("keys", "01" + repeated("5a", 31) + "\n");
    auto opened = SnapshotDirectory::open(state_);
    if (!opened) ADD_FAILURE() << opened.error().message;
    const SnapshotKey key = test_key();
    publish(**opened, 0, nullptr);
    publish(**opened, 0, &key);
    publish(**opened, 1, nullptr);
  }
  static std::string repeated(std::string_view text, size_t times) {
    std::string all;
    for (size_t i = 0; i < times; ++i) all += text;
    return all;
  }
  static void publish(SnapshotDirectory& directory, int32_t partition, const SnapshotKey* key) {
    auto writer = directory.create(test_header(partition), key);
    ASSERT_TRUE(writer) << writer.error().message;
    ASSERT_TRUE((*writer)->append("windows"));
    ASSERT_TRUE((*writer)->append("alerts"));
    ASSERT_TRUE(directory.publish(**writer));
  }
  std::string file(const std::string& name) const { return state_ + "/" + name; }
  // Without what changes from run to run.
  std::string steady(std::string text) const {
    const std::string directory = directory_.path("");
    for (size_t at = text.find(directory); at != std::string::npos; at = text.find(directory, at)) {
      text.erase(at, directory.size());
    }
    return std::regex_replace(text, std::regex(", [0-9]+[a-z]+ ago"), ", AGE ago");
  }

  std::string state_;
  std::string key_file_;
};

TEST_F(StateTest, InspectShowsWhatSnapshotsSayOfThemselves) {
  std::filesystem::resize_file(file("state-1.1.snapshot"), 200);
  const Result result = run({"state", "inspect", state_});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  testing::expect_golden(testing::golden_directory("cli") + "/state_inspect.txt",
                         steady(result.out));
}

TEST_F(StateTest, InspectWritesJson) {
  const Result result = run({"state", "inspect", file("state-0.2.snapshot"), "--json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto parsed = parse_json(result.out);
  ASSERT_TRUE(parsed) << result.out;
  ASSERT_EQ(parsed->items.size(), 1U);
  const JsonValue& snapshot = parsed->items[0];
  EXPECT_TRUE(snapshot.at("ok").boolean);
  EXPECT_EQ(snapshot.at("pipeline").string, "sieve");
  EXPECT_EQ(snapshot.at("sequence").number, 2);
  EXPECT_EQ(snapshot.at("frames").number, 2);
  EXPECT_EQ(snapshot.at("content_bytes").number, 13);
  EXPECT_TRUE(snapshot.at("encrypted").boolean);
  EXPECT_EQ(snapshot.at("key_id").string, snapshot_key_name(test_key().id));
  EXPECT_GT(snapshot.at("age_seconds").number, 0);
}

TEST_F(StateTest, VerifyReadsEveryFrame) {
  const Result sound = run({"state", "verify", state_, "--key-file", key_file_});
  EXPECT_EQ(sound.exit_code, 0) << sound.err;
  EXPECT_THAT(sound.out, HasSubstr("state-0.2.snapshot: ok, 2 frames\n"));
  std::string bytes = directory_.read("state/state-1.1.snapshot");
  bytes[bytes.size() - 40] ^= 1;  // In the last frame, where inspect does not look.
  directory_.write("state/state-1.1.snapshot", bytes);
  EXPECT_EQ(run({"state", "inspect", state_}).exit_code, 0);
  const Result damaged = run({"state", "verify", state_});
  EXPECT_EQ(damaged.exit_code, 1);
  testing::expect_golden(testing::golden_directory("cli") + "/state_verify.txt",
                         steady(damaged.out));
  const auto json = parse_json(run({"state", "verify", state_, "--json"}).out);
  ASSERT_TRUE(json);
  ASSERT_EQ(json->items.size(), 3U);
  EXPECT_EQ(json->items[0].at("fault").at("reason").string, "unknown_key");
  EXPECT_TRUE(json->items[1].at("ok").boolean);
  EXPECT_EQ(json->items[2].at("fault").at("reason").string, "damaged");
}

TEST_F(StateTest, ExitCodesSayWhatIsWrong) {
  EXPECT_EQ(run({"state"}).exit_code, 2);
  EXPECT_EQ(run({"state", "verify"}).exit_code, 2);
  EXPECT_EQ(run({"state", "verify", directory_.path("none")}).exit_code, 74);
  EXPECT_EQ(run({"state", "verify", state_, "--key-file", directory_.path("none")}).exit_code, 74);
  const std::string bad = directory_.write("bad", "secret\n");
  const Result bad_key = run({"state", "verify", state_, "--key-file", bad});
  EXPECT_EQ(bad_key.exit_code, 78);
  EXPECT_THAT(bad_key.err, HasSubstr("bad: line 1 is no key of 64 hexadecimal digits"));
  std::filesystem::create_directory(directory_.path("empty"));
  EXPECT_EQ(run({"state", "inspect", directory_.path("empty")}).exit_code, 0);
  const Result nothing = run({"state", "verify", directory_.path("empty")});
  EXPECT_EQ(nothing.exit_code, 1);
  EXPECT_THAT(nothing.err, HasSubstr("has no snapshots"));
}

}  // namespace
}  // namespace sieve
