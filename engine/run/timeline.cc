#include "run/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/arena.h"
#include "base/limits.h"
#include "record/decoder.h"
#include "run/message_files.h"
#include "run/test_record.h"

namespace sieve {
namespace {

TimelineRecord record_of(RecordKind kind, Timestamp time, std::string json, std::string place) {
  TimelineRecord record;
  record.kind = kind;
  record.time = time;
  record.size = json.size();
  record.json = std::move(json);
  record.json.append(limits::kPaddingBytes, '\0');
  record.place = std::move(place);
  return record;
}

void sort_by_time(std::vector<TimelineRecord>& records) {
  std::stable_sort(records.begin(), records.end(),
                   [](const auto& a, const auto& b) { return a.time < b.time; });
}

using Records = Expected<std::vector<TimelineRecord>, EngineError>;

EngineError unreadable(std::string_view file, int64_t line, std::string_view reason) {
  return {ExitCode::kUsage, fmt::format("{}:{}: {}\n", file, line, reason)};
}

Records read_messages(const std::string& file, const std::string& default_country) {
  MessageFilesOptions options;
  options.files = {file};
  options.default_country = default_country;
  std::vector<TimelineRecord> out;
  const auto counts = for_each_message(options, [&](const FileMessage& message) {
    const Message& read = message.record.message;
    TimelineRecord& timed = out.emplace_back(record_of(RecordKind::kMessage, message.record.time(),
                                                       std::string(message.bytes),
                                                       fmt::format("{}:{}", file, message.line)));
    if (read.parts_received == 0) return;
    timed.joined = {std::string(read.text), read.text_cut, read.parts_received, read.incomplete};
  });
  if (!counts) return Unexpected<EngineError>(counts.error());
  if (const auto& first = counts->first_undecoded) {
    return Unexpected<EngineError>(unreadable(first->file, first->line, first->reason));
  }
  return out;
}

Records read_others(RecordKind kind, const std::string& file, const std::string& default_country) {
  const Mapping mapping = native_mapping(kind, default_country);
  Decoder decoder(mapping);
  Arena arena;
  Record record;
  std::vector<TimelineRecord> out;
  std::optional<EngineError> problem;
  const auto read = for_each_record(file, [&](const RawRecord& raw, std::string_view bytes) {
    if (problem) return;
    arena.reset();
    const DecodeFailure failure = decode_raw(raw, bytes, decoder, arena, record);
    if (failure.error != DecodeError::kNone) {
      problem = unreadable(file, raw.offset, describe_undecoded(kind, failure));
      return;
    }
    out.push_back(
        record_of(kind, record.time(), std::string(bytes), fmt::format("{}:{}", file, raw.offset)));
  });
  if (!read) return Unexpected<EngineError>(read.error());
  if (problem) return Unexpected<EngineError>(std::move(*problem));
  return out;
}

}  // namespace

std::vector<TimelineRecord> timeline_of(const RuleTest& test) {
  std::vector<TimelineRecord> records;
  for (const TestEvent& event : test.events) {
    for (int64_t n = 1; n <= event.repeat; ++n) {
      records.push_back(record_of(event.kind, test_record_time(event, n),
                                  test_record_json(event, n),
                                  fmt::format("record {}", records.size() + 1)));
    }
  }
  sort_by_time(records);
  return records;
}

Expected<std::vector<TimelineRecord>, EngineError> read_timeline(
    const TimelineFiles& files, const std::string& default_country) {
  std::vector<TimelineRecord> records;
  for (const auto& [kind, file] : files) {
    Records read = kind == RecordKind::kMessage ? read_messages(file, default_country)
                                                : read_others(kind, file, default_country);
    if (!read) return read;
    records.insert(records.end(), std::make_move_iterator(read->begin()),
                   std::make_move_iterator(read->end()));
  }
  sort_by_time(records);
  return records;
}

}  // namespace sieve
