// A labelled row is a message of which somebody said what should become of it: what rules are
// measured by and fitted to.
//
// A row is a JSON object: `id`, `text`, `expect` (alert | clean | ignore), and optionally `label`,
// `lang`, `corpus`. Rows have only text, so rules that need more are inactive.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "record/fields.h"

namespace sieve {

enum class Expectation : uint8_t { kAlert, kClean, kIgnore };
inline constexpr size_t kExpectationCount = 3;

struct LabelledRow {
  std::string id;
  std::string text;  // Up to the engine's limit.
  Expectation expect = Expectation::kIgnore;
  std::string label;  // Empty: none. So is `lang`.
  std::string lang;
  std::string corpus;  // Of the row, or else the name of its file without directory and ending.
};

// The row in `line` of `file`; an error says what is wrong with the line.
Expected<LabelledRow, std::string> read_labelled_row(std::string_view line, std::string_view file);

// The row as a message. Lifetime: refers to the row.
void to_record(const LabelledRow& row, Record& record);

// The fields that rows have, for CompileOptions::available_fields.
std::vector<FieldId> eval_fields();

}  // namespace sieve
