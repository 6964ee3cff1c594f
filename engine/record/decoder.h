// A Decoder turns the bytes of one source record into a Record, or says why it cannot.
//
//   Decoder decoder(mapping, options);            // One per thread and source.
//   DecodeFailure failure = decoder.decode(bytes, arena, record);
//   if (failure.error != DecodeError::kNone) dead_letter(failure);
//
// Thread safety: none. Lifetime: the Mapping must outlive it; `record` refers to `bytes` and
// `arena`. Allocates nothing per record after warm-up.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/arena.h"
#include "record/mapping.h"
#include "record/record.h"

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
  kBadValue,            // An enumeration or number out of its range.
  kUnsupportedSchema,   // `schema` names another kind or version than the source's.
  kUnsupportedPayload,  // `payload` without `text` (until payload decoding is built in).
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

struct DecoderOptions {
  // A record later than this is kFutureTime; kTimestampMax (the default) accepts all. The owner
  // updates it once per batch: the decoder reads no clock.
  Timestamp time_max = kTimestampMax;
};

class Decoder {
 public:
  explicit Decoder(const Mapping& mapping);
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) = delete;

  // REQUIRES: limits::kPaddingBytes readable bytes after `bytes`.
  DecodeFailure decode(std::string_view bytes, Arena& arena, Record& record);
  void set_options(const DecoderOptions& options);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sieve
