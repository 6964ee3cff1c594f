#include "record/decode_error.h"

#include <array>

namespace sieve {
namespace {

struct ErrorText {
  std::string_view name;
  std::string_view description;
};

// In the order of DecodeError.
constexpr std::array<ErrorText, kDecodeErrorCount> kErrors = {{
    {"none", "the record was decoded"},
    {"too_large", "the record is larger than 1 MiB; split it or drop what is not mapped"},
    {"empty", "the record has no bytes; the producer should not send it"},
    {"invalid_utf8", "the bytes are not UTF-8; convert them at the producer"},
    {"malformed_json", "the record is not one JSON object"},
    {"malformed_csv", "quotes do not pair or the columns differ from the header in number"},
    {"duplicate_key", "a field occurs twice, so that its value cannot be known"},
    {"missing_field", "a required field is absent or null"},
    {"wrong_type", "a field has another JSON type than it should"},
    {"bad_time", "a time is neither RFC 3339 nor milliseconds since 1970, or not as mapped"},
    {"bad_value", "a value is outside of its enumeration or range"},
    {"unsupported_schema", "`schema` names another kind or version than the source has"},
    {"bad_payload",
     "the octets of `payload` are no base64 (`b64`) or no hexadecimal digits (`hex`)"},
    {"too_many_recipients", "`to` lists more than 64 recipients; split the message"},
    {"future_time", "the event time is further ahead of the clock than max_future_skew"},
}};

}  // namespace

std::string_view name_of(DecodeError error) { return kErrors[static_cast<size_t>(error)].name; }
std::string_view describe(DecodeError error) {
  return kErrors[static_cast<size_t>(error)].description;
}

}  // namespace sieve
