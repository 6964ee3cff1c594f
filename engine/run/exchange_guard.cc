#include "run/exchange_guard.h"

#include <fmt/format.h>

#include <algorithm>

namespace sieve {
namespace {

// The rule whose keys are spread over the partitions of the topic; null: there is none.
const CompiledRule* find_spread_rule(const RuleSet& rules, const ExchangeGuard::Topic& topic) {
  for (const RuleIndex index : rules.window_rules()) {
    const CompiledRule& rule = rules.rule(index);
    if (rule.rule->on != topic.kind) continue;
    const std::vector<FieldId>& by = rule.rule->window->by;
    const bool has_key = topic.key && std::find(by.begin(), by.end(), *topic.key) != by.end();
    if (!has_key) return &rule;
  }
  return nullptr;
}

StreamError needs_kafka(const ExchangeGuard::Topic& topic, size_t assigned,
                        const CompiledRule& rule) {
  return {"exchange_needs_kafka",
          fmt::format("this engine has {} of the {} partitions of topic `{}`, and rule `{}` counts "
                      "by what may be spread over all of them; set `exchange.kind: kafka`, or run "
                      "one engine, or say what the topic is partitioned by (`sources[].key`)",
                      assigned, topic.partition_count, topic.name, rule.full_id)};
}

}  // namespace

std::optional<StreamError> ExchangeGuard::check(const RuleSet& rules,
                                                std::span<const LaneInfo> lanes,
                                                Clock::time_point now) {
  for (size_t i = 0; i < topics_.size(); ++i) {
    const auto assigned = static_cast<size_t>(std::count_if(
        lanes.begin(), lanes.end(), [i](const LaneInfo& lane) { return lane.source == i; }));
    if (assigned == 0 || assigned >= topics_[i].partition_count) continue;
    const CompiledRule* rule = find_spread_rule(rules, topics_[i]);
    if (rule == nullptr) continue;
    if (!lacking_since_) lacking_since_ = now;
    if (now - *lacking_since_ < settle_) return std::nullopt;
    return needs_kafka(topics_[i], assigned, *rule);
  }
  lacking_since_.reset();
  return std::nullopt;
}

}  // namespace sieve
