#include "alert/roll_up.h"

#include <fmt/format.h>

#include "alert/alert_json.h"
#include "base/hash.h"
#include "base/json_writer.h"

namespace sieve {

std::string roll_up_alert_id(const AlertSource& source) {
  return to_hex(hash128(
      fmt::format("rollup\x1F{}\x1F{}\x1F{}", source.origin, source.partition, source.offset)));
}

void append_json_stem(const Alert& alert, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  put_alert(alert, json);
  json.key("state").string("rollup");
}

void append_json_roll_up(std::string_view stem, const RollUpFigures& figures, std::string& out) {
  out += stem;
  std::string rest;
  JsonWriter json(rest);
  json.begin_object();
  json.key("rollup").begin_object();
  json.key("alerts").unsigned_integer(figures.alerts);
  put_time(json, "first", figures.first);
  put_time(json, "last", figures.last);
  put_time(json, "begin", figures.begin);
  put_time(json, "end", figures.end);
  json.end_object();
  put_time(json, "detected_at", figures.detected_at);
  json.key("late_ms").integer(0);
  json.end_object();
  rest.front() = ',';  // It goes on with the object of the stem.
  out += rest;
}

void append_text_roll_up(std::string_view stem, const RollUpFigures& figures, std::string& out) {
  out += stem;
  out += fmt::format("  {:<9}{} more alerts like this from {} to {}\n", "rollup", figures.alerts,
                     format_rfc3339(figures.first), format_rfc3339(figures.last));
}

}  // namespace sieve
