// The roll-up of alerts that were suppressed: the alert of the first of them in the state
// `rollup`, and how many there were. It is written in two steps, because the alert's parts are at
// hand when the first is suppressed, and the number only at the end.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "alert/alert.h"
#include "base/time.h"

namespace sieve {

struct RollUpFigures {
  uint64_t alerts = 0;
  Timestamp first;  // Event times of the earliest and the latest message.
  Timestamp last;
  Timestamp begin;  // What the roll-up is for.
  Timestamp end;
  Timestamp detected_at;
};

// hash("rollup", source topic, partition, offset) of the first that was suppressed.
std::string roll_up_alert_id(const AlertSource& source);

// Appends what of a roll-up is known when its first alert is suppressed. REQUIRES: the alert's id
// is that of the roll-up.
void append_json_stem(const Alert& alert, std::string& out);
// Appends the whole `alert.v1`. REQUIRES: `stem` is append_json_stem()'s.
void append_json_roll_up(std::string_view stem, const RollUpFigures& figures, std::string& out);
// The same for people; `stem` is render_text()'s.
void append_text_roll_up(std::string_view stem, const RollUpFigures& figures, std::string& out);

}  // namespace sieve
