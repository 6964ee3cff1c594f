// The records of a timeline, in order of their event times: those of a rule test, or of files.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expected.h"
#include "base/time.h"
#include "record/record.h"
#include "rule/model.h"
#include "run/engine_error.h"

namespace sieve {

// A text that was joined from parts, as Message says.
struct JoinedText {
  std::string text;
  bool text_cut = false;
  uint16_t parts_received = 0;
  bool incomplete = false;
};

struct TimelineRecord {
  Timestamp time;
  RecordKind kind = RecordKind::kMessage;
  std::string json;                  // Followed by limits::kPaddingBytes.
  size_t size = 0;                   // Without them.
  std::optional<JoinedText> joined;  // What stands for the record's own text.
  std::string place;                 // Where it was read: `calls.jsonl:3`; `record 3` of a test.

  std::string_view bytes() const { return std::string_view(json).substr(0, size); }
};

std::vector<TimelineRecord> timeline_of(const RuleTest& test);

// Files of JSON lines by the kind of their records; messages in parts are joined. kUsage where a
// line is no record, with its place.
using TimelineFiles = std::vector<std::pair<RecordKind, std::string>>;
Expected<std::vector<TimelineRecord>, EngineError> read_timeline(
    const TimelineFiles& files, const std::string& default_country);

}  // namespace sieve
