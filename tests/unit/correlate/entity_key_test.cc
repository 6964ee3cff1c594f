#include "correlate/entity_key.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

namespace sieve {
namespace {

Entity entity_of(const std::vector<std::string_view>& parts, EntityNameBuffer& buffer) {
  return make_entity(parts, buffer);
}

struct NameCase {
  std::string name;
  std::vector<std::string_view> parts;
  std::string want;
  bool packed;
  size_t name_bytes;
};

class EntityNameTest : public ::testing::TestWithParam<NameCase> {};

TEST_P(EntityNameTest, ComesBackFromKeyAndName) {
  EntityNameBuffer buffer;
  const Entity entity = entity_of(GetParam().parts, buffer);
  EXPECT_EQ(entity_name(entity.key, entity.name), GetParam().want);
  EXPECT_EQ(is_packed_number(entity.key), GetParam().packed);
  EXPECT_EQ(entity.name.size(), GetParam().name_bytes);
  EXPECT_NE(entity.key, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Names, EntityNameTest,
    ::testing::Values(
        NameCase{"International", {"+66812345678"}, "+66812345678", true, 0},
        NameCase{"OneDigit", {"0"}, "0", true, 0},
        NameCase{"LeadingZeros", {"0000812"}, "0000812", true, 0},
        NameCase{"ZerosOnly", {"+000"}, "+000", true, 0},
        NameCase{"FifteenDigits", {"+999999999999999"}, "+999999999999999", true, 0},
        NameCase{"SixteenDigits", {"+9999999999999999"}, "+9999999999999999", false, 17},
        NameCase{"PlusOnly", {"+"}, "+", false, 1},
        NameCase{"TwoPluses", {"++66"}, "++66", false, 4},
        NameCase{"DigitsWithSpace", {"08 1234"}, "08 1234", false, 7},
        NameCase{"SenderId", {"DEMOBANK"}, "DEMOBANK", false, 8},
        NameCase{
            "MaximumBytes", {"abcdefghijklmnopqrstuvwx"}, "abcdefghijklmnopqrstuvwx", false, 24},
        NameCase{
            "MaximumPlusOne", {"abcdefghijklmnopqrstuvwxy"}, "abcdefghijklmnopqrstuvwx", false, 24},
        // Eight Thai letters are 24 bytes; a ninth, and a split one, go.
        NameCase{"WholeThaiLetters", {"กขคงจฉชซฌ"}, "กขคงจฉชซ", false, 24},
        NameCase{"SplitThaiLetter", {"aกขคงจฉชซฌ"}, "aกขคงจฉช", false, 22},
        NameCase{"InvalidUtf8", {"\xff\xfe"}, "\xff\xfe", false, 2},
        NameCase{"BeginsWithNul", {std::string_view("\0ab", 3)}, "?ab", false, 3},
        NameCase{"TwoNumbers", {"+66812345678", "191"}, "+66812345678,191", false, 15},
        NameCase{"ThreeLongNumbers",
                 {"+999999999999999", "+888888888888888", "000000000000001"},
                 "+999999999999999,+888888888888888,000000000000001",
                 false,
                 22},
        NameCase{"NumberAndName", {"+6681", "BANK"}, "+6681,BANK", false, 10},
        NameCase{"CutCombination",
                 {"+66812345678", "LONGSENDERID"},
                 "+66812345678,LONGSENDERI",
                 false,
                 24},
        NameCase{
            "CombinationCutInALetter", {"+66812345678", "กขคงจ"}, "+66812345678,กขค", false, 22}),
    [](const auto& param_info) { return param_info.param.name; });

TEST(EntityKeyTest, DiffersWhereNamesDiffer) {
  std::set<uint64_t> keys;
  const std::vector<std::string_view> names = {"1",  "01", "+1", "+01", "001",
                                               "10", "a",  "A",  "1 ",  "+"};
  for (const std::string_view name : names) keys.insert(entity_key(name));
  EXPECT_EQ(keys.size(), names.size());
}

TEST(EntityKeyTest, CombinationsDependOnOrderAndCount) {
  EntityNameBuffer buffer;
  std::set<uint64_t> keys;
  keys.insert(entity_of({"1"}, buffer).key);
  keys.insert(entity_of({"1", "2"}, buffer).key);
  keys.insert(entity_of({"2", "1"}, buffer).key);
  keys.insert(entity_of({"1", "1"}, buffer).key);
  keys.insert(entity_of({"1", "2", "3"}, buffer).key);
  keys.insert(entity_of({"1", "3", "2"}, buffer).key);
  keys.insert(entity_of({"12"}, buffer).key);
  EXPECT_EQ(keys.size(), 7U);
}

TEST(EntityKeyTest, ReadsAnyNameOfAnyKey) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 100'000; ++i) {
    std::string name(random() % 25, '\0');
    for (char& c : name) c = static_cast<char>(random() % 4 == 0 ? 0 : random());
    entity_name(random(), name);
  }
}

}  // namespace
}  // namespace sieve
