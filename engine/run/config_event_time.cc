#include "run/config_event_time.h"

namespace sieve {
namespace {

constexpr Duration kOutOfOrderMax{86'400'000};
// A year: files of any order, read for what they say once.
constexpr Duration kLateMax{366LL * 86'400'000};

}  // namespace

void read_event_time(YamlReader& reader, const YamlContext& context, SourceConfig& source) {
  source.event_time = default_event_time(source.kind);
  const YamlNode* node = reader.optional_node("event_time");
  if (node == nullptr) return;
  YamlReader bounds(*node, "event_time", context);
  EventTimeBounds& time = source.event_time;
  time.out_of_order =
      bounds.optional_duration("out_of_order", time.out_of_order, {Duration{0}, kOutOfOrderMax});
  time.late = bounds.optional_duration("late", time.late, {Duration{0}, kLateMax});
  bounds.finish();
}

}  // namespace sieve
