// An InspectedBatch is one batch of records with everything that inspect made of it, in record
// order: what the merging thread needs to correlate and publish, and nothing that needs another
// look at the text.
//
// Thread safety: none; belongs to one thread at a time. Recycled: it keeps its memory.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/hash.h"
#include "base/time.h"
#include "correlate/alert_cooldowns.h"
#include "correlate/facts_partition.h"
#include "record/record.h"
#include "run/outcome.h"
#include "stream/batch.h"
#include "stream/sink.h"
#include "stream/source.h"

namespace sieve {

enum class OutputKind : uint8_t { kAlert, kDeadLetter, kFacts, kLate };

inline constexpr uint32_t kAlertIdSize = 32;

// Something a record gave rise to.
struct InspectedOutput {
  OutputKind kind = OutputKind::kFacts;
  uint32_t record = 0;  // Index in the batch.
  Timestamp time;       // Event time; of a dead letter, the one of the record before it.
  uint32_t begin = 0;  // Of the alert's JSON or the fact block in InspectedBatch::bytes; an alert's
                       // id stands before its JSON.
  uint32_t size = 0;
  FactsPartition partition;  // kFacts.
  uint16_t route = 0;        // kAlert: 0 is the default output, n the plan's route n - 1.
  uint32_t cooled = 0;    // kAlert: 1 + its index in InspectedBatch::cooled; 0: it leaves anyway.
  DecodeFailure failure;  // kDeadLetter.
};

// Of an alert that leaves only if none like it did: else it goes into a roll-up.
struct CooledOutput {
  CooledAlert alert;
  RuleIndex rule;      // Its primary rule.
  uint32_t begin = 0;  // Of the roll-up's stem in InspectedBatch::bytes; its id stands before it.
  uint32_t size = 0;
};

// A record that came too late for windows.
struct LateRecord {
  uint32_t record = 0;  // Index in the batch.
  Duration behind;      // The watermark of its lane.
};

// A part of a message, to be joined with others. Lifetime: views of the batch.
struct NotedPart {
  uint32_t record = 0;  // Index in the batch.
  Hash128 key;
  MessagePart part;
  std::string_view text;
};

struct InspectPlan;

struct InspectedBatch {
  RecordBatch records;
  std::shared_ptr<const InspectPlan> plan;  // By which it was inspected; null: not yet.
  LaneInfo lane;
  // The line that names the columns, for CSV files with one; shared by the lane's batches.
  std::shared_ptr<const std::string> csv_header;

  bool ends_lane = false;  // Nothing comes after it. It has no records.

  std::vector<InspectedOutput> outputs;
  std::vector<CooledOutput> cooled;
  std::string bytes;
  BatchCounts counts;
  Timestamp time_min = kTimestampMax;  // Of decoded records; min > max: none.
  Timestamp time_max = kTimestampMin;
  // By record: its event time; kTimestampMin when it was not decoded.
  std::vector<Timestamp> times;
  std::vector<NotedPart> parts;
  std::vector<LateRecord> late;  // In order of record.
  // The first record that must be read again after a restart although its batch is finished,
  // because a message waits for more parts; nothing: none.
  std::optional<int64_t> resume_offset;
  Arena arena;

  std::string_view output_bytes(const InspectedOutput& output) const {
    return std::string_view(bytes).substr(output.begin, output.size);
  }
  std::string_view alert_id(const InspectedOutput& output) const {
    return std::string_view(bytes).substr(output.begin - kAlertIdSize, kAlertIdSize);
  }
  std::string_view stem(const CooledOutput& output) const {
    return std::string_view(bytes).substr(output.begin, output.size);
  }
  std::string_view stem_id(const CooledOutput& output) const {
    return std::string_view(bytes).substr(output.begin - kAlertIdSize, kAlertIdSize);
  }
  // Null when the record came in time.
  const LateRecord* find_late(uint32_t record) const {
    const auto found = std::lower_bound(
        late.begin(), late.end(), record,
        [](const LateRecord& each, uint32_t index) { return each.record < index; });
    return found != late.end() && found->record == record ? &*found : nullptr;
  }
  DeliveryTicket ticket() const { return {records.lane, records.epoch, records.sequence}; }

  // Empties what inspect() makes, keeping the memory.
  void clear_results() {
    outputs.clear();
    cooled.clear();
    bytes.clear();
    counts.clear();
    time_min = kTimestampMax;
    time_max = kTimestampMin;
    times.clear();
    parts.clear();
    late.clear();
    resume_offset.reset();
    arena.reset();
  }
};

}  // namespace sieve
