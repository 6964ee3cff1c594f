#include "alert/read.h"

#include <array>

namespace sieve {
namespace {

template <class Enum, size_t count>
Enum by_name(std::string_view name, const std::array<Enum, count>& values, Enum otherwise) {
  for (const Enum value : values) {
    if (name_of(value) == name) return value;
  }
  return otherwise;
}

constexpr std::array kKinds = {AlertKind::kContent, AlertKind::kWindow, AlertKind::kSequence,
                               AlertKind::kCampaign};
constexpr std::array kSeverities = {RuleSeverity::kInfo, RuleSeverity::kLow, RuleSeverity::kMedium,
                                    RuleSeverity::kHigh, RuleSeverity::kCritical};
constexpr std::array kVerdicts = {Verdict::kClean, Verdict::kObserve, Verdict::kReview,
                                  Verdict::kAct};

Timestamp time_of(const JsonValue& value) {
  return parse_rfc3339(value.as_string()).value_or(Timestamp{});
}

AlertHit read_hit(const JsonValue& json) {
  AlertHit hit;
  hit.rule = json.at("rule").as_string();
  hit.rev = static_cast<int64_t>(json.at("rev").number);
  hit.title = json.at("title").as_string();
  hit.score = json.at("score").number;
  hit.tier = static_cast<int64_t>(json.at("tier").number);
  for (const JsonValue& item : json.at("signals").items) {
    AlertSignal& signal = hit.signals.emplace_back();
    signal.pattern = item.at("pattern").as_string();
    signal.text = item.at("text").as_string();
    signal.brand = item.at("brand").as_string();
    signal.why = item.at("why").as_string();
  }
  for (const JsonValue& part : json.at("score_parts").items) {
    hit.score_parts.push_back({part.at("add").number, part.at("why").as_string()});
  }
  for (const JsonValue& item : json.at("lists").items) {
    hit.lists.push_back({item.at("list").as_string(), std::string(item.at("value").as_string()),
                         item.at("source").as_string()});
  }
  return hit;
}

void read_strings(const JsonValue& json, std::vector<std::string>& out) {
  for (const JsonValue& item : json.items) out.emplace_back(item.as_string());
}

void read_entities(const JsonValue& json, Alert& alert) {
  read_strings(json.at("urls"), alert.urls);
  read_strings(json.at("hosts"), alert.hosts);
  read_strings(json.at("handles"), alert.handles);
  read_strings(json.at("phones"), alert.phones);
  read_strings(json.at("amounts"), alert.amounts);
  read_strings(json.at("crypto"), alert.crypto);
}

void read_place(const JsonValue& json, Alert& alert) {
  const JsonValue& source = json.at("source");
  if (source.exists()) {
    alert.source = AlertSource{std::string(source.at("origin").as_string()),
                               static_cast<int32_t>(source.at("partition").number),
                               static_cast<int64_t>(source.at("offset").number)};
  }
  const JsonValue& window = json.at("window");
  if (window.exists()) {
    alert.window = AlertWindow{time_of(window.at("begin")), time_of(window.at("end"))};
  }
}

}  // namespace

Expected<Alert, JsonError> read_alert(const JsonValue& json) {
  if (json.at("schema").as_string() != "alert.v1") {
    return Unexpected<JsonError>({"not an alert: `schema` is not alert.v1"});
  }
  Alert alert;
  alert.id = json.at("id").as_string();
  alert.kind = by_name(json.at("kind").as_string(), kKinds, AlertKind::kContent);
  alert.ts = time_of(json.at("ts"));
  alert.alert_class = json.at("class").as_string();
  alert.severity = by_name(json.at("severity").as_string(), kSeverities, RuleSeverity::kMedium);
  alert.verdict = by_name(json.at("verdict").as_string(), kVerdicts, Verdict::kReview);
  alert.score = json.at("score").number;
  alert.route = json.at("route").as_string();
  alert.subject_type = json.at("subject").at("type").as_string();
  alert.subject = json.at("subject").at("value").as_string();
  alert.summary = json.at("summary").as_string();
  alert.record_id = json.at("record_id").as_string();
  for (const JsonValue& hit : json.at("hits").items) alert.hits.push_back(read_hit(hit));
  read_entities(json.at("entities"), alert);
  for (const auto& [name, value] : json.at("measures").members) {
    alert.measures.emplace_back(name, value.number);
  }
  alert.parts_total = static_cast<int64_t>(json.at("parts").at("total").number);
  alert.parts_received = static_cast<int64_t>(json.at("parts").at("received").number);
  read_place(json, alert);
  return alert;
}

}  // namespace sieve
