#include "run/part_stage.h"

#include <algorithm>

#include "base/check.h"

namespace sieve {

void PartStage::join(InspectedBatch& batch) {
  auto found = lanes_.find(batch.lane.id);
  if (found == lanes_.end()) {
    if (batch.parts.empty()) return;
    ReassemblerOptions options;
    options.timeout = timeout_;
    found = lanes_.try_emplace(batch.lane.id, Lane{batch.lane.source, Reassembler(options)}).first;
  }
  Reassembler& lane = found->second.reassembler;
  if (batch.parts.empty() && lane.empty()) return;
  const size_t outputs = batch.outputs.size();
  inspector_ = &inspector_of(batch);
  inspector_->begin_joined(batch);
  auto part = batch.parts.begin();
  for (uint32_t index = 0; index < batch.times.size(); ++index) {
    if (batch.times[index] == kTimestampMin) continue;
    const bool is_part = part != batch.parts.end() && part->record == index;
    join_record(batch, lane, index, is_part ? &*part++ : nullptr);
  }
  if (batch.ends_lane) end_lane(batch, lane);
  if (batch.outputs.size() > outputs) put_in_order(batch);
  batch.resume_offset = lane.oldest_offset();
}

PartStage::Inspectors::const_iterator PartStage::find(const InspectPlan& plan) const {
  return std::find_if(inspectors_.begin(), inspectors_.end(),
                      [&](const auto& inspector) { return &inspector->plan() == &plan; });
}

bool PartStage::has_inspector(const InspectPlan& plan) const {
  return find(plan) != inspectors_.end();
}

Inspector& PartStage::inspector_of(const InspectedBatch& batch) {
  const auto found = find(*batch.plan);
  if (found != inspectors_.end()) return **found;
  inspectors_.push_back(std::make_unique<Inspector>(batch.plan));
  return *inspectors_.back();
}

// Where no part came yet, none is needed yet.
void PartStage::add_inspector(std::unique_ptr<Inspector> inspector) {
  if (!inspectors_.empty()) inspectors_.push_back(std::move(inspector));
}

std::unique_ptr<Inspector> PartStage::forget(const InspectPlan& plan) {
  const auto found = find(plan);
  if (found == inspectors_.end()) return nullptr;
  const auto at = inspectors_.begin() + (found - inspectors_.cbegin());
  std::unique_ptr<Inspector> inspector = std::move(*at);
  inspectors_.erase(at);
  return inspector;
}

void PartStage::join_record(InspectedBatch& batch, Reassembler& lane, uint32_t index,
                            const NotedPart* part) {
  const RawRecord& raw = batch.records.records[index];
  const JoinedPlace place{index, raw.offset, batch.times[index]};
  lane.advance(place.time);
  inspect_ready(batch, lane, place);
  if (part == nullptr) return;
  SourceCounts& counts = batch.counts.source;
  ++counts.parts.read;
  const bool is_late = batch.find_late(index) != nullptr;
  const PartOutcome outcome = lane.add({part->key, part->part, part->text, batch.records.value(raw),
                                        place.time, place.offset, is_late});
  if (outcome == PartOutcome::kDuplicate) ++counts.parts.duplicate;
  if (outcome != PartOutcome::kCompletes) {
    ++counts.outcomes[static_cast<size_t>(Outcome::kPart)];
  }
  inspect_ready(batch, lane, place);
}

void PartStage::inspect_ready(InspectedBatch& batch, Reassembler& lane, const JoinedPlace& place) {
  SourceCounts& counts = batch.counts.source;
  while (const JoinedMessage* message = lane.next()) {
    const bool complete = message->reason == JoinReason::kComplete;
    // The record that completes a message is the message's own.
    const std::string_view bytes =
        complete ? batch.records.value(batch.records.records[place.index]) : message->record;
    const Outcome outcome = inspector_->inspect_joined(batch, *message, bytes, place);
    ++counts.parts.messages[static_cast<size_t>(message->reason)];
    (complete ? counts.parts.joined : counts.parts.alone) += message->received;
    if (complete) ++counts.outcomes[static_cast<size_t>(outcome)];
  }
}

// The end of the input has the offset of the record that would come next.
void PartStage::end_lane(InspectedBatch& batch, Reassembler& lane) {
  lane.end_input();
  inspect_ready(batch, lane, {0, batch.records.next_offset, batch.time_max});
}

void PartStage::put_in_order(InspectedBatch& batch) {
  std::stable_sort(
      batch.outputs.begin(), batch.outputs.end(),
      [](const InspectedOutput& a, const InspectedOutput& b) { return a.record < b.record; });
  join_fact_blocks(batch);
}

// All facts of one record for one facts partition travel in one block: a second block with the same
// origin would be taken for a repeat.
void PartStage::join_fact_blocks(InspectedBatch& batch) {
  std::vector<InspectedOutput>& outputs = batch.outputs;
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].kind != OutputKind::kFacts) continue;
    const auto joins = [&](const InspectedOutput& other) {
      return other.kind == OutputKind::kFacts && other.record == outputs[i].record &&
             other.partition == outputs[i].partition;
    };
    size_t end = i + 1;
    while (end < outputs.size() && outputs[end].record == outputs[i].record) ++end;
    const auto first = outputs.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    const auto last = outputs.begin() + static_cast<std::ptrdiff_t>(end);
    if (std::none_of(first, last, joins)) continue;
    blocks_.clear();
    FactBlockWriter writer(blocks_);
    bool begun = false;
    for (auto output = first - 1; output != last; ++output) {
      if (output != first - 1 && !joins(*output)) continue;
      auto reader = FactBlockReader::open(batch.output_bytes(*output));
      SIEVE_CHECK(reader.has_value(), "a block of facts of our own cannot be read");
      if (!begun) writer.begin(reader->offset(), reader->call());
      begun = true;
      for (Fact fact; reader->next(fact);) writer.add(fact);
    }
    writer.end();
    outputs[i].begin = static_cast<uint32_t>(batch.bytes.size());
    outputs[i].size = static_cast<uint32_t>(blocks_.size());
    batch.bytes += blocks_;
    outputs.erase(std::remove_if(first, last, joins), last);
  }
}

PartStage::Dropped PartStage::drop(LaneId lane) {
  const auto found = lanes_.find(lane);
  if (found == lanes_.end()) return {};
  const Dropped dropped{found->second.source, found->second.reassembler.parts_waiting()};
  lanes_.erase(found);
  return dropped;
}

size_t PartStage::parts_waiting() const {
  size_t count = 0;
  for (const auto& [id, lane] : lanes_) count += lane.reassembler.parts_waiting();
  return count;
}

}  // namespace sieve
