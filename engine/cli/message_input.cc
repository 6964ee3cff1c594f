#include "cli/message_input.h"

#include <fmt/format.h>

#include "base/phone.h"
#include "cli/row_files.h"
#include "run/labelled_row.h"

namespace sieve {
namespace {

Expected<MessageFileCounts, EngineError> for_each_row_message(
    const std::vector<std::string>& files, const std::function<void(const FileMessage&)>& take) {
  MessageFileCounts counts;
  Record record;
  const std::string* last = nullptr;
  int64_t line_number = 0;
  const std::string problem =
      for_each_row(files, [&](std::string_view line, const std::string& file) -> std::string {
        line_number = last == &file ? line_number + 1 : 1;
        last = &file;
        const Expected<LabelledRow, std::string> row = read_labelled_row(line, file);
        if (!row) return row.error();
        to_record(*row, record);
        record.message.ts = kTimestampMin;
        ++counts.messages;
        take({record, file, line_number});
        return {};
      });
  if (!problem.empty()) return Unexpected<EngineError>({ExitCode::kInputOutput, problem});
  return counts;
}

}  // namespace

void add_message_input(CLI::App& verb, MessageInput& input) {
  CLI::Option* messages =
      verb.add_option("--messages", input.messages, "Files of messages (`-`: standard input)");
  verb.add_option("--rows", input.rows, kRowKeys)->excludes(messages);
  verb.add_option("--default-country", input.country, "Country of national numbers, such as TH");
  verb.add_option("--timezone", input.zone, "Time zone of msg.hour")->capture_default_str();
}

Expected<FieldContext, EngineError> context_of(const MessageInput& input) {
  if (!input.country.empty() && find_plan(input.country) == nullptr) {
    return usage_error(fmt::format("no numbering plan for country `{}`\n", input.country));
  }
  const std::optional<TimeZone> zone = TimeZone::load(input.zone);
  if (!zone) return usage_error(fmt::format("unknown time zone `{}`\n", input.zone));
  return FieldContext{*zone};
}

std::optional<std::vector<FieldId>> fields_of(const MessageInput& input) {
  if (input.rows.empty()) return std::nullopt;
  return eval_fields();
}

Expected<MessageFileCounts, EngineError> for_each_message(
    const MessageInput& input, const std::function<void(const FileMessage&)>& take) {
  if (!input.rows.empty()) return for_each_row_message(input.rows, take);
  MessageFilesOptions options;
  options.files = input.messages;
  options.default_country = input.country;
  return for_each_message(options, take);
}

}  // namespace sieve
