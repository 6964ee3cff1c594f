#include "correlate/window_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <vector>

namespace sieve {
namespace {

// Every event of every key, counted by looking at all of them.
class Model {
 public:
  Model(const WindowShape& shape, WindowColumns columns) : shape_(shape), columns_(columns) {}

  // False when the event is late.
  bool add(uint64_t key, Timestamp time, const WindowEvent& event) {
    Key& found = keys_[key];
    found.newest = std::max(found.newest, shape_.bucket_of(time));
    if (shape_.bucket_of(time) <= found.newest - shape_.kept) return false;
    found.events.push_back({shape_.bucket_of(time), event});
    return true;
  }

  WindowTotals totals(uint64_t key, int64_t end) const {
    const Key& found = keys_.at(key);
    WindowTotals totals;
    std::array<std::set<uint64_t>, limits::kFactValuesMax> values;
    std::multiset<int64_t> buckets;
    for (const auto& [bucket, event] : found.events) {
      if (bucket < shape_.window_begin(end, found.newest) || bucket > end) continue;
      totals.count += event.count;
      buckets.insert(bucket);
      add_numbers(event, totals);
      for (size_t i = 0; i < columns_.predicates; ++i) totals.predicates[i] += event.predicates[i];
      for (size_t i = 0; i < columns_.values; ++i) {
        if (event.values[i] != 0) values[i].insert(event.values[i]);
      }
    }
    for (size_t i = 0; i < columns_.values; ++i) {
      totals.distinct[i] = static_cast<double>(values[i].size());
    }
    if (!buckets.empty()) totals.first_bucket = *buckets.begin();
    // Windows are asked about that end with an event, and such that do not.
    if (buckets.count(end) > 0) buckets.erase(buckets.find(end));
    if (!buckets.empty()) totals.before_bucket = *buckets.rbegin();
    return totals;
  }

  // Of the window that ends with an event of `bucket`, before the event.
  uint8_t seen(uint64_t key, int64_t bucket, const WindowEvent& event) const {
    uint8_t seen = 0;
    const auto found = keys_.find(key);
    if (found == keys_.end()) return seen;
    const int64_t newest = std::max(found->second.newest, bucket);
    for (const auto& [at, other] : found->second.events) {
      if (at < shape_.window_begin(bucket, newest) || at > bucket) continue;
      for (size_t i = 0; i < columns_.values; ++i) {
        const bool is_asked = (columns_.seen_mask >> i & 1) != 0 && event.values[i] != 0;
        if (is_asked && other.values[i] == event.values[i]) seen |= static_cast<uint8_t>(1 << i);
      }
    }
    return seen;
  }

  bool has_events(uint64_t key, int64_t bucket) const {
    for (const auto& [at, event] : keys_.at(key).events) {
      if (at == bucket) return true;
    }
    return false;
  }

 private:
  void add_numbers(const WindowEvent& event, WindowTotals& totals) const {
    size_t cell = columns_.values;
    for (size_t i = 0; i < columns_.numbers; ++i, ++cell) {
      if (event.values[cell] == 0) continue;
      NumberTotals& numbers = totals.numbers[i];
      const int64_t number = from_cell(event.values[cell]);
      numbers.count += event.count;
      numbers.sum += number * event.count;
      numbers.min = std::min(numbers.min, number);
      numbers.max = std::max(numbers.max, number);
    }
    const bool has_hour = columns_.hours > 0 && event.values[cell] != 0;
    if (has_hour) totals.hours[event.values[cell] - 1] += event.count;
  }

  struct Key {
    int64_t newest = -1;
    std::vector<std::pair<int64_t, WindowEvent>> events;
  };

  WindowShape shape_;
  WindowColumns columns_;
  std::map<uint64_t, Key> keys_;
};

void expect_equal(const WindowTotals& got, const WindowTotals& want, WindowColumns columns) {
  EXPECT_EQ(got.count, want.count);
  EXPECT_EQ(got.first_bucket, want.first_bucket);
  EXPECT_EQ(got.before_bucket, want.before_bucket);
  EXPECT_EQ(got.hours, want.hours);
  for (size_t i = 0; i < columns.numbers; ++i) {
    EXPECT_EQ(got.numbers[i].count, want.numbers[i].count) << i;
    EXPECT_EQ(got.numbers[i].sum, want.numbers[i].sum) << i;
    EXPECT_EQ(got.numbers[i].min, want.numbers[i].min) << i;
    EXPECT_EQ(got.numbers[i].max, want.numbers[i].max) << i;
  }
  for (size_t i = 0; i < columns.predicates; ++i) {
    EXPECT_EQ(got.predicates[i], want.predicates[i]) << i;
  }
  for (size_t i = 0; i < columns.values; ++i) EXPECT_EQ(got.distinct[i], want.distinct[i]) << i;
}

struct StreamCase {
  std::string name;
  Duration over;
  Duration late;
  WindowColumns columns;
  uint64_t key_count;
  uint64_t value_count;
  int64_t step_max_ms;  // From one event to the next.
  int64_t behind_max_ms;
};

class WindowTableStreamTest : public ::testing::TestWithParam<StreamCase> {};

WindowEvent random_event(std::mt19937_64& random, const StreamCase& row) {
  WindowEvent event;
  for (size_t i = 0; i < row.columns.predicates; ++i) event.predicates[i] = random() % 2;
  size_t cell = 0;
  for (; cell < row.columns.values; ++cell) event.values[cell] = random() % row.value_count;
  for (size_t i = 0; i < row.columns.numbers; ++i, ++cell) {
    const auto number = static_cast<int64_t>(random() % 9) - 4;
    if (number != 4) event.values[cell] = to_cell(number);
  }
  if (row.columns.hours > 0) event.values[cell] = random() % (kHoursPerDay + 1);
  return event;
}

TEST_P(WindowTableStreamTest, EqualsAModelThatKeepsEveryEvent) {
  const StreamCase& row = GetParam();
  const WindowShape shape = WindowShape::of(row.over, row.late);
  std::mt19937_64 random(5);
  WindowTable table({shape, row.columns, 1'000});
  Model model(shape, row.columns);
  int64_t now = 1'767'600'000'000;
  for (int round = 0; round < 1'500; ++round) {
    now += static_cast<int64_t>(random() % static_cast<uint64_t>(row.step_max_ms + 1));
    const auto behind = static_cast<uint64_t>(row.behind_max_ms + 1);
    const bool is_behind = random() % 3 == 0;
    const Timestamp time{now - (is_behind ? static_cast<int64_t>(random() % behind) : 0)};
    const uint64_t key = 1 + random() % row.key_count;
    const WindowEvent event = random_event(random, row);
    const uint8_t seen = model.seen(key, shape.bucket_of(time), event);
    const WindowTable::Added added = table.add(key, time, event);
    ASSERT_EQ(!added.is_late, model.add(key, time, event)) << round;
    if (added.is_late) continue;
    EXPECT_EQ(added.seen, seen);
    expect_equal(table.totals(added, added.bucket), model.totals(key, added.bucket), row.columns);
    const int64_t later = std::min(added.bucket + 7, shape.bucket_of(added.newest));
    expect_equal(table.totals(added, later), model.totals(key, later), row.columns);
    ASSERT_EQ(table.has_events(added, later), model.has_events(key, later));
    if (HasFailure()) FAIL() << "round " << round;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Streams, WindowTableStreamTest,
    ::testing::Values(
        StreamCase{"CountOnly", {60'000}, {5'000}, {0, 0}, 3, 1, 4'000, 5'000},
        StreamCase{"OneQuietKey", {60'000}, {5'000}, {1, 1}, 1, 9, 90'000, 5'000},
        StreamCase{"OneBusyKey", {60'000}, {5'000}, {1, 1}, 1, 900, 200, 5'000},
        StreamCase{"SomeKeys", {60'000}, {5'000}, {1, 0}, 7, 50, 2'000, 5'000},
        StreamCase{"AllColumns", {60'000}, {30'000}, {4, 8}, 3, 20, 2'000, 30'000},
        StreamCase{"Numbers", {60'000}, {5'000}, {0, 1, {}, 2, 0, 0}, 3, 1, 2'000, 5'000},
        StreamCase{"Hours", {60'000}, {5'000}, {0, 0, {}, 0, 1, 0}, 3, 1, 900, 5'000},
        StreamCase{"AllKinds", {60'000}, {30'000}, {2, 2, {}, 1, 1, 0b01}, 2, 9, 900, 30'000},
        StreamCase{"SeenBefore", {60'000}, {5'000}, {2, 0, {}, 0, 0, 0b11}, 2, 60, 700, 5'000},
        StreamCase{
            "NumbersOfAQuietKey", {60'000}, {5'000}, {1, 0, {}, 1, 1, 1}, 1, 9, 50'000, 5'000},
        StreamCase{"FewMillisecondsPerBucket", {100}, {50}, {1, 1}, 2, 30, 5, 50},
        StreamCase{"LongLateness", {60'000}, {452'000}, {2, 1}, 2, 40, 9'000, 300'000},
        StreamCase{"SomeAreTooLate", {60'000}, {5'000}, {1, 1}, 1, 40, 1'000, 90'000},
        StreamCase{"Day", {86'400'000}, {21'600'000}, {1, 0}, 4, 100, 900'000, 21'600'000}),
    [](const auto& param_info) { return param_info.param.name; });

TEST(WindowTableTest, ForgetsWhatIsOlderThanTheWindow) {
  WindowTable table({WindowShape::of({60'000}, {0}), {}, 10});
  table.add(1, {1'000'000}, {});
  const auto edge = table.add(1, {1'059'999}, {});
  EXPECT_EQ(table.totals(edge, edge.bucket).count, 2U);
  const auto after = table.add(1, {1'060'000}, {});
  EXPECT_EQ(table.totals(after, after.bucket).count, 2U);
}

struct SilenceCase {
  std::string name;
  uint64_t events;  // Before the silence.
  int64_t buckets;  // Of silence.
};

class WindowTableSilenceTest : public ::testing::TestWithParam<SilenceCase> {};

TEST_P(WindowTableSilenceTest, ForgetsEverythingOverALongSilence) {
  const WindowShape shape = WindowShape::of({60'000}, {0});
  WindowTable table({shape, {1, 1}, 10});
  WindowEvent event;
  event.predicates[0] = 1;
  for (uint64_t i = 0; i < GetParam().events; ++i) {
    event.values[0] = i + 1;
    table.add(1, {5'000'000}, event);
  }
  const Timestamp later{5'000'000 + GetParam().buckets * shape.bucket_ms};
  for (int i = 0; i < 2; ++i) {
    const auto added = table.add(1, later, event);
    const WindowTotals totals = table.totals(added, added.bucket);
    EXPECT_EQ(totals.count, 1U + static_cast<uint64_t>(i));
    EXPECT_EQ(totals.predicates[0], 1U + static_cast<uint64_t>(i));
    EXPECT_EQ(totals.distinct[0], 1);
  }
}

// After a multiple of 64 buckets a ring is at the same place, after one of 65,536 a row is.
INSTANTIATE_TEST_SUITE_P(Silences, WindowTableSilenceTest,
                         ::testing::Values(SilenceCase{"QuietKeyWindow", 3, 60},
                                           SilenceCase{"QuietKeyRing", 3, 64},
                                           SilenceCase{"QuietKeyRow", 3, 65'536},
                                           SilenceCase{"QuietKeyLong", 3, 1'000'003},
                                           SilenceCase{"BusyKeyWindow", 100, 60},
                                           SilenceCase{"BusyKeyRing", 100, 64},
                                           SilenceCase{"BusyKeyRow", 100, 65'536},
                                           SilenceCase{"BusyKeyLong", 100, 1'000'003}),
                         [](const auto& param_info) { return param_info.param.name; });

TEST(WindowTableTest, SaturatesInsteadOfOverflowing) {
  WindowTable table({WindowShape::of({60'000}, {0}), {0, 1}, 10});
  WindowEvent many;
  many.count = UINT32_MAX - 1;
  many.predicates[0] = UINT32_MAX - 1;
  table.add(1, {0}, many);
  const auto added = table.add(1, {0}, many);
  EXPECT_EQ(table.totals(added, 0).count, UINT32_MAX);
  EXPECT_EQ(table.totals(added, 0).predicates[0], UINT32_MAX);
}

TEST(WindowTableTest, CountsManyEqualEventsExactly) {
  WindowTable table({WindowShape::of({60'000}, {0}), {1, 1}, 10});
  WindowEvent event;
  event.values[0] = 7;
  event.predicates[0] = 1;
  WindowTable::Added added;
  for (int i = 0; i < 70'000; ++i) added = table.add(1, {5'000}, event);
  const WindowTotals totals = table.totals(added, added.bucket);
  EXPECT_EQ(totals.count, 70'000U);
  EXPECT_EQ(totals.predicates[0], 70'000U);
  EXPECT_EQ(totals.distinct[0], 1);
}

TEST(WindowTableTest, EvictsTheStalestAtTheCap) {
  WindowTable table({WindowShape::of({60'000}, {0}), {}, 3});
  for (uint64_t key = 1; key <= 3; ++key) {
    table.add(key, {static_cast<int64_t>(key) * 1'000}, {});
  }
  table.add(1, {4'000}, {});  // Key 2 is the stalest now.
  table.add(4, {5'000}, {});
  EXPECT_EQ(table.key_count(), 3U);
  EXPECT_EQ(table.keys_evicted(), 1U);
  const auto kept = table.add(1, {6'000}, {});
  EXPECT_EQ(table.totals(kept, kept.bucket).count, 3U);
  const auto gone = table.add(2, {7'000}, {});
  EXPECT_EQ(table.totals(gone, gone.bucket).count, 1U);
  EXPECT_EQ(table.keys_evicted(), 2U);
}

TEST(WindowTableTest, WorksWithPlaceForOneKey) {
  WindowTable table({WindowShape::of({60'000}, {0}), {1, 0}, 1});
  for (uint64_t i = 0; i < 1'000; ++i) {
    const auto added = table.add(i / 2, {static_cast<int64_t>(i)}, {});
    EXPECT_EQ(table.totals(added, added.bucket).count, 1 + i % 2);
  }
  EXPECT_EQ(table.key_count(), 1U);
  EXPECT_EQ(table.keys_evicted(), 499U);
}

TEST(WindowTableTest, ExpiresKeysThatNoEventCanReach) {
  WindowTable table({WindowShape::of({60'000}, {10'000}), {1, 0}, 100'000});
  for (uint64_t i = 0; i < 50'000; ++i) {
    table.add(1 + i, {static_cast<int64_t>(i) * 100}, {});
    // 700 of the window and the lateness, and those that wait for the clock.
    EXPECT_LE(table.key_count(), 900U);
  }
  EXPECT_EQ(table.keys_expired() + table.key_count(), 50'000U);
  EXPECT_EQ(table.keys_evicted(), 0U);
  EXPECT_LE(table.state_bytes(), size_t{1'000'000});
}

TEST(WindowTableTest, IsNotEmptiedByRecordsFromTheFuture) {
  WindowTable table({WindowShape::of({60'000}, {0}), {}, 1'000});
  constexpr int64_t kFuture = int64_t{1} << 42;
  for (int64_t i = 0; i < 2'000; ++i) {
    table.add(static_cast<uint64_t>(i % 100), {1'000'000 + i}, {});
    if (i % 3 == 0) table.add(1'000'000, {kFuture + i}, {});
  }
  EXPECT_EQ(table.key_count(), 101U);
  EXPECT_EQ(table.keys_expired(), 0U);
}

TEST(WindowTableTest, KeepsToItsBytesForATypicalKey) {
  WindowTable table({WindowShape::of({600'000}, {120'000}), {1, 1}, 1'000'000});
  std::mt19937_64 random(1);
  constexpr size_t kKeys = 100'000;
  for (size_t i = 0; i < 3 * kKeys; ++i) {
    WindowEvent event;
    event.values[0] = random();
    table.add(i % kKeys, {static_cast<int64_t>(i)}, event);
  }
  EXPECT_EQ(table.key_count(), kKeys);
  EXPECT_LE(table.state_bytes() / kKeys, 200U);
}

}  // namespace
}  // namespace sieve
