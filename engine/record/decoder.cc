#include "record/decoder.h"

#include "base/limits.h"
#include "record/native_reader.h"

namespace sieve {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

struct Decoder::Impl {
  explicit Impl(const Mapping& m) : mapping(m), native(m) {}

  const Mapping& mapping;
  DecoderOptions options;
  NativeReader native;
};

Decoder::Decoder(const Mapping& mapping) : impl_(std::make_unique<Impl>(mapping)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;

void Decoder::set_options(const DecoderOptions& options) { impl_->options = options; }

DecodeFailure Decoder::decode(std::string_view bytes, Arena& arena, Record& record) {
  record.kind = impl_->mapping.kind;
  if (bytes.empty()) return {DecodeError::kEmpty, {}};
  if (bytes.size() > limits::kRecordBytesMax) return {DecodeError::kTooLarge, {}};
  if (bytes[0] == kByteOrderMark[0] && bytes.starts_with(kByteOrderMark))
    bytes.remove_prefix(kByteOrderMark.size());
  const DecodeFailure failure = impl_->native.read(bytes, arena, record);
  if (failure.error != DecodeError::kNone) return failure;
  if (record.time() > impl_->options.time_max) return {DecodeError::kFutureTime, "ts"};
  return failure;
}

}  // namespace sieve
