// A Mapping says how the records of one source become our fields: their format, the path or column
// of each field, the unit and zone of times, constants, translations of values, the default country
// of numbers. The default mapping reads our own JSON (engine/ARCHITECTURE.md, "Records").
//
//   format: csv                      # json (default) | csv
//   delimiter: ";"
//   header: true                     # The first line names the columns.
//   columns: [calling, called, ...]  # Where there is no header line.
//   time: { format: epoch_s | epoch_ms | rfc3339 | "%Y-%m-%d %H:%M:%S", zone: Asia/Bangkok }
//   default_country: TH
//   fields:
//     id: record_id                            # A column, or a path with dots in JSON.
//     from: { path: calling, type: msisdn }
//     duration: { path: secs, unit: s }
//     kind: { path: rec_type, values: { "0": mo, "1": mt }, otherwise: transit }
//     channel: { constant: sms }
//
// Without `fields` the records are our own JSON and only `default_country` counts. A field of an
// operator's JSON is a string, a number or a boolean; `otherwise` is for values not listed; an
// empty CSV cell is an absent field, except for addresses (withheld) and texts. A message without
// `text`, or with an empty one, needs `payload.b64` or `payload.hex`.
//
// Thread safety: immutable after parse.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "base/time_zone.h"
#include "base/yaml_reader.h"
#include "record/record.h"

namespace sieve {

// Keys in a path from the root of an operator's JSON.
inline constexpr size_t kMappingDepthMax = 8;

enum class RecordFormat : uint8_t { kJson, kCsv };
enum class TimeFormat : uint8_t { kAuto, kEpochSeconds, kEpochMs, kRfc3339, kPattern };

// How one of our fields is made from a source record.
struct FieldMapping {
  std::string field;  // Ours, without the kind: `from.addr`, `duration`, `cell.id`.
  std::vector<std::string>
      path;  // Keys from the root (JSON) or one column name (CSV). Empty: constant.
  std::string constant;
  bool has_constant = false;
  std::string unit;                                         // Of durations: ms, s (default), m.
  std::vector<std::pair<std::string, std::string>> values;  // Source value -> ours.
  std::string otherwise;  // For a value not listed; empty: kBadValue.
};

struct Mapping {
  RecordKind kind = RecordKind::kMessage;
  RecordFormat format = RecordFormat::kJson;
  // True: our own JSON, read by the fast path; `fields` is empty.
  bool native = true;
  char delimiter = ',';
  bool header = true;  // CSV: the first line of each file names the columns (see Decoder).
  std::vector<std::string> columns;
  TimeFormat time_format = TimeFormat::kAuto;
  std::string time_pattern;
  TimeZone zone;
  std::string default_country;  // ISO 3166-1 alpha-2; empty: national numbers stay `unknown`.
  std::vector<FieldMapping> fields;
};

// Our own JSON for `kind`.
Mapping native_mapping(RecordKind kind, std::string_view default_country);

// Reads `node` (a `mapping:` section; see above). Problems go to the context; what is returned is
// usable only when there were no errors. Codes: C201 unknown field, C202 required field not mapped,
// C203 time format, C204 time zone, C205 country, C206 columns, C207 field, C208 delimiter, C209
// path, C210 constant or translated value.
Mapping parse_mapping(const YamlNode& node, RecordKind kind, const YamlContext& context);

}  // namespace sieve
