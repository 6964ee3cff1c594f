#include "run/acceptance.h"

#include <fmt/format.h>

#include <algorithm>

#include "run/test_record.h"

namespace sieve {
namespace {

constexpr size_t kFailuresShown = 5;

struct Canary {
  RuleIndex rule;
  const RuleTest* test = nullptr;
};

// Tests that come apart from others: one record, read as JSON, whose rule alone is asked about.
Canary find_canary(const RuleSet& rules) {
  for (size_t i = 0; i < rules.rules().size(); ++i) {
    const CompiledRule& rule = rules.rules()[i];
    if (!rule.active || rule.rule->kind() != RuleKind::kMessage) continue;
    for (const RuleTest& test : rule.rule->tests) {
      if (test.match.value_or(false)) return {RuleIndex(static_cast<uint32_t>(i)), &test};
    }
  }
  return {};
}

// The canary is written as our own JSON, whatever the sources look like.
std::shared_ptr<InspectPlan> native_plan(const InspectPlan& plan, const std::string& country) {
  auto native = std::make_shared<InspectPlan>(plan);
  native->mappings = {native_mapping(RecordKind::kMessage, country)};
  native->max_future_skew = {};
  return native;
}

void fill_batch(InspectedBatch& batch, const std::string& json) {
  batch.lane.origin = "canary";
  RawRecord record;
  record.size = static_cast<uint32_t>(json.size());
  record.size_full = static_cast<int64_t>(json.size());
  batch.records.bytes = json;
  batch.records.bytes.append(limits::kPaddingBytes, '\0');
  batch.records.records.push_back(record);
}

bool has_hit(const InspectedBatch& batch, RuleIndex rule) {
  return std::any_of(batch.counts.rules.begin(), batch.counts.rules.end(),
                     [rule](const RuleCountEvent& event) { return event.rule == rule; });
}

}  // namespace

std::string failing_tests(const std::shared_ptr<const RuleSet>& rules,
                          const RuleTestOptions& options) {
  std::string text;
  size_t failures = 0;
  for (const RuleTestResult& result : run_rule_tests(rules, options)) {
    if (!result.failed() || ++failures > kFailuresShown) continue;
    const Rule& rule = *rules->rule(result.rule).rule;
    text += fmt::format("{}:{}: the test `{}` of {} fails\n{}\n", rule.file, result.test->span.line,
                        result.test->name, rule.full_id(), result.explanation);
  }
  if (failures > kFailuresShown)
    text += fmt::format("... and {} more\n", failures - kFailuresShown);
  return text;
}

std::string canary_problem(const InspectPlan& plan, const std::string& default_country) {
  const Canary canary = find_canary(*plan.rules);
  if (canary.test == nullptr) return {};
  Inspector inspector(native_plan(plan, default_country));
  InspectedBatch batch;
  fill_batch(batch, test_record_json(canary.test->events.front(), 1));
  inspector.inspect(batch);
  if (has_hit(batch, canary.rule)) return {};
  return fmt::format("the message of the test `{}` does not hit {} on its way to an alert\n",
                     canary.test->name, plan.rules->rule(canary.rule).full_id);
}

}  // namespace sieve
