#include "correlate/correlator.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>

#include "base/check.h"
#include "correlate/rule_windows.h"

namespace sieve {

struct Correlator::Impl {
  // The rules of one plan at work.
  struct Generation {
    std::shared_ptr<const FactPlan> plan;
    std::vector<std::vector<std::unique_ptr<RuleWindows>>> projections;  // As in the plan.
  };

  AdoptedWindows adopt(std::shared_ptr<const FactPlan> plan);
  std::shared_ptr<WindowState> state_of(const FactPlan& plan, const Projection& projection,
                                        const PlannedRule& rule, AdoptedWindows& adopted);
  Generation& generation_of(const FactPlan& plan);
  bool is_repeat(const FactOrigin& origin);
  bool read_facts(FactBlockReader& reader);
  void apply_fact(Generation& generation, const Fact& fact, const FactOrigin& origin,
                  std::vector<Finding>& out);
  void prefetch(const Generation& generation) const;
  void sum_states();
  static void add_state(const WindowState& state, CorrelatorStats& sum);

  std::vector<Generation> generations;               // Oldest first.
  std::vector<std::shared_ptr<WindowState>> states;  // Of all generations.
  CorrelatorStats forgotten;                         // What states that went had counted.
  // By source and partition: the highest offset whose facts were applied.
  absl::flat_hash_map<uint64_t, int64_t> applied_offsets;
  std::vector<Fact> facts;  // Of the block at hand.
  CorrelatorStats stats;
  WindowWatcher watcher;
  size_t saving = 0;  // Which of the states a snapshot is at.
  // By the number of a state in a snapshot: where it goes; null: nowhere.
  std::vector<WindowState*> restored;

  void save_marks(std::string& out) const;
  void restore_marks(ByteReader& in);
  void restore_state(ByteReader& in);
  WindowState* restored_at(uint64_t number) const;
};

// The state of the same rule before, or a new one.
std::shared_ptr<WindowState> Correlator::Impl::state_of(const FactPlan& plan,
                                                        const Projection& projection,
                                                        const PlannedRule& planned,
                                                        AdoptedWindows& adopted) {
  const CompiledRule& rule = plan.rules().rule(planned.rule);
  const WindowColumns columns = MeasureLayout(planned).columns();
  std::string definition = window_definition(plan.rules(), rule, projection, columns);
  const auto same = std::find_if(states.begin(), states.end(), [&](const auto& state) {
    return state->definition == definition;
  });
  ++(same == states.end() ? adopted.fresh : adopted.kept);
  if (same != states.end()) return *same;
  states.push_back(std::make_shared<WindowState>(std::move(definition), *rule.rule, columns));
  return states.back();
}

AdoptedWindows Correlator::Impl::adopt(std::shared_ptr<const FactPlan> plan) {
  AdoptedWindows adopted;
  Generation& generation = generations.emplace_back();
  for (const Projection& projection : plan->projections()) {
    auto& rules = generation.projections.emplace_back();
    for (const PlannedRule& rule : projection.rules) {
      rules.push_back(
          std::make_unique<RuleWindows>(rule, plan->rules().rule(rule.rule), MeasureLayout(rule),
                                        state_of(*plan, projection, rule, adopted), watcher));
    }
  }
  generation.plan = std::move(plan);
  return adopted;
}

Correlator::Impl::Generation& Correlator::Impl::generation_of(const FactPlan& plan) {
  const auto found =
      std::find_if(generations.begin(), generations.end(),
                   [&](const Generation& generation) { return generation.plan.get() == &plan; });
  SIEVE_CHECK(found != generations.end(), "facts of a plan that is not loaded");
  return *found;
}

// Advances the source's mark unless the block is a repeat.
bool Correlator::Impl::is_repeat(const FactOrigin& origin) {
  const uint64_t source = uint64_t{origin.source} << 32 | static_cast<uint32_t>(origin.partition);
  const auto [at, is_new] = applied_offsets.try_emplace(source, origin.offset);
  if (is_new) return false;
  if (origin.offset <= at->second) return true;
  at->second = origin.offset;
  return false;
}

// The whole block before any of it is applied, so that a damaged one leaves no trace.
bool Correlator::Impl::read_facts(FactBlockReader& reader) {
  facts.clear();
  for (Fact fact; reader.next(fact);) facts.push_back(fact);
  return !reader.failed();
}

// Memory of one fact comes while others are at work.
void Correlator::Impl::prefetch(const Generation& generation) const {
  for (const Fact& fact : facts) {
    if (fact.projection >= generation.projections.size()) continue;
    for (const auto& rule : generation.projections[fact.projection]) rule->prefetch(fact);
  }
}

void Correlator::Impl::apply_fact(Generation& generation, const Fact& fact,
                                  const FactOrigin& origin, std::vector<Finding>& out) {
  const std::vector<Projection>& planned = generation.plan->projections();
  if (fact.projection >= planned.size() ||
      fact.value_count != planned[fact.projection].values.size()) {
    ++stats.unusable;
    return;
  }
  bool counts = false;
  bool in_time = false;
  for (const auto& rule : generation.projections[fact.projection]) {
    if (!rule->counts(fact)) continue;
    counts = true;
    in_time = rule->apply(fact, origin, out) || in_time;
  }
  ++(!counts ? stats.unusable : in_time ? stats.applied : stats.late);
}

void Correlator::Impl::add_state(const WindowState& state, CorrelatorStats& sum) {
  sum.keys_evicted += state.table.keys_evicted();
  sum.keys_expired += state.table.keys_expired();
  sum.suppressed += state.suppressed;
}

void Correlator::Impl::sum_states() {
  CorrelatorStats sum = forgotten;
  for (const auto& state : states) add_state(*state, sum);
  stats.keys_evicted = sum.keys_evicted;
  stats.keys_expired = sum.keys_expired;
  stats.suppressed = sum.suppressed;
}

Correlator::Correlator(std::shared_ptr<const FactPlan> plan, const WindowWatcher& watcher)
    : impl_(std::make_unique<Impl>()) {
  impl_->watcher = watcher;
  impl_->adopt(std::move(plan));
}
Correlator::~Correlator() = default;
Correlator::Correlator(Correlator&&) noexcept = default;

void Correlator::apply(std::string_view block, std::vector<Finding>& out) {
  apply(block, *impl_->generations.back().plan, out);
}

void Correlator::apply(std::string_view block, const FactPlan& plan, std::vector<Finding>& out) {
  CorrelatorStats& stats = impl_->stats;
  auto reader = FactBlockReader::open(block);
  if (!reader) {
    // How many facts it had cannot be known; it counts as one.
    ++stats.facts;
    ++stats.unusable;
    return;
  }
  const uint64_t count = reader->count();
  stats.facts += count;
  if (!impl_->read_facts(*reader)) {
    stats.unusable += count;
    return;
  }
  if (impl_->is_repeat(reader->origin())) {
    stats.duplicate += count;
    return;
  }
  Impl::Generation& generation = impl_->generation_of(plan);
  if (&generation != &impl_->generations.back()) stats.former += count;
  if (count > 1) impl_->prefetch(generation);
  const size_t before = out.size();
  for (const Fact& fact : impl_->facts) {
    impl_->apply_fact(generation, fact, reader->origin(), out);
  }
  stats.findings += out.size() - before;
}

AdoptedWindows Correlator::adopt(std::shared_ptr<const FactPlan> plan) {
  return impl_->adopt(std::move(plan));
}

std::vector<std::shared_ptr<const WindowState>> Correlator::forget(const FactPlan& plan) {
  const Impl::Generation& generation = impl_->generation_of(plan);
  SIEVE_CHECK(&generation != &impl_->generations.back(), "the newest plan is in use");
  impl_->generations.erase(impl_->generations.begin() + (&generation - impl_->generations.data()));
  std::vector<std::shared_ptr<const WindowState>> gone;
  std::erase_if(impl_->states, [&](std::shared_ptr<WindowState>& state) {
    if (state.use_count() > 1) return false;
    Impl::add_state(*state, impl_->forgotten);
    gone.push_back(std::move(state));
    return true;
  });
  return gone;
}

void Correlator::Impl::save_marks(std::string& out) const {
  const SnapshotRecord record(SnapshotTag::kMarks, out);
  put_varint(out, applied_offsets.size());
  for (const auto& [source, offset] : applied_offsets) {
    put_fixed64(out, source);
    put_signed(out, offset);
  }
}

void Correlator::Impl::restore_marks(ByteReader& in) {
  for (uint64_t left = in.varint(); left > 0 && !in.failed(); --left) {
    const uint64_t source = in.fixed64();
    const int64_t offset = in.signed_varint();
    if (!in.failed()) applied_offsets[source] = offset;
  }
}

// States come numbered, one after another.
void Correlator::Impl::restore_state(ByteReader& in) {
  if (in.varint() != restored.size()) return in.fail();
  const std::string_view definition = in.text();
  const auto same = std::find_if(states.begin(), states.end(), [&](const auto& state) {
    return state->definition == definition;
  });
  restored.push_back(same == states.end() ? nullptr : same->get());
}

WindowState* Correlator::Impl::restored_at(uint64_t number) const {
  return number < restored.size() ? restored[number] : nullptr;
}

void Correlator::begin_snapshot(std::string& out) {
  impl_->saving = 0;
  impl_->save_marks(out);
  uint32_t number = 0;
  for (const auto& state : impl_->states) {
    {
      const SnapshotRecord record(SnapshotTag::kState, out);
      put_varint(out, number);
      put_text(out, state->definition);
    }
    std::string head;
    put_varint(head, number);
    state->cooldown.save(SnapshotTag::kCooldown, head, out);
    state->table.begin_snapshot(number++, out);
  }
}

bool Correlator::continue_snapshot(size_t keys_max) {
  if (impl_->saving == impl_->states.size()) return true;
  if (impl_->states[impl_->saving]->table.continue_snapshot(keys_max)) ++impl_->saving;
  return impl_->saving == impl_->states.size();
}

void Correlator::cancel_snapshot() {
  for (const auto& state : impl_->states) state->table.cancel_snapshot();
}

void Correlator::restore(SnapshotTag tag, ByteReader& in) {
  if (tag == SnapshotTag::kMarks) return impl_->restore_marks(in);
  if (tag == SnapshotTag::kState) return impl_->restore_state(in);
  WindowState* state = impl_->restored_at(in.varint());
  if (state == nullptr) return;
  if (tag == SnapshotTag::kWindows) return state->table.restore(in);
  if (tag == SnapshotTag::kCooldown) return state->cooldown.restore(in);
  in.fail();
}

RestoredWindows Correlator::finish_restore() {
  RestoredWindows windows;
  for (WindowState* state : impl_->restored) {
    if (state == nullptr) {
      ++windows.left_over;
    } else {
      state->table.finish_restore();
      ++windows.restored;
    }
  }
  windows.missing = impl_->states.size() - windows.restored;
  impl_->restored.clear();
  return windows;
}

const CorrelatorStats& Correlator::stats() const {
  impl_->sum_states();
  return impl_->stats;
}

size_t Correlator::key_count() const {
  size_t count = 0;
  for (const auto& state : impl_->states) count += state->table.key_count();
  return count;
}

size_t Correlator::state_bytes() const {
  size_t bytes = 0;
  for (const auto& state : impl_->states) {
    bytes += state->table.state_bytes() + state->cooldown.state_bytes();
  }
  return bytes;
}

}  // namespace sieve
