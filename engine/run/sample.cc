#include "run/sample.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/arena.h"
#include "record/decoder.h"
#include "record/field_text.h"
#include "stream/file_source.h"

namespace sieve {
namespace {

std::vector<std::pair<std::string, std::string>> fields_of(const Record& record,
                                                           const FieldContext& context) {
  std::vector<std::pair<std::string, std::string>> fields;
  const auto all = all_fields();
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].kind != record.kind) continue;
    const FieldValue value = field_value(FieldId(static_cast<uint16_t>(i)), record, context);
    if (value.present) fields.emplace_back(all[i].name, text_of(all[i].type, value));
  }
  return fields;
}

const SourceConfig* find_source(const Config& config, const std::string& name) {
  for (const SourceConfig& source : config.sources) {
    if (name.empty() || source.name == name) return &source;
  }
  return nullptr;
}

// Decodes the records of one source's sample into a Sample.
class Sampler {
 public:
  Sampler(const SourceConfig& source, const SampleOptions& options, FieldContext context)
      : options_(options),
        context_(std::move(context)),
        has_header_(source.mapping.format == RecordFormat::kCsv && source.mapping.header &&
                    source.topic.empty()),
        decoder_(source.mapping) {
    sample_.source = source.name;
  }

  void add(const RecordBatch& batch) {
    for (const RawRecord& raw : batch.records) {
      const std::string_view bytes = batch.value(raw);
      if (has_header_ && raw.offset == 1) {
        decoder_.set_header(bytes);
      } else {
        add_record(raw.offset, bytes);
      }
    }
  }

  Sample take() { return std::move(sample_); }

 private:
  void add_record(int64_t line, std::string_view bytes) {
    arena_.reset();
    const DecodeFailure failure = decoder_.decode(bytes, arena_, record_);
    const bool good = failure.error == DecodeError::kNone;
    ++(good ? sample_.decoded : sample_.failed);
    if (sample_.lines.size() >= options_.lines_max) return;
    SampleLine& shown = sample_.lines.emplace_back();
    shown.line = line;
    if (good) {
      shown.fields = fields_of(record_, context_);
    } else {
      shown.error =
          fmt::format("{}{}{}: {}", name_of(failure.error), failure.field.empty() ? "" : " at ",
                      failure.field, describe(failure.error));
    }
  }

  const SampleOptions& options_;
  const FieldContext context_;
  const bool has_header_;
  Decoder decoder_;
  Arena arena_;
  Record record_;
  Sample sample_;
};

}  // namespace

Expected<Sample, EngineError> read_sample(const Config& config, const SampleOptions& options) {
  const SourceConfig* source = find_source(config, options.source);
  if (source == nullptr) {
    return Unexpected<EngineError>(
        {ExitCode::kUsage, fmt::format("no source is called `{}`\n", options.source)});
  }
  auto file = FileSource::open({{options.file, 0}});
  if (!file) {
    return Unexpected<EngineError>({ExitCode::kInputOutput, file.error().message + "\n"});
  }
  Sampler sampler(*source, options, FieldContext{config.engine.zone});
  RecordBatch batch;
  while (true) {
    const PollStatus status = (*file)->poll(LaneId(0), batch);
    if (status == PollStatus::kEnd) return sampler.take();
    if (status == PollStatus::kFailed) {
      return Unexpected<EngineError>(
          {ExitCode::kInputOutput, (*file)->last_error().message + "\n"});
    }
    if (status == PollStatus::kIdle) (*file)->wait(std::chrono::milliseconds(100));
    if (status == PollStatus::kRecords) sampler.add(batch);
  }
}

std::string render_sample(const Sample& sample) {
  std::string text;
  for (const SampleLine& line : sample.lines) {
    text += fmt::format("line {}{}{}\n", line.line, line.error.empty() ? "" : ": ", line.error);
    for (const auto& [name, value] : line.fields) text += fmt::format("  {:<24} {}\n", name, value);
  }
  return text + fmt::format("source `{}`: {} records decoded, {} failed\n", sample.source,
                            sample.decoded, sample.failed);
}

}  // namespace sieve
