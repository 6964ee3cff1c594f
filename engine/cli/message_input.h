// Messages as the input of a verb that looks at them one by one: files of records, or labelled
// rows.
//
// Thread safety: called from main() only.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.h"
#include "record/fields.h"
#include "run/engine_error.h"
#include "run/message_files.h"

namespace sieve {

struct MessageInput {
  std::vector<std::string> messages;
  std::vector<std::string> rows;
  std::string country;
  std::string zone = "UTC";

  bool empty() const { return messages.empty() && rows.empty(); }
};

// Lifetime: `input` lives until the verb has run.
void add_message_input(CLI::App& verb, MessageInput& input);

// Of the options; or what is wrong with them.
Expected<FieldContext, EngineError> context_of(const MessageInput& input);
// The fields that the messages have, for CompileOptions.
std::optional<std::vector<FieldId>> fields_of(const MessageInput& input);

// Gives every message to `take`, with its file and line. Those of rows have no time:
// kTimestampMin.
Expected<MessageFileCounts, EngineError> for_each_message(
    const MessageInput& input, const std::function<void(const FileMessage&)>& take);

}  // namespace sieve
