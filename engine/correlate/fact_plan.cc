#include "correlate/fact_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

#include "base/hash.h"
#include "correlate/entity_key.h"
#include "correlate/window_event.h"
#include "evaluate/exceptions.h"
#include "rule/parse.h"

namespace sieve {
namespace {

bool is_recipient(FieldId field) {
  const std::string_view name = info_of(field).name;
  return name == "msg.to" || (name.starts_with("msg.to.") && name != "msg.to.count");
}

// How the record must be looked at for the field to have its values.
Sides sides_of(FieldId field) {
  if (is_of_party(info_of(field))) return Sides::kParties;
  return is_recipient(field) ? Sides::kRecipients : Sides::kWhole;
}

Sides sides_of(std::span<const FieldId> fields) {
  Sides sides = Sides::kWhole;
  for (const FieldId field : fields) sides = std::max(sides, sides_of(field));
  return sides;
}

Sides sides_of(const CompiledRule& rule, std::span<const CompiledException> exceptions) {
  Sides sides = std::max(sides_of(rule.rule->window->by), sides_of(rule.where.fields()));
  for (const CompiledException& exception : exceptions) {
    sides = std::max(sides, sides_of(exception.when.fields()));
  }
  for (size_t i = 0; i < rule.measures.size(); ++i) {
    if (rule.rule->measures[i].takes_field()) {
      sides = std::max(sides, sides_of(rule.measures[i].field));
    }
    sides = std::max(sides, sides_of(rule.measures[i].predicate.fields()));
  }
  return sides;
}

uint64_t features_used(const Projection& projection) {
  uint64_t used = 0;
  for (const PlannedRule& rule : projection.rules) {
    used |= rule.feature;
    for (const PlannedMeasure& measure : rule.measures) used |= measure.feature;
  }
  return used;
}

bool is_of_hours(MeasureKind kind) {
  return kind == MeasureKind::kActiveHours || kind == MeasureKind::kHourEntropy;
}

bool is_of_text(MeasureKind kind) {
  return kind == MeasureKind::kDistinct || kind == MeasureKind::kSeen;
}

// What the measure needs in a fact; nothing: no value.
std::optional<PlannedValue> value_needed(const Rule& rule, RuleIndex index, uint32_t measure) {
  const MeasureDef& def = rule.measures[measure];
  if (is_of_hours(def.kind)) {
    const auto hour = find_field(rule.on == RecordKind::kCall ? "call.hour" : "msg.hour");
    return PlannedValue{*hour, ValueKind::kHour, index, measure};
  }
  if (!def.takes_field()) return std::nullopt;
  const ValueKind kind = is_of_text(def.kind) ? ValueKind::kKey : ValueKind::kNumber;
  return PlannedValue{def.field, kind, index, measure};
}

uint64_t to_number_cell(double number) {
  // Beyond it, a double does not hold whole thousandths any more.
  constexpr double kMax = int64_t{1} << 52;
  return to_cell(std::llround(std::clamp(number * kNumberScale, -kMax, kMax)));
}

// Which records have the value, in words. Macros and lists mean the same in all rules of a set.
std::string value_condition(const RuleSet& rules, const PlannedValue& value) {
  const Rule& rule = *rules.rule(value.rule).rule;
  const Expression& predicate = rule.measures[value.measure].predicate;
  if (predicate.empty()) return {};
  return print_expression(predicate, record_scope_of(rule, rules.definitions()));
}

// Fits what rules need into the facts of one projection.
class ProjectionPlanner {
 public:
  ProjectionPlanner(const RuleSet& rules, Projection& projection)
      : rules_(rules),
        projection_(projection),
        next_feature_(static_cast<int>(std::bit_width(features_used(projection)))) {}

  // Adds what the rule needs; false when there is no room for all of it.
  bool add(const CompiledRule& rule, PlannedRule& planned) {
    planned.feature = take_feature();
    for (uint32_t i = 0; i < rule.measures.size(); ++i) {
      const MeasureDef& def = rule.rule->measures[i];
      PlannedMeasure& out = planned.measures.emplace_back();
      out.error = def.error;
      out.kind = def.kind;
      if (const auto needed = value_needed(*rule.rule, planned.rule, i)) {
        out.value = take_value(*needed);
      } else if (!def.predicate.empty()) {
        out.feature = take_feature();
      }
    }
    return has_room_;
  }

 private:
  uint64_t take_feature() {
    has_room_ = has_room_ && next_feature_ < kFactFeatureBits;
    return next_feature_ < kFactFeatureBits ? uint64_t{1} << next_feature_++ : 0;
  }

  uint8_t take_value(const PlannedValue& needed) {
    auto& values = projection_.values;
    const auto at = std::find_if(values.begin(), values.end(), [&](const PlannedValue& value) {
      return value.field == needed.field && value.kind == needed.kind &&
             condition_of(value) == condition_of(needed);
    });
    const auto index = static_cast<uint8_t>(at - values.begin());
    if (at != values.end()) return index;
    if (values.size() < limits::kFactValuesMax) {
      values.push_back(needed);
    } else {
      has_room_ = false;
    }
    return index;
  }

  std::string condition_of(const PlannedValue& value) const {
    return value_condition(rules_, value);
  }

  const RuleSet& rules_;
  Projection& projection_;
  int next_feature_;
  bool has_room_ = true;
};

}  // namespace

FactPlan::FactPlan(std::shared_ptr<const RuleSet> rules) : rules_(std::move(rules)) {
  for (const RuleIndex index : rules_->window_rules()) {
    const CompiledRule& rule = rules_->rule(index);
    PlannedRule planned;
    planned.rule = index;
    Projection fresh;
    fresh.kind = rule.rule->on;
    fresh.sides = sides_of(rule, rules_->exceptions_of(rule));
    fresh.by = rule.rule->window->by;
    const auto shared =
        std::find_if(projections_.begin(), projections_.end(), [&](const Projection& projection) {
          PlannedRule trial = planned;
          Projection grown = projection;
          return projection.kind == fresh.kind && projection.by == fresh.by &&
                 projection.sides == fresh.sides &&
                 ProjectionPlanner(*rules_, grown).add(rule, trial);
        });
    Projection& chosen =
        shared == projections_.end() ? projections_.emplace_back(std::move(fresh)) : *shared;
    ProjectionPlanner(*rules_, chosen).add(rule, planned);
    chosen.rules.push_back(std::move(planned));
  }
}

bool takes_value(MeasureKind kind) {
  switch (kind) {
    case MeasureKind::kCount:
    case MeasureKind::kRatio:
    case MeasureKind::kSinceFirst:
    case MeasureKind::kSinceLast:
      return false;
    default:
      return true;
  }
}

std::string value_name(const FactPlan& plan, const PlannedValue& value) {
  const std::string condition = value_condition(plan.rules(), value);
  std::string name = fmt::format("{}{}", static_cast<int>(value.kind), info_of(value.field).name);
  if (!condition.empty()) name += fmt::format(" {:016x}", hash64(condition));
  return name;
}

FactBuilder::FactBuilder(std::shared_ptr<const FactPlan> plan, FieldContext context,
                         MessageReader* reader)
    : plan_(std::move(plan)), context_(std::move(context)), reader_(reader) {
  const auto condition = [](const Program& program, uint64_t feature) {
    return Condition{&program, feature, sides_of(program.fields()) != Sides::kWhole};
  };
  for (const Projection& projection : plan_->projections()) {
    ProjectionConditions& of_projection = conditions_.emplace_back();
    for (const PlannedValue& value : projection.values) {
      const CompiledRule& rule = plan_->rules().rule(value.rule);
      of_projection.values.push_back(condition(rule.measures[value.measure].predicate, 0));
    }
    for (const PlannedRule& planned : projection.rules) {
      const CompiledRule& rule = plan_->rules().rule(planned.rule);
      RuleConditions& conditions = of_projection.rules.emplace_back();
      conditions.rule = &rule;
      conditions.where = condition(rule.where, planned.feature);
      for (size_t i = 0; i < planned.measures.size(); ++i) {
        if (planned.measures[i].feature == 0) continue;
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
    const Projection& projection = plan_->projections()[i];
    if (projection.kind != record.kind) continue;
    look_from_all_sides(record, projection.sides,
                        [&](const Record& single) { add_fact(record, single, i); });
  }
  return facts_;
}

template <class Look>
void FactBuilder::look_from_all_sides(const Record& record, Sides sides, const Look& look) {
  const bool is_message = record.kind == RecordKind::kMessage;
  if (sides == Sides::kWhole || (sides == Sides::kRecipients && !is_message)) return look(record);
  if (sides == Sides::kRecipients && record.message.to.size() == 1) return look(record);
  single_ = record;
  const auto look_at_parties = [&] {
    if (sides == Sides::kRecipients) return look(single_);
    for (const Party party : {Party::kFrom, Party::kTo}) {
      single_.party = party;
      look(single_);
    }
  };
  if (!is_message) return look_at_parties();
  for (const Address& recipient : record.message.to) {
    single_.message.to = std::span(&recipient, 1);
    look_at_parties();
  }
}

void FactBuilder::trace(RuleIndex rule, const Record& record, const ConditionTrace& out) {
  for (size_t i = 0; i < conditions_.size(); ++i) {
    const Projection& projection = plan_->projections()[i];
    if (projection.kind != record.kind) continue;
    for (const RuleConditions& conditions : conditions_[i].rules) {
      if (conditions.rule != &plan_->rules().rule(rule)) continue;
      look_from_all_sides(record, projection.sides, [&](const Record& single) {
        trace_single(conditions, record, single, out);
      });
    }
  }
}

void FactBuilder::trace_single(const RuleConditions& rule, const Record& record,
                               const Record& single, const ConditionTrace& out) {
  std::vector<NodeValue> values;
  const auto trace = [&](const Program& program, bool of_side) {
    values.clear();
    const bool holds = program.trace(input_of(of_side ? single : record), values);
    out(program, values);
    return holds;
  };
  if (!trace(*rule.where.program, rule.where.of_side)) return;
  for (const CompiledException& exception : plan_->rules().exceptions_of(*rule.rule)) {
    trace(exception.when, sides_of(exception.when.fields()) != Sides::kWhole);
  }
  if (is_excepted(*rule.rule, record, single)) return;
  for (const CompiledMeasure& measure : rule.rule->measures) {
    if (!takes_value(measure.kind) || measure.predicate.empty()) continue;
    trace(measure.predicate, sides_of(measure.predicate.fields()) != Sides::kWhole);
  }
  for (const Condition& ratio : rule.predicates) trace(*ratio.program, ratio.of_side);
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
    fact.values[i] = value_of(projection.values[i], conditions_[index].values[i], record, single);
  }
}

// 0: the record has none.
uint64_t FactBuilder::value_of(const PlannedValue& planned, const Condition& condition,
                               const Record& record, const Record& single) {
  const FieldValue value = field_value(planned.field, single, context_);
  if (!value.present) return 0;
  if (!condition.program->empty() && !holds(condition, record, single)) return 0;
  switch (planned.kind) {
    case ValueKind::kKey:
      return value.text.empty() ? 0 : entity_key(value.text);
    case ValueKind::kNumber:
      return to_number_cell(value.number);
    case ValueKind::kHour:
      break;
  }
  return static_cast<uint64_t>(value.number) + 1;
}

// 0 when no rule counts the record.
uint64_t FactBuilder::features_of(const Record& record, const Record& single, size_t index) {
  uint64_t features = 0;
  for (const RuleConditions& rule : conditions_[index].rules) {
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
  return condition.program->run(input_of(condition.of_side ? single : record));
}

bool FactBuilder::is_excepted(const CompiledRule& rule, const Record& record,
                              const Record& single) {
  for (uint32_t i = rule.exceptions_begin; i < rule.exceptions_end; ++i) {
    const CompiledException& exception = plan_->rules().exceptions()[i];
    const bool of_side = sides_of(exception.when.fields()) != Sides::kWhole;
    if (!sieve::holds(exception, input_of(of_side ? single : record))) continue;
    excepted_.push_back(i);
    return true;
  }
  return false;
}

}  // namespace sieve
