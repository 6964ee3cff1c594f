// A Staging is what a run plants by the record into ordinary traffic: behaviours that rules should
// find, and honest subscribers that look like them, with what a perfect observer would measure of
// both.
//
// Thread safety: immutable once made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "traffic/options.h"
#include "traffic/population.h"
#include "traffic/record_writer.h"

namespace sieve::traffic {

// Each has a dial for its count. The definitions are the published thresholds: see
// planted_measures.cc.
enum class PlantedKind : uint8_t {
  kManyCallees,
  kAutomatedCaller,
  kOneWayCaller,
  kWangiri,
  kWangiriRange,
  kSimBox,
  kManyImsis,
  kManyImeis,
  kClonedImei,
  kBurnerSim,
  kMessageFanOut,
  kMessageFanOutDay
};
static_assert(static_cast<size_t>(PlantedKind::kMessageFanOutDay) + 1 == kPlantedKindCount);

std::string_view name_of(PlantedKind kind);  // `many_callees`.

// Who or what does it, or looks like it.
struct Subject {
  std::optional<PlantedKind> planted;  // Absent: an honest look-alike.
  std::string_view name;               // Of the behaviour, or the kind of look-alike.
  std::string value;
  std::string_view type;  // msisdn, range (a number without its last four digits), imsi, imei.
  std::string part_of;    // The SIM box; else empty.

  // Measured.
  Timestamp from, to;                // First and last record.
  std::optional<Timestamp> true_at;  // The record that made the definition true; absent: none did.
  uint64_t sent = 0;
  uint64_t received = 0;
  uint64_t distinct = 0;  // Called or written to.
};

// A SIM in a device at a place, or a number abroad, as records show it.
struct Actor {
  SimHolder holder;
  std::string abroad;  // The number; empty: a SIM of ours.
  uint32_t subject = 0;
};

struct StagedCall {
  static constexpr uint32_t kServiceNumber = UINT32_MAX;

  Timestamp ts;
  uint32_t actor = 0;
  uint32_t other = 0;  // Person, or kServiceNumber.
  uint16_t duration_s = 0;
  uint8_t ring_s = 0;
  uint8_t cause = 16;
  bool incoming = false;  // The other one calls.
};

struct StagedMessage {
  Timestamp ts;
  uint32_t actor = 0;
  uint32_t other = 0;  // Person.
  bool incoming = false;
};

struct Staging {
  std::vector<Subject> subjects;
  std::vector<Actor> actors;
  std::vector<StagedCall> calls;        // In order of time.
  std::vector<StagedMessage> messages;  // In order of time.
};

// How many records there may be. What does not fit as a whole is left out.
struct StagingRoom {
  uint64_t calls = 0;
  uint64_t messages = 0;
};

// `first_person` is a number nobody has, as are those after it. REQUIRES: dials are resolved.
Staging make_staging(const Options& options, const Population& population, uint32_t first_person,
                     StagingRoom room);

// Sets what is measured of the subjects. REQUIRES: all else is complete and sorted.
void measure_staging(const Population& population, Staging& staging);

}  // namespace sieve::traffic
