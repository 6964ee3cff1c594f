// A PlanRecord says what the facts of a FactPlan mean to an engine that has other rules: which bit
// of a fact belongs to which definition of a window, and which fields its values are. Rules are
// told by a hash of their window_definition(), so that nothing of the rules themselves travels.
//
//   bytes:      projections varint · projection...
//   projection: kind u8 · sides u8 · by: count u8, names · values: count u8, names
//               · rules varint · rule...
//   rule:       definition u64 · bit u8 · predicates: count u8, bits u8...
//   name:       size u8 · bytes
//
// Thread safety: plain data and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/fact_plan.h"

namespace sieve {

struct PlanRecord {
  struct Rule {
    uint64_t definition = 0;           // definition_digest().
    uint64_t feature = 0;              // The bit that is set when the rule counts the record.
    std::vector<uint64_t> predicates;  // Bits of its measures that have one, in their order.
  };
  struct Projection {
    RecordKind kind = RecordKind::kMessage;
    Sides sides = Sides::kWhole;
    std::vector<std::string> by;      // Names of fields.
    std::vector<std::string> values;  // value_name() of each, in the order of Fact::values.
    std::vector<Rule> rules;
  };

  uint32_t digest = 0;  // Of all that follows: equal ones mean the same facts.
  std::vector<Projection> projections;
};

// Stands for window_definition() of the rule.
uint64_t definition_digest(const FactPlan& plan, const Projection& projection,
                           const PlannedRule& rule);

PlanRecord plan_record_of(const FactPlan& plan);

void append_plan_record(const PlanRecord& plan, std::string& out);
// Nothing when the bytes are damaged or are not what `digest` stands for.
std::optional<PlanRecord> parse_plan_record(std::string_view bytes, uint32_t digest);

}  // namespace sieve
