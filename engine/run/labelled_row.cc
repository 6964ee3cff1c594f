#include "run/labelled_row.h"

#include <filesystem>
#include <optional>

#include "base/json_reader.h"
#include "base/limits.h"

namespace sieve {
namespace {

std::optional<Expectation> expectation_of(std::string_view text) {
  if (text == "alert") return Expectation::kAlert;
  if (text == "clean") return Expectation::kClean;
  if (text == "ignore") return Expectation::kIgnore;
  return {};
}

// The text up to the engine's limit, cut at a character.
std::string_view within_limit(std::string_view text) {
  if (text.size() <= limits::kTextBytesMax) return text;
  size_t end = limits::kTextBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

Expected<LabelledRow, std::string> read_labelled_row(std::string_view line, std::string_view file) {
  const Expected<JsonValue, JsonError> json = parse_json(line);
  if (!json) return Unexpected<std::string>(json.error().message);
  const JsonValue& text = json->at("text");
  if (text.kind != JsonKind::kString) return Unexpected<std::string>("no string `text`");
  const auto expect = expectation_of(json->at("expect").as_string());
  if (!expect) return Unexpected<std::string>("`expect` is not alert, clean or ignore");
  LabelledRow row;
  row.id = json->at("id").as_string();
  row.text = within_limit(text.as_string());
  row.expect = *expect;
  row.label = json->at("label").as_string();
  row.lang = json->at("lang").as_string();
  row.corpus = json->at("corpus").as_string();
  if (row.corpus.empty()) row.corpus = std::filesystem::path(file).stem().string();
  return row;
}

void to_record(const LabelledRow& row, Record& record) {
  record = {};
  record.kind = RecordKind::kMessage;
  record.message.id = row.id;
  record.message.lang = row.lang;
  record.message.text = row.text;
}

std::vector<FieldId> eval_fields() {
  std::vector<FieldId> fields;
  for (uint16_t i = 0; i < all_fields().size(); ++i) {
    const FieldInfo& info = all_fields()[i];
    const bool has_column =
        info.name == "msg.text" || info.name == "msg.id" || info.name == "msg.lang";
    if (has_column || is_read_in_text(info)) fields.emplace_back(i);
  }
  return fields;
}

}  // namespace sieve
