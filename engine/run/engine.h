// An Engine is everything that one configuration describes, put together and running: rules,
// sources, outputs, pipeline.
//
//   auto engine = Engine::create(config, {});
//   (*engine)->start();
//   while (!(*engine)->finished()) (*engine)->service(100ms);
//   EngineEnd end = (*engine)->stop();
//
// Thread safety: one control thread; totals() and rules() from any.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.h"
#include "run/config.h"
#include "run/engine_error.h"
#include "run/exchange_guard.h"
#include "run/input.h"
#include "run/pipeline.h"
#include "run/rule_cost_watch.h"
#include "run/rules_loader.h"

namespace sieve {

struct EngineOptions {
  AlertFormat alert_format = AlertFormat::kJson;
  // Rules that were compiled already; null: the configuration's are loaded.
  std::shared_ptr<const RuleSet> rules;
  std::string version = {};  // Of the program, for what it saves.
};

// How an engine ended.
struct EngineEnd {
  // Everything that was read is finished, delivered and committed.
  bool drained = false;
  std::optional<StreamError> error;
};

class Engine {
 public:
  // Loads the rules and opens sources and outputs. Nothing runs yet.
  static Expected<std::unique_ptr<Engine>, EngineError> create(const Config& config,
                                                               const EngineOptions& options);
  ~Engine();

  void start();
  // Serves the group, deliveries and commits for about `timeout`.
  void service(std::chrono::milliseconds timeout);
  // The sources ended and everything is delivered, or an error ended the run.
  bool finished() const;
  EngineEnd stop();
  // What went wrong so far; the engine is finished() then.
  std::optional<StreamError> error() const;

  // Reloading. prepare() makes what adopt() needs of rules that were checked, from any thread;
  // adopt() puts them in force, from the control thread: false when outputs hold it up, try again.
  // The rules are everywhere in force when adopted().
  Pipeline::NextPlan prepare(std::shared_ptr<const RuleSet> rules) const;
  bool adopt(Pipeline::NextPlan& next, AdoptedWindows& windows);
  bool adopted() const { return pipeline_->adopted(); }

  // What rules cost, and which rest. From any thread.
  const RuleCostWatch& rule_costs() const { return rule_costs_; }

  Totals totals() const { return pipeline_->totals(); }
  // The newest in force. From any thread.
  std::shared_ptr<const RuleSet> rules() const;
  const Config& config() const { return config_; }
  // Has lanes, or needs none: ready for traffic.
  bool ready() const;
  // Of the sources, and of the facts topic where there is one.
  // What became of snapshots; nothing: state is not saved. From any thread.
  std::optional<SnapshotTotals> snapshots() const;
  std::vector<LaneLag> lags() const;

 private:
  explicit Engine(const Config& config, const EngineOptions& options);
  Expected<void, StreamError> connect();
  Expected<void, StreamError> guard_exchange();
  void check_exchange();
  std::shared_ptr<const InspectPlan> make_plan(std::shared_ptr<const RuleSet> rules) const;

  const Config config_;
  const AlertFormat alert_format_;
  size_t facts_partition_count_ = 0;  // Constant after create().
  RuleCostWatch rule_costs_;
  mutable std::mutex rules_mutex_;
  std::shared_ptr<const RuleSet> rules_;  // Guarded by rules_mutex_.
  // In order of destruction: the pipeline's threads end before what they use.
  std::unique_ptr<StateKeeper> keeper_;  // Null: state is not saved.
  std::unique_ptr<Publisher> publisher_;
  std::unique_ptr<Input> input_;
  std::unique_ptr<Pipeline> pipeline_;
  std::optional<ExchangeGuard> guard_;  // Of the exchange in memory, when sources are topics.
  std::chrono::steady_clock::time_point guarded_at_;
};

// Where the configuration has its rules, and the fields that its sources can have: for
// compile_rules().
RulesLocation rules_location(const Config& config);
std::vector<FieldId> available_fields(const Config& config);

// The exit code that fits an error of a source or output.
ExitCode exit_code_of(const StreamError& error);

}  // namespace sieve
