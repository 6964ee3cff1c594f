// Inspecting records allocates nothing after warm-up, as long as they raise no alert.
#include <gtest/gtest.h>

#include "engine_fixture.h"
#include "run/inspector.h"
#include "run/reassembler.h"
#include "run/rules_loader.h"
#include "support/count_allocations.h"

namespace sieve {
namespace {

// A batch of `count` records made by `json`.
template <class Json>
void fill(InspectedBatch& batch, size_t source, int64_t count, const Json& json) {
  batch.lane.source = source;
  for (int64_t i = 0; i < count; ++i) {
    RawRecord& raw = batch.records.records.emplace_back();
    const std::string text = json(i);
    raw.begin = static_cast<uint32_t>(batch.records.bytes.size());
    raw.size = static_cast<uint32_t>(text.size());
    raw.size_full = raw.size;
    raw.offset = i + 1;
    batch.records.bytes += text;
  }
  batch.records.bytes.append(limits::kPaddingBytes, '\0');
}

TEST(InspectorAllocationTest, TenThousandCleanRecordsAllocateNothing) {
  const TemporaryDirectory directory;
  auto rules =
      compile_rules(rules_at({directory.write("t.rules.yaml", kTestRules)}, {}), std::nullopt);
  ASSERT_TRUE(rules.has_value()) << rules.error().text;
  auto plan = std::make_shared<InspectPlan>();
  plan->rules = *rules;
  plan->facts = std::make_shared<FactPlan>(*rules);
  plan->mappings = {native_mapping(RecordKind::kMessage, "TH"),
                    native_mapping(RecordKind::kCall, "TH")};
  plan->facts_partition_count = 4;
  Inspector inspector(plan);
  InspectedBatch messages, calls;
  fill(messages, 0, 500, [](int64_t i) {
    return message_json(i, 1'767'600'000'000 + i, i % 2 == 0 ? "see you at six" : "เจอกันหกโมงนะ");
  });
  fill(calls, 1, 500, [](int64_t i) { return call_json(i, 1'767'600'000'000 + i, i); });
  const auto pass = [&] {
    inspector.inspect(messages);
    inspector.inspect(calls);
  };
  pass();
  const size_t before = testing::allocations;
  for (int i = 0; i < 10; ++i) pass();
  EXPECT_EQ(testing::allocations - before, 0U);
  EXPECT_EQ(messages.counts.source.outcomes[static_cast<size_t>(Outcome::kClean)], 500U);
  EXPECT_EQ(calls.outputs.size(), 500U) << "a fact for each call";
}

TEST(ReassemblerAllocationTest, NothingIsAllocatedAfterWarmUp) {
  Reassembler reassembler({});
  int64_t time = 0;
  const auto run = [&](int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      time += 1'000;
      reassembler.advance({time});
      while (reassembler.next() != nullptr) {
      }
      PartInput input;
      input.key = {1, static_cast<uint64_t>(i % 97)};
      input.part = {1, 3, 1 + i % 3};
      input.text = "a part of a message that is as long as a part";
      input.record = "the bytes of a record";
      input.time = {time};
      input.offset = i;
      (void)reassembler.add(input);
      while (reassembler.next() != nullptr) {
      }
    }
  };
  run(20'000);
  const size_t before = testing::allocations;
  run(10'000);
  EXPECT_EQ(testing::allocations - before, 0U);
}

}  // namespace
}  // namespace sieve
