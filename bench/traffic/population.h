// A Population is the people, SIMs and cells of the operator. Attributes are functions of seed and
// index, so that fifty million subscribers need no memory.
//
// People 0 .. subscribers-1 are customers; the next ones up to people() belong to other networks;
// indices beyond are free for the numbers of scammers.
//
// Thread safety: immutable after construction.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "traffic/random.h"

namespace sieve::traffic {

class Population {
 public:
  // `extra_cells` are border cells nobody lives in, for compounds.
  Population(uint64_t seed, uint32_t subscribers, uint32_t extra_cells);

  uint32_t subscribers() const { return subscribers_; }
  uint32_t people() const { return people_; }
  bool on_net(uint32_t person) const { return person < subscribers_; }

  // Two people who know each other.
  struct Pair {
    uint32_t first = 0;
    uint32_t second = 0;
    uint32_t rank = 0;  // 0: the closest.
  };
  // Who calls or writes to whom, at least one of them a customer. A fifth of the people do more
  // than half of it, and the closest contacts get most.
  Pair draw_pair(Random& random) const;
  // Somebody in the circle of `person`; the relation is mutual.
  Pair draw_contact(uint32_t person, Random& random) const;

  // `+66812345678`; different for all indices below 260,000,000.
  void append_number(std::string& out, uint32_t person) const;
  // The same in national form, `0812345678`.
  void append_national_number(std::string& out, uint32_t person) const;
  void append_imsi(std::string& out, uint32_t person) const;
  // Different for all devices.
  void append_imei(std::string& out, uint32_t device) const;
  // When the SIM came into use, 30 to 3,000 days before `now`.
  Timestamp activated_at(uint32_t person, Timestamp now) const;
  bool prepaid(uint32_t person) const { return mix(person ^ seed_) % 100 < 68; }

  // Where `person` is at `now`: at home mostly, else not far from it.
  uint32_t cell_at(uint32_t person, Timestamp now) const;
  // One of the cells within 50 km of `cell`, itself included; the same for the same `choice`.
  uint32_t cell_near(uint32_t cell, uint64_t choice) const;
  // A cell more than 100 km away from `cell`; `cell` itself where there is none.
  uint32_t cell_far_from(uint32_t cell, Random& random) const;
  bool far_apart(uint32_t cell, uint32_t other) const;
  // The index of one of `extra_cells`.
  uint32_t extra_cell(uint32_t index) const { return home_cells_ + index; }
  std::string_view cell_id(uint32_t cell) const { return cells_[cell].id; }
  // The JSON object of the cell.
  std::string_view cell_json(uint32_t cell) const { return cells_[cell].json; }

 private:
  struct CellText {
    std::string id;
    std::string json;
    uint32_t province = 0;
  };
  static constexpr uint32_t kCircleSize = 24;

  uint32_t national_value(uint32_t person) const;
  CellText make_cell(uint32_t index, bool border) const;

  uint64_t seed_;
  uint32_t subscribers_;
  uint32_t people_;
  uint32_t home_cells_;
  uint64_t number_offset_;
  std::vector<uint32_t> circle_;          // Mirror points: contact k of p is circle_[k] - p.
  std::vector<uint32_t> circle_weights_;  // Cumulative, scaled to 2^32 - 1.
  std::vector<CellText> cells_;
};

}  // namespace sieve::traffic
