// An EngineError says why an engine cannot start or go on, in words for the operator, and which
// exit code the process ends with (listed in deploy/README.md).
#pragma once

#include <string>
#include <utility>

#include "base/expected.h"

namespace sieve {

// After sysexits.h: what a supervisor needs to know is whether trying again can help.
enum class ExitCode : int {
  kOk = 0,
  kFailed = 1,         // The command ran and found what it looks for: bad rules, failing tests.
  kUsage = 2,          // The command line is wrong.
  kInternal = 70,      // A bug of ours.
  kInputOutput = 74,   // A file or output cannot be read or written.
  kTryAgain = 75,      // The outside may mend itself: no broker.
  kConfiguration = 78  // Configuration or rules are wrong.
};

struct EngineError {
  ExitCode exit_code = ExitCode::kInternal;
  std::string text;  // One or more lines, ending in a newline.
};

// The command line, or what it names, is wrong.
inline Unexpected<EngineError> usage_error(std::string text) {
  return Unexpected<EngineError>({ExitCode::kUsage, std::move(text)});
}

}  // namespace sieve
