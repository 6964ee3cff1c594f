// What `scamsieve fold` prints is tested by tests/unit/cli; here is what holds for any text:
// trace_fold() itself checks that its steps end in the folded text.
#include "text/fold_trace.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/limits.h"
#include "base/utf8.h"
#include "text/evasion.h"

namespace sieve {
namespace {

TEST(FoldTraceTest, CleanAndEmptyTextsHaveNoSteps) {
  Folder folder;
  EXPECT_TRUE(trace_fold("", folder).empty());
  EXPECT_TRUE(trace_fold("your parcel", folder).empty());
  EXPECT_TRUE(trace_fold("น้ำใจของคุณ", folder).empty());
}

TEST(FoldTraceTest, EachStepIsNamedOnceAndInOrder) {
  Folder folder;
  const auto stages = trace_fold("\xFF\u200BＡ𝗯\u201C๑國Cѕlоts\u0336", folder);
  ASSERT_EQ(stages.size(), kFoldStepCount);
  for (size_t i = 0; i < kFoldStepCount; ++i) {
    EXPECT_EQ(static_cast<size_t>(stages[i].step), i);
    EXPECT_FALSE(summary_of(stages[i].step).empty());
    EXPECT_FALSE(stages[i].changes.empty()) << name_of(stages[i].step);
  }
}

// Changes are spans of the message, in order.
void expect_in_order(const FoldStage& stage, std::string_view raw) {
  uint32_t at = 0;
  for (const FoldChange& change : stage.changes) {
    ASSERT_LE(at, change.raw.begin);
    ASSERT_LE(change.raw.begin, change.raw.end);
    at = change.raw.end;
    ASSERT_NE(change.from, change.to);
  }
  ASSERT_LE(at, raw.size());
}

TEST(FoldTraceTest, EveryEvasionIsTraced) {
  Folder folder;
  for (const std::string_view text : {"Get a welcome bonus: https://win.example/x",
                                      "รับน้ำดื่มฟรีที่นี่ 100 บาท", "领取大礼 88", "Quà tặng lớn"}) {
    for (size_t i = 0; i < kEvasionCount; ++i) {
      const auto evasion = static_cast<Evasion>(i);
      for (uint64_t seed = 0; seed < variant_count(evasion); ++seed) {
        const auto evaded = evade(evasion, EvasionDensity::kFull, seed, text);
        if (!evaded) continue;
        for (const FoldStage& stage : trace_fold(*evaded, folder)) expect_in_order(stage, *evaded);
      }
    }
  }
}

TEST(FoldTraceTest, RandomTextsAreTraced) {
  std::mt19937_64 random(7);
  const auto below = [&](uint64_t bound) { return static_cast<uint32_t>(random() % bound); };
  const char32_t blocks[] = {0x20,   0x41,   0x300,  0x370,  0x400,   0xE00,   0xE80,
                             0x1000, 0x2000, 0x3000, 0x4E00, 0x1D400, 0x1F100, 0x1F1E0};
  Folder folder;
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    const uint32_t size = below(20);
    for (uint32_t i = 0; i < size; ++i) {
      if (below(12) == 0) {
        text += static_cast<char>(below(256));
      } else {
        append_utf8(text, blocks[below(std::size(blocks))] + below(0x80));
      }
    }
    for (const FoldStage& stage : trace_fold(text, folder)) expect_in_order(stage, text);
  }
}

TEST(FoldTraceTest, TheLongestTextIsTraced) {
  Folder folder;
  const std::string text(limits::kTextBytesMax, 'A');
  const auto stages = trace_fold(text, folder);
  ASSERT_EQ(stages.size(), 1U);
  EXPECT_EQ(stages[0].changes.size(), text.size());
}

}  // namespace
}  // namespace sieve
