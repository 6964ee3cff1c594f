#include "run/output_stage.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "base/check.h"

namespace sieve {
namespace {

// The outputs of one batch in so many are timed, and stand for all.
constexpr uint64_t kTimedBatchEvery = 16;

uint64_t steady_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<uint64_t>(now / std::chrono::nanoseconds(1));
}

// The record as it was read; why it is here is the caller's to say.
DeadLetter letter_of(const InspectedBatch& batch, uint32_t record) {
  const RawRecord& raw = batch.records.records[record];
  DeadLetter letter;
  letter.origin = batch.lane.origin;
  letter.partition = batch.lane.partition;
  letter.offset = raw.offset;
  letter.arrival_ms = raw.arrival_ms;
  letter.size_full = raw.size_full;
  letter.key = batch.records.key(raw);
  letter.value = batch.records.value(raw);
  const auto& all_headers = batch.records.headers;
  const auto own = std::find_if(all_headers.begin(), all_headers.end(),
                                [&](const auto& h) { return h.first == record; });
  if (own != all_headers.end()) letter.headers = &own->second;
  return letter;
}

}  // namespace

OutputStage::OutputStage(const InspectPlan& plan, Exchange& exchange, OutputGate& gate,
                         OffsetTracker& tracker, SharedTotals& totals, bool by_arrival)
    : exchange_(exchange),
      gate_(gate),
      publisher_(gate.publisher()),
      tracker_(tracker),
      totals_(totals),
      by_arrival_(by_arrival) {
  add_generation(plan);
}

void OutputStage::add_generation(const InspectPlan& plan) {
  generations_.push_back({&plan, totals_.add_rules(*plan.rules), BatchCounts{}});
}

AdoptedWindows OutputStage::adopt(const InspectPlan& plan) {
  add_generation(plan);
  return exchange_.adopt(plan);
}

std::vector<std::shared_ptr<const void>> OutputStage::forget(const InspectPlan& plan) {
  const auto found =
      std::find_if(generations_.begin(), generations_.end(),
                   [&](const Generation& generation) { return generation.plan == &plan; });
  SIEVE_CHECK(found != generations_.end(), "a plan that is not loaded");
  generations_.erase(found);
  return exchange_.forget(plan);
}

OutputStage::Generation& OutputStage::generation_of(const InspectedBatch& batch) {
  // Nearly always the newest.
  const auto found = std::find_if(
      generations_.rbegin(), generations_.rend(),
      [&](const Generation& generation) { return generation.plan == batch.plan.get(); });
  SIEVE_CHECK(found != generations_.rend(), "a batch of a plan that is not loaded");
  return *found;
}

void OutputStage::emit(const InspectedBatch& batch, const InspectedOutput& output) {
  if (batch.records.sequence % kTimedBatchEvery != 0) return emit_untimed(batch, output);
  const uint64_t start = steady_ns();
  emit_untimed(batch, output);
  const Stage stage = output.kind == OutputKind::kFacts ? exchange_.stage() : Stage::kPublish;
  generation_of(batch).counts.stage_ns[static_cast<size_t>(stage)] +=
      (steady_ns() - start) * kTimedBatchEvery;
}

void OutputStage::emit_untimed(const InspectedBatch& batch, const InspectedOutput& output) {
  advance_to(output.time, batch.ticket());
  switch (output.kind) {
    case OutputKind::kFacts:
      return exchange_.send(batch, output);
    case OutputKind::kDeadLetter:
      return emit_dead_letter(batch, output);
    case OutputKind::kLate:
      return emit_late(batch, output);
    case OutputKind::kAlert:
      return emit_alert(batch, output);
  }
}

void OutputStage::emit_alert(const InspectedBatch& batch, const InspectedOutput& output) {
  if (output.cooled > 0 && is_suppressed(batch, output)) return;
  if (!publisher_.has_alert_output(output.route)) return;
  const DeliveryTicket ticket = batch.ticket();
  gate_.publish(ticket, [&] {
    return publisher_.publish_alert(output.route, batch.alert_id(output),
                                    batch.output_bytes(output), ticket);
  });
  ++alerts_published_;
}

bool OutputStage::is_suppressed(const InspectedBatch& batch, const InspectedOutput& output) {
  const CooledOutput& cooled = batch.cooled[output.cooled - 1];
  const bool leaves = cooldowns_.admit(cooled.alert);
  generation_of(batch).counts.rules.push_back(
      {cooled.rule, leaves ? RuleCount::kAlert : RuleCount::kSuppressed});
  if (leaves) return false;
  cooldowns_.roll_up(cooled.alert, batch.stem_id(cooled), batch.stem(cooled), output.route);
  return true;
}

void OutputStage::advance_to(Timestamp clock, const DeliveryTicket& ticket) {
  cooldowns_.advance_to(clock);
  while (const std::optional<RollUp> roll_up = cooldowns_.take_due()) {
    emit_roll_up(*roll_up, ticket);
  }
}

bool OutputStage::emit_roll_up(const RollUp& roll_up, const DeliveryTicket& ticket) {
  if (!publisher_.has_alert_output(roll_up.route)) return true;
  json_.clear();
  append_roll_up(
      roll_up.stem,
      {roll_up.alerts, roll_up.first, roll_up.last, roll_up.begin, roll_up.end, wall_clock_now()},
      generations_.back().plan->alert_format, json_);
  const bool sent = gate_.publish(
      ticket, [&] { return publisher_.publish_alert(roll_up.route, roll_up.id, json_, ticket); });
  alerts_published_ += sent ? 1 : 0;
  roll_ups_published_ += sent ? 1 : 0;
  return sent;
}

// The offsets of their messages are finished already: no batch waits for them.
bool OutputStage::end_roll_ups(Clock::time_point deadline) {
  const DeliveryTicket of_no_batch{LaneId(std::numeric_limits<uint32_t>::max()), 0, 0};
  gate_.set_deadline(deadline);
  bool all_sent = true;
  while (const std::optional<RollUp> roll_up = cooldowns_.take_any()) {
    all_sent = emit_roll_up(*roll_up, of_no_batch) && all_sent;
  }
  totals_.update([this](Totals& totals) { copy_state_counts(totals); });
  return all_sent;
}

void OutputStage::emit_dead_letter(const InspectedBatch& batch, const InspectedOutput& output) {
  if (!publisher_.has_dead_letter_output()) return;
  DeadLetter letter = letter_of(batch, output.record);
  letter.failure = output.failure;
  const DeliveryTicket ticket = batch.ticket();
  gate_.publish(ticket, [&] { return publisher_.publish_dead_letter(letter, ticket); });
  ++dead_letters_published_;
}

void OutputStage::clear_state() {
  exchange_.clear_state();
  cooldowns_ = AlertCooldowns();
}

void OutputStage::emit_late(const InspectedBatch& batch, const InspectedOutput& output) {
  if (!publisher_.has_late_output()) return;
  DeadLetter letter = letter_of(batch, output.record);
  letter.late_by = batch.find_late(output.record)->behind;
  const DeliveryTicket ticket = batch.ticket();
  gate_.publish(ticket, [&] { return publisher_.publish_late(letter, ticket); });
  ++late_published_;
}

void OutputStage::finish(const InspectedBatch& batch) {
  // In order of event time the outputs alone tell the time: where batches end is chance.
  if (by_arrival_) advance_to(batch.time_max, batch.ticket());
  exchange_.finish(batch);
  tracker_.merged(batch.ticket(), batch.time_min, batch.time_max, batch.resume_offset);
  Generation& generation = generation_of(batch);
  totals_.add(batch.lane.source, batch.counts, generation.places);
  totals_.add(batch.lane.source, generation.counts, generation.places);
  generation.counts.clear();
  totals_.update([this](Totals& totals) {
    ++totals.batches;
    copy_state_counts(totals);
  });
}

void OutputStage::copy_state_counts(Totals& totals) {
  totals.cooldown_bytes = cooldowns_.state_bytes();
  totals.alerts_published += std::exchange(alerts_published_, 0);
  totals.roll_ups = roll_ups_published_;
  totals.roll_ups_waiting = cooldowns_.waiting();
  totals.dead_letters_published = dead_letters_published_;
  totals.late_published = late_published_;
}

}  // namespace sieve
