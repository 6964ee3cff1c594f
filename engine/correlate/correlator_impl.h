// What a Correlator is made of. Private to correlator.cc and correlator_snapshot.cc.
//
// Thread safety, lifetime: as Correlator.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <memory>
#include <optional>
#include <vector>

#include "correlate/correlator.h"
#include "correlate/plan_windows.h"

namespace sieve {

struct Correlator::Impl {
  // The rules of one plan at work.
  struct Generation {
    std::shared_ptr<const FactPlan> plan;
    uint32_t digest = 0;
    PlanWindows windows;
  };
  // A plan of the log, and what its facts mean to the newest generation.
  struct KnownPlan {
    PlanRecord record;
    std::optional<PlanWindows> windows;  // Made when its first facts come.
  };
  struct Mark {
    uint32_t incarnation = 0;
    int64_t offset = 0;
  };
  struct Block {
    const FactLane& lane;
    int64_t offset;
    CallId call;
    uint64_t count;
  };

  AdoptedWindows adopt(std::shared_ptr<const FactPlan> plan);
  std::shared_ptr<WindowState> state_of(const FactPlan& plan, const Projection& projection,
                                        const PlannedRule& rule, AdoptedWindows& adopted);
  // Null: there is none.
  std::shared_ptr<WindowState> find_state(std::string_view definition) const;
  Generation& generation_of(const FactPlan& plan);
  const PlanWindows* windows_of(uint32_t digest);
  void learn(const PlanRecord& plan);
  bool is_new(const Block& block);
  bool open(const FactLane& lane, std::string_view bytes, std::optional<Block>& block);
  void apply(const PlanWindows& windows, const Block& block, std::vector<Finding>& out);
  void apply_fact(const PlanWindows& windows, const Fact& fact, const AppliedRecord& record,
                  std::vector<Finding>& out);
  void prefetch(const PlanWindows& windows) const;
  void sum_states();
  static void add_state(const WindowState& state, CorrelatorStats& sum);

  std::vector<Generation> generations;               // Oldest first.
  std::vector<std::shared_ptr<WindowState>> states;  // Of all generations.
  CorrelatorStats forgotten;                         // What states that went had counted.
  std::vector<KnownPlan> known_plans;                // Oldest first.
  // By source and partition: up to where facts were applied.
  absl::flat_hash_map<uint64_t, Mark> marks;
  std::vector<Fact> facts;  // Of the block at hand.
  uint64_t records = 0;     // That were applied.
  CorrelatorStats stats;
  WindowWatcher watcher;
  size_t saving = 0;  // Which of the states a snapshot is at.
  // By the number of a state in a snapshot: where it goes; null: nowhere.
  std::vector<WindowState*> restored;

  void save_marks(std::string& out) const;
  void restore_marks(ByteReader& in);
  void save_plans(std::string& out) const;
  void restore_plan(ByteReader& in);
  void restore_state(ByteReader& in);
  WindowState* restored_at(uint64_t number) const;
};

}  // namespace sieve
