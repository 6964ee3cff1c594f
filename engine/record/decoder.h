// A Decoder turns the bytes of one source record into a Record, or says why it cannot.
//
//   Decoder decoder(mapping, options);            // One per thread and source.
//   DecodeFailure failure = decoder.decode(bytes, arena, record);
//   if (failure.error != DecodeError::kNone) dead_letter(failure);
//
// What is read is checked; fields that we do not know are skipped, and of what is skipped only
// brackets, strings and UTF-8 are. A null is an absent field. Event times as numbers are
// milliseconds: values before March 1973 are kBadTime, because they are seconds sent by mistake.
//
// Thread safety: none. Lifetime: the Mapping must outlive it; `record` refers to `bytes` and
// `arena`. Allocates nothing per record after warm-up.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/arena.h"
#include "record/decode_error.h"
#include "record/mapping.h"
#include "record/record.h"

namespace sieve {

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

  // The first line of a CSV file, when mapping.header says that it names the columns: call it for
  // each file, before decode. kMissingField: a column that the mapping needs is not there.
  DecodeFailure set_header(std::string_view line);
  void set_options(const DecoderOptions& options);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sieve
