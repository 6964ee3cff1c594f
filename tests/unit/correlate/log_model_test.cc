// The argument that facts count once (ARCHITECTURE.md, "Exchange"), played: engines write the facts
// of one lane into one facts partition, are killed, lose the lane and write on as zombies, make
// their producers anew, and go on from what was committed. Whatever the log looks like then, each
// record counts once, in the order of the lane.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <random>
#include <vector>

#include "correlate/correlator.h"
#include "support/effort.h"
#include "unit/correlate/window_rules.h"

namespace sieve {
namespace {

constexpr int64_t kHistoryStart = 1'767'571'200'000;
constexpr int kHistories = testing::effort(1'000'000, 20'000);

// One engine's producer to the partition: an ordered queue, as an idempotent producer is.
struct Producer {
  std::deque<int64_t> pending;  // Offsets of records that were given to it, unacknowledged.
  size_t landed = 0;            // Of those, in the log without the producer's knowledge.
};

// A lane, the log of the partition, and who writes.
class History {
 public:
  explicit History(std::mt19937_64& random)
      : random_(random), end_(static_cast<int64_t>(1 + below(8))) {}

  // Plays until all records are acknowledged and committed.
  const std::vector<int64_t>& play() {
    for (int steps = 0; committed_ < end_; ++steps) {
      // In the end nothing fails any more.
      const bool calm = steps > 60;
      switch (calm ? below(3) : below(7)) {
        case 0:
          if (next_ < end_) owner_.pending.push_back(next_++);
          break;
        case 1:
          land(owner_);
          break;
        case 2:
          acknowledge();
          break;
        case 3:
          lose_lane();
          break;
        case 4:
          make_anew();
          break;
        case 5:
          if (!zombies_.empty()) land(zombies_[below(zombies_.size())]);
          break;
        default:
          committed_ = acknowledged_;
      }
      if (calm) committed_ = acknowledged_;
    }
    while (below(4) != 0) {
      if (!zombies_.empty()) land(zombies_[below(zombies_.size())]);
    }
    return log_;
  }
  int64_t end() const { return end_; }

 private:
  size_t below(size_t limit) { return random_() % limit; }

  // The next record of the producer reaches the log.
  void land(Producer& producer) {
    if (producer.landed == producer.pending.size()) return;
    log_.push_back(producer.pending[producer.landed++]);
  }
  void acknowledge() {
    if (owner_.landed == 0) return;
    acknowledged_ = owner_.pending.front() + 1;
    owner_.pending.pop_front();
    --owner_.landed;
  }
  // Killed, or the lane was revoked: what is under way may still arrive, in order.
  void lose_lane() {
    zombies_.push_back(std::move(owner_));
    owner_ = {};
    next_ = acknowledged_ = committed_;
  }
  // After a fatal error all that is unacknowledged is sent again; the first time may still arrive.
  void make_anew() {
    zombies_.push_back(owner_);
    owner_.landed = 0;
  }

  std::mt19937_64& random_;
  const int64_t end_;
  std::vector<int64_t> log_;  // Offsets of records whose facts stand there.
  Producer owner_;
  std::vector<Producer> zombies_;
  int64_t next_ = 0;          // To be read of the lane by its owner.
  int64_t acknowledged_ = 0;  // Everything before is in the log.
  int64_t committed_ = 0;     // At most that.
};

const std::string kEachCall =
    "on: call, window: { by: call.from, over: 1m }, measure: { n: count() }, "
    "condition: n >= 100000000";

TEST(LogModelTest, EachRecordCountsOnceWhateverBecomesOfItsWriters) {
  std::mt19937_64 random(7);
  const auto plan = testing::plan_of({kEachCall});
  FactBuilder builder(plan, {});
  const std::vector<Fact> facts =
      builder.build(testing::call("+6681", "+6682", Timestamp{kHistoryStart}, {0}));
  std::vector<std::string> blocks;
  for (int64_t i = 0; i < 8; ++i) blocks.push_back(testing::block_of(i, facts));
  std::vector<Finding> findings;
  std::vector<int64_t> counted;
  size_t repeats = 0;
  std::unique_ptr<Correlator> correlator;
  for (int i = 0; i < kHistories; ++i) {
    // A lane for each history, and a state for each thousand.
    if (i % 1'000 == 0) correlator = std::make_unique<Correlator>(plan);
    const FactLane lane{1, i % 1'000, 0};
    History history(random);
    counted.clear();
    for (const int64_t offset : history.play()) {
      const uint64_t before = correlator->stats().applied;
      correlator->apply(lane, blocks[static_cast<size_t>(offset)], findings);
      if (correlator->stats().applied > before) counted.push_back(offset);
      repeats += correlator->stats().applied > before ? 0 : 1;
    }
    ASSERT_EQ(counted.size(), static_cast<size_t>(history.end())) << "history " << i;
    for (size_t k = 0; k < counted.size(); ++k) {
      ASSERT_EQ(counted[k], static_cast<int64_t>(k)) << "history " << i;
    }
  }
  EXPECT_GT(repeats, static_cast<size_t>(kHistories)) << "the histories have no repeats to drop";
}

}  // namespace
}  // namespace sieve
