#include "run/message_files.h"

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

  void add(const RecordBatch& batch) {
    for (const RawRecord& raw : batch.records) add_record(raw, batch.value(raw));
  }

  void end() {
    parts_.end_input();
    take_joined(0, {});
  }

 private:
  void add_record(const RawRecord& raw, std::string_view bytes) {
    arena_.reset();
    const bool is_whole = raw.size_full <= raw.size;
    if (!is_whole || decoder_.decode(bytes, arena_, record_).error != DecodeError::kNone) {
      ++counts_.undecoded;
      return;
    }
    const Message& message = record_.message;
    const bool is_part = message.part && message.part->total > 1;
    const PartInput part = is_part
                               ? PartInput{part_key(message), *message.part, message.text, bytes,
                                           record_.time(),    raw.offset}
                               : PartInput{};
    const Timestamp time = record_.time();
    if (!is_part) give(raw.offset);
    parts_.advance(time);
    take_joined(raw.offset, bytes);
    if (!is_part) return;
    ++counts_.parts;
    parts_.add(part);
    take_joined(raw.offset, bytes);
  }

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
      give(is_complete ? line : joined->last_offset);
    }
  }

  void give(int64_t line) {
    ++counts_.messages;
    take_({record_, file_, line});
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
std::string read_to_end(FileSource& source, MessageFile& file) {
  RecordBatch batch;
  while (true) {
    switch (source.poll(LaneId(0), batch)) {
      case PollStatus::kRecords:
        file.add(batch);
        break;
      case PollStatus::kIdle:
        source.wait(std::chrono::milliseconds(100));
        break;
      case PollStatus::kEnd:
        file.end();
        return {};
      case PollStatus::kFailed:
        return source.last_error().message + "\n";
    }
  }
}

}  // namespace

Expected<MessageFileCounts, EngineError> for_each_message(
    const MessageFilesOptions& options, const std::function<void(const FileMessage&)>& take) {
  MessageFileCounts counts;
  for (const std::string& name : options.files) {
    auto source = FileSource::open({{name, 0}});
    if (!source) {
      return Unexpected<EngineError>({ExitCode::kInputOutput, source.error().message + "\n"});
    }
    MessageFile file(name, options, take, counts);
    const std::string problem = read_to_end(**source, file);
    if (!problem.empty()) return Unexpected<EngineError>({ExitCode::kInputOutput, problem});
  }
  return counts;
}

}  // namespace sieve
