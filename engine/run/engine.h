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
#include <optional>
#include <string>
#include <vector>

#include "base/expected.h"
#include "run/config.h"
#include "run/engine_error.h"
#include "run/input.h"
#include "run/pipeline.h"

namespace sieve {

struct EngineOptions {
  AlertFormat alert_format = AlertFormat::kJson;
  // Rules that were compiled already; null: the configuration's are loaded.
  std::shared_ptr<const RuleSet> rules;
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

  Totals totals() const { return pipeline_->totals(); }
  const RuleSet& rules() const { return *plan_->rules; }
  const Config& config() const { return config_; }
  // Has lanes, or needs none: ready for traffic.
  bool ready() const;
  std::vector<LaneLag> lags() const { return input_->lags(); }

 private:
  explicit Engine(const Config& config) : config_(config) {}

  const Config config_;
  std::shared_ptr<const InspectPlan> plan_;
  // In order of destruction: the pipeline's threads end before what they use.
  std::unique_ptr<Publisher> publisher_;
  std::unique_ptr<Input> input_;
  std::unique_ptr<Pipeline> pipeline_;
};

// The exit code that fits an error of a source or output.
ExitCode exit_code_of(const StreamError& error);

}  // namespace sieve
