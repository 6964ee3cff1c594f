#include <algorithm>
#include <optional>

#include "base/check.h"
#include "correlate/correlator_impl.h"

namespace sieve {

namespace {

// Plans that facts in the log may be of: of as many engines, and reloads within a window, at once.
constexpr size_t kPlansKnownMax = 64;

}  // namespace

std::shared_ptr<WindowState> Correlator::Impl::find_state(std::string_view definition) const {
  const auto found = std::find_if(states.begin(), states.end(), [&](const auto& state) {
    return state->definition == definition;
  });
  return found == states.end() ? nullptr : *found;
}

// The state of the same rule before, or a new one.
std::shared_ptr<WindowState> Correlator::Impl::state_of(const FactPlan& plan,
                                                        const Projection& projection,
                                                        const PlannedRule& planned,
                                                        AdoptedWindows& adopted) {
  const CompiledRule& rule = plan.rules().rule(planned.rule);
  const WindowColumns columns = MeasureLayout(planned).columns();
  std::string definition = window_definition(plan.rules(), rule, projection, columns);
  const std::shared_ptr<WindowState> same = find_state(definition);
  ++(same == nullptr ? adopted.fresh : adopted.kept);
  if (same != nullptr) return same;
  states.push_back(std::make_shared<WindowState>(std::move(definition), *rule.rule, columns));
  return states.back();
}

AdoptedWindows Correlator::Impl::adopt(std::shared_ptr<const FactPlan> plan) {
  AdoptedWindows adopted;
  const PlanRecord record = plan_record_of(*plan);
  Generation& generation = generations.emplace_back();
  generation.digest = record.digest;
  for (const Projection& projection : plan->projections()) {
    ProjectionWindows& windows = generation.windows.emplace_back();
    windows.value_count = projection.values.size();
    for (const PlannedRule& rule : projection.rules) {
      windows.rules.push_back(
          std::make_unique<RuleWindows>(rule, plan->rules().rule(rule.rule), MeasureLayout(rule),
                                        state_of(*plan, projection, rule, adopted), watcher));
    }
  }
  generation.plan = std::move(plan);
  for (KnownPlan& known : known_plans) known.windows.reset();
  learn(record);
  return adopted;
}

void Correlator::Impl::learn(const PlanRecord& plan) {
  const auto same = [&](const KnownPlan& known) { return known.record.digest == plan.digest; };
  if (std::any_of(known_plans.begin(), known_plans.end(), same)) return;
  if (known_plans.size() == kPlansKnownMax) known_plans.erase(known_plans.begin());
  known_plans.push_back({plan, std::nullopt});
}

// Null: nobody told what its facts mean.
const PlanWindows* Correlator::Impl::windows_of(uint32_t digest) {
  const Generation& newest = generations.back();
  if (newest.digest == digest) return &newest.windows;
  const auto known =
      std::find_if(known_plans.begin(), known_plans.end(),
                   [&](const KnownPlan& plan) { return plan.record.digest == digest; });
  if (known == known_plans.end()) return nullptr;
  if (!known->windows) {
    const StateOfDefinition state_of_ours = [this](std::string_view definition) {
      std::shared_ptr<WindowState> state = find_state(definition);
      SIEVE_CHECK(state != nullptr, "a rule of the newest plan without state");
      return state;
    };
    known->windows = read_by_plan(*newest.plan, known->record, state_of_ours, watcher);
  }
  return &*known->windows;
}

Correlator::Impl::Generation& Correlator::Impl::generation_of(const FactPlan& plan) {
  const auto found =
      std::find_if(generations.begin(), generations.end(),
                   [&](const Generation& generation) { return generation.plan.get() == &plan; });
  SIEVE_CHECK(found != generations.end(), "facts of a plan that is not loaded");
  return *found;
}

// Advances the lane's mark unless the block is a repeat or a zombie's.
bool Correlator::Impl::is_new(const Block& block) {
  const FactLane& lane = block.lane;
  const uint64_t source = uint64_t{lane.source} << 32 | static_cast<uint32_t>(lane.partition);
  const Mark now{lane.incarnation, block.offset};
  const auto [at, is_first] = marks.try_emplace(source, now);
  if (is_first) return true;
  Mark& mark = at->second;
  if (now.incarnation < mark.incarnation) {
    stats.zombie += block.count;
    stats.unusable += block.count;
    return false;
  }
  if (now.incarnation == mark.incarnation && now.offset <= mark.offset) {
    stats.duplicate += block.count;
    return false;
  }
  mark = now;
  return true;
}

// Reads the whole block before any of it is applied, so that a damaged one leaves no trace. False
// when there is nothing to apply.
bool Correlator::Impl::open(const FactLane& lane, std::string_view bytes,
                            std::optional<Block>& block) {
  auto reader = FactBlockReader::open(bytes);
  // How many facts a damaged head had cannot be known; it counts as one.
  const uint64_t count = reader ? reader->count() : 1;
  stats.facts += count;
  facts.clear();
  if (reader) {
    for (Fact fact; reader->next(fact);) facts.push_back(fact);
  }
  if (!reader || reader->failed()) {
    stats.unusable += count;
    return false;
  }
  block.emplace(Block{lane, reader->offset(), reader->call(), count});
  return is_new(*block);
}

// Memory of one fact comes while others are at work.
void Correlator::Impl::prefetch(const PlanWindows& windows) const {
  for (const Fact& fact : facts) {
    if (fact.projection >= windows.size()) continue;
    for (const auto& rule : windows[fact.projection].rules) rule->prefetch(fact);
  }
}

void Correlator::Impl::apply(const PlanWindows& windows, const Block& block,
                             std::vector<Finding>& out) {
  if (&windows != &generations.back().windows) stats.other_plan += block.count;
  if (block.count > 1) prefetch(windows);
  const size_t before = out.size();
  const AppliedRecord record{
      {block.lane.source, block.lane.partition, block.offset}, block.call, ++records};
  for (const Fact& fact : facts) apply_fact(windows, fact, record, out);
  stats.findings += out.size() - before;
}

void Correlator::Impl::apply_fact(const PlanWindows& windows, const Fact& fact,
                                  const AppliedRecord& record, std::vector<Finding>& out) {
  if (fact.projection >= windows.size() ||
      fact.value_count != windows[fact.projection].value_count) {
    ++stats.unusable;
    return;
  }
  std::optional<FactFate> best;
  for (const auto& rule : windows[fact.projection].rules) {
    if (!rule->counts(fact)) continue;
    const FactFate fate = rule->apply(fact, record, out);
    best = std::min(best.value_or(fate), fate);
  }
  if (!best) {
    ++stats.unusable;
  } else if (*best == FactFate::kApplied) {
    ++stats.applied;
  } else {
    ++(*best == FactFate::kMerged ? stats.merged : stats.late);
  }
}

void Correlator::Impl::add_state(const WindowState& state, CorrelatorStats& sum) {
  sum.keys_evicted += state.table.keys_evicted();
  sum.keys_expired += state.table.keys_expired();
  sum.calls_evicted += state.calls.evicted();
  sum.suppressed += state.suppressed;
}

void Correlator::Impl::sum_states() {
  CorrelatorStats sum = forgotten;
  for (const auto& state : states) add_state(*state, sum);
  stats.keys_evicted = sum.keys_evicted;
  stats.keys_expired = sum.keys_expired;
  stats.calls_evicted = sum.calls_evicted;
  stats.suppressed = sum.suppressed;
}

Correlator::Correlator(std::shared_ptr<const FactPlan> plan, const WindowWatcher& watcher)
    : impl_(std::make_unique<Impl>()) {
  impl_->watcher = watcher;
  impl_->adopt(std::move(plan));
}
Correlator::~Correlator() = default;
Correlator::Correlator(Correlator&&) noexcept = default;

void Correlator::apply(const FactLane& lane, std::string_view block, std::vector<Finding>& out) {
  apply(lane, block, *impl_->generations.back().plan, out);
}

void Correlator::apply(const FactLane& lane, std::string_view bytes, const FactPlan& plan,
                       std::vector<Finding>& out) {
  std::optional<Impl::Block> block;
  if (!impl_->open(lane, bytes, block)) return;
  impl_->apply(impl_->generation_of(plan).windows, *block, out);
}

FactTimes Correlator::apply_logged(const FactLane& lane, std::string_view bytes, uint32_t plan,
                                   std::vector<Finding>& out) {
  std::optional<Impl::Block> block;
  const bool is_new = impl_->open(lane, bytes, block);
  FactTimes times;
  if (block) {
    for (const Fact& fact : impl_->facts) times.add({fact.time, fact.time});
  }
  if (!is_new) return times;
  if (const PlanWindows* windows = impl_->windows_of(plan)) {
    impl_->apply(*windows, *block, out);
    return times;
  }
  impl_->stats.unknown_plan += block->count;
  impl_->stats.unusable += block->count;
  return times;
}

void Correlator::learn(const PlanRecord& plan) { impl_->learn(plan); }

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
    bytes +=
        state->table.state_bytes() + state->cooldown.state_bytes() + state->calls.state_bytes();
  }
  return bytes;
}

}  // namespace sieve
