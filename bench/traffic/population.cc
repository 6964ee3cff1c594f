#include "traffic/population.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/json_writer.h"
#include "traffic/template.h"

namespace sieve::traffic {
namespace {

// Thai mobile prefixes, each with seven more digits.
constexpr std::array<uint8_t, 26> kPrefixes = {61, 62, 63, 64, 65, 66, 80, 81, 82, 83, 84, 85, 86,
                                               87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99};
constexpr uint64_t kPerPrefix = 10'000'000;
constexpr uint64_t kNumbers = kPrefixes.size() * kPerPrefix;
// Coprime to kNumbers (2, 5 and 13), so that multiplying by it permutes the numbers.
constexpr uint64_t kStride = 123'456'789;
static_assert(kStride % 2 != 0 && kStride % 5 != 0 && kStride % 13 != 0);

// Type allocation codes begin with one of these; 4,295 of them have a million devices each.
constexpr std::array<uint32_t, 2> kReportingBodies = {35, 86};
constexpr uint32_t kPerAllocation = 1'000'000;

// Cells of one lie within 50 km of each other, those of two more than 100 km apart, but for the
// first three around Bangkok.
struct Province {
  uint32_t lat;  // In units of 0.0001 degrees.
  uint32_t lon;
  bool border;
};
constexpr std::array<Province, 12> kProvinces = {{{137563, 1005018, false},
                                                  {139125, 1006068, false},
                                                  {133611, 1009847, false},
                                                  {187883, 989853, false},
                                                  {164322, 1028236, false},
                                                  {149799, 1020978, false},
                                                  {70084, 1004747, false},
                                                  {78804, 983923, false},
                                                  {167132, 985706, true},     // Mae Sot.
                                                  {136889, 1025017, true},    // Aranyaprathet.
                                                  {204337, 998761, true},     // Mae Sai.
                                                  {178783, 1027420, true}}};  // Nong Khai.
constexpr uint32_t kInlandProvinces = 8;
constexpr uint32_t kBangkokProvinces = 3;

constexpr uint64_t kCellTries = 32;

constexpr int64_t kMsPerDay = 86'400'000;
constexpr int64_t kMsPerHour = 3'600'000;

char luhn_digit(std::string_view digits) {
  uint32_t sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    const uint32_t digit = static_cast<uint32_t>(digits[digits.size() - 1 - i] - '0');
    const uint32_t doubled = digit * 2;
    sum += i % 2 != 0 ? digit : doubled / 10 + doubled % 10;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

Population::Population(uint64_t seed, uint32_t subscribers, uint32_t extra_cells)
    : seed_(mix(seed)),
      subscribers_(subscribers),
      people_(subscribers + subscribers / 3 * 2),
      home_cells_(std::clamp<uint32_t>(subscribers / 400, 20, 20'000)),
      number_offset_(mix(seed_) % kNumbers) {
  SIEVE_CHECK(people_ < kNumbers / 2, "{} people need more numbers than there are", people_);
  Random random = random_for(seed, "population");
  double sum = 0;
  for (uint32_t rank = 0; rank < kCircleSize; ++rank) sum += 1.0 / (rank + 1);
  double reached = 0;
  for (uint32_t rank = 0; rank < kCircleSize; ++rank) {
    circle_.push_back(random.below(people_));
    reached += 1.0 / (rank + 1);
    circle_weights_.push_back(static_cast<uint32_t>(reached / sum * 4'294'967'040.0));
  }
  for (uint32_t i = 0; i < home_cells_; ++i) cells_.push_back(make_cell(i, i % 10 == 9));
  for (uint32_t i = 0; i < extra_cells; ++i) cells_.push_back(make_cell(home_cells_ + i, true));
}

Population::Pair Population::draw_pair(Random& random) const {
  Pair pair;
  for (int tries = 0; tries < 8; ++tries) {
    const uint64_t bits = random.next();
    const auto person = static_cast<uint32_t>(((bits >> 32) * uint64_t{people_}) >> 32);
    pair = draw_contact((bits & 1) != 0 ? person / 5 * 5 : person, random);
    if (on_net(pair.first) || on_net(pair.second)) return pair;
  }
  return draw_contact(random.below(subscribers_), random);
}

Population::Pair Population::draw_contact(uint32_t person, Random& random) const {
  const auto point = static_cast<uint32_t>(random.next() >> 32);
  uint32_t rank = 0;
  while (rank + 1 < kCircleSize && circle_weights_[rank] < point) ++rank;
  for (; rank < kCircleSize; ++rank) {
    const uint32_t mirror = circle_[rank];
    const uint32_t other = mirror >= person ? mirror - person : mirror + people_ - person;
    if (other != person) return {person, other, rank};
  }
  return {person, person == 0 ? 1u : 0u, kCircleSize};
}

uint32_t Population::national_value(uint32_t person) const {
  return static_cast<uint32_t>((person * kStride + number_offset_) % kNumbers);
}

void Population::append_number(std::string& out, uint32_t person) const {
  const uint32_t value = national_value(person);
  out += "+66";
  append_digits(out, kPrefixes[value / kPerPrefix]);
  append_digits(out, value % kPerPrefix, 7);
}

void Population::append_national_number(std::string& out, uint32_t person) const {
  const uint32_t value = national_value(person);
  out += '0';
  append_digits(out, kPrefixes[value / kPerPrefix]);
  append_digits(out, value % kPerPrefix, 7);
}

void Population::append_imsi(std::string& out, uint32_t person) const {
  out += "52003";
  append_digits(out, (person * uint64_t{2'654'435'761} + seed_ % 1'000) % 10'000'000'000, 10);
}

void Population::append_imei(std::string& out, uint32_t device) const {
  // An odd factor permutes the devices.
  const uint32_t value = device * 2'654'435'761u + static_cast<uint32_t>(seed_);
  const uint32_t allocation = value / kPerAllocation;
  const size_t begin = out.size();
  append_digits(out, kReportingBodies[allocation % kReportingBodies.size()]);
  append_digits(out, (allocation * 7'919 + seed_ % 1'000) % 1'000'000, 6);
  append_digits(out, value % kPerAllocation, 6);
  out += luhn_digit(std::string_view(out).substr(begin));
}

Timestamp Population::activated_at(uint32_t person, Timestamp now) const {
  const auto days = static_cast<int64_t>(30 + mix(seed_ + person) % 2'970);
  return {(now.ms / kMsPerDay - days) * kMsPerDay};
}

uint32_t Population::cell_at(uint32_t person, Timestamp now) const {
  const auto hour = static_cast<uint64_t>(now.ms / kMsPerHour);
  const uint64_t travels = mix(seed_ ^ (uint64_t{person} << 24) ^ hour);
  const auto home = static_cast<uint32_t>((mix(seed_ ^ person) >> 8) % home_cells_);
  return travels % 4 == 0 ? cell_near(home, travels) : home;
}

uint32_t Population::cell_near(uint32_t cell, uint64_t choice) const {
  for (uint64_t tries = 0; tries < kCellTries; ++tries) {
    const auto other = static_cast<uint32_t>(mix(choice + tries) % home_cells_);
    if (cells_[cell].province == cells_[other].province) return other;
  }
  return cell;
}

bool Population::far_apart(uint32_t cell, uint32_t other) const {
  const uint32_t first = cells_[cell].province;
  const uint32_t second = cells_[other].province;
  return first != second && (first >= kBangkokProvinces || second >= kBangkokProvinces);
}

uint32_t Population::cell_far_from(uint32_t cell, Random& random) const {
  for (uint64_t tries = 0; tries < kCellTries; ++tries) {
    const uint32_t other = random.below(home_cells_);
    if (far_apart(cell, other)) return other;
  }
  return cell;
}

Population::CellText Population::make_cell(uint32_t index, bool border) const {
  const uint64_t bits = mix(seed_ ^ (uint64_t{index} << 32));
  const uint32_t choices = border ? kProvinces.size() - kInlandProvinces : kInlandProvinces;
  CellText cell;
  cell.province = (border ? kInlandProvinces : 0) + static_cast<uint32_t>(bits % choices);
  const Province& province = kProvinces[cell.province];
  const double lat = static_cast<double>(province.lat + (bits >> 8) % 3'000) / 10'000;
  const double lon = static_cast<double>(province.lon + (bits >> 24) % 3'000) / 10'000;
  cell.id = "520-03-";
  append_digits(cell.id, 2'000 + index / 64);
  cell.id += '-';
  append_digits(cell.id, 10'000 + index);
  JsonWriter json(cell.json);
  json.begin_object().key("id").string(cell.id).key("lat").number(lat).key("lon").number(lon);
  json.key("border").boolean(province.border).end_object();
  return cell;
}

}  // namespace sieve::traffic
