// Why a record could not be decoded: the bounded set of reasons, and what they mean.
//
// Thread safety: values and immutable tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sieve {

// Why a record was not decoded: the bounded set that metrics and dead letters use as `reason`.
enum class DecodeError : uint8_t {
  kNone,
  kTooLarge,  // More than limits::kRecordBytesMax.
  kEmpty,     // No bytes, or white space only.
  kInvalidUtf8,
  kMalformedJson,
  kMalformedCsv,  // Unbalanced quotes, or another number of columns than the header.
  kDuplicateKey,  // A field we read occurs twice: which one is meant cannot be known.
  kMissingField,
  kWrongType,
  kBadTime,
  kBadValue,           // An enumeration or number out of its range.
  kUnsupportedSchema,  // `schema` names another kind or version than the source's.
  kBadPayload,         // The octets of `payload` are neither base64 nor hexadecimal digits.
  kTooManyRecipients,
  kFutureTime,  // Event time further ahead of the wall clock than max_future_skew.
};
inline constexpr size_t kDecodeErrorCount = 15;

// `too_large`, `malformed_json`, ...: stable words.
std::string_view name_of(DecodeError error);
// One sentence for people: what is wrong and what to do.
std::string_view describe(DecodeError error);

struct DecodeFailure {
  DecodeError error = DecodeError::kNone;
  std::string_view field;  // The field's path where that is known; static storage or the mapping's.
};

}  // namespace sieve
