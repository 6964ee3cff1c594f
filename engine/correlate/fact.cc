#include "correlate/fact.h"

#include "base/check.h"
#include "correlate/wire.h"

namespace sieve {
namespace {

constexpr int kProjectionBits = 16;
constexpr int kLeadBits = kFactOffsetBits + 1;
constexpr size_t kHeaderBytesMax = varint_bytes(kLeadBits) + 8 + 2;
constexpr size_t kOneFactBytesMax =
    varint_bytes(kProjectionBits) + 8 + varint_bytes(kFactTimeBits + 1) +
    varint_bytes(kFactFeatureBits) + 1 + 8 * limits::kFactValuesMax + limits::kFactNameBytesMax;
static_assert(kHeaderBytesMax + kOneFactBytesMax <= limits::kFactBytesMax);
static_assert(limits::kFactValuesMax < 8 && limits::kFactNameBytesMax < 32);

constexpr uint64_t to_zigzag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}

constexpr int64_t from_zigzag(uint64_t value) {
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

}  // namespace

void FactBlockWriter::begin(int64_t offset, CallId call) {
  SIEVE_CHECK(fits_bits(static_cast<uint64_t>(offset), kFactOffsetBits), "offset {}", offset);
  put_varint(out_, static_cast<uint64_t>(offset) << 1 | (call.any() ? 1 : 0));
  if (call.any()) put_fixed(out_, call.value, 8);
  count_at_ = out_.size();
  put_fixed(out_, 0, 2);
  count_ = 0;
  time_before_ms_ = 0;
}

void FactBlockWriter::add(const Fact& fact) {
  SIEVE_CHECK(fits_bits(static_cast<uint64_t>(fact.time.ms), kFactTimeBits), "time {}",
              fact.time.ms);
  SIEVE_CHECK(fits_bits(fact.features, kFactFeatureBits), "features {}", fact.features);
  SIEVE_CHECK(fact.value_count <= limits::kFactValuesMax, "values {}", fact.value_count);
  SIEVE_CHECK(fact.name.size() <= limits::kFactNameBytesMax, "name of {}", fact.name.size());
  SIEVE_CHECK(count_ < UINT16_MAX, "facts {}", count_);
  put_varint(out_, fact.projection);
  put_fixed(out_, fact.key, 8);
  put_varint(out_, to_zigzag(fact.time.ms - time_before_ms_));
  time_before_ms_ = fact.time.ms;
  put_varint(out_, fact.features);
  out_.push_back(static_cast<char>(fact.value_count | fact.name.size() << 3));
  for (size_t i = 0; i < fact.value_count; ++i) put_fixed(out_, fact.values[i], 8);
  out_ += fact.name;
  ++count_;
}

void FactBlockWriter::end() {
  out_[count_at_] = static_cast<char>(count_);
  out_[count_at_ + 1] = static_cast<char>(count_ >> 8);
}

Expected<FactBlockReader, FactBlockError> FactBlockReader::open(std::string_view block) {
  using Error = Unexpected<FactBlockError>;
  FactBlockReader reader;
  reader.rest_ = block;
  uint64_t lead = 0, count = 0;
  if (!take_varint(reader.rest_, kLeadBits, lead)) {
    return Error(reader.rest_.empty() ? FactBlockError::kTruncated : FactBlockError::kBadValue);
  }
  const bool has_call = (lead & 1) != 0;
  if (has_call && !take_fixed(reader.rest_, 8, reader.call_.value)) {
    return Error(FactBlockError::kTruncated);
  }
  if (has_call && !reader.call_.any()) return Error(FactBlockError::kBadValue);
  if (!take_fixed(reader.rest_, 2, count)) return Error(FactBlockError::kTruncated);
  reader.offset_ = static_cast<int64_t>(lead >> 1);
  reader.count_ = reader.left_ = static_cast<uint16_t>(count);
  return reader;
}

bool FactBlockReader::next(Fact& fact) {
  if (failed_) return false;
  if (left_ == 0) {
    failed_ = !rest_.empty();
    return false;
  }
  --left_;
  failed_ = !read_fact(fact);
  return !failed_;
}

bool FactBlockReader::read_fact(Fact& fact) {
  uint64_t projection = 0, time = 0, sizes = 0;
  if (!take_varint(rest_, kProjectionBits, projection) || !take_fixed(rest_, 8, fact.key) ||
      !take_varint(rest_, kFactTimeBits + 1, time) ||
      !take_varint(rest_, kFactFeatureBits, fact.features) || !take_fixed(rest_, 1, sizes)) {
    return false;
  }
  fact.projection = static_cast<uint16_t>(projection);
  fact.time.ms = time_before_ms_ + from_zigzag(time);
  if (fact.time < Timestamp{0} || fact.time > kFactTimeMax) return false;
  time_before_ms_ = fact.time.ms;
  fact.value_count = static_cast<uint8_t>(sizes & 7);
  if (fact.value_count > limits::kFactValuesMax) return false;
  fact.values = {};
  for (size_t i = 0; i < fact.value_count; ++i) {
    if (!take_fixed(rest_, 8, fact.values[i])) return false;
  }
  const size_t name_size = sizes >> 3;
  if (name_size > limits::kFactNameBytesMax || name_size > rest_.size()) return false;
  fact.name = rest_.substr(0, name_size);
  rest_.remove_prefix(name_size);
  return true;
}

}  // namespace sieve
