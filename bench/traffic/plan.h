// A Plan is everything that is not ordinary in one run, decided before the first record: campaigns
// and their messages, diallers, compounds and their calls, with what a perfect observer would
// measure. Counts and truth follow from it.
//
// Thread safety: immutable once made.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "traffic/options.h"
#include "traffic/population.h"
#include "traffic/random.h"
#include "traffic/sentences.h"
#include "traffic/staging.h"
#include "traffic/template.h"

namespace sieve::traffic {

struct Campaign {
  std::string name;  // `k12`.
  ScamClass scam = ScamClass::kGambling;
  Lang lang = Lang::kTh;
  std::vector<const TextTemplate*> forms;
  std::string brand, line, telegram, phone;
  std::vector<std::string> hosts;
  int64_t amount = 0;
  bool scheme = true;
  uint32_t messages = 0;
  Timestamp from, to;
};

// A SIM farm or a compound: senders that one device or one cell holds together.
struct SenderGroup {
  std::string_view kind;  // sim_farm, compound.
  std::string subject;
  std::string_view subject_type;  // imei, cell.
};

// Who sends scam messages or calls: one SIM, one number abroad, or one sender id.
struct Sender {
  static constexpr uint32_t kAlone = UINT32_MAX;

  std::string_view behaviour;  // dialler, fan_out.
  std::string_view style;      // robocall, wangiri, boiler_room, farm, single, ...
  uint32_t group = kAlone;     // Index of Plan::groups.
  std::string campaign;        // Of messages.
  std::string addr;
  std::string_view type = "msisdn";
  std::string_view direction = "mo";  // Of messages.
  std::string_view kind = "mo";       // Of calls.
  std::string tail;
  std::string imsi, imei;  // Of a SIM of ours.
};

struct PlannedMessage {
  Timestamp ts;
  uint32_t campaign = 0;
  uint32_t sender = 0;
  uint32_t recipient = 0;  // Person.
};

struct PlannedCall {
  Timestamp ts;
  uint32_t sender = 0;
  uint32_t callee = 0;  // Person.
  uint16_t duration_s = 0;
  uint8_t ring_s = 0;
  uint8_t cause = 16;
};

// A behaviour that correlation should find, and its measures.
struct Behaviour {
  std::string_view kind;  // dialler, sim_farm, compound, fan_out.
  std::string subject;
  std::string_view subject_type;  // msisdn, alpha, imei, cell.
  std::string_view style;         // robocall, wangiri, ...; may be empty.
  std::string imsi, imei;         // Of a SIM of ours; else empty.
  std::string part_of;            // Subject of the farm or compound, or the campaign.
  Timestamp from, to;             // First and last record.
  std::vector<std::pair<std::string_view, uint64_t>> measures;
};

struct Plan {
  // Records that are neither scam nor staged.
  uint64_t background_messages() const {
    return messages - scam_messages.size() - staging.messages.size();
  }
  uint64_t background_calls() const { return calls - scam_calls.size() - staging.calls.size(); }

  uint64_t messages = 0;  // All of the run, ordinary ones included.
  uint64_t calls = 0;
  std::vector<Campaign> campaigns;
  std::vector<SenderGroup> groups;
  std::vector<Sender> senders;
  std::vector<PlannedMessage> scam_messages;  // In order of time.
  std::vector<PlannedCall> scam_calls;        // In order of time.
  std::vector<Behaviour> behaviours;
  Staging staging;
  std::array<uint64_t, kScamClassCount> class_counts{};
  std::array<uint64_t, kLangCount> lang_counts{};
};

// REQUIRES: dials are resolved.
Plan make_plan(const Options& options, const Population& population, const Sentences& sentences);

// The behaviours of a plan whose messages and calls are complete and sorted.
std::vector<Behaviour> measure_behaviours(const Plan& plan);

// The most distinct parties within any ten minutes; `events` are (time, party) in order of time.
// An event exactly ten minutes before another is not in one window with it.
uint64_t distinct_in_window_max(const std::vector<std::pair<Timestamp, uint32_t>>& events);

}  // namespace sieve::traffic
