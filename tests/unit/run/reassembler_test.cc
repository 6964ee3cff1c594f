#include "run/reassembler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "base/utf8.h"
#include "reassembler_model.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using testing::Joined;
using testing::LaneRecord;
using testing::ReassemblerLane;
using testing::ReassemblerModel;

constexpr int64_t kTimeoutMs = 300'000;

ReassemblerOptions options() {
  ReassemblerOptions out;
  out.timeout = {kTimeoutMs};
  return out;
}

LaneRecord part(int64_t time_ms, int64_t seq, int64_t total, std::string text, int64_t key = 1) {
  return {time_ms, key, total, seq, std::move(text)};
}
LaneRecord other(int64_t time_ms) { return {time_ms, 0, 0, 0, {}}; }

struct Row {
  std::string name;
  std::vector<LaneRecord> records;
  std::vector<std::string> want;  // Until the last record; then the input ends.
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class ReassemblerTest : public ::testing::TestWithParam<Row> {};

TEST_P(ReassemblerTest, Joins) {
  ReassemblerLane lane(options());
  ReassemblerModel model(kTimeoutMs);
  int64_t offset = 0;
  for (const LaneRecord& record : GetParam().records) {
    lane.read(record, offset);
    model.read(record, offset++);
  }
  lane.end(99);
  model.end(99);
  std::vector<std::string> texts;
  for (const Joined& joined : lane.joined) {
    texts.push_back(std::to_string(joined.first) + ": " + joined.second);
  }
  EXPECT_EQ(texts, GetParam().want);
  EXPECT_EQ(lane.joined, model.joined) << "the model differs";
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ReassemblerTest,
    ::testing::Values(
        Row{"Nothing", {}, {}}, Row{"NoParts", {other(1), other(2)}, {}},
        Row{"InOrder", {part(0, 1, 2, "a"), part(1, 2, 2, "b")}, {"1: complete 2 2 1 ab"}},
        Row{"Reversed",
            {part(0, 3, 3, "c"), part(0, 2, 3, "b"), part(0, 1, 3, "a")},
            {"2: complete 3 3 2 abc"}},
        Row{"ByKey",
            {part(0, 1, 2, "a"), part(0, 1, 2, "x", 2), part(1, 2, 2, "b"), part(1, 2, 2, "y", 2)},
            {"2: complete 2 2 2 ab", "3: complete 2 2 3 xy"}},
        Row{"OtherTotals",
            {part(0, 1, 2, "a"), part(0, 2, 3, "b")},
            {"99: end_of_input 2 1 0 a ... ", "99: end_of_input 3 1 1  ... b ... "}},
        Row{"DuplicateWaiting",
            {part(0, 1, 2, "a"), part(1, 1, 2, "a"), part(2, 2, 2, "b")},
            {"2: complete 2 2 2 ab"}},
        Row{"DuplicateOfComplete",
            {part(0, 1, 2, "a"), part(0, 2, 2, "b"), part(kTimeoutMs, 1, 2, "a")},
            {"1: complete 2 2 1 ab"}},
        Row{"AgainAfterTheTimeout",
            {part(0, 1, 2, "a"), part(0, 2, 2, "b"), part(kTimeoutMs + 1, 1, 2, "a")},
            {"1: complete 2 2 1 ab", "99: end_of_input 2 1 2 a ... "}},
        Row{"ConflictBeginsAnother",
            {part(0, 1, 2, "a"), part(1, 1, 2, "x"), part(2, 2, 2, "y"), part(3, 2, 2, "b")},
            {"2: complete 2 2 2 xy", "3: complete 2 2 3 ab"}},
        Row{"AtTheTimeout",
            {part(0, 1, 2, "a"), part(kTimeoutMs, 2, 2, "b")},
            {"1: complete 2 2 1 ab"}},
        Row{"BehindTheTimeout",
            {part(0, 1, 2, "a"), part(kTimeoutMs + 1, 2, 2, "b")},
            {"1: timeout 2 1 0 a ... ", "99: end_of_input 2 1 1  ... b"}},
        Row{"AnyRecordMovesTime",
            {part(0, 2, 3, "b"), other(kTimeoutMs), other(kTimeoutMs + 1)},
            {"2: timeout 3 1 0  ... b ... "}},
        Row{"EarlierPartJoins",
            {part(kTimeoutMs, 2, 2, "b"), part(0, 1, 2, "a")},
            {"1: complete 2 2 1 ab"}},
        Row{"TooEarlyPartDoesNot",
            {part(kTimeoutMs + 1, 2, 2, "b"), part(0, 1, 2, "a")},
            {"99: end_of_input 2 1 1 a ... ", "99: end_of_input 2 1 0  ... b"}},
        Row{"EmptyTexts", {part(0, 1, 2, ""), part(0, 2, 2, "")}, {"1: complete 2 2 1 "}}),
    [](const auto& row) { return row.param.name; });

TEST(ReassemblerPartsTest, JoinsAllThatAHeaderCanCount) {
  ReassemblerLane lane(options());
  for (int64_t seq = 255; seq >= 1; --seq) lane.read(part(0, seq, 255, "x"), 255 - seq);
  EXPECT_THAT(lane.joined,
              ElementsAre(Joined(254, "complete 255 255 254 " + std::string(255, 'x'))));
}

TEST(ReassemblerPartsTest, JoinsTheHalvesOfACharacter) {
  Reassembler reassembler(options());
  PartInput first{{1, 1}, {1, 2, 1, 0, 0xD83C}, "luck \uFFFD", "r", {0}, 0};
  PartInput second{{1, 1}, {1, 2, 2, 0xDFB0, 0}, "\uFFFD now", "r", {0}, 1};
  EXPECT_EQ(reassembler.add(second), PartOutcome::kWaits);
  EXPECT_EQ(reassembler.add(first), PartOutcome::kCompletes);
  EXPECT_EQ(reassembler.next()->text, "luck \U0001F3B0 now");
}

TEST(ReassemblerPartsTest, CutsWhatIsLongerThanAnyText) {
  Reassembler reassembler(options());
  std::string thai;
  while (thai.size() <= limits::kTextBytesMax) thai += "ก";
  EXPECT_EQ(reassembler.add({{1, 1}, {1, 2, 1}, thai, "r", {0}, 0}), PartOutcome::kWaits);
  EXPECT_EQ(reassembler.add({{1, 1}, {1, 2, 2}, "more", "r", {0}, 1}), PartOutcome::kCompletes);
  const JoinedMessage* message = reassembler.next();
  EXPECT_TRUE(message->text_cut);
  EXPECT_LE(message->text.size(), limits::kTextBytesMax);
  EXPECT_TRUE(is_valid_utf8(message->text));
}

TEST(ReassemblerPartsTest, GivesUpTheOldestWhenTooManyWait) {
  ReassemblerOptions small = options();
  small.messages_max = 3;
  ReassemblerLane lane(small);
  for (int64_t key = 0; key < 5; ++key) lane.read(part(key, 1, 2, "a", key), key);
  EXPECT_THAT(lane.joined,
              ElementsAre(Joined(3, "full 2 1 0 a ... "), Joined(4, "full 2 1 1 a ... ")));
  // What is only remembered goes first.
  lane.read(part(9, 2, 2, "b", 4), 5);
  lane.read(part(9, 1, 2, "a", 5), 6);
  EXPECT_EQ(lane.joined.back(), Joined(5, "complete 2 2 5 ab"));
}

TEST(ReassemblerPartsTest, GivesUpTheOldestWhenTheyHoldTooMuch) {
  ReassemblerOptions small = options();
  small.bytes_max = 1'000;
  ReassemblerLane lane(small);
  for (int64_t key = 0; key < 50; ++key) {
    lane.read(part(key, 1, 2, std::string(200, 'a'), key), key);
  }
  EXPECT_GT(lane.joined.size(), 40U);
  EXPECT_EQ(lane.given + lane.reassembler().parts_waiting(), 50U);
}

TEST(ReassemblerPartsTest, ManyMessagesOfOneKeyAreBounded) {
  ReassemblerLane lane(options());
  const auto count = static_cast<int64_t>(limits::kReassemblySameKeyMax) + 3;
  for (int64_t i = 0; i < count; ++i) lane.read(part(i, 1, 2, "text " + std::to_string(i)), i);
  EXPECT_THAT(lane.joined, ElementsAre(Joined(16, "full 2 1 0 text 0 ... "),
                                       Joined(17, "full 2 1 1 text 1 ... "),
                                       Joined(18, "full 2 1 2 text 2 ... ")));
}

uint64_t seed() {
  const char* given = std::getenv("SIEVE_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'260'105;
}

// Records of few keys with times that jump, so that parts meet, collide, repeat and time out.
std::vector<LaneRecord> random_history(std::mt19937_64& random) {
  const auto pick = [&](uint64_t below) { return static_cast<int64_t>(random() % below); };
  std::vector<LaneRecord> records;
  int64_t time = 1'000'000;
  const uint64_t step = pick(2) == 0 ? 20'000 : 200'000;
  const uint64_t totals = 1 + static_cast<uint64_t>(pick(4));
  for (int64_t i = 0; i < 60; ++i) {
    time += pick(step) - pick(3) * pick(40'000);
    const int64_t total = 2 + pick(totals);
    const int64_t seq = 1 + pick(static_cast<uint64_t>(total));
    std::string text(1, static_cast<char>('a' + pick(3)));
    records.push_back(pick(5) == 0 ? other(time) : part(time, seq, total, text, pick(3)));
  }
  return records;
}

TEST(ReassemblerPropertyTest, EqualsTheModel) {
  std::mt19937_64 random(seed());
  for (int round = 0; round < 3'000; ++round) {
    SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << seed() << " round " << round);
    ReassemblerLane lane(options());
    ReassemblerModel model(kTimeoutMs);
    int64_t offset = 0;
    for (const LaneRecord& record : random_history(random)) {
      lane.read(record, offset);
      model.read(record, offset++);
      ASSERT_EQ(lane.parts, lane.given + lane.duplicates + lane.reassembler().parts_waiting());
    }
    lane.end(1'000);
    model.end(1'000);
    ASSERT_EQ(lane.joined, model.joined);
    ASSERT_EQ(lane.duplicates, model.duplicates);
    ASSERT_EQ(lane.reassembler().parts_waiting(), 0U);
  }
}

// Messages with references of their own, their parts shuffled, lost and perhaps sent twice.
std::vector<LaneRecord> honest_history(std::mt19937_64& random, bool repeats) {
  const auto pick = [&](uint64_t below) { return static_cast<int64_t>(random() % below); };
  std::vector<LaneRecord> records;
  for (int64_t key = 0; key < 20; ++key) {
    const int64_t total = 2 + pick(3);
    const int64_t begin = key * 60'000;
    for (int64_t seq = 1; seq <= total; ++seq) {
      if (pick(6) == 0) continue;
      const int64_t copies = repeats && pick(6) == 0 ? 2 : 1;
      for (int64_t i = 0; i < copies; ++i) {
        records.push_back(part(begin + pick(200'000), seq, total, std::to_string(seq), key));
      }
    }
  }
  std::stable_sort(records.begin(), records.end(),
                   [](const LaneRecord& a, const LaneRecord& b) { return a.time_ms < b.time_ms; });
  return records;
}

std::string last_offset_of(const Joined& joined) {
  std::istringstream words(joined.second);
  std::string word;
  for (int i = 0; i < 4; ++i) words >> word;
  return word;
}

// A restart reads again from oldest_offset() on. Whatever came out behind the cut comes out again,
// the same; what comes besides is the end of a message that came out before: its last part is the
// same, which makes the id of an alert the same.
TEST(ReassemblerPropertyTest, ARestartLosesNothing) {
  std::mt19937_64 random(seed());
  for (int round = 0; round < 2'000; ++round) {
    SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << seed() << " round " << round);
    const std::vector<LaneRecord> records = honest_history(random, round % 2 == 0);
    const auto cut = static_cast<int64_t>(random() % records.size());
    ReassemblerLane lane(options());
    int64_t resume = 0;
    for (int64_t i = 0; i < static_cast<int64_t>(records.size()); ++i) {
      lane.read(records[static_cast<size_t>(i)], i);
      if (i == cut) resume = lane.reassembler().oldest_offset().value_or(i + 1);
    }
    lane.end(1'000);
    ReassemblerLane again(options());
    for (int64_t i = resume; i < static_cast<int64_t>(records.size()); ++i) {
      again.read(records[static_cast<size_t>(i)], i);
    }
    again.end(1'000);
    for (const Joined& joined : lane.joined) {
      if (joined.first <= static_cast<size_t>(cut)) continue;
      ASSERT_THAT(again.joined, ::testing::Contains(joined)) << "cut " << cut;
    }
    for (const Joined& joined : again.joined) {
      if (round % 2 == 0) break;
      const auto has_same_end = [&](const Joined& known) {
        return last_offset_of(known) == last_offset_of(joined);
      };
      ASSERT_TRUE(std::any_of(lane.joined.begin(), lane.joined.end(), has_same_end))
          << joined.second;
    }
  }
}

TEST(DeadlineHeapTest, GivesTheEarliestAndLetsAnyGo) {
  std::mt19937_64 random(seed());
  DeadlineHeap heap;
  std::vector<DeadlineHeap::Entry> entries;
  for (uint32_t slot = 0; slot < 200; ++slot) {
    entries.push_back({{static_cast<int64_t>(random() % 50)}, slot, slot});
    heap.add(entries.back());
  }
  std::shuffle(entries.begin(), entries.end(), random);
  while (!entries.empty()) {
    const auto first = std::min_element(entries.begin(), entries.end());
    ASSERT_EQ(heap.first().slot, first->slot);
    heap.remove(entries.back().slot);
    entries.pop_back();
  }
  EXPECT_TRUE(heap.empty());
}

}  // namespace
}  // namespace sieve
