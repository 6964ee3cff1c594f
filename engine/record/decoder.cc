#include "record/decoder.h"

#include <optional>

#include "base/check.h"
#include "base/limits.h"
#include "record/mapped_reader.h"
#include "record/native_reader.h"

namespace sieve {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Files written on Windows begin with a mark that is no part of the text.
std::string_view without_mark(std::string_view bytes) {
  if (bytes.empty() || bytes[0] != kByteOrderMark[0]) return bytes;
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  return bytes;
}

}  // namespace

struct Decoder::Impl {
  explicit Impl(const Mapping& m) : mapping(m) {
    if (mapping.native) {
      native.emplace(mapping);
    } else {
      mapped.emplace(mapping);
    }
  }

  const Mapping& mapping;
  DecoderOptions options;
  // One of the two.
  std::optional<NativeReader> native;
  std::optional<MappedReader> mapped;
};

Decoder::Decoder(const Mapping& mapping) : impl_(std::make_unique<Impl>(mapping)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;

DecodeFailure Decoder::set_header(std::string_view line) {
  SIEVE_CHECK(impl_->mapped.has_value(), "our own JSON has no header");
  return impl_->mapped->set_header(without_mark(line));
}

void Decoder::set_options(const DecoderOptions& options) { impl_->options = options; }

DecodeFailure Decoder::decode(std::string_view bytes, Arena& arena, Record& record) {
  record.kind = impl_->mapping.kind;
  if (bytes.empty()) return {DecodeError::kEmpty, {}};
  if (bytes.size() > limits::kRecordBytesMax) return {DecodeError::kTooLarge, {}};
  bytes = without_mark(bytes);
  const DecodeFailure failure = impl_->native ? impl_->native->read(bytes, arena, record)
                                              : impl_->mapped->read(bytes, arena, record);
  if (failure.error != DecodeError::kNone) return failure;
  if (record.time() > impl_->options.time_max) return {DecodeError::kFutureTime, "ts"};
  return failure;
}

}  // namespace sieve
