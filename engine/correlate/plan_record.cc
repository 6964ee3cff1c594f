#include "correlate/plan_record.h"

#include <bit>

#include "base/check.h"
#include "base/hash.h"
#include "correlate/measure_layout.h"
#include "correlate/window_state.h"
#include "correlate/wire.h"

namespace sieve {
namespace {

constexpr int kListBits = 24;

void put_names(const std::vector<std::string>& names, std::string& out) {
  put_fixed(out, names.size(), 1);
  for (const std::string& name : names) {
    SIEVE_CHECK(name.size() <= UINT8_MAX, "field `{}`", name);
    put_fixed(out, name.size(), 1);
    out += name;
  }
}

bool take_names(std::string_view& rest, std::vector<std::string>& names) {
  uint64_t count = 0;
  if (!take_fixed(rest, 1, count)) return false;
  for (; count > 0; --count) {
    uint64_t size = 0;
    std::string_view name;
    if (!take_fixed(rest, 1, size) || !take_bytes(rest, size, name)) return false;
    names.emplace_back(name);
  }
  return true;
}

void put_bit(uint64_t feature, std::string& out) {
  put_fixed(out, static_cast<uint64_t>(std::countr_zero(feature)), 1);
}

bool take_bit(std::string_view& rest, uint64_t& feature) {
  uint64_t bit = 0;
  if (!take_fixed(rest, 1, bit) || bit >= kFactFeatureBits) return false;
  feature = uint64_t{1} << bit;
  return true;
}

// A rule that found no room in its projection has no bit, and counts nothing.
bool has_place(const PlannedRule& rule) { return rule.feature != 0; }

bool take_rule(std::string_view& rest, PlanRecord::Rule& rule) {
  uint64_t count = 0;
  if (!take_fixed(rest, 8, rule.definition) || !take_bit(rest, rule.feature) ||
      !take_fixed(rest, 1, count)) {
    return false;
  }
  for (; count > 0; --count) {
    if (!take_bit(rest, rule.predicates.emplace_back())) return false;
  }
  return true;
}

bool take_projection(std::string_view& rest, PlanRecord::Projection& projection) {
  uint64_t kind = 0, sides = 0, count = 0;
  if (!take_fixed(rest, 1, kind) || kind > static_cast<uint64_t>(RecordKind::kReport) ||
      !take_fixed(rest, 1, sides) || sides > static_cast<uint64_t>(Sides::kParties) ||
      !take_names(rest, projection.by) || !take_names(rest, projection.values) ||
      !take_varint(rest, kListBits, count)) {
    return false;
  }
  projection.kind = static_cast<RecordKind>(kind);
  projection.sides = static_cast<Sides>(sides);
  for (; count > 0; --count) {
    if (!take_rule(rest, projection.rules.emplace_back())) return false;
  }
  return true;
}

std::vector<std::string> names_of(const std::vector<FieldId>& fields) {
  std::vector<std::string> names;
  for (const FieldId field : fields) names.emplace_back(info_of(field).name);
  return names;
}

uint32_t digest_of(std::string_view bytes) { return static_cast<uint32_t>(hash64(bytes)); }

}  // namespace

uint64_t definition_digest(const FactPlan& plan, const Projection& projection,
                           const PlannedRule& rule) {
  return hash64(window_definition(plan.rules(), plan.rules().rule(rule.rule), projection,
                                  MeasureLayout(rule).columns()));
}

PlanRecord plan_record_of(const FactPlan& plan) {
  PlanRecord record;
  for (const Projection& projection : plan.projections()) {
    PlanRecord::Projection& out = record.projections.emplace_back();
    out.kind = projection.kind;
    out.sides = projection.sides;
    out.by = names_of(projection.by);
    for (const PlannedValue& value : projection.values) {
      out.values.push_back(value_name(plan, value));
    }
    for (const PlannedRule& rule : projection.rules) {
      if (!has_place(rule)) continue;
      PlanRecord::Rule& planned = out.rules.emplace_back();
      planned.definition = definition_digest(plan, projection, rule);
      planned.feature = rule.feature;
      for (const PlannedMeasure& measure : rule.measures) {
        if (measure.feature != 0) planned.predicates.push_back(measure.feature);
      }
    }
  }
  std::string bytes;
  append_plan_record(record, bytes);
  record.digest = digest_of(bytes);
  return record;
}

void append_plan_record(const PlanRecord& plan, std::string& out) {
  put_varint(out, plan.projections.size());
  for (const PlanRecord::Projection& projection : plan.projections) {
    put_fixed(out, static_cast<uint64_t>(projection.kind), 1);
    put_fixed(out, static_cast<uint64_t>(projection.sides), 1);
    put_names(projection.by, out);
    put_names(projection.values, out);
    put_varint(out, projection.rules.size());
    for (const PlanRecord::Rule& rule : projection.rules) {
      put_fixed(out, rule.definition, 8);
      put_bit(rule.feature, out);
      put_fixed(out, rule.predicates.size(), 1);
      for (const uint64_t predicate : rule.predicates) put_bit(predicate, out);
    }
  }
}

std::optional<PlanRecord> parse_plan_record(std::string_view bytes, uint32_t digest) {
  if (digest_of(bytes) != digest) return std::nullopt;
  PlanRecord plan;
  plan.digest = digest;
  uint64_t count = 0;
  if (!take_varint(bytes, kListBits, count)) return std::nullopt;
  for (; count > 0; --count) {
    if (!take_projection(bytes, plan.projections.emplace_back())) return std::nullopt;
  }
  if (!bytes.empty()) return std::nullopt;
  return plan;
}

}  // namespace sieve
