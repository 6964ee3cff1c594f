#include "correlate/rule_windows.h"

#include <algorithm>

#include "correlate/entity_key.h"

namespace sieve {

RuleWindows::RuleWindows(const PlannedRule& planned, const CompiledRule& rule,
                         const MeasureLayout& layout, std::shared_ptr<WindowState> state,
                         WindowWatcher watcher)
    : index_(planned.rule),
      rule_(rule),
      watcher_(std::move(watcher)),
      feature_(planned.feature),
      layout_(layout),
      state_(std::move(state)) {
  numbers_.reserve(layout_.size());
}

FactFate RuleWindows::count(const Fact& fact, const AppliedRecord& record,
                            WindowTable::Added& added) {
  const CallOfKey call{fact.key, record.call, fact.time};
  if (call.id.any()) {
    state_->calls.begin_record(record.number);
    if (state_->calls.contains(call)) return FactFate::kMerged;
  }
  added = state_->table.add(fact.key, fact.time, layout_.event_of(fact));
  if (added.is_late) return FactFate::kLate;
  if (call.id.any()) state_->calls.insert(call);
  return FactFate::kApplied;
}

FactFate RuleWindows::apply(const Fact& fact, const AppliedRecord& record,
                            std::vector<Finding>& out) {
  WindowTable::Added added;
  const FactFate fate = count(fact, record, added);
  if (fate != FactFate::kApplied) return fate;
  const WindowShape& shape = state_->table.shape();
  const int64_t newest = shape.bucket_of(added.newest);
  const int64_t last = std::min(added.bucket + shape.buckets - 1, newest);
  for (int64_t end = added.bucket; end <= last; ++end) {
    const int64_t slot = state_->cooldown.slot_of(shape.begin_of(end));
    if (end > added.bucket) {
      // A window of later events, which the fact joined: nothing new where it was found already.
      if (!state_->table.has_events(added, end) || state_->cooldown.contains(fact.key, slot))
        continue;
    }
    if (!is_true(fact, added, end)) continue;
    if (!state_->cooldown.insert(fact.key, slot)) {
      ++state_->suppressed;
      continue;
    }
    forget_old_slots();
    Finding& finding = out.emplace_back();
    finding.rule = index_;
    finding.key = fact.key;
    finding.subject = entity_name(fact.key, fact.name);
    finding.time = time_of_end(fact, added, end);
    finding.slot_begin = state_->cooldown.begin_of(slot);
    finding.window_begin = shape.begin_of(shape.window_begin(end, newest));
    finding.window_end = finding.time;
    finding.measures = numbers_;
    finding.trigger = record.origin;
    finding.late = added.newest - fact.time;
  }
  return FactFate::kApplied;
}

bool RuleWindows::is_true(const Fact& fact, const WindowTable::Added& added, int64_t end) {
  const WindowTotals totals = state_->table.totals(added, end);
  layout_.read({totals, state_->table.shape(), end, added.seen}, numbers_);
  if (watcher_) watcher_({index_, fact, time_of_end(fact, added, end), numbers_});
  ProgramInput input;
  input.measures = numbers_;
  return rule_.condition.run(input);
}

Timestamp RuleWindows::time_of_end(const Fact& fact, const WindowTable::Added& added,
                                   int64_t end) const {
  if (end == added.bucket) return fact.time;
  const WindowShape& shape = state_->table.shape();
  return std::min(added.newest, shape.begin_of(end + 1) - Duration{1});
}

// A slot may be asked for again by a fact as late as the table takes them.
void RuleWindows::forget_old_slots() {
  const WindowShape& shape = state_->table.shape();
  state_->cooldown.forget_before(
      shape.begin_of(std::max<int64_t>(state_->table.clock_bucket() - shape.kept, 0)));
}

}  // namespace sieve
