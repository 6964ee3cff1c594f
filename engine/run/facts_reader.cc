#include "run/facts_reader.h"

#include <algorithm>

#include "base/check.h"
#include "base/log.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kIdleWait{10};
constexpr milliseconds kDrainStep{5};
// Even when there is no time to finish anything, others should not have to wait for the session to
// end before they get the partitions.
constexpr milliseconds kLeaveTimeout{2'000};

milliseconds left_until(FactsReader::Clock::time_point deadline) {
  return std::max(std::chrono::duration_cast<milliseconds>(deadline - FactsReader::Clock::now()),
                  milliseconds(0));
}

FactsPartition partition_of(const LaneInfo& lane) {
  return FactsPartition(static_cast<uint16_t>(lane.partition));
}

}  // namespace

FactsReader::FactsReader(const InspectPlan& plan, std::vector<FactSource> sources,
                         Publisher& publisher, SharedTotals& totals, Failure fail)
    : tracker_(plan.rules->state_span()),
      gate_(publisher, tracker_),
      fail_(std::move(fail)),
      stage_(plan, std::move(sources), gate_, totals),
      state_span_(plan.rules->state_span()) {}

FactsReader::~FactsReader() { end(); }

void FactsReader::keep_state(StateKeeper* keeper) {
  keeper_ = keeper;
  if (keeper_ != nullptr) tracker_.hold_for_snapshots();
}

SnapshotBody FactsReader::body_of(const LaneInfo& lane) {
  return {{&stage_.correlator(partition_of(lane))}, nullptr};
}

// The partition's windows come back before it is read.
LaneStart FactsReader::start_of(const LaneInfo& lane) {
  if (keeper_ == nullptr) return {};
  const std::lock_guard lock(stage_mutex_);
  const FactsPartition partition = partition_of(lane);
  const auto restored = keeper_->restore(lane.partition, [&] {
    if (stage_.is_open(partition)) stage_.close(partition);
    stage_.open(partition);
    return body_of(lane);
  });
  return StateKeeper::start_of(lane, restored, state_span_);
}

SnapshotSubject FactsReader::state_to_save(const LaneInfo& lane) const {
  SnapshotSubject subject;
  subject.partition = lane.partition;
  for (const Watermark& mark : tracker_.cut()) {
    if (mark.lane == lane.id) subject.cut.push_back(mark);
  }
  subject.lanes = marks_of(subject.cut, std::span(&lane, 1));
  const auto newest = newest_.find(lane.id);
  if (newest != newest_.end()) subject.clock = newest->second;
  return subject;
}

// One partition at a time, each when it is due.
void FactsReader::save_state() {
  if (keeper_ == nullptr) return;
  const auto now = Clock::now();
  const std::lock_guard lock(stage_mutex_);
  if (keeper_->is_under_way()) {
    keeper_->step(tracker_, now);
    return;
  }
  for (const LaneInfo& lane : lanes_) {
    if (!keeper_->is_due(lane.partition, now)) continue;
    SnapshotSubject subject = state_to_save(lane);
    if (subject.cut.empty()) continue;
    return keeper_->begin(body_of(lane), std::move(subject), now);
  }
}

// Of partitions that go, as far as there is time.
bool FactsReader::save_state_now(std::span<const LaneId> lanes, Clock::time_point deadline) {
  if (keeper_ == nullptr) return true;
  bool all = true;
  const std::lock_guard lock(stage_mutex_);
  for (const LaneInfo& lane : lanes_) {
    if (std::find(lanes.begin(), lanes.end(), lane.id) == lanes.end()) continue;
    SnapshotSubject subject = state_to_save(lane);
    if (subject.cut.empty()) continue;
    all = keeper_->save_now(body_of(lane), std::move(subject), tracker_, deadline, [this] {
      gate_.publisher().service(milliseconds(1));
    }) && all;
  }
  return all;
}

void FactsReader::attach(std::unique_ptr<KafkaSource> source) { source_ = std::move(source); }

void FactsReader::start() {
  SIEVE_CHECK(source_ != nullptr, "attach() comes before start()");
  thread_ = std::thread([this] { work(); });
}

bool FactsReader::stop(Clock::time_point deadline) {
  deadline_ = deadline;
  gate_.set_deadline(deadline);
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  return drained_;
}

void FactsReader::end() {
  gate_.abandon();
  stop(Clock::now());
}

void FactsReader::work() {
  while (!stopping_) {
    source_->service(milliseconds(0));
    if (const StreamError error = source_->last_error(); !error.code.empty()) {
      fail(error);
      break;
    }
    bool any = false;
    // By index: what was assigned does not change between two services.
    for (size_t i = 0; i < lanes_.size() && !stopping_; ++i) any = read(lanes_[i]) || any;
    save_state();
    commit_finished();
    if (!any && !stopping_) source_->wait(kIdleWait);
  }
  drained_ = leave();
}

// True when there was something.
bool FactsReader::read(const LaneInfo& lane) {
  const PollStatus status = source_->poll(lane.id, batch_);
  if (status == PollStatus::kFailed) fail(source_->last_error());
  if (status != PollStatus::kRecords) return false;
  return apply(lane);
}

bool FactsReader::apply(const LaneInfo& lane) {
  const auto start = Clock::now();
  const DeliveryTicket ticket{lane.id, batch_.epoch, batch_.sequence, kInput};
  tracker_.add({ticket, batch_.next_offset});
  FactTimes times;
  const std::lock_guard lock(stage_mutex_);
  for (const RawRecord& record : batch_.records) {
    const auto applied = stage_.apply_record(partition_of(lane), batch_.value(record), ticket);
    if (!applied) {
      fail(applied.error());  // Without merged(): nothing of it is committed.
      return false;
    }
    times.add(*applied);
  }
  tracker_.merged(ticket, times.min, times.max);
  Timestamp& newest = newest_.try_emplace(lane.id, kTimestampMin).first->second;
  newest = std::max(newest, times.max);
  stage_.add_counts(static_cast<uint64_t>((Clock::now() - start) / std::chrono::nanoseconds(1)));
  return true;
}

void FactsReader::fail(const StreamError& error) {
  stopping_ = true;
  gate_.abandon();
  deadline_ = Clock::now();
  fail_(error);
}

void FactsReader::commit_finished() {
  for (const Watermark& watermark : tracker_.take_advanced()) {
    source_->commit(watermark.lane, watermark.epoch, watermark.next_offset);
  }
}

// Serves outputs until everything that was read of `lanes` is finished.
bool FactsReader::drain(std::span<const LaneId> lanes, Clock::time_point deadline) {
  const auto idle = [this](LaneId lane) { return tracker_.idle(lane); };
  while (!std::all_of(lanes.begin(), lanes.end(), idle)) {
    if (Clock::now() >= deadline || gate_.is_abandoned()) return false;
    gate_.publisher().service(kDrainStep);
  }
  return true;
}

bool FactsReader::leave() {
  std::vector<LaneId> ids;
  for (const LaneInfo& lane : lanes_) ids.push_back(lane.id);
  bool drained = drain(ids, deadline_.load());
  drained = drained && save_state_now(ids, deadline_.load());
  commit_finished();
  return source_->close(std::max(left_until(deadline_.load()), kLeaveTimeout)) && drained;
}

AdoptedWindows FactsReader::adopt(const InspectPlan& plan) {
  tracker_.set_state_span(plan.rules->state_span());
  state_span_ = plan.rules->state_span();
  if (keeper_ != nullptr) keeper_->follow_rules(plan.rules->digest());
  return stage_.adopt(plan);
}

std::vector<std::shared_ptr<const void>> FactsReader::forget(const InspectPlan& plan) {
  if (keeper_ != nullptr) keeper_->abandon();
  return stage_.forget(plan);
}

std::vector<LaneLag> FactsReader::lags() const { return lags_of(*source_); }

void FactsReader::lanes_assigned(std::span<const LaneInfo> lanes) {
  const std::lock_guard lock(stage_mutex_);
  for (const LaneInfo& lane : lanes) {
    tracker_.open(lane.id, lane.epoch);
    if (!stage_.is_open(partition_of(lane))) stage_.open(partition_of(lane));
    lanes_.push_back(lane);
    log_info("run", "facts_assigned", "topic={} partition={}", log_value(lane.origin),
             lane.partition);
  }
}

void FactsReader::lanes_revoking(std::span<const LaneId> lanes, milliseconds timeout) {
  const Clock::time_point deadline = Clock::now() + timeout;
  const bool drained = drain(lanes, deadline);
  if (drained) {
    save_state_now(lanes, deadline);
  } else {
    log_warning("run", "facts_revoke_unfinished", "lanes={} timeout_ms={}", lanes.size(),
                timeout.count());
  }
  commit_finished();
}

void FactsReader::lanes_revoked(std::span<const LaneId> lanes) {
  const std::lock_guard lock(stage_mutex_);
  // Windows that go must not be written any more.
  if (keeper_ != nullptr) keeper_->abandon();
  for (const LaneId id : lanes) {
    const auto at = std::find_if(lanes_.begin(), lanes_.end(),
                                 [id](const LaneInfo& lane) { return lane.id == id; });
    if (at == lanes_.end()) continue;
    tracker_.close(id);
    newest_.erase(id);
    stage_.close(partition_of(*at));
    lanes_.erase(at);
  }
}

}  // namespace sieve
