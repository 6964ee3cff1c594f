#include "run/timeline.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "record/decoder.h"
#include "run/test_record.h"

namespace sieve {
namespace {

// A tool that explains is for a case at hand; a day of traffic is for `rules diff`.
constexpr size_t kTimelineBytesMax = size_t{256} << 20;

TimelineRecord record_of(RecordKind kind, std::string json, std::string place) {
  TimelineRecord record;
  record.kind = kind;
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

// Appends the records of one file; what is wrong with them, or empty.
std::string read_lines(std::string_view text, const std::string& file, Decoder& decoder,
                       RecordKind kind, std::vector<TimelineRecord>& out) {
  Arena arena;
  Record record;
  size_t line = 0;
  while (!text.empty()) {
    ++line;
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view bytes = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (bytes.ends_with('\r')) bytes.remove_suffix(1);
    if (bytes.empty()) continue;
    TimelineRecord& timed =
        out.emplace_back(record_of(kind, std::string(bytes), fmt::format("{}:{}", file, line)));
    arena.reset();
    const DecodeFailure failure = decoder.decode(timed.bytes(), arena, record);
    if (failure.error != DecodeError::kNone) {
      return fmt::format("{}: the {} cannot be read: {} ({}{}{})\n", timed.place, name_of(kind),
                         describe(failure.error), name_of(failure.error),
                         failure.field.empty() ? "" : " at ", failure.field);
    }
    timed.time = record.time();
  }
  return {};
}

}  // namespace

std::vector<TimelineRecord> timeline_of(const RuleTest& test) {
  std::vector<TimelineRecord> records;
  for (const TestEvent& event : test.events) {
    for (int64_t n = 1; n <= event.repeat; ++n) {
      records.push_back(record_of(event.kind, test_record_json(event, n),
                                  fmt::format("record {}", records.size() + 1)));
      records.back().time = test_record_time(event, n);
    }
  }
  sort_by_time(records);
  return records;
}

Expected<std::vector<TimelineRecord>, EngineError> read_timeline(
    const TimelineFiles& files, const std::string& default_country) {
  std::vector<TimelineRecord> records;
  for (const auto& [kind, file] : files) {
    const auto text = read_file(file, kTimelineBytesMax);
    if (!text) {
      return Unexpected<EngineError>({ExitCode::kInputOutput, text.error().message + "\n"});
    }
    const Mapping mapping = native_mapping(kind, default_country);
    Decoder decoder(mapping);
    std::string problem = read_lines(*text, file, decoder, kind, records);
    if (!problem.empty()) return Unexpected<EngineError>({ExitCode::kUsage, std::move(problem)});
  }
  sort_by_time(records);
  return records;
}

}  // namespace sieve
