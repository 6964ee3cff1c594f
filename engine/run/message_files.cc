#include "run/message_files.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "base/arena.h"
#include "record/decoder.h"
#include "run/reassembler.h"
#include "stream/file_source.h"

namespace sieve {
namespace {

// Reads one file.
class MessageFile {
 public:
  MessageFile(const std::string& file, const MessageFilesOptions& options,
              const std::function<void(const FileMessage&)>& take, MessageFileCounts& counts)
      : file_(file),
        take_(take),
        counts_(counts),
        mapping_(native_mapping(RecordKind::kMessage, options.default_country)),
        decoder_(mapping_),
        parts_({options.reassembly_timeout}) {}

  void add_record(const RawRecord& raw, std::string_view bytes) {
    arena_.reset();
    const DecodeFailure failure = decode_raw(raw, bytes, decoder_, arena_, record_);
    if (failure.error != DecodeError::kNone) return leave_out(raw.offset, failure);
    const Message& message = record_.message;
    const bool is_part = message.part && message.part->total > 1;
    const PartInput part = is_part
                               ? PartInput{part_key(message), *message.part, message.text, bytes,
                                           record_.time(),    raw.offset}
                               : PartInput{};
    const Timestamp time = record_.time();
    if (!is_part) give(raw.offset, bytes);
    parts_.advance(time);
    take_joined(raw.offset, bytes);
    if (!is_part) return;
    ++counts_.parts;
    parts_.add(part);
    take_joined(raw.offset, bytes);
  }

  void end() {
    parts_.end_input();
    take_joined(0, {});
  }

 private:
  // The record that completes a message is the message's own, as in the engine.
  void take_joined(int64_t line, std::string_view bytes) {
    while (const JoinedMessage* joined = parts_.next()) {
      const bool is_complete = joined->reason == JoinReason::kComplete;
      const std::string_view own = is_complete ? bytes : joined->record;
      if (decoder_.decode(own, arena_, record_).error != DecodeError::kNone) continue;
      record_.message.text = joined->text;
      record_.message.text_cut = record_.message.text_cut || joined->text_cut;
      record_.message.parts_received = joined->received;
      record_.message.incomplete = !is_complete;
      give(is_complete ? line : joined->last_offset, own);
    }
  }

  void give(int64_t line, std::string_view bytes) {
    ++counts_.messages;
    take_({record_, file_, line, bytes});
  }

  void leave_out(int64_t line, const DecodeFailure& failure) {
    ++counts_.undecoded;
    if (counts_.first_undecoded) return;
    counts_.first_undecoded = {file_, line, describe_undecoded(RecordKind::kMessage, failure)};
  }

  const std::string& file_;
  const std::function<void(const FileMessage&)>& take_;
  MessageFileCounts& counts_;
  const Mapping mapping_;
  Decoder decoder_;
  Arena arena_;
  Record record_;
  Reassembler parts_;
};

// Empty when the file was read to its end.
std::string read_to_end(FileSource& source,
                        const std::function<void(const RawRecord&, std::string_view)>& take) {
  RecordBatch batch;
  while (true) {
    switch (source.poll(LaneId(0), batch)) {
      case PollStatus::kRecords:
        for (const RawRecord& raw : batch.records) take(raw, batch.value(raw));
        break;
      case PollStatus::kIdle:
        source.wait(std::chrono::milliseconds(100));
        break;
      case PollStatus::kEnd:
        return {};
      case PollStatus::kFailed:
        return source.last_error().message + "\n";
    }
  }
}

}  // namespace

DecodeFailure decode_raw(const RawRecord& raw, std::string_view bytes, Decoder& decoder,
                         Arena& arena, Record& record) {
  if (raw.size_full > raw.size) return {DecodeError::kTooLarge, {}};
  return decoder.decode(bytes, arena, record);
}

std::string describe_undecoded(RecordKind kind, const DecodeFailure& failure) {
  return fmt::format("the {} cannot be read: {} ({}{}{})", name_of(kind), describe(failure.error),
                     name_of(failure.error), failure.field.empty() ? "" : " at ", failure.field);
}

Expected<void, EngineError> for_each_record(
    const std::string& file, const std::function<void(const RawRecord&, std::string_view)>& take) {
  const auto fail = [](std::string text) {
    return Unexpected<EngineError>({ExitCode::kInputOutput, std::move(text)});
  };
  auto source = FileSource::open({{file, 0}});
  if (!source) return fail(source.error().message + "\n");
  std::string problem = read_to_end(**source, take);
  if (!problem.empty()) return fail(std::move(problem));
  return {};
}

Expected<MessageFileCounts, EngineError> for_each_message(
    const MessageFilesOptions& options, const std::function<void(const FileMessage&)>& take) {
  MessageFileCounts counts;
  for (const std::string& name : options.files) {
    MessageFile file(name, options, take, counts);
    const auto read = for_each_record(
        name, [&](const RawRecord& raw, std::string_view bytes) { file.add_record(raw, bytes); });
    if (!read) return Unexpected<EngineError>(read.error());
    file.end();
  }
  return counts;
}

}  // namespace sieve
