#include "alert/alert.h"

#include <fmt/format.h>

#include "alert/alert_json.h"
#include "base/json_writer.h"

namespace sieve {
namespace {

// The fields are separated by a byte that names and numbers cannot hold.
constexpr char kSeparator = '\x1F';

void put_strings(JsonWriter& json, std::string_view name, const std::vector<std::string>& values) {
  json.key(name).begin_array();
  for (const std::string& value : values) json.string(value);
  json.end_array();
}

void put_signal(JsonWriter& json, const AlertSignal& signal) {
  json.begin_object();
  json.key("pattern").string(signal.pattern);
  json.key("view").string(name_of(signal.view));
  json.key("span").begin_array();
  json.unsigned_integer(signal.span.begin).unsigned_integer(signal.span.end).end_array();
  if (!signal.text.empty()) json.key("text").string(signal.text);
  if (!signal.brand.empty()) json.key("brand").string(signal.brand).key("why").string(signal.why);
  json.end_object();
}

// Most hits have none.
void put_score_parts(JsonWriter& json, const AlertHit& hit) {
  if (hit.score_parts.empty()) return;
  json.key("score_parts").begin_array();
  for (const AlertScorePart& part : hit.score_parts) {
    json.begin_object().key("add").number(part.add).key("why").string(part.why).end_object();
  }
  json.end_array();
}

void put_lists(JsonWriter& json, const AlertHit& hit) {
  if (hit.lists.empty()) return;
  json.key("lists").begin_array();
  for (const AlertListEntry& entry : hit.lists) {
    json.begin_object().key("list").string(entry.list);
    if (!entry.value.empty()) json.key("value").string(entry.value);
    if (!entry.source.empty()) json.key("source").string(entry.source);
    json.end_object();
  }
  json.end_array();
}

void put_hits(JsonWriter& json, const Alert& alert) {
  json.key("hits").begin_array();
  for (const AlertHit& hit : alert.hits) {
    json.begin_object();
    json.key("rule").string(hit.rule);
    json.key("rev").integer(hit.rev);
    json.key("title").string(hit.title);
    json.key("score").number(hit.score);
    json.key("tier").integer(hit.tier);
    json.key("signals").begin_array();
    for (const AlertSignal& signal : hit.signals) put_signal(json, signal);
    json.end_array();
    put_score_parts(json, hit);
    put_lists(json, hit);
    json.end_object();
  }
  json.end_array();
}

void put_subject(JsonWriter& json, const Alert& alert) {
  json.key("subject").begin_object();
  json.key("type").string(alert.subject_type);
  if (!alert.subject.empty()) json.key("value").string(alert.subject);
  json.end_object();
}

void put_entities(JsonWriter& json, const Alert& alert) {
  json.key("entities").begin_object();
  put_strings(json, "urls", alert.urls);
  put_strings(json, "hosts", alert.hosts);
  put_strings(json, "handles", alert.handles);
  put_strings(json, "phones", alert.phones);
  put_strings(json, "amounts", alert.amounts);
  put_strings(json, "crypto", alert.crypto);
  json.end_object();
}

void put_measures(JsonWriter& json, const Alert& alert) {
  json.key("measures").begin_object();
  for (const auto& [name, value] : alert.measures) json.key(name).number(value);
  json.end_object();
}

void put_parts(JsonWriter& json, const Alert& alert) {
  if (alert.parts_total == 0) return;
  json.key("parts").begin_object();
  json.key("total").integer(alert.parts_total);
  json.key("received").integer(alert.parts_received);
  json.end_object();
}

void put_origin(JsonWriter& json, const Alert& alert) {
  if (alert.source) {
    json.key("source").begin_object();
    json.key("origin").string(alert.source->origin);
    json.key("partition").integer(alert.source->partition);
    json.key("offset").integer(alert.source->offset);
    json.end_object();
  }
  if (alert.window) {
    json.key("window").begin_object();
    put_time(json, "begin", alert.window->begin);
    put_time(json, "end", alert.window->end);
    json.end_object();
  }
}

}  // namespace

void put_time(JsonWriter& json, std::string_view name, Timestamp time) {
  char text[24];
  format_rfc3339(time, text);
  json.key(name).string({text, sizeof(text)});
}

std::string_view name_of(AlertKind kind) {
  switch (kind) {
    case AlertKind::kContent:
      return "content";
    case AlertKind::kWindow:
      return "window";
    case AlertKind::kSequence:
      return "sequence";
    case AlertKind::kCampaign:
      return "campaign";
  }
  return "";
}

std::string content_alert_id(const AlertSource& source) {
  return to_hex(hash128(fmt::format("content{0}{1}{0}{2}{0}{3}", kSeparator, source.origin,
                                    source.partition, source.offset)));
}

std::string finding_alert_id(std::string_view rule, int64_t rev, uint64_t key,
                             Timestamp slot_begin) {
  return to_hex(hash128(
      fmt::format("finding{0}{1}{0}{2}{0}{3}{0}{4}", kSeparator, rule, rev, key, slot_begin.ms)));
}

void put_alert(const Alert& alert, JsonWriter& json) {
  json.key("schema").string("alert.v1");
  json.key("id").string(alert.id);
  json.key("kind").string(name_of(alert.kind));
  put_time(json, "ts", alert.ts);
  json.key("class").string(alert.alert_class);
  json.key("severity").string(name_of(alert.severity));
  json.key("verdict").string(name_of(alert.verdict));
  json.key("score").number(alert.score);
  json.key("route").string(alert.route);
  put_subject(json, alert);
  json.key("summary").string(alert.summary);
  put_hits(json, alert);
  if (alert.kind == AlertKind::kContent) put_entities(json, alert);
  if (alert.kind != AlertKind::kContent) put_measures(json, alert);
  if (!alert.text.empty()) json.key("text").string(alert.text);
  if (!alert.record_id.empty()) json.key("record_id").string(alert.record_id);
  put_parts(json, alert);
  put_origin(json, alert);
  json.key("bundle").string(alert.bundle);
  json.key("fold").integer(alert.fold);
}

void append_json(const Alert& alert, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  put_alert(alert, json);
  json.key("state").string("live");
  put_time(json, "detected_at", alert.detected_at);
  json.key("late_ms").integer(alert.late_ms);
  json.end_object();
}

}  // namespace sieve
