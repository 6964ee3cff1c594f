#include "base/byte_size.h"

#include <gtest/gtest.h>

namespace sieve {
namespace {

struct SizeRow {
  const char* text;
  uint64_t bytes;
};

TEST(ByteSizeTest, ReadsAWholeNumberAndAUnit) {
  const SizeRow rows[] = {{"0B", 0},
                          {"1B", 1},
                          {"1500B", 1'500},
                          {"1KiB", 1'024},
                          {"64MiB", uint64_t{64} << 20},
                          {"3GiB", uint64_t{3} << 30},
                          {"17179869183GiB", UINT64_MAX - (uint64_t{1} << 30) + 1}};
  for (const SizeRow& row : rows) {
    EXPECT_EQ(parse_byte_size(row.text), row.bytes) << row.text;
    EXPECT_EQ(format_byte_size(row.bytes), row.text);
  }
}

TEST(ByteSizeTest, RefusesEverythingElse) {
  for (const char* text : {"", "1", "MiB", "1MB", "1 MiB", "1mib", "-1B", "+1B", "1.5GiB", "1MiBx",
                           " 1B", "17179869184GiB", "18446744073709551616B"}) {
    EXPECT_FALSE(parse_byte_size(text)) << text;
  }
}

}  // namespace
}  // namespace sieve
