// A Correlator owns the state of one facts partition: it applies blocks of facts in order and says
// what became true. State is a function of the blocks and the rule set alone: no wall clock, no
// chance.
//
// Windows slide in event time; window_shape.h says exactly what one covers. A rule is evaluated on
// arrival of each fact that it counts: for the window that ends with the fact, and, when the fact
// came late, for every later window that it falls into. So measures that only grow (count,
// distinct) give the same findings whatever the order of arrival within the rule's `late`; a ratio
// is judged with what has arrived.
//
// A finding fires once per key and cool-down slot of event time (`alert.suppress` long; default:
// the window's length), so its id does not depend on how often the input was replayed. Slots begin
// at multiples of their length since the epoch, and a window belongs to the slot in which its last
// bucket begins: what goes on across a slot's edge fires again in the next slot.
//
// A lane's blocks must come in order of its offsets the first time they come: one at or below the
// highest applied offset of its (source, partition) is a repeat and is dropped. A higher
// incarnation of the lane begins anew; a lower one is a zombie's and is dropped. ARCHITECTURE.md,
// "Exchange", says why that counts each record once.
//
// One call has several records (call_id.h): a rule counts the first of them that meets its `where`,
// once for each key, and the rest are merged with it (counted_calls.h).
//
// Facts may be made by other rules than those in force here: with the exchange in Kafka other
// engines write, too, and the log outlives reloads. A rule counts them when the plan they were made
// by, which the log tells (plan_record.h), has the rule's definition.
//
// Thread safety: none; one owner thread. Allocates only when keys are new.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/fact_plan.h"
#include "correlate/plan_record.h"
#include "correlate/snapshot_record.h"

namespace sieve {

// A window that became true.
struct Finding {
  RuleIndex rule;
  uint64_t key = 0;
  std::string subject;  // The key's name.
  // Event time of the window's last event: of the fact that made it true, or of a later one where
  // that came late (then to the precision of a bucket).
  Timestamp time;
  Timestamp slot_begin;  // Cool-down slot: part of the finding's identity.
  Timestamp window_begin;
  Timestamp window_end;
  std::vector<double> measures;  // By the rule's measures.
  FactOrigin trigger;
  Duration late;  // How far the fact was behind its key's newest; 0 when in order.
};

struct CorrelatorStats {
  uint64_t facts = 0;  // In all; = applied + merged + late + duplicate + unusable.
  uint64_t applied = 0;
  uint64_t merged = 0;         // Of calls that had counted already, for every rule in time for it.
  uint64_t late = 0;           // Older than over + late allow, for every rule that counts it.
  uint64_t duplicate = 0;      // At or below the lane's applied offset.
  uint64_t unusable = 0;       // Damaged, for no rule that is loaded, or one of the next two.
  uint64_t unknown_plan = 0;   // Made by a plan that the log did not tell.
  uint64_t zombie = 0;         // Of a lane's former incarnation.
  uint64_t keys_evicted = 0;   // At the key cap: the stalest.
  uint64_t keys_expired = 0;   // Nothing left in any window.
  uint64_t calls_evicted = 0;  // Counted calls at their cap: a further record counts again.
  uint64_t findings = 0;
  uint64_t suppressed = 0;  // True again within the same cool-down slot.
  uint64_t other_plan = 0;  // Facts made by other rules, which rules that are new here did not see.
};

// Event times; min > max: there were none.
struct FactTimes {
  Timestamp min = kTimestampMax;
  Timestamp max = kTimestampMin;

  void add(const FactTimes& other) {
    min = std::min(min, other.min);
    max = std::max(max, other.max);
  }
};

struct WindowState;

// Window rules by what became of their windows when a rule set followed another.
struct AdoptedWindows {
  size_t kept = 0;   // They count what they counted, and go on.
  size_t fresh = 0;  // New or changed: they begin empty.
};

// Window rules by what a snapshot had of them.
struct RestoredWindows {
  size_t restored = 0;
  size_t missing = 0;    // New or changed since: they begin empty.
  size_t left_over = 0;  // Of the snapshot, for rules that are not loaded.
};

// A window whose condition is about to be judged.
struct JudgedWindow {
  RuleIndex rule;
  const Fact& fact;  // That led to it.
  Timestamp end;     // Event time of the window's last event, as Finding::time.
  std::span<const double> measures;
};

// Told of each. For tools.
using WindowWatcher = std::function<void(const JudgedWindow&)>;

class Correlator {
 public:
  explicit Correlator(std::shared_ptr<const FactPlan> plan, const WindowWatcher& watcher = {});
  ~Correlator();
  Correlator(Correlator&&) noexcept;
  Correlator& operator=(Correlator&&) = delete;

  // Applies one block made by the newest plan, or by `plan`; findings are appended to `out` in
  // order of facts, then rules, and speak of rules of that plan. REQUIRES: adopted and not
  // forgotten.
  void apply(const FactLane& lane, std::string_view block, std::vector<Finding>& out);
  void apply(const FactLane& lane, std::string_view block, const FactPlan& plan,
             std::vector<Finding>& out);
  // The same of a block that was made, anywhere, by the plan with this digest; findings speak of
  // rules of the newest plan. Returns the event times of its facts, whatever became of them.
  FactTimes apply_logged(const FactLane& lane, std::string_view block, uint32_t plan,
                         std::vector<Finding>& out);
  // What facts of other plans mean. Plans that were adopted are known.
  void learn(const PlanRecord& plan);

  // Goes on with `plan`. Blocks of the plans before it may still come, and count for the rules that
  // those have.
  AdoptedWindows adopt(std::shared_ptr<const FactPlan> plan);
  // No block of `plan` will come any more. What only it counted is given away, because to free
  // millions of keys takes longer than the caller may have.
  [[nodiscard]] std::vector<std::shared_ptr<const WindowState>> forget(const FactPlan& plan);

  // Snapshots. begin_snapshot() fixes what is saved, the state as it is now, and begins to append
  // records of it to `out`; blocks may be applied meanwhile. continue_snapshot() writes up to
  // `keys_max` keys more: true when that was all. REQUIRES: no plan is adopted or forgotten between
  // (cancel first).
  void begin_snapshot(std::string& out);
  bool continue_snapshot(size_t keys_max);
  void cancel_snapshot();

  // Takes what one record says back; fails the reader when it says nothing that a snapshot would.
  // REQUIRES: nothing was applied yet.
  void restore(SnapshotTag tag, ByteReader& in);
  // Behind the last one.
  RestoredWindows finish_restore();

  const CorrelatorStats& stats() const;
  size_t key_count() const;
  size_t state_bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sieve
