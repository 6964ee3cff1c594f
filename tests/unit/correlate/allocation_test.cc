// Making facts and applying them allocates nothing once the keys are known.
#include <gtest/gtest.h>

#include <random>

#include "support/count_allocations.h"
#include "unit/correlate/window_rules.h"

namespace sieve {
namespace {

TEST(AllocationTest, WarmKeysAllocateNothing) {
  const auto plan = testing::plan_of(
      {"on: call, window: { by: call.from, over: 10m, late: 2m }, measure: { n: count(), "
       "t: 'distinct(call.to)', s: 'ratio(call.answered)' }, condition: n >= 1000000",
       "on: call, window: { by: [call.from, call.to], over: 1h }, measure: { n: count() }, "
       "condition: n >= 1000000",
       "on: message, window: { by: msg.from, over: 10m }, measure: { n: 'distinct(msg.to)' }, "
       "condition: n >= 1000000"});
  FactBuilder builder(plan, {});
  Correlator correlator(plan);
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i)
    names.push_back(i % 4 == 0 ? "SENDER" + std::to_string(i)
                               : "+6681234" + std::to_string(1'000 + i));
  std::vector<Address> recipients;
  for (const std::string& name : names) recipients.push_back(testing::address_of(name));
  std::string block;
  std::vector<Finding> findings;
  int64_t offset = 0;
  const auto pass = [&] {
    std::mt19937_64 random(1);  // The same keys in every pass.
    for (int i = 0; i < 10'000; ++i, ++offset) {
      const Timestamp time{1'767'571'200'000 + offset * 50};
      // Key 0 is busy, the others are not.
      const std::string& from = names[random() % 3 == 0 ? random() % names.size() : 0];
      Record record = testing::call(from, names[random() % names.size()], time, {0});
      if (i % 5 == 0) {
        record = testing::message("hello", from);
        record.message.ts = time;
        record.message.to = recipients;
      }
      block.clear();
      FactBlockWriter writer(block);
      writer.begin(offset, call_id_of(record));
      for (const Fact& fact : builder.build(record)) writer.add(fact);
      writer.end();
      correlator.apply({}, block, findings);
    }
  };
  // Windows of an hour are as full as they get, and blocks of every size have been used.
  for (int i = 0; i < 10; ++i) pass();
  const size_t before = testing::allocations;
  pass();
  EXPECT_EQ(testing::allocations - before, 0U);
  EXPECT_GT(correlator.stats().merged, 0U);
  EXPECT_EQ(correlator.stats().applied + correlator.stats().merged, correlator.stats().facts);
}

}  // namespace
}  // namespace sieve
