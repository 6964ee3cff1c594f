#include "run/late_stage.h"

namespace sieve {
namespace {

InspectedOutput late_output(const InspectedBatch& batch, const LateRecord& late) {
  InspectedOutput output;
  output.kind = OutputKind::kLate;
  output.record = late.record;
  output.time = batch.times[late.record];
  return output;
}

}  // namespace

LaneClock& LateStage::clock_of(const InspectedBatch& batch) {
  return clocks_.try_emplace(batch.lane.id, bounds_.at(batch.lane.source)).first->second;
}

void LateStage::screen(InspectedBatch& batch) {
  if (batch.time_min > batch.time_max) return;  // Nothing in it was decoded.
  LaneClock& clock = clock_of(batch);
  if (clock.observe_all(batch.time_min, batch.time_max)) return;
  for (uint32_t index = 0; index < batch.times.size(); ++index) {
    if (batch.times[index] == kTimestampMin) continue;
    const std::optional<Duration> behind = clock.observe(batch.times[index]);
    if (behind) batch.late.push_back({index, *behind});
  }
  if (batch.late.empty()) return;
  batch.counts.source.late += batch.late.size();
  replace_outputs(batch);
}

// Outputs stay in the order of their records; a late record itself comes after what it gave rise
// to.
void LateStage::replace_outputs(InspectedBatch& batch) {
  outputs_.clear();
  auto late = batch.late.begin();
  for (const InspectedOutput& output : batch.outputs) {
    for (; late != batch.late.end() && late->record < output.record; ++late) {
      outputs_.push_back(late_output(batch, *late));
    }
    const bool is_late = late != batch.late.end() && late->record == output.record;
    if (!is_late || output.kind != OutputKind::kFacts) outputs_.push_back(output);
  }
  for (; late != batch.late.end(); ++late) outputs_.push_back(late_output(batch, *late));
  batch.outputs.swap(outputs_);
}

}  // namespace sieve
