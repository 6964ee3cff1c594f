#include "correlate/fact_plan.h"

#include <algorithm>
#include <bit>

#include "correlate/entity_key.h"
#include "evaluate/exceptions.h"

namespace sieve {
namespace {

bool is_recipient(FieldId field) {
  const std::string_view name = info_of(field).name;
  return name == "msg.to" || (name.starts_with("msg.to.") && name != "msg.to.count");
}

bool has_recipient(std::span<const FieldId> fields) {
  return std::any_of(fields.begin(), fields.end(), is_recipient);
}

bool looks_at_recipient(const CompiledRule& rule, std::span<const CompiledException> exceptions) {
  if (has_recipient(rule.rule->window->by) || has_recipient(rule.where.fields())) return true;
  for (const CompiledException& exception : exceptions) {
    if (has_recipient(exception.when.fields())) return true;
  }
  for (const CompiledMeasure& measure : rule.measures) {
    if (measure.kind == MeasureKind::kDistinct && is_recipient(measure.field)) return true;
    if (measure.kind == MeasureKind::kRatio && has_recipient(measure.predicate.fields()))
      return true;
  }
  return false;
}

uint64_t features_used(const Projection& projection) {
  uint64_t used = 0;
  for (const PlannedRule& rule : projection.rules) {
    used |= rule.feature;
    for (const PlannedMeasure& measure : rule.measures) used |= measure.feature;
  }
  return used;
}

// Adds what the rule needs to the projection; false when there is no room for all of it.
bool plan_rule(const CompiledRule& rule, Projection& projection, PlannedRule& planned) {
  auto next = static_cast<int>(std::bit_width(features_used(projection)));
  bool has_room = next < kFactFeatureBits;
  const auto take_feature = [&] {
    has_room = has_room && next < kFactFeatureBits;
    return next < kFactFeatureBits ? uint64_t{1} << next++ : 0;
  };
  planned.feature = take_feature();
  for (size_t i = 0; i < rule.measures.size(); ++i) {
    const CompiledMeasure& measure = rule.measures[i];
    PlannedMeasure& out = planned.measures.emplace_back();
    out.error = rule.rule->measures[i].error;
    out.kind = measure.kind;
    if (measure.kind == MeasureKind::kRatio) out.feature = take_feature();
    if (measure.kind != MeasureKind::kDistinct) continue;
    auto& values = projection.values;
    const auto at = std::find(values.begin(), values.end(), measure.field);
    out.value = static_cast<uint8_t>(at - values.begin());
    if (at != values.end()) continue;
    if (values.size() < limits::kFactValuesMax) {
      values.push_back(measure.field);
    } else {
      has_room = false;
    }
  }
  return has_room;
}

}  // namespace

FactPlan::FactPlan(std::shared_ptr<const RuleSet> rules) : rules_(std::move(rules)) {
  for (const RuleIndex index : rules_->window_rules()) {
    const CompiledRule& rule = rules_->rule(index);
    PlannedRule planned;
    planned.rule = index;
    Projection fresh;
    fresh.kind = rule.rule->on;
    fresh.per_recipient = looks_at_recipient(rule, rules_->exceptions_of(rule));
    fresh.by = rule.rule->window->by;
    const auto shared =
        std::find_if(projections_.begin(), projections_.end(), [&](const Projection& projection) {
          PlannedRule trial = planned;
          Projection grown = projection;
          return projection.kind == fresh.kind && projection.by == fresh.by &&
                 projection.per_recipient == fresh.per_recipient && plan_rule(rule, grown, trial);
        });
    Projection& chosen =
        shared == projections_.end() ? projections_.emplace_back(std::move(fresh)) : *shared;
    plan_rule(rule, chosen, planned);
    chosen.rules.push_back(std::move(planned));
  }
}

FactBuilder::FactBuilder(std::shared_ptr<const FactPlan> plan, FieldContext context,
                         MessageReader* reader)
    : plan_(std::move(plan)), context_(std::move(context)), reader_(reader) {
  const auto condition = [](const Program& program, uint64_t feature) {
    return Condition{&program, feature, has_recipient(program.fields())};
  };
  for (const Projection& projection : plan_->projections()) {
    auto& rules = conditions_.emplace_back();
    for (const PlannedRule& planned : projection.rules) {
      const CompiledRule& rule = plan_->rules().rule(planned.rule);
      RuleConditions& conditions = rules.emplace_back();
      conditions.rule = &rule;
      conditions.where = condition(rule.where, planned.feature);
      for (size_t i = 0; i < planned.measures.size(); ++i) {
        if (planned.measures[i].kind != MeasureKind::kRatio) continue;
        conditions.predicates.push_back(
            condition(rule.measures[i].predicate, planned.measures[i].feature));
      }
    }
  }
}

const std::vector<Fact>& FactBuilder::build(const Record& record) {
  facts_.clear();
  excepted_.clear();
  names_.reset();
  for (size_t i = 0; i < conditions_.size(); ++i) {
    if (plan_->projections()[i].kind == record.kind) build_projection(record, i);
  }
  return facts_;
}

void FactBuilder::trace(RuleIndex rule, const Record& record, const ConditionTrace& out) {
  for (size_t i = 0; i < conditions_.size(); ++i) {
    const Projection& projection = plan_->projections()[i];
    if (projection.kind != record.kind) continue;
    for (const RuleConditions& conditions : conditions_[i]) {
      if (conditions.rule != &plan_->rules().rule(rule)) continue;
      if (!projection.per_recipient) return trace_single(conditions, record, record, out);
      single_ = record;
      for (const Address& recipient : record.message.to) {
        single_.message.to = std::span(&recipient, 1);
        trace_single(conditions, record, single_, out);
      }
    }
  }
}

void FactBuilder::trace_single(const RuleConditions& rule, const Record& record,
                               const Record& single, const ConditionTrace& out) {
  std::vector<NodeValue> values;
  const auto trace = [&](const Program& program, bool per_recipient) {
    values.clear();
    const bool holds = program.trace(input_of(per_recipient ? single : record), values);
    out(program, values);
    return holds;
  };
  if (!trace(*rule.where.program, rule.where.per_recipient)) return;
  for (const CompiledException& exception : plan_->rules().exceptions_of(*rule.rule)) {
    trace(exception.when, has_recipient(exception.when.fields()));
  }
  if (is_excepted(*rule.rule, record, single)) return;
  for (const Condition& ratio : rule.predicates) trace(*ratio.program, ratio.per_recipient);
}

void FactBuilder::build_projection(const Record& record, size_t index) {
  const bool split = plan_->projections()[index].per_recipient && record.message.to.size() > 1;
  if (!split) return add_fact(record, record, index);
  single_ = record;
  for (const Address& recipient : record.message.to) {
    single_.message.to = std::span(&recipient, 1);
    add_fact(record, single_, index);
  }
}

void FactBuilder::add_fact(const Record& record, const Record& single, size_t index) {
  const uint64_t features = features_of(record, single, index);
  if (features == 0) return;
  const Projection& projection = plan_->projections()[index];
  std::array<std::string_view, kEntityPartsMax> parts;
  for (size_t i = 0; i < projection.by.size(); ++i) {
    const FieldValue value = field_value(projection.by[i], single, context_);
    if (!value.present || value.text.empty()) return;
    parts[i] = value.text;
  }
  EntityNameBuffer buffer;
  const Entity entity = make_entity({parts.data(), projection.by.size()}, buffer);
  Fact& fact = facts_.emplace_back();
  fact.projection = static_cast<uint16_t>(index);
  fact.key = entity.key;
  fact.name = names_.copy(entity.name);
  fact.time = std::clamp(record.time(), Timestamp{0}, kFactTimeMax);
  fact.features = features;
  fact.value_count = static_cast<uint8_t>(projection.values.size());
  for (size_t i = 0; i < projection.values.size(); ++i) {
    const FieldValue value = field_value(projection.values[i], single, context_);
    if (value.present && !value.text.empty()) fact.values[i] = entity_key(value.text);
  }
}

// 0 when no rule counts the record.
uint64_t FactBuilder::features_of(const Record& record, const Record& single, size_t index) {
  uint64_t features = 0;
  for (const RuleConditions& rule : conditions_[index]) {
    if (!holds(rule.where, record, single)) continue;
    if (is_excepted(*rule.rule, record, single)) continue;
    features |= rule.where.feature;
    for (const Condition& predicate : rule.predicates) {
      if (holds(predicate, record, single)) features |= predicate.feature;
    }
  }
  return features;
}

ProgramInput FactBuilder::input_of(const Record& record) {
  ProgramInput input;
  input.record = &record;
  input.context = &context_;
  input.reader = reader_;
  input.folder = &value_folder_;
  return input;
}

bool FactBuilder::holds(const Condition& condition, const Record& record, const Record& single) {
  return condition.program->run(input_of(condition.per_recipient ? single : record));
}

bool FactBuilder::is_excepted(const CompiledRule& rule, const Record& record,
                              const Record& single) {
  for (uint32_t i = rule.exceptions_begin; i < rule.exceptions_end; ++i) {
    const CompiledException& exception = plan_->rules().exceptions()[i];
    const bool per_recipient = has_recipient(exception.when.fields());
    if (!sieve::holds(exception, input_of(per_recipient ? single : record))) continue;
    excepted_.push_back(i);
    return true;
  }
  return false;
}

}  // namespace sieve
