// Decoding allocates nothing after warm-up, whatever the format.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/count_allocations.h"
#include "unit/record/decoded.h"
#include "unit/record/mapping_of.h"

namespace sieve {
namespace {

constexpr size_t kRecords = 10'000;
constexpr size_t kBatch = 100;

// Allocations of decoding `records` over and over, a batch between two resets of the arena.
size_t allocations_of(const Mapping& mapping, const std::vector<testing::Padded>& records,
                      std::string_view header = {}) {
  Decoder decoder(mapping);
  if (!header.empty()) {
    EXPECT_EQ(decoder.set_header(header).error, DecodeError::kNone);
  }
  Arena arena;
  Record record;
  size_t before = 0;
  for (size_t i = 0; i < kRecords + kBatch; ++i) {
    if (i % kBatch == 0) arena.reset();
    if (i == kBatch) before = testing::allocations.load();  // The first batch warms up.
    decoder.decode(records[i % records.size()].view(), arena, record);
  }
  return testing::allocations.load() - before;
}

TEST(AllocationTest, TenThousandMessagesAllocateNothing) {
  const std::string start =
      R"({"schema":"message.v1","id":"m1","ts":"2026-01-05T08:30:00Z","channel":"sms",)"
      R"("from":{"addr":"081 234 5678"},"to":[{"addr":"0898765432"},{"addr":"+85512345678"}],)";
  const std::vector<testing::Padded> records = {
      testing::Padded(start + R"("text":"plain","lang":"th"})"),
      testing::Padded(start + R"("text":"\u0e01\n\ud83d\ude00","cell":{"lat":13.756331}})"),
      testing::Padded(start + R"("text":5})"),
      testing::Padded(start + R"("text":")" + std::string(limits::kTextBytesMax + 1, 'x') + "\"}"),
      testing::Padded(start + R"("payload":{"b64":"BQADzAIBDh8OIw41","dcs":8,"udhi":true}})"),
      testing::Padded(start + R"("payload":{"hex":"E8329BFD06"}})"),
      testing::Padded(start + R"("payload":{"hex":"E0B89FE0B8A3","dcs":8}})"),
      testing::Padded(start + R"("payload":{"b64":"*"}})"),
      testing::Padded("not json"),
  };
  EXPECT_EQ(allocations_of(native_mapping(RecordKind::kMessage, "TH"), records), 0U);
}

TEST(AllocationTest, TenThousandMappedJsonRecordsAllocateNothing) {
  const Mapping mapping = testing::mapping_of(RecordKind::kReport, R"(
default_country: TH
time: { format: "%Y-%m-%d %H:%M:%S", zone: Asia/Bangkok }
fields: { id: a.id, ts: a.ts, source: { constant: app }, from: f, to: t, text: x })");
  const std::vector<testing::Padded> records = {
      testing::Padded(R"({"a":{"id":1,"ts":"2026-01-05 08:30:00"},"f":"A","t":"0812345678",)"
                      R"("x":"\u0e01"})"),
      testing::Padded(R"({"a":{"id":1,"id":2}})"),
  };
  EXPECT_EQ(allocations_of(mapping, records), 0U);
}

TEST(AllocationTest, TenThousandCsvLinesAllocateNothing) {
  const Mapping mapping = testing::mapping_of(RecordKind::kReport, R"(
format: csv
default_country: TH
fields: { id: id, ts: ts, source: { constant: app }, from: f, to: t, text: x })");
  const std::vector<testing::Padded> records = {
      testing::Padded(R"(1,1767601800000,A,0812345678,"a ""b"" c")"),
      testing::Padded(R"(1,1767601800000,A)"),
      testing::Padded(R"(1,1767601800000,A,"x)"),
  };
  EXPECT_EQ(allocations_of(mapping, records, "id,ts,f,t,x"), 0U);
}

}  // namespace
}  // namespace sieve
