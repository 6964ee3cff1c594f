// Records of the facts topic and fact blocks from outside: nothing crashes, and what is read and
// written again is read the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/hash.h"
#include "correlate/entity_key.h"
#include "correlate/facts_record.h"
#include "correlate/plan_record.h"

namespace sieve {
namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check_block(std::string_view block) {
  auto reader = FactBlockReader::open(block);
  if (!reader) return;
  std::string copy;
  FactBlockWriter writer(copy);
  writer.begin(reader->offset(), reader->call());
  size_t count = 0;
  for (Fact fact; reader->next(fact); ++count) {
    entity_name(fact.key, fact.name);
    writer.add(fact);
  }
  writer.end();
  if (reader->failed()) return;
  auto again = FactBlockReader::open(copy);
  require(again && again->offset() == reader->offset() && again->call() == reader->call() &&
          again->count() == count);
  for (Fact fact; again->next(fact);) --count;
  require(count == 0 && !again->failed() && copy.size() <= block.size());
}

void check_plan(const FactsRecordReader& reader) {
  const auto plan = parse_plan_record(reader.plan_bytes(), reader.head().plan);
  // Damage is found by the digest: see that the bytes behind it are looked at all the same.
  const auto digest = static_cast<uint32_t>(hash64(reader.plan_bytes()));
  const auto forged = parse_plan_record(reader.plan_bytes(), digest);
  require(!plan || forged);
  if (!forged) return;
  std::string copy;
  append_plan_record(*forged, copy);
  const auto again = parse_plan_record(copy, static_cast<uint32_t>(hash64(copy)));
  require(again && again->projections.size() == forged->projections.size());
}

void check_record(std::string_view record) {
  auto reader = FactsRecordReader::open(record);
  if (!reader) return;
  if (reader->head().kind == FactsRecordKind::kPlan) return check_plan(*reader);
  std::string copy;
  begin_facts_record(reader->head(), copy);
  for (std::string_view block; reader->next(block);) {
    check_block(block);
    add_fact_block(block, copy);
  }
  require(reader->failed() || copy.size() <= record.size());
}

}  // namespace
}  // namespace sieve

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  sieve::check_block(bytes);
  sieve::check_record(bytes);
  return 0;
}
