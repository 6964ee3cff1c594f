#include "run/state_keeper.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;

// So much of a step that facts wait for it a few milliseconds at most (bench/README.md), and so
// seldom that they keep most of the time.
constexpr size_t kKeysPerStep = 8'192;
constexpr milliseconds kStepEvery{5};

Expected<SnapshotKeys, StreamError> read_keys(const std::string& path) {
  if (path.empty()) {
    log_warning("state", "unencrypted", "note={}",
                log_value("snapshots hold telephone numbers in clear: set state.key_file"));
    return SnapshotKeys{};
  }
  auto keys = read_snapshot_keys(path);
  if (keys) return std::move(*keys);
  return Unexpected<StreamError>({"state_keys", keys.error().message});
}

}  // namespace

Expected<std::unique_ptr<StateKeeper>, StreamError> StateKeeper::open(const Config& config,
                                                                      size_t partition_count,
                                                                      const std::string& version) {
  std::unique_ptr<StateKeeper> keeper(new StateKeeper);
  auto keys = read_keys(config.state.key_file);
  if (!keys) return Unexpected<StreamError>(std::move(keys.error()));
  keeper->keys_ = std::move(*keys);
  auto directory = SnapshotDirectory::open(config.state.directory);
  if (!directory) {
    return Unexpected<StreamError>(
        {std::string(snapshot_error_name(directory.error().reason)), directory.error().message});
  }
  keeper->directory_ = std::move(*directory);
  keeper->interval_ = milliseconds(config.state.interval.ms);
  SnapshotHeader header;
  header.engine_version = version;
  const bool is_kafka = config.exchange.kind == ExchangeKind::kKafka;
  header.exchange = is_kafka ? "kafka" : "memory";
  header.pipeline = is_kafka ? config.facts_group() : config.kafka.group;
  header.facts_partition_count = static_cast<int32_t>(partition_count);
  keeper->snapshotter_ =
      std::make_unique<Snapshotter>(*keeper->directory_, keeper->keys_, std::move(header));
  return keeper;
}

LaneStart StateKeeper::start_of(const LaneInfo& lane, const std::optional<RestoredState>& restored,
                                Duration span) {
  if (restored) {
    for (const LaneMark& mark : restored->lanes) {
      if (mark.origin == lane.origin && mark.partition == lane.partition) {
        return {mark.next_offset, {}};
      }
    }
  }
  // Without a mark the lane had given nothing, or what it gave is in a newer snapshot that was
  // refused: what is read again and was counted is known to be. What windows can look back at
  // arrived no earlier than it happened.
  if (span == Duration{}) return {};
  return {{}, (wall_clock_now() - span).ms};
}

bool StateKeeper::is_due(int32_t partition, Clock::time_point now) const {
  const auto next = next_.find(partition);
  return next == next_.end() || now >= next->second;
}

void StateKeeper::begin(SnapshotBody body, SnapshotSubject subject, Clock::time_point now) {
  next_[subject.partition] = now + interval_;
  next_step_ = now;
  snapshotter_->begin(std::move(body), std::move(subject));
}

bool StateKeeper::step(OffsetTracker& tracker, Clock::time_point now) {
  if (now < next_step_) return false;
  next_step_ = now + kStepEvery;
  const bool ended = snapshotter_->step(tracker, kKeysPerStep);
  if (ended) publish_totals();
  return ended;
}

bool StateKeeper::save_now(SnapshotBody body, SnapshotSubject subject, OffsetTracker& tracker,
                           Clock::time_point deadline, const std::function<void()>& serve) {
  abandon();
  const uint64_t before = snapshotter_->totals().published;
  snapshotter_->begin(std::move(body), std::move(subject));
  while (!snapshotter_->step(tracker, kKeysPerStep)) {
    if (Clock::now() >= deadline) break;
    serve();
  }
  abandon();
  return snapshotter_->totals().published > before;
}

void StateKeeper::abandon() {
  snapshotter_->abandon();
  publish_totals();
}

void StateKeeper::follow_rules(const std::string& digest) {
  abandon();
  snapshotter_->set_bundle(digest);
  next_.clear();
}

void StateKeeper::publish_totals() {
  const std::lock_guard lock(mutex_);
  totals_ = snapshotter_->totals();
}

SnapshotTotals StateKeeper::totals() const {
  const std::lock_guard lock(mutex_);
  return totals_;
}

std::vector<LaneMark> marks_of(std::span<const Watermark> cut, std::span<const LaneInfo> lanes) {
  std::vector<LaneMark> marks;
  for (const Watermark& mark : cut) {
    const auto lane = std::find_if(lanes.begin(), lanes.end(),
                                   [&](const LaneInfo& info) { return info.id == mark.lane; });
    if (lane == lanes.end()) continue;
    marks.push_back({lane->origin, lane->partition, mark.next_offset});
  }
  return marks;
}

}  // namespace sieve
