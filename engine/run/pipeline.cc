#include "run/pipeline.h"

#include <algorithm>

#include "base/check.h"
#include "base/log.h"
#include "run/kafka_exchange.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kIdleWait{20};
constexpr milliseconds kDrainStep{5};

milliseconds left_until(Clock::time_point deadline) {
  return std::max(std::chrono::duration_cast<milliseconds>(deadline - Clock::now()),
                  milliseconds(0));
}

}  // namespace

Pipeline::Pipeline(std::shared_ptr<const InspectPlan> plan, const PipelineOptions& options)
    : options_(options),
      first_plan_(plan),
      tracker_(options.facts_through_kafka ? Duration{} : plan->rules->state_span()),
      board_(options.order == MergeOrder::kArrival, tracker_),
      totals_(plan->mappings.size()),
      plans_(std::move(plan), options.threads) {}

Pipeline::~Pipeline() { end_workers(); }

void Pipeline::end_workers() {
  board_.stop();
  if (gate_ != nullptr) gate_->abandon();
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
}

void Pipeline::attach(RecordSource& source, Publisher& publisher) {
  source_ = &source;
  publisher_ = &publisher;
  gate_ = std::make_unique<OutputGate>(publisher, tracker_);
  const std::vector<FactSource>& sources = options_.fact_sources;
  if (options_.facts_through_kafka) {
    facts_reader_ =
        std::make_unique<FactsReader>(*first_plan_, sources, publisher, totals_,
                                      [this](const StreamError& error) { fail(error); });
    facts_reader_->keep_state(keeper_);
    exchange_ = std::make_unique<KafkaExchange>(*first_plan_, sources, *gate_, totals_);
  } else {
    exchange_ = make_memory_exchange(*first_plan_, sources, *gate_, totals_);
  }
  stage_ = std::make_unique<OutputStage>(*first_plan_, *exchange_, *gate_, tracker_, totals_,
                                         options_.order == MergeOrder::kArrival);
  late_ = std::make_unique<LateStage>(options_.event_times);
  parts_ = std::make_unique<PartStage>(first_plan_->reassembly_timeout);
  restored_span_ = first_plan_->rules->state_span();
  first_plan_.reset();
  if (keeps_windows()) restore_state();
  merger_ = std::make_unique<Merger>(options_.order, board_, *late_, *parts_, *stage_);
}

void Pipeline::restore_state() {
  tracker_.hold_for_snapshots();
  restored_ = keeper_->restore(0, [this] {
    stage_->clear_state();
    return stage_->snapshot_body();
  });
}

// A lane that comes back to this process finds its state as it was.
LaneStart Pipeline::start_of(const LaneInfo& lane) {
  if (!keeps_windows() || !begun_.insert({lane.origin, lane.partition}).second) return {};
  return StateKeeper::start_of(lane, restored_, restored_span_);
}

SnapshotSubject Pipeline::state_to_save() const {
  SnapshotSubject subject;
  subject.cut = tracker_.cut();
  subject.lanes = marks_of(subject.cut, source_->lanes());
  subject.clock = stage_->clock();
  return subject;
}

// Between two merges. REQUIRES: merge_mutex_.
void Pipeline::save_state() {
  if (!keeps_windows()) return;
  const auto now = Clock::now();
  if (keeper_->is_under_way()) {
    keeper_->step(tracker_, now);
    return;
  }
  if (!keeper_->is_due(0, now)) return;
  SnapshotSubject subject = state_to_save();
  // Nothing was read since the start: what there is was saved.
  if (subject.cut.empty()) return;
  keeper_->begin(stage_->snapshot_body(), std::move(subject), now);
}

// Everything that was read is merged and delivered. REQUIRES: merge_mutex_.
bool Pipeline::save_state_now(Clock::time_point deadline) {
  SnapshotSubject subject = state_to_save();
  if (subject.cut.empty()) return true;
  return keeper_->save_now(stage_->snapshot_body(), std::move(subject), tracker_, deadline,
                           [this] { publisher_->service(milliseconds(1)); });
}

void Pipeline::open_lane(const LaneInfo& lane) {
  tracker_.open(lane.id, lane.epoch);
  board_.open(lane);
  if (options_.has_header[lane.source]) board_.expect_header(lane.id);
}

void Pipeline::start() {
  SIEVE_CHECK(source_ != nullptr, "attach() comes before start()");
  for (const LaneInfo& lane : source_->lanes()) open_lane(lane);
  if (facts_reader_ != nullptr) facts_reader_->start();
  working_ = options_.threads;
  for (size_t i = 0; i < options_.threads; ++i) workers_.emplace_back([this] { work(); });
}

void Pipeline::work() {
  std::unique_ptr<Inspector> inspector = plans_.take(nullptr);
  bool working = true;
  while (working) {
    if (plans_.is_behind(*inspector)) inspector = plans_.take(std::move(inspector));
    const LaneBoard::Claim claim = board_.claim();
    switch (claim.status) {
      case LaneBoard::ClaimStatus::kWork:
        read_and_inspect(*inspector, *claim.batch);
        merge();
        break;
      case LaneBoard::ClaimStatus::kIdle:
        source_->wait(kIdleWait);
        board_.wake_idle();
        break;
      case LaneBoard::ClaimStatus::kFinished:
      case LaneBoard::ClaimStatus::kStopped:
        working = false;
        break;
    }
  }
  --working_;
}

bool Pipeline::read_and_inspect(Inspector& inspector, InspectedBatch& batch) {
  const PollStatus status = source_->poll(batch.lane.id, batch.records);
  if (status == PollStatus::kFailed) fail(source_->last_error());
  if (!board_.polled(batch, status)) return false;
  inspector.inspect(batch);
  board_.inspected(batch);
  return true;
}

// Whoever finds batches ready merges them; a worker that comes while another merges leaves word and
// goes on reading.
void Pipeline::merge() {
  merge_wanted_ = true;
  while (merge_wanted_ && !merging_.exchange(true)) {
    {
      // Waits only for the control thread, which would not see what is left to merge.
      const std::lock_guard lock(merge_mutex_);
      merge_wanted_ = false;
      merger_->advance();
      save_state();
      totals_.update([this](Totals& totals) { totals.parts_waiting = parts_->parts_waiting(); });
    }
    merging_ = false;
  }
}

bool Pipeline::adopt(NextPlan& next, AdoptedWindows& windows) {
  const std::unique_lock lock(merge_mutex_, std::try_to_lock);
  if (!lock.owns_lock()) return false;
  std::unique_lock<std::mutex> facts_lock;
  if (facts_reader_ != nullptr) {
    facts_lock = facts_reader_->try_lock();
    if (!facts_lock.owns_lock()) return false;
  }
  if (keeps_windows()) keeper_->follow_rules(next.plan->rules->digest());
  windows = stage_->adopt(*next.plan);
  if (facts_reader_ != nullptr) {
    windows = facts_reader_->adopt(*next.plan);
  } else {
    tracker_.set_state_span(next.plan->rules->state_span());
  }
  parts_->add_inspector(std::move(next.inspectors.back()));
  next.inspectors.pop_back();
  plans_.publish(std::move(next.plan), std::move(next.inspectors));
  return true;
}

void Pipeline::collect_plans() {
  // In order of destruction: what refers to a plan goes before it.
  PlanBoard::Unused unused;
  std::vector<std::shared_ptr<const void>> states;
  const std::unique_lock lock(merge_mutex_, std::try_to_lock);
  if (!lock.owns_lock()) return;
  std::unique_lock<std::mutex> facts_lock;
  if (facts_reader_ != nullptr) {
    facts_lock = facts_reader_->try_lock();
    if (!facts_lock.owns_lock()) return;
  }
  unused = plans_.collect(
      [this](const InspectPlan& plan) { return parts_->has_inspector(plan) ? 1 : 0; });
  if (keeps_windows() && !unused.plans.empty()) keeper_->abandon();
  for (const auto& plan : unused.plans) {
    for (auto& state : stage_->forget(*plan)) states.push_back(std::move(state));
    if (facts_reader_ != nullptr) {
      for (auto& state : facts_reader_->forget(*plan)) states.push_back(std::move(state));
    }
    unused.inspectors.push_back(parts_->forget(*plan));
  }
}

void Pipeline::commit_finished() {
  for (const Watermark& watermark : tracker_.take_advanced()) {
    source_->commit(watermark.lane, watermark.epoch, watermark.next_offset);
  }
}

void Pipeline::service() {
  publisher_->service(milliseconds(0));
  if (keeps_windows()) {
    // While records flow, whoever merges does it.
    const std::unique_lock lock(merge_mutex_, std::try_to_lock);
    if (lock.owns_lock()) save_state();
  }
  commit_finished();
}

bool Pipeline::finished() const {
  if (failed_) return true;
  return working_ == 0 && board_.in_flight() == 0 && tracker_.unfinished() == 0;
}

std::optional<StreamError> Pipeline::error() const {
  const std::lock_guard lock(error_mutex_);
  return error_;
}

void Pipeline::fail(const StreamError& error) {
  {
    const std::lock_guard lock(error_mutex_);
    if (!error_) error_ = error;
  }
  failed_ = true;
  gate_->abandon();
  board_.stop();
}

bool Pipeline::stop(milliseconds timeout) {
  const Clock::time_point deadline = Clock::now() + timeout;
  board_.stop();
  // In event-time order, batches may wait for a lane that is read no more; files are simply read
  // again.
  const bool can_drain = !failed_ && (options_.order == MergeOrder::kArrival || finished());
  bool drained = can_drain && drain(board_.lanes(), timeout);
  if (drained) {
    const std::lock_guard lock(merge_mutex_);
    // Roll-ups that are saved go on in the next process.
    drained = keeps_windows() ? save_state_now(deadline) : stage_->end_roll_ups(deadline);
  }
  end_workers();
  // Facts are acknowledged: what of them is in the reader's hands is finished, the rest is read by
  // whoever comes next.
  if (facts_reader_ != nullptr) {
    drained = facts_reader_->stop(failed_ ? Clock::now() : deadline) && drained;
  }
  drained = publisher_->flush(left_until(deadline)) && drained;
  commit_finished();
  return drained;
}

// Serves outputs until everything that was read of `lanes` is finished.
bool Pipeline::drain(std::span<const LaneId> lanes, milliseconds timeout) {
  const Clock::time_point deadline = Clock::now() + timeout;
  const auto idle = [this](LaneId lane) { return tracker_.idle(lane); };
  while (!failed_) {
    if (std::all_of(lanes.begin(), lanes.end(), idle)) return true;
    if (Clock::now() >= deadline) return false;
    publisher_->service(kDrainStep);
  }
  return false;
}

void Pipeline::lanes_assigned(std::span<const LaneInfo> lanes) {
  for (const LaneInfo& lane : lanes) {
    open_lane(lane);
    log_info("run", "lane_assigned", "origin={} partition={}", log_value(lane.origin),
             lane.partition);
  }
}

void Pipeline::lanes_revoking(std::span<const LaneId> lanes, milliseconds timeout) {
  board_.close(lanes);
  if (!drain(lanes, timeout)) {
    log_warning("run", "revoke_unfinished", "lanes={} timeout_ms={}", lanes.size(),
                timeout.count());
  }
  commit_finished();
  board_.park();
}

void Pipeline::lanes_revoked(std::span<const LaneId> lanes) {
  {
    const std::lock_guard lock(merge_mutex_);
    for (const LaneId lane : lanes) {
      merger_->drop(lane);
      drop_parts(lane);
      tracker_.close(lane);
    }
    board_.remove(lanes);
  }
  board_.unpark();
}

// What waited for other parts is read again by whoever has the lane next.
void Pipeline::drop_parts(LaneId lane) {
  const PartStage::Dropped dropped = parts_->drop(lane);
  totals_.update([&](Totals& totals) {
    totals.sources[dropped.source].parts.dropped += dropped.parts;
    totals.parts_waiting = parts_->parts_waiting();
  });
}

void Pipeline::delivered(const DeliveryTicket& ticket) {
  if (ticket.input == FactsReader::kInput) {
    facts_reader_->delivered(ticket);
  } else {
    tracker_.output_delivered(ticket);
  }
  totals_.update([](Totals& totals) { ++totals.outputs_delivered; });
}

void Pipeline::delivery_failed(const DeliveryTicket&, const StreamError& error) { fail(error); }

void Pipeline::FactsDeliveries::delivered(const DeliveryTicket& ticket) {
  pipeline.tracker_.output_delivered(ticket);
  pipeline.totals_.update([](Totals& totals) { ++totals.facts_records_acknowledged; });
}

void Pipeline::FactsDeliveries::delivery_failed(const DeliveryTicket&, const StreamError& error) {
  pipeline.fail(error);
}

}  // namespace sieve
