// What a decoder makes of one record, with everything that the record refers to.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "record/decoder.h"

namespace sieve::testing {

// Bytes followed by what SIMD readers may read beyond them; hostile, as a batch's next record is.
class Padded {
 public:
  explicit Padded(std::string_view bytes) : size_(bytes.size()), buffer_(bytes) {
    while (buffer_.size() < size_ + limits::kPaddingBytes) buffer_ += ",}]\"\\";
  }
  std::string_view view() const { return std::string_view(buffer_).substr(0, size_); }

 private:
  size_t size_;
  std::string buffer_;
};

class Decoded {
 public:
  Decoded(const Mapping& mapping, std::string_view bytes, std::string_view header = {})
      : bytes_(bytes) {
    Decoder decoder(mapping);
    if (!header.empty()) failure_ = decoder.set_header(header);
    if (failure_.error == DecodeError::kNone) {
      failure_ = decoder.decode(bytes_.view(), arena_, record_);
    }
    field_ = failure_.field;
  }

  DecodeError error() const { return failure_.error; }
  // `reason`, or `reason at field`.
  std::string why() const {
    std::string out(name_of(failure_.error));
    return field_.empty() ? out : out + " at " + field_;
  }
  const Record& record() const { return record_; }
  const Message& message() const { return record_.message; }
  const Call& call() const { return record_.call; }
  const Report& report() const { return record_.report; }

 private:
  Padded bytes_;
  Arena arena_;
  Record record_;
  DecodeFailure failure_;
  std::string field_;  // The failure's, which may refer to the decoder.
};

inline Decoded decoded(RecordKind kind, std::string_view json) {
  return Decoded(native_mapping(kind, "TH"), json);
}

// Printed by tests that use it; SIEVE_SEED replays.
inline uint64_t seed() {
  const char* const given = std::getenv("SIEVE_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'260'105;
}

}  // namespace sieve::testing
