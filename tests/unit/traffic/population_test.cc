#include "traffic/population.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace sieve::traffic {
namespace {

TEST(PopulationTest, GivesEveryPersonAnotherNumber) {
  const Population population(1, 30'000, 0);
  std::set<std::string> numbers;
  for (uint32_t person = 0; person < 60'000; ++person) {
    std::string number;
    population.append_number(number, person);
    ASSERT_EQ(number.size(), 12u) << number;
    ASSERT_EQ(number.substr(0, 3), "+66");
    ASSERT_NE(std::string("689").find(number[3]), std::string::npos) << number;
    ASSERT_TRUE(numbers.insert(number).second) << number;
  }
}

TEST(PopulationTest, WritesTheSameNumberNationally) {
  const Population population(1, 1'000, 0);
  std::string number, national;
  population.append_number(number, 17);
  population.append_national_number(national, 17);
  EXPECT_EQ("+66" + national.substr(1), number);
}

TEST(PopulationTest, DrawsPairsThatKnowEachOther) {
  const Population population(1, 1'000, 0);
  Random random(1);
  for (int i = 0; i < 1'000; ++i) {
    const Population::Pair pair = population.draw_pair(random);
    ASSERT_NE(pair.first, pair.second);
    ASSERT_TRUE(population.on_net(pair.first) || population.on_net(pair.second));
    bool mutual = false;
    for (int tries = 0; tries < 2'000 && !mutual; ++tries) {
      mutual = population.draw_contact(pair.second, random).second == pair.first;
    }
    ASSERT_TRUE(mutual) << pair.first << " " << pair.second;
  }
}

TEST(PopulationTest, EndsDeviceNumbersWithTheirCheckDigit) {
  const Population population(1, 1'000, 0);
  for (uint32_t device = 0; device < 100; ++device) {
    std::string imei;
    population.append_imei(imei, device);
    ASSERT_EQ(imei.size(), 15u);
    int sum = 0;
    for (size_t i = 0; i < imei.size(); ++i) {
      const int digit = imei[i] - '0';
      sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
    }
    EXPECT_EQ(sum % 10, 0) << imei;
  }
}

TEST(PopulationTest, GivesEveryDeviceAnotherNumber) {
  const Population population(1, 1'000, 0);
  std::set<std::string> imeis;
  for (uint32_t device = 0; device < 100'000; ++device) {
    std::string imei;
    population.append_imei(imei, device);
    ASSERT_TRUE(imeis.insert(imei).second) << imei;
  }
}

TEST(PopulationTest, KeepsPeopleNearTheirHomes) {
  const Population population(1, 100'000, 0);
  std::set<uint32_t> cells;
  for (int64_t hour = 0; hour < 200; ++hour) {
    cells.insert(population.cell_at(7, {hour * 3'600'000}));
  }
  EXPECT_GT(cells.size(), 1u);
  for (const uint32_t cell : cells) EXPECT_FALSE(population.far_apart(*cells.begin(), cell));
}

TEST(PopulationTest, FindsCellsFarAway) {
  const Population population(1, 10'000, 0);
  Random random(1);
  for (uint32_t cell = 0; cell < 20; ++cell) {
    EXPECT_TRUE(population.far_apart(cell, population.cell_far_from(cell, random))) << cell;
  }
}

TEST(PopulationTest, PutsExtraCellsOnTheBorder) {
  const Population population(1, 1'000, 3);
  for (uint32_t i = 0; i < 3; ++i) {
    const auto json = population.cell_json(population.extra_cell(i));
    EXPECT_NE(json.find(R"("border":true)"), std::string_view::npos) << json;
  }
}

}  // namespace
}  // namespace sieve::traffic
