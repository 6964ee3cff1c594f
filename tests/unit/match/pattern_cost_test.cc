#include "match/pattern_cost.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "match/ordinary_texts.h"

namespace sieve {
namespace {

// Times are whatever they are here; that they are times, and of this pattern, can be told.
TEST(PatternCostTest, MeasuresEveryKind) {
  const PatternSpec specs[] = {{PatternKind::kWords, View::kWords, "customs fee"},
                               {PatternKind::kLiteral, View::kRaw, "http://"},
                               {PatternKind::kRegex, View::kText, "[0-9]{4,6}"}};
  for (const PatternSpec& spec : specs) {
    const PatternCost cost = measure_cost(spec);
    EXPECT_GT(cost.compile_ms, 0) << spec.text;
    EXPECT_GT(cost.scan_ns, 0) << spec.text;
    EXPECT_GT(cost.database_bytes, 100U) << spec.text;
  }
}

TEST(PatternCostTest, LargePatternsHaveLargeDatabases) {
  const auto small = measure_cost({PatternKind::kRegex, View::kText, "parcel.{0,4}fee"});
  const auto large = measure_cost({PatternKind::kRegex, View::kText, "parcel.{0,90}fee"});
  EXPECT_GT(large.database_bytes, small.database_bytes);
}

TEST(PatternCostTest, OrdinaryTextsAreMessages) {
  for (const std::string_view text : kOrdinaryTexts) {
    EXPECT_TRUE(is_valid_utf8(text)) << text;
    EXPECT_GT(text.size(), 60U);
    EXPECT_LT(text.size(), 400U);
  }
}

}  // namespace
}  // namespace sieve
