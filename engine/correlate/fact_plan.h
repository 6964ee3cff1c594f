// A FactPlan says what facts the loaded window rules need: rules on the same kind of record with
// the same key fields share one projection, so that a record gives one fact per key and not one per
// rule. A FactBuilder makes the facts of a record by it.
//
// Thread safety: FactPlan immutable; FactBuilder none (one per thread). Allocates nothing after
// warm-up.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "correlate/fact.h"
#include "evaluate/rule_set.h"

namespace sieve {

struct PlannedMeasure {
  MeasureKind kind;
  uint8_t value = 0;     // Of kDistinct: index into Fact::values.
  uint64_t feature = 0;  // Of kRatio: the predicate's bit.
};

struct PlannedRule {
  RuleIndex rule;
  uint64_t feature = 0;  // Set when `where` holds.
  std::vector<PlannedMeasure> measures;
};

struct Projection {
  RecordKind kind;
  std::vector<FieldId> by;
  std::vector<FieldId> values;
  std::vector<PlannedRule> rules;
};

class FactPlan {
 public:
  explicit FactPlan(std::shared_ptr<const RuleSet> rules);
  const std::vector<Projection>& projections() const { return projections_; }
  const RuleSet& rules() const { return *rules_; }
  bool empty() const { return projections_.empty(); }

 private:
  std::shared_ptr<const RuleSet> rules_;
  std::vector<Projection> projections_;
};

// The facts partition that owns `key`.
size_t facts_partition_of(uint64_t key, size_t partition_count);

class FactBuilder {
 public:
  FactBuilder(std::shared_ptr<const FactPlan> plan, FieldContext context);

  // The facts of `record`, at most one per projection and recipient; valid until the next call.
  const std::vector<Fact>& build(const Record& record);

 private:
  std::shared_ptr<const FactPlan> plan_;
  FieldContext context_;
  std::vector<Fact> facts_;
  std::string names_;
};

}  // namespace sieve
