// A FactPlan says what facts the loaded window rules need: rules on the same kind of record with
// the same key fields share one projection, so that a record gives one fact per key and not one per
// rule. A FactBuilder makes the facts of a record by it.
//
// Thread safety: FactPlan immutable; FactBuilder none (one per thread). Allocates nothing after
// warm-up.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/arena.h"
#include "correlate/fact.h"
#include "evaluate/rule_set.h"

namespace sieve {

struct PlannedMeasure {
  MeasureKind kind = MeasureKind::kCount;
  // Of measures of a field or of hours: index into Fact::values. limits::kFactValuesMax: a rule's
  // fifth field, which has no place and counts nothing.
  uint8_t value = 0;
  double error = 0;      // Of kDistinct: the standard error that will do.
  uint64_t feature = 0;  // Of kRatio, and of kCount with a condition: the predicate's bit.
};

// What a value of a fact is.
enum class ValueKind : uint8_t {
  kKey,     // entity_key() of the field's text.
  kNumber,  // to_cell() of the field's number.
  kHour     // The field's hour plus one.
};

// What stands at one index of Fact::values.
struct PlannedValue {
  FieldId field;
  ValueKind kind = ValueKind::kKey;
  // The measure that first asked for it, whose condition says which records have it.
  RuleIndex rule;
  uint32_t measure = 0;
};

// Measures of a field or of hours, which are made of a value of the fact.
bool takes_value(MeasureKind kind);

// From which sides a record is looked at.
enum class Sides : uint8_t {
  kWhole,       // It is one event.
  kRecipients,  // Of a message with several, it is one for each.
  kParties,     // It is one for each party, and of a message for both and each recipient.
};

struct PlannedRule {
  RuleIndex rule;
  uint64_t feature = 0;  // The bit that is set when `where` holds.
  std::vector<PlannedMeasure> measures;
};

struct Projection {
  RecordKind kind = RecordKind::kMessage;
  // A rule that looks at msg.to anywhere sees every recipient of a message as an event of its own;
  // one that looks at a field of the party, both parties; others, those that look at msg.to.count
  // included, see the record once.
  Sides sides = Sides::kWhole;
  std::vector<FieldId> by;
  std::vector<PlannedValue> values;
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

// The value in words of no rule set: equal where equal fields are read of equal records.
std::string value_name(const FactPlan& plan, const PlannedValue& value);

// What the parts of a condition of a rule come to for one record.
using ConditionTrace = std::function<void(const Program&, std::span<const NodeValue>)>;

class FactBuilder {
 public:
  // `reader`: of the messages given to build(), for conditions over their links; null: there are
  // none.
  FactBuilder(std::shared_ptr<const FactPlan> plan, FieldContext context,
              MessageReader* reader = nullptr);

  // The facts of `record`, at most one per projection and side; valid until the next call. A
  // record that lacks a key field of a projection gives no fact for it.
  const std::vector<Fact>& build(const Record& record);
  // Exceptions (RuleSet::exceptions()) that kept the last record from counting; of a message to
  // several recipients, once for each.
  std::span<const uint32_t> excepted() const { return excepted_; }

  // What the conditions of `rule`, a window rule, come to for `record`: `where` and, as far as that
  // leads to them, its exceptions and ratios. For tools: it allocates.
  void trace(RuleIndex rule, const Record& record, const ConditionTrace& out);

 private:
  // A condition over a record that sets a bit of the facts.
  struct Condition {
    const Program* program = nullptr;
    uint64_t feature = 0;
    bool of_side = false;  // It depends on the side.
  };
  struct RuleConditions {
    Condition where;
    const CompiledRule* rule = nullptr;
    std::vector<Condition> predicates;  // Of the rule's ratios and counts.
  };
  struct ProjectionConditions {
    std::vector<RuleConditions> rules;
    std::vector<Condition> values;  // Which records have each.
  };

  // Calls `look` with the record from each side.
  template <class Look>
  void look_from_all_sides(const Record& record, Sides sides, const Look& look);
  // `single` is the record from the side that the fact is for.
  void add_fact(const Record& record, const Record& single, size_t index);
  uint64_t features_of(const Record& record, const Record& single, size_t index);
  uint64_t value_of(const PlannedValue& planned, const Condition& condition, const Record& record,
                    const Record& single);
  bool holds(const Condition& condition, const Record& record, const Record& single);
  void trace_single(const RuleConditions& rule, const Record& record, const Record& single,
                    const ConditionTrace& out);
  bool is_excepted(const CompiledRule& rule, const Record& record, const Record& single);
  ProgramInput input_of(const Record& record);

  // Constant after construction.
  std::shared_ptr<const FactPlan> plan_;
  FieldContext context_;
  MessageReader* reader_;
  std::vector<ProjectionConditions> conditions_;  // By projection.
  // Scratch of one call.
  std::vector<Fact> facts_;
  std::vector<uint32_t> excepted_;
  Arena names_;
  Folder value_folder_;  // Of values that are looked up in lists.
  Record single_;        // The record from one side.
};

}  // namespace sieve
