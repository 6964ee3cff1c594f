// One JSON line per record: message.v1 and call.v1 as the engine reads them. `tail` is the JSON of
// the optional fields, ready to append (`,"sim":{...}`); compact lines leave it out.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "traffic/language.h"
#include "traffic/population.h"

namespace sieve::traffic {

struct MessageLine {
  uint64_t sequence = 0;
  Timestamp ts;
  std::string_view channel = "sms";
  std::string_view direction;
  std::string_view from;
  std::string_view from_type = "msisdn";
  std::string_view to;
  std::string_view second_to;  // Empty: one recipient.
  std::string_view text;
  Lang lang = Lang::kTh;
  std::string_view tail;
};

struct CallLine {
  static constexpr uint32_t kNobody = UINT32_MAX;

  uint64_t sequence = 0;
  Timestamp ts;
  std::string_view kind = "mo";
  std::string_view from;
  std::string_view from_type = "msisdn";
  std::string_view to;
  std::string_view to_type = "msisdn";
  uint32_t duration_s = 0;
  uint32_t ring_s = 0;
  uint32_t cause = 16;
  std::string_view tail;
  uint32_t callee = kNobody;  // The person called, where one is known.
  std::string_view call_ref;  // Empty: the call has one record.
  uint32_t partial_seq = 0;   // 0: the record is of the whole call.
  uint32_t earlier_s = 0;     // Of the parts before: this one begins so long after the answer.
  bool partial_last = false;
};

// Both append one line without its end.
void append_message(std::string& out, const MessageLine& message, bool compact);
void append_call(std::string& out, const CallLine& call, bool compact);

// When the call, or this part of it, is answered and ends.
Timestamp answered_at(const CallLine& call);
Timestamp ended_at(const CallLine& call);

// `m00000042`: ids are numbers in order of event time, those of one call's records together.
void append_message_id(std::string& out, uint64_t sequence);
void append_call_id(std::string& out, uint64_t sequence);

// `text` between quotes, escaped. REQUIRES: valid UTF-8.
void append_json_string(std::string& out, std::string_view text);

// Who holds a SIM, for tails.
struct SimHolder {
  uint32_t person = 0;  // Number and IMSI.
  uint32_t device = 0;  // IMEI.
  uint32_t cell = 0;
  Timestamp activated_at;
  bool prepaid = true;
};
SimHolder holder_of(const Population& population, uint32_t person, Timestamp now);

void append_message_tail(std::string& out, const Population& population, const SimHolder& holder);
void append_call_tail(std::string& out, const Population& population, const SimHolder& holder);

}  // namespace sieve::traffic
