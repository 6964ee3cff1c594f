#include "record/field_text.h"

#include <fmt/format.h>

#include "base/time.h"

namespace sieve {

std::string text_of(FieldType type, const FieldValue& value) {
  switch (type) {
    case FieldType::kString:
      return std::string(value.text);
    case FieldType::kNumber:
      return fmt::format("{}", value.number);
    case FieldType::kBool:
      return value.number != 0 ? "true" : "false";
    case FieldType::kDuration:
      return format_duration(Duration{static_cast<int64_t>(value.number)});
    case FieldType::kTime:
      return format_rfc3339(Timestamp{static_cast<int64_t>(value.number)});
  }
  return {};
}

}  // namespace sieve
