// A GroupMember reads topics as one member of a group and remembers what it got, committing as
// told: the smallest pipeline there is.
//
// Thread safety: none; everything happens within step().
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "stream/kafka_source.h"

namespace sieve {

class GroupMember final : public AssignmentListener {
 public:
  struct Got {
    std::string topic;
    int32_t partition;
    int64_t offset;
    std::string key;
    std::string value;
    std::vector<Header> headers;
    size_t source;
  };

  explicit GroupMember(KafkaSourceConfig config) {
    auto opened = KafkaSource::open(std::move(config), *this);
    EXPECT_TRUE(opened.has_value()) << opened.error().message;
    if (opened) source_ = std::move(*opened);
  }

  // Serves the group and reads what is there; commits all of it when `commits`.
  void step(bool commits = true) {
    source_->service(std::chrono::milliseconds(5));
    for (const LaneInfo& lane : std::vector<LaneInfo>(lanes_)) read(lane, commits);
  }

  // Steps until `done()` or half a minute is over.
  template <class Done>
  bool step_until(Done done, bool commits = true) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!done()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      step(commits);
    }
    return true;
  }

  bool close() { return source_->close(std::chrono::seconds(20)); }

  KafkaSource& source() { return *source_; }
  const std::vector<Got>& got() const { return got_; }
  const std::vector<LaneInfo>& lanes() const { return lanes_; }
  // A call of the listener a line: `assigned 4`, `revoking 4`, `revoked 4`.
  const std::vector<std::string>& calls() const { return calls_; }
  PollStatus last_status() const { return last_status_; }
  const RecordBatch& last_batch() const { return batch_; }

  // Where all lanes begin that are assigned from now on.
  void begin_at(const LaneStart& start) { start_ = start; }

  LaneStart start_of(const LaneInfo&) override { return start_; }
  void lanes_assigned(std::span<const LaneInfo> lanes) override {
    calls_.push_back("assigned " + std::to_string(lanes.size()));
    lanes_.assign(lanes.begin(), lanes.end());
  }
  void lanes_revoking(std::span<const LaneId> lanes, std::chrono::milliseconds) override {
    calls_.push_back("revoking " + std::to_string(lanes.size()));
  }
  void lanes_revoked(std::span<const LaneId> lanes) override {
    calls_.push_back("revoked " + std::to_string(lanes.size()));
    for (const LaneId lane : lanes) {
      // What a late worker might do must have no effect.
      EXPECT_NE(source_->poll(lane, batch_), PollStatus::kRecords);
      for (const LaneInfo& info : lanes_) source_->commit(lane, info.epoch, 1'000'000);
    }
    lanes_.clear();
  }

 private:
  void read(const LaneInfo& lane, bool commits) {
    last_status_ = source_->poll(lane.id, batch_);
    if (last_status_ != PollStatus::kRecords) return;
    EXPECT_EQ(batch_.lane, lane.id);
    EXPECT_EQ(batch_.epoch, lane.epoch);
    EXPECT_EQ(batch_.sequence, (next_sequences_[{lane.id.value, lane.epoch}]++));
    EXPECT_LE(batch_.records.size(), limits::kBatchRecordsMax);
    EXPECT_TRUE(batch_.bytes.ends_with(std::string(limits::kPaddingBytes, '\0')));
    for (const RawRecord& record : batch_.records) {
      EXPECT_EQ(record.size_full, record.size);
      EXPECT_GT(record.arrival_ms, 0);
      got_.push_back({lane.origin,
                      lane.partition,
                      record.offset,
                      std::string(batch_.key(record)),
                      std::string(batch_.value(record)),
                      {},
                      lane.source});
    }
    const size_t first = got_.size() - batch_.records.size();
    for (const auto& [index, headers] : batch_.headers) got_[first + index].headers = headers;
    EXPECT_EQ(batch_.next_offset, got_.back().offset + 1);
    if (commits) source_->commit(lane.id, lane.epoch, batch_.next_offset);
  }

  std::unique_ptr<KafkaSource> source_;
  std::vector<LaneInfo> lanes_;
  std::vector<Got> got_;
  std::vector<std::string> calls_;
  std::map<std::pair<uint32_t, uint32_t>, uint64_t> next_sequences_;
  RecordBatch batch_;
  LaneStart start_;
  PollStatus last_status_ = PollStatus::kIdle;
};

}  // namespace sieve
