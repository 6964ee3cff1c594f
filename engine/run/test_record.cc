#include "run/test_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "base/json_writer.h"

namespace sieve {
namespace {

// Values that rule authors write as `2s` or `true` are numbers and booleans in records; all else
// that is not quoted and reads as a number is one.
std::string json_value(const TestField& field, const std::string& text) {
  std::string out;
  JsonWriter json(out);
  YamlNode scalar;
  scalar.kind = YamlKind::kScalar;
  scalar.style = field.quoted ? YamlStyle::kDoubleQuoted : YamlStyle::kPlain;
  scalar.scalar = text;
  const std::optional<Duration> duration = scalar.as_duration();
  const std::optional<double> number = scalar.as_number();
  const std::optional<bool> boolean = scalar.as_bool();
  const bool is_duration = field.path == "duration" || field.path == "ring";
  if (is_duration && duration) {
    json.number(static_cast<double>(duration->ms) / 1000);
  } else if (number) {
    json.raw(text);
  } else if (boolean) {
    json.boolean(*boolean);
  } else {
    json.string(text);
  }
  return out;
}

std::string with_repetition(std::string text, int64_t n) {
  const std::string number = std::to_string(n);
  for (size_t at = text.find("{n}"); at != std::string::npos; at = text.find("{n}", at)) {
    text.replace(at, 3, number);
    at += number.size();
  }
  return text;
}

bool is_address(std::string_view path) {
  constexpr std::array<std::string_view, 4> kAddresses = {"from", "to", "charge_number",
                                                          "forwarded_from"};
  return std::find(kAddresses.begin(), kAddresses.end(), path) != kAddresses.end();
}

// `call.from` and `from` are the same field of a call.
std::string_view without_kind(std::string_view path) {
  for (const std::string_view prefix : {"msg.", "call.", "report."}) {
    if (path.starts_with(prefix)) return path.substr(prefix.size());
  }
  return path;
}

// Members by path of at most two steps, in a stable order.
using Members = std::map<std::string, std::map<std::string, std::string>>;

void put(Members& members, std::string_view path, const std::string& json) {
  const size_t dot = path.find('.');
  const std::string outer(path.substr(0, dot));
  const std::string inner(dot == std::string_view::npos ? "" : path.substr(dot + 1));
  members[outer][inner] = json;
}

void put_default(Members& members, const std::string& path, std::string_view text) {
  if (members.contains(path)) return;
  std::string json;
  JsonWriter(json).string(text);
  put(members, is_address(path) ? path + ".addr" : path, json);
}

void complete(Members& members, RecordKind kind) {
  put_default(members, "from", "+10005550100");
  put_default(members, "to", "+10005550199");
  switch (kind) {
    case RecordKind::kMessage:
      put_default(members, "channel", "sms");
      if (!members.contains("payload")) put_default(members, "text", "");
      return;
    case RecordKind::kCall:
      put_default(members, "kind", "mo");
      if (!members.contains("duration")) put(members, "duration", "0");
      return;
    case RecordKind::kReport:
      put_default(members, "source", "app");
      return;
  }
}

}  // namespace

Timestamp test_record_time(const TestEvent& event, int64_t n) {
  return kTestStart + event.at + Duration{event.every.ms * (n - 1)};
}

std::string test_record_json(const TestEvent& event, int64_t n) {
  Members members;
  for (const TestField& field : event.fields) {
    const std::string_view path = without_kind(field.path);
    const std::string value = json_value(field, with_repetition(field.value, n));
    const bool short_address = is_address(path);
    put(members, short_address ? std::string(path) + ".addr" : std::string(path), value);
  }
  complete(members, event.kind);
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("schema").string(fmt::format("{}.v1", name_of(event.kind)));
  json.key("id").string(fmt::format("test-{}", n));
  json.key("ts").integer(test_record_time(event, n).ms);
  for (const auto& [outer, inner] : members) {
    json.key(outer);
    if (inner.size() == 1 && inner.begin()->first.empty()) {
      json.raw(inner.begin()->second);
      continue;
    }
    json.begin_object();
    for (const auto& [name, value] : inner) json.key(name).raw(value);
    json.end_object();
  }
  json.end_object();
  return out;
}

}  // namespace sieve
