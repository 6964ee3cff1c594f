// The messages of files, one after another: decoded, and joined from parts as the engine does it.
// For tools that look at messages one by one, in one thread.
//
// Thread safety: pure function; reads the files.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "record/record.h"
#include "run/engine_error.h"

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
};

struct MessageFileCounts {
  uint64_t messages = 0;
  uint64_t parts = 0;      // That messages were joined from.
  uint64_t undecoded = 0;  // Lines that hold no message.
};

// Gives every message to `take`, in the order in which they are whole.
Expected<MessageFileCounts, EngineError> for_each_message(
    const MessageFilesOptions& options, const std::function<void(const FileMessage&)>& take);

}  // namespace sieve
