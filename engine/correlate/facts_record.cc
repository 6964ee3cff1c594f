#include "correlate/facts_record.h"

#include "base/check.h"
#include "base/hash.h"
#include "correlate/wire.h"

namespace sieve {
namespace {

constexpr int kCountBits = 16;
constexpr int kSizeBits = 32;

}  // namespace

uint32_t fact_source(std::string_view name) {
  return static_cast<uint32_t>(hash64(name) >> (64 - kFactSourceBits));
}

void begin_facts_record(const FactsRecordHead& head, std::string& out) {
  SIEVE_CHECK(out.empty(), "a record begins after {} bytes", out.size());
  out.push_back(static_cast<char>(kFactsRecordVersion));
  out.push_back(static_cast<char>(head.kind));
  if (head.kind == FactsRecordKind::kFacts) {
    const auto partition = static_cast<uint64_t>(head.lane.partition);
    SIEVE_CHECK(fits_bits(head.lane.source, kFactSourceBits), "source {}", head.lane.source);
    SIEVE_CHECK(fits_bits(partition, kFactPartitionBits), "partition {}", head.lane.partition);
    SIEVE_CHECK(head.lane.incarnation <= kFactIncarnationMax, "{}", head.lane.incarnation);
    put_varint(out, head.lane.source);
    put_varint(out, partition);
    put_varint(out, head.lane.incarnation);
  }
  put_varint(out, head.partition_count);
  put_fixed(out, head.plan, 4);
}

void add_fact_block(std::string_view block, std::string& out) {
  put_varint(out, block.size());
  out += block;
}

Expected<FactsRecordReader, FactsRecordError> FactsRecordReader::open(std::string_view record) {
  using Error = Unexpected<FactsRecordError>;
  if (record.empty()) return Error(FactsRecordError::kTruncated);
  if (static_cast<uint8_t>(record.front()) != kFactsRecordVersion) {
    return Error(FactsRecordError::kUnknownVersion);
  }
  FactsRecordReader reader;
  reader.rest_ = record.substr(1);
  if (reader.read_head()) return reader;
  return Error(reader.rest_.empty() ? FactsRecordError::kTruncated : FactsRecordError::kBadValue);
}

bool FactsRecordReader::read_head() {
  uint64_t kind = 0, source = 0, partition = 0, incarnation = 0, count = 0, plan = 0;
  if (!take_fixed(rest_, 1, kind) || kind > static_cast<uint64_t>(FactsRecordKind::kPlan)) {
    return false;
  }
  head_.kind = static_cast<FactsRecordKind>(kind);
  if (head_.kind == FactsRecordKind::kFacts &&
      (!take_varint(rest_, kFactSourceBits, source) ||
       !take_varint(rest_, kFactPartitionBits, partition) ||
       !take_varint(rest_, kFactIncarnationBits, incarnation))) {
    return false;
  }
  if (!take_varint(rest_, kCountBits, count) || count == 0 || !take_fixed(rest_, 4, plan)) {
    return false;
  }
  head_.lane = {static_cast<uint32_t>(source), static_cast<int32_t>(partition),
                static_cast<uint32_t>(incarnation)};
  head_.partition_count = static_cast<uint16_t>(count);
  head_.plan = static_cast<uint32_t>(plan);
  return true;
}

bool FactsRecordReader::next(std::string_view& block) {
  if (failed_ || rest_.empty()) return false;
  uint64_t size = 0;
  failed_ = !take_varint(rest_, kSizeBits, size) || !take_bytes(rest_, size, block);
  return !failed_;
}

}  // namespace sieve
