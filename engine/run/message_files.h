// The messages of files, one after another: decoded, and joined from parts as the engine does it;
// or records of any kind, as they stand there. For tools that look at them one by one, in one
// thread.
//
// Thread safety: pure function; reads the files.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/expected.h"
#include "record/decoder.h"
#include "record/record.h"
#include "run/engine_error.h"
#include "stream/batch.h"

namespace sieve {

struct MessageFilesOptions {
  std::vector<std::string> files;  // JSON lines; `-` is standard input.
  std::string default_country;     // Of national numbers; empty: none.
  Duration reassembly_timeout{300'000};
};

// Valid during the call that gets it.
struct FileMessage {
  const Record& record;
  std::string_view file;
  int64_t line = 0;  // Of a message in parts, of the part that came last.
  // The record itself, of a message in parts that of one of them; limits::kPaddingBytes may be read
  // behind it.
  std::string_view bytes = {};
};

// A line that holds no message.
struct UndecodedLine {
  std::string file;
  int64_t line = 0;
  std::string reason;  // `the message cannot be read: ... (bad_field at sender)`.
};

struct MessageFileCounts {
  uint64_t messages = 0;
  uint64_t parts = 0;      // That messages were joined from.
  uint64_t undecoded = 0;  // Lines that hold no message.
  std::optional<UndecodedLine> first_undecoded;
};

// Why a record cannot be read, for people.
std::string describe_undecoded(RecordKind kind, const DecodeFailure& failure);

// Gives every message to `take`, in the order in which they are whole.
Expected<MessageFileCounts, EngineError> for_each_message(
    const MessageFilesOptions& options, const std::function<void(const FileMessage&)>& take);

// The record of a line; one that was cut is kTooLarge.
DecodeFailure decode_raw(const RawRecord& raw, std::string_view bytes, Decoder& decoder,
                         Arena& arena, Record& record);

// Gives every line of a file, with limits::kPaddingBytes behind it, to `take`.
Expected<void, EngineError> for_each_record(
    const std::string& file, const std::function<void(const RawRecord&, std::string_view)>& take);

}  // namespace sieve
