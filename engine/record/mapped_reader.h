// A MappedReader decodes an operator's own JSON or CSV by a Mapping.
//
// Thread safety: none. Lifetime: the Mapping must outlive it; what it fills refers to the record's
// bytes, to the arena and to the Mapping's constants.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/phone.h"
#include "record/decoder.h"
#include "record/json_cursor.h"
#include "record/mapped_targets.h"
#include "record/value_text.h"

namespace sieve {

class MappedReader {
 public:
  explicit MappedReader(const Mapping& mapping);

  // REQUIRES: as Decoder::decode; `record.kind` is the mapping's.
  DecodeFailure read(std::string_view bytes, Arena& arena, Record& record);
  DecodeFailure set_header(std::string_view line);

 private:
  // A field of the mapping with what belongs to it.
  struct Field {
    const FieldMapping* mapping;
    const Target* target;
    int64_t span_unit_ms;
    size_t column;  // CSV: where it stands.
  };
  // What the record at hand has for a field.
  struct Slot {
    std::string_view text;
    bool present = false;
  };
  // A step of a JSON path; the root is node 0.
  struct PathNode {
    std::string_view key;
    std::vector<uint32_t> children;
    std::vector<uint32_t> fields;  // That end here.
    uint64_t seen_in = 0;          // The number of the last record that had it.
  };

  void add_path(uint32_t field);
  DecodeFailure bind_columns(const std::vector<std::string_view>& names);

  DecodeFailure read_csv(std::string_view line, Arena& arena);
  DecodeFailure read_json(std::string_view bytes, Arena& arena);
  DecodeError read_pair(Arena& arena, uint32_t& at);
  DecodeError read_leaf(const PathNode& node, Arena& arena);
  uint32_t child_of(const PathNode& node, std::string_view key) const;

  DecodeFailure fill(const MappedRecord& out);
  DecodeError set_field(const Field& field, std::string_view text, const MappedRecord& out);
  DecodeError convert_time(std::string_view text, TargetValue& out);
  DecodeFailure finish(const MappedRecord& out, Arena& arena);
  DecodeFailure finish_message(const MappedRecord& out, Arena& arena);
  void canonicalize(Address& address, Arena& arena) const;

  // Constant after construction.
  const Mapping& mapping_;
  const NumberingPlan* default_plan_;
  std::vector<Field> fields_;
  std::string_view unmapped_;    // A required field that the mapping lacks; empty: none.
  std::vector<uint32_t> texts_;  // Fields that bring the text of a message.

  // JSON.
  JsonCursor cursor_;
  std::vector<PathNode> nodes_;
  uint64_t record_number_ = 0;
  std::string_view path_;  // Of the key that failed.

  // CSV.
  size_t column_count_ = 0;  // 0: no header yet.
  std::vector<std::string_view> cells_;

  std::vector<Slot> slots_;  // By field.
  TimeReader times_;
};

}  // namespace sieve
