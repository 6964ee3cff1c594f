#include "run/snapshotter.h"

#include "base/check.h"
#include "base/log.h"

namespace sieve {
namespace {

// Fills the state of one body after another, as files are tried.
class Restorer final : public SnapshotVisitor {
 public:
  explicit Restorer(const std::function<SnapshotBody()>& make_body) : make_body_(make_body) {}

  Expected<void, SnapshotRefusal> begin(const SnapshotHeader& /*header*/) override {
    body_.emplace(make_body_());
    return {};
  }
  Expected<void, SnapshotRefusal> frame(std::string_view bytes) override {
    return body_->take(bytes);
  }
  Expected<void, SnapshotRefusal> end() override {
    auto windows = body_->finish();
    if (!windows) return Unexpected<SnapshotRefusal>(windows.error());
    restored_ = {*windows, body_->lanes()};
    return {};
  }
  void forget() override { body_.reset(); }

  RestoredState take() { return std::move(restored_); }

 private:
  const std::function<SnapshotBody()>& make_body_;
  std::optional<SnapshotBody> body_;
  RestoredState restored_;
};

}  // namespace

std::optional<RestoredState> Snapshotter::restore(int32_t partition,
                                                  const std::function<SnapshotBody()>& make_body) {
  SnapshotExpectation expected;
  expected.exchange = header_.exchange;
  expected.pipeline = header_.pipeline;
  expected.facts_partition = partition;
  expected.facts_partition_count = header_.facts_partition_count;
  expected.content_version = kSnapshotContentVersion;
  Restorer restorer(make_body);
  const SnapshotLoad load = directory_.load_newest(expected, keys_, restorer);
  for (const SnapshotFault& fault : load.refused) refuse(fault);
  if (!load.header) {
    make_body();  // What was tried last left its traces.
    return std::nullopt;
  }
  RestoredState restored = restorer.take();
  log_info("state", "restored",
           "partition={} sequence={} taken_at={} windows={} new={} left_over={}", partition,
           load.header->sequence, format_rfc3339(load.header->taken_at), restored.windows.restored,
           restored.windows.missing, restored.windows.left_over);
  return restored;
}

void Snapshotter::refuse(const SnapshotFault& fault) {
  ++totals_.refused[static_cast<size_t>(fault.reason)];
  log_warning("state", "snapshot_refused", "reason={} detail={}", snapshot_fault_name(fault.reason),
              log_value(describe(fault)));
}

void Snapshotter::begin(SnapshotBody body, SnapshotSubject subject) {
  SIEVE_CHECK(!body_, "one snapshot at a time");
  body_.emplace(std::move(body));
  subject_ = std::move(subject);
  stage_ = Stage::kMaking;
  frame_.clear();
  began_at_ = std::chrono::steady_clock::now();
  SnapshotHeader header = header_;
  header.content_version = kSnapshotContentVersion;
  header.facts_partition = subject_.partition;
  header.taken_at = wall_clock_now();
  header.clock = subject_.clock;
  const SnapshotKey* key = keys_.empty() ? nullptr : &keys_.front();
  queue_.begin({[this, header, key] { return directory_.create(header, key); },
                [this](SnapshotFileWriter& writer) { return directory_.publish(writer); }});
  body_->begin(subject_.lanes);
}

bool Snapshotter::step(OffsetTracker& tracker, size_t keys_max) {
  if (!body_) return false;
  if (queue_.is_done()) return end(tracker);
  if (stage_ == Stage::kMaking) {
    if (!frame_.empty() && !queue_.try_append(frame_)) return false;
    if (body_->next_frame(keys_max, frame_)) return false;
    stage_ = Stage::kDelivering;
  }
  if (stage_ == Stage::kDelivering) {
    bool is_lost = false;
    const bool is_finished = tracker.is_finished(subject_.cut, is_lost);
    if (is_lost) {
      abandon();
      return true;
    }
    if (!is_finished) return false;
    queue_.finish();
    stage_ = Stage::kWriting;
  }
  return false;
}

bool Snapshotter::end(OffsetTracker& tracker) {
  const SnapshotOutcome outcome = queue_.take_outcome();
  if (body_->is_under_way()) body_->cancel();
  body_.reset();
  if (outcome.published) tracker.release(subject_.cut);
  report(outcome);
  return true;
}

void Snapshotter::report(const SnapshotOutcome& outcome) {
  if (outcome.error) {
    ++totals_.failed;
    log_error("state", "snapshot_failed", "partition={} code={} reason={} note={}",
              subject_.partition, snapshot_error_name(outcome.error->reason),
              log_value(outcome.error->message), log_value("offsets wait for the next one"));
    return;
  }
  if (!outcome.published) {
    ++totals_.abandoned;
    return;
  }
  ++totals_.published;
  totals_.bytes = outcome.file_bytes;
  totals_.last = wall_clock_now();
  const auto took = std::chrono::steady_clock::now() - began_at_;
  log_info("state", "snapshot", "partition={} sequence={} bytes={} took_ms={}", subject_.partition,
           outcome.header.sequence, outcome.file_bytes,
           std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
}

void Snapshotter::abandon() {
  if (!body_) return;
  body_->cancel();
  body_.reset();
  queue_.abandon();
  report(queue_.take_outcome());
}

}  // namespace sieve
