#include "run/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>

#include "base/log.h"
#include "correlate/facts_record.h"
#include "run/exchange_topics.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;

// Facts are spread over a few partitions even in one process, as they are when the exchange is
// Kafka.
constexpr size_t kFactsPartitionCount = 4;

Unexpected<EngineError> failure(const StreamError& error) {
  return Unexpected<EngineError>(
      {exit_code_of(error), fmt::format("error[{}]: {}\n", error.code, error.message)});
}

bool reads_files(const Config& config) {
  return std::all_of(config.sources.begin(), config.sources.end(),
                     [](const SourceConfig& source) { return source.topic.empty(); });
}

RuleCostWatch::Options cost_options(const Config& config) {
  RuleCostWatch::Options options;
  options.timed_every = static_cast<uint32_t>(config.rules.cost_every);
  options.budget.ns_per_message_max = static_cast<double>(config.rules.cost_max_us) * 1'000;
  options.judge_every = milliseconds(config.rules.judge_every.ms);
  options.budget.suspend_for = milliseconds(config.rules.suspend_for.ms);
  return options;
}

PipelineOptions pipeline_options(const Config& config) {
  PipelineOptions options;
  const size_t cores = std::max(1U, std::thread::hardware_concurrency());
  options.threads = config.engine.threads > 0 ? static_cast<size_t>(config.engine.threads) : cores;
  options.order = reads_files(config) ? MergeOrder::kEventTime : MergeOrder::kArrival;
  for (const SourceConfig& source : config.sources) {
    const Mapping& mapping = source.mapping;
    options.has_header.push_back(mapping.format == RecordFormat::kCsv && mapping.header &&
                                 source.topic.empty());
  }
  for (const SourceConfig& source : config.sources) {
    options.fact_sources.push_back(
        {fact_source(source.fact_name()), static_cast<uint32_t>(source.incarnation), source.topic});
  }
  for (const SourceConfig& source : config.sources) {
    options.event_times.push_back(source.event_time);
  }
  options.facts_through_kafka = config.exchange.kind == ExchangeKind::kKafka;
  return options;
}

// Fields that every record has, or that are made of those.
bool always_available(const FieldInfo& info) {
  static constexpr std::array<std::string_view, 13> kDerived = {
      "msg.hour",        "msg.from.country", "msg.to.country", "msg.from.block",
      "msg.to.block",    "msg.to.count",     "call.hour",      "call.from.country",
      "call.to.country", "call.from.block",  "call.to.block",  "call.direction",
      "call.answered"};
  return info.required || is_read_in_text(info) ||
         std::find(kDerived.begin(), kDerived.end(), info.name) != kDerived.end();
}

// Whether records of `source` can have the field: our own JSON can have any, a mapping what it
// maps.
bool can_have(const SourceConfig& source, const FieldInfo& info) {
  if (source.kind != info.kind) return false;
  if (source.mapping.native || always_available(info)) return true;
  std::string_view name = info.name.substr(info.name.find('.') + 1);
  if (name == "sim.age") name = "sim.activated_at";
  const auto& fields = source.mapping.fields;
  return std::any_of(fields.begin(), fields.end(), [name](const FieldMapping& mapped) {
    return mapped.field == name || mapped.field == fmt::format("{}.addr", name) ||
           fmt::format("{}.type", mapped.field) == name;
  });
}

void log_inactive(const RuleSet& rules) {
  for (const InactiveRule& inactive : rules.inactive()) {
    log_warning("rules", "inactive", "rule={} reason={}", rules.rule(inactive.rule).full_id,
                log_value(inactive.reason));
  }
}

}  // namespace

RulesLocation rules_location(const Config& config) {
  RulesLocation location = rules_at(config.rules.paths, config.rules.compiler);
  if (!config.rules.thresholds.empty()) location.thresholds = config.rules.thresholds;
  location.cache = config.rules.cache;
  return location;
}

// A rule that needs another field is inactive.
std::vector<FieldId> available_fields(const Config& config) {
  std::vector<FieldId> available;
  const auto all = all_fields();
  for (size_t i = 0; i < all.size(); ++i) {
    const auto has = [&](const SourceConfig& source) { return can_have(source, all[i]); };
    if (std::any_of(config.sources.begin(), config.sources.end(), has)) {
      available.push_back(FieldId(static_cast<uint16_t>(i)));
    }
  }
  return available;
}

ExitCode exit_code_of(const StreamError& error) {
  if (error.code.starts_with("file_")) return ExitCode::kInputOutput;
  const bool configured_wrong =
      error.code == "bad_property" || error.code == "unknown_topic" ||
      error.code == "not_authorized" || error.code == "not_authenticated" ||
      error.code == "fenced" || error.code == "no_offset" || error.code == "source_rewound" ||
      error.code == "exchange_needs_kafka" || error.code == "facts_partitions_changed" ||
      error.code == "state_keys" || error.code == "directory_unusable" ||
      error.code == "directory_in_use";
  return configured_wrong ? ExitCode::kConfiguration : ExitCode::kTryAgain;
}

Engine::Engine(const Config& config, const EngineOptions& options)
    : config_(config), alert_format_(options.alert_format), rule_costs_(cost_options(config)) {}

std::shared_ptr<const InspectPlan> Engine::make_plan(std::shared_ptr<const RuleSet> rules) const {
  auto plan = std::make_shared<InspectPlan>();
  plan->facts = std::make_shared<FactPlan>(rules);
  plan->costs = rule_costs_.make_board(rules);
  plan->rules = std::move(rules);
  for (const SourceConfig& source : config_.sources) plan->mappings.push_back(source.mapping);
  plan->context.zone = config_.engine.zone;
  plan->privacy = config_.privacy;
  plan->publish_from = config_.publish_from;
  // A file is read the same whenever it is read: its times are not compared with the clock.
  if (!reads_files(config_)) plan->max_future_skew = config_.engine.max_future_skew;
  plan->reassembly_timeout = config_.engine.reassembly_timeout;
  plan->facts_partition_count = facts_partition_count_;
  for (const auto& [route, output] : config_.routes) plan->routes.push_back(route);
  plan->alert_format = alert_format_;
  return plan;
}

Expected<std::unique_ptr<Engine>, EngineError> Engine::create(const Config& config,
                                                              const EngineOptions& options) {
  std::shared_ptr<const RuleSet> rules = options.rules;
  if (rules == nullptr) {
    auto compiled = compile_rules(rules_location(config), available_fields(config));
    if (!compiled) return Unexpected<EngineError>(std::move(compiled.error()));
    rules = std::move(*compiled);
  }
  log_inactive(*rules);
  std::unique_ptr<Engine> engine(new Engine(config, options));
  engine->rules_ = rules;
  const auto partition_count = count_facts_partitions(config, kFactsPartitionCount);
  if (!partition_count) return failure(partition_count.error());
  engine->facts_partition_count_ = *partition_count;
  if (!config.state.directory.empty()) {
    // With the exchange in memory, all partitions are saved together.
    const bool is_memory = config.exchange.kind == ExchangeKind::kMemory;
    auto keeper = StateKeeper::open(config, is_memory ? 1 : *partition_count, options.version);
    if (!keeper) return failure(keeper.error());
    engine->keeper_ = std::move(*keeper);
    engine->keeper_->follow_rules(engine->rules_->digest());
  }
  auto plan = engine->make_plan(std::move(rules));
  engine->rule_costs_.begin(plan->costs);
  engine->pipeline_ = std::make_unique<Pipeline>(std::move(plan), pipeline_options(config));
  engine->pipeline_->keep_state(engine->keeper_.get());
  if (auto connected = engine->connect(); !connected) return failure(connected.error());
  return engine;
}

// Opens outputs, then sources.
Expected<void, StreamError> Engine::connect() {
  auto publisher = Publisher::open(config_, *pipeline_, pipeline_->facts_deliveries());
  if (!publisher) return Unexpected<StreamError>(std::move(publisher.error()));
  publisher_ = std::move(*publisher);
  if (config_.exchange.kind == ExchangeKind::kKafka) {
    if (auto checked = check_not_rewound(config_); !checked) return checked;
  }
  auto input = Input::open(config_, *pipeline_);
  if (!input) return Unexpected<StreamError>(std::move(input.error()));
  input_ = std::move(*input);
  if (auto guarded = guard_exchange(); !guarded) return guarded;
  pipeline_->attach(input_->source(), *publisher_);
  FactsReader* reader = pipeline_->facts_reader();
  if (reader == nullptr) return {};
  auto source = open_facts_source(config_, *reader);
  if (!source) return Unexpected<StreamError>(std::move(source.error()));
  reader->attach(std::move(*source));
  return {};
}

Expected<void, StreamError> Engine::guard_exchange() {
  if (config_.exchange.kind == ExchangeKind::kKafka || reads_files(config_)) return {};
  auto topics = guarded_topics(config_);
  if (!topics) return Unexpected<StreamError>(std::move(topics.error()));
  guard_.emplace(std::move(*topics), milliseconds(config_.exchange.settle.ms));
  return {};
}

void Engine::check_exchange() {
  constexpr milliseconds kGuardEvery{500};
  const auto now = std::chrono::steady_clock::now();
  if (!guard_ || now - guarded_at_ < kGuardEvery || error()) return;
  guarded_at_ = now;
  if (const auto lacking = guard_->check(*rules(), input_->source().lanes(), now)) {
    pipeline_->fail(*lacking);
  }
}

// The pipeline is the listener of input and outputs, and its threads use both: end its threads,
// then close those, then free it.
Engine::~Engine() {
  if (pipeline_ != nullptr) {
    pipeline_->end_workers();
    if (pipeline_->facts_reader() != nullptr) pipeline_->facts_reader()->end();
  }
  input_.reset();
  publisher_.reset();
}

void Engine::start() { pipeline_->start(); }

Pipeline::NextPlan Engine::prepare(std::shared_ptr<const RuleSet> rules) const {
  Pipeline::NextPlan next;
  next.plan = make_plan(std::move(rules));
  const size_t count = pipeline_->threads() + Pipeline::kSpareInspectors;
  for (size_t i = 0; i < count; ++i) {
    next.inspectors.push_back(std::make_unique<Inspector>(next.plan));
  }
  return next;
}

bool Engine::adopt(Pipeline::NextPlan& next, AdoptedWindows& windows) {
  const std::shared_ptr<const RuleSet> rules = next.plan->rules;
  const std::shared_ptr<RuleCostBoard> costs = next.plan->costs;
  if (!pipeline_->adopt(next, windows)) return false;
  rule_costs_.begin(costs);
  log_inactive(*rules);
  const std::lock_guard lock(rules_mutex_);
  rules_ = rules;
  return true;
}

std::shared_ptr<const RuleSet> Engine::rules() const {
  const std::lock_guard lock(rules_mutex_);
  return rules_;
}

void Engine::service(milliseconds timeout) {
  pipeline_->service();
  pipeline_->collect_plans();
  rule_costs_.service(std::chrono::steady_clock::now());
  check_exchange();
  input_->service(timeout);
}

std::optional<SnapshotTotals> Engine::snapshots() const {
  if (keeper_ == nullptr) return std::nullopt;
  return keeper_->totals();
}

std::vector<LaneLag> Engine::lags() const {
  std::vector<LaneLag> lags = input_->lags();
  if (const FactsReader* reader = pipeline_->facts_reader()) {
    for (LaneLag& lag : reader->lags()) lags.push_back(std::move(lag));
  }
  return lags;
}

bool Engine::ready() const { return !input_->source().lanes().empty(); }

bool Engine::finished() const { return pipeline_->finished() || input_->fatal_error().has_value(); }

std::optional<StreamError> Engine::error() const {
  std::optional<StreamError> error = pipeline_->error();
  return error ? error : input_->fatal_error();
}

EngineEnd Engine::stop() {
  const milliseconds timeout(config_.engine.drain_timeout.ms);
  EngineEnd end;
  end.error = error();
  end.drained = pipeline_->stop(timeout);
  input_->close(timeout);
  return end;
}

}  // namespace sieve
