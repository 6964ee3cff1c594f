#include <gtest/gtest.h>

#include "engine_fixture.h"

namespace sieve {
namespace {

TEST(DeliveryTest, CountsEveryOutputThatIsSafeAtItsTarget) {
  const TemporaryDirectory directory;
  directory.write("messages.jsonl", message_json(1, 1'767'600'000'000, "free credit") + "\n" +
                                        "no record\n" +
                                        message_json(2, 1'767'600'000'100, "hello") + "\n" +
                                        message_json(3, 1'767'600'000'200, "free credit") + "\n");
  directory.write("calls.jsonl", "");
  const Totals totals = run_to_end(file_config(directory, 1)).totals;
  EXPECT_EQ(totals.alerts_published, 2U);
  EXPECT_EQ(totals.dead_letters_published, 1U);
  EXPECT_EQ(totals.outputs_delivered, 3U);
}

}  // namespace
}  // namespace sieve
