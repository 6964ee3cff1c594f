#include "run/reloader.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/log.h"
#include "run/acceptance.h"
#include "run/file_stamps.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;

constexpr int kReadsMax = 5;  // Of files that change while they are read.
constexpr Duration kDayLook{60'000};
// Behind the workers wherever the processor is short.
constexpr int kNiceness = 5;

void be_nice() {
  (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), kNiceness);
}

Date date_now(const Config& config) { return config.engine.zone.date_of(wall_clock_now()); }

}  // namespace

std::string_view name_of(ReloadTrigger trigger) {
  static constexpr std::array<std::string_view, 4> kNames = {"signal", "files", "http", "day"};
  return kNames[static_cast<size_t>(trigger)];
}

std::string_view name_of(ReloadOutcome outcome) {
  static constexpr std::array<std::string_view, kReloadOutcomeCount> kNames = {
      "accepted", "unchanged",     "changing", "invalid",
      "shrunk",   "failing_tests", "canary",   "stopped"};
  return kNames[static_cast<size_t>(outcome)];
}

std::string_view name_of(ReloadPhase phase) {
  static constexpr std::array<std::string_view, 5> kNames = {"idle", "reading", "compiling",
                                                             "testing", "adopting"};
  return kNames[static_cast<size_t>(phase)];
}

Reloader::Reloader(Engine& engine, const Options& options)
    : engine_(engine), options_(options), location_(rules_location(engine.config())) {
  status_.running = engine_.rules()->digest();
  status_.loaded_at = wall_clock_now();
  today_ = date_now(engine_.config());
  watched_ = location_.paths;
  thread_ = std::thread([this] { run(); });
}

Reloader::~Reloader() { stop(); }

void Reloader::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

uint64_t Reloader::request(ReloadTrigger trigger, bool allow_shrink) {
  const std::lock_guard lock(mutex_);
  const bool shrink = allow_shrink || (wanted_ && wanted_->allow_shrink);
  wanted_ = Request{trigger, shrink};
  changed_.notify_all();
  return ++requested_;
}

bool Reloader::wait(uint64_t number, milliseconds timeout) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, timeout, [&] { return stopping_ || answered_ >= number; });
  return answered_ >= number;
}

ReloadStatus Reloader::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void Reloader::service() {
  const std::lock_guard lock(mutex_);
  if (!next_) return;
  if (!handed_over_) handed_over_ = engine_.adopt(*next_, windows_);
  if (!handed_over_ || !engine_.adopted()) return;
  adopted_ = true;
  next_.reset();
  changed_.notify_all();
}

void Reloader::run() {
  be_nice();
  std::unique_lock lock(mutex_);
  Request request;
  while (next_request(lock, request)) {
    const uint64_t answers = requested_;
    lock.unlock();
    ReloadAttempt done = attempt(request);
    lock.lock();
    answered_ = answers;
    finish(std::move(done));
  }
}

// Waits for one, looking at the files meanwhile; false: stop.
bool Reloader::next_request(std::unique_lock<std::mutex>& lock, Request& request) {
  while (!stopping_) {
    if (wanted_) {
      request = *wanted_;
      wanted_.reset();
      return true;
    }
    const Duration look = options_.watch.ms > 0 ? options_.watch : kDayLook;
    changed_.wait_for(lock, milliseconds(look.ms), [this] { return stopping_ || wanted_; });
    if (!stopping_ && !wanted_) look_at_files(lock);
  }
  return false;
}

// A change counts when the next look sees the same: until then somebody may be writing.
void Reloader::look_at_files(std::unique_lock<std::mutex>& lock) {
  lock.unlock();
  const Date today = date_now(engine_.config());
  const std::string stamps = options_.watch.ms > 0 ? file_stamps(watched_) : stamps_tried_;
  const bool files_changed = stamps != stamps_tried_ && stamps == stamps_seen_;
  const bool day_changed = today != today_;
  stamps_seen_ = stamps;
  today_ = today;
  lock.lock();
  if (wanted_ || !(files_changed || day_changed)) return;
  wanted_ = Request{files_changed ? ReloadTrigger::kFiles : ReloadTrigger::kDay, false};
  ++requested_;
}

void Reloader::enter(ReloadPhase phase) {
  const std::lock_guard lock(mutex_);
  status_.phase = phase;
}

bool Reloader::pause(Duration duration) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, milliseconds(duration.ms), [this] { return stopping_; });
}

// Every file that what was read is made of, so that a change of any is seen.
void Reloader::note_files(const LoadedRules& loaded) {
  watched_ = location_.paths;
  if (!location_.thresholds.empty()) watched_.push_back(location_.thresholds);
  for (const ListDef& list : loaded.definitions.lists) {
    if (list.file.empty()) continue;
    const std::filesystem::path directory = std::filesystem::path(list.rule_file).parent_path();
    watched_.push_back((directory / list.file).lexically_normal().string());
  }
}

std::optional<LoadedRules> Reloader::read(ReloadAttempt& attempt) {
  enter(ReloadPhase::kReading);
  for (int i = 0; i < kReadsMax; ++i) {
    std::string stamps = file_stamps(watched_);
    LoadedRules loaded = load_rules(location_.paths, location_.thresholds);
    if (!pause(options_.settle)) {
      attempt.outcome = ReloadOutcome::kStopped;
      return std::nullopt;
    }
    if (file_stamps(watched_) != stamps) continue;
    note_files(loaded);
    stamps_tried_ = file_stamps(watched_);
    return loaded;
  }
  attempt.outcome = ReloadOutcome::kChanging;
  attempt.detail = fmt::format("files changed while they were read, {} times\n", kReadsMax);
  return std::nullopt;
}

std::shared_ptr<const RuleSet> Reloader::compile(LoadedRules loaded, ReloadAttempt& attempt) {
  enter(ReloadPhase::kCompiling);
  const std::shared_ptr<const RuleSet> running = engine_.rules();
  auto compiled = compile_loaded(std::move(loaded), location_, available_fields(engine_.config()),
                                 running.get());
  if (compiled) return std::move(*compiled);
  attempt.outcome = ReloadOutcome::kInvalid;
  attempt.detail = compiled.error().text;
  return nullptr;
}

bool Reloader::passes_tests(const std::shared_ptr<const RuleSet>& rules, ReloadAttempt& attempt) {
  enter(ReloadPhase::kTesting);
  RuleTestOptions options;
  options.context.zone = engine_.config().engine.zone;
  options.default_country = engine_.config().engine.default_country;
  attempt.outcome = ReloadOutcome::kFailingTests;
  attempt.detail = failing_tests(rules, options);
  return attempt.detail.empty();
}

ReloadAttempt Reloader::attempt(const Request& request) {
  ReloadAttempt attempt;
  attempt.trigger = request.trigger;
  attempt.began = wall_clock_now();
  std::optional<LoadedRules> loaded = read(attempt);
  if (!loaded) return attempt;
  attempt.digest = loaded->digest;
  const std::shared_ptr<const RuleSet> running = engine_.rules();
  // On a new day the same files may mean other rules: some have expired.
  if (loaded->ok() && loaded->digest == running->digest() &&
      request.trigger != ReloadTrigger::kDay) {
    attempt.outcome = ReloadOutcome::kUnchanged;
    return attempt;
  }
  const std::shared_ptr<const RuleSet> rules = compile(std::move(*loaded), attempt);
  if (rules == nullptr) return attempt;
  attempt.change = rules_change(*running, *rules);
  if (!request.allow_shrink) {
    attempt.outcome = ReloadOutcome::kShrunk;
    attempt.detail = shrink_problem(attempt.change, options_.shrink_max);
    if (!attempt.detail.empty()) return attempt;
  }
  if (passes_tests(rules, attempt)) adopt(rules, attempt);
  return attempt;
}

void Reloader::adopt(std::shared_ptr<const RuleSet> rules, ReloadAttempt& attempt) {
  Pipeline::NextPlan next = engine_.prepare(std::move(rules));
  attempt.detail = canary_problem(*next.plan, engine_.config().engine.default_country);
  attempt.outcome = ReloadOutcome::kCanary;
  if (!attempt.detail.empty()) return;
  enter(ReloadPhase::kAdopting);
  std::unique_lock lock(mutex_);
  next_ = std::move(next);
  handed_over_ = false;
  adopted_ = false;
  changed_.wait(lock, [this] { return adopted_ || stopping_; });
  attempt.outcome = adopted_ ? ReloadOutcome::kAccepted : ReloadOutcome::kStopped;
  attempt.windows = windows_;
  attempt.detail = render_change(attempt.change) + '\n';
}

// REQUIRES: mutex_ is held.
void Reloader::finish(ReloadAttempt attempt) {
  attempt.ended = wall_clock_now();
  attempt.number = status_.last ? status_.last->number + 1 : 1;
  ++status_.outcomes[static_cast<size_t>(attempt.outcome)];
  status_.phase = ReloadPhase::kIdle;
  status_.running = engine_.rules()->digest();
  if (attempt.outcome == ReloadOutcome::kAccepted) {
    status_.loaded_at = attempt.ended;
    log_info("rules", "reloaded",
             "trigger={} digest={} change={} windows_kept={} windows_fresh={} ms={}",
             name_of(attempt.trigger), attempt.digest, log_value(render_change(attempt.change)),
             attempt.windows.kept, attempt.windows.fresh, (attempt.ended - attempt.began).ms);
  } else if (attempt.outcome == ReloadOutcome::kUnchanged) {
    log_info("rules", "reload_unchanged", "trigger={} digest={}", name_of(attempt.trigger),
             attempt.digest);
  } else {
    log_error("rules", "reload_rejected", "trigger={} reason={} running={} wanted={} detail={}",
              name_of(attempt.trigger), name_of(attempt.outcome), status_.running,
              attempt.digest.empty() ? "unknown" : attempt.digest, log_value(attempt.detail));
  }
  status_.last = std::move(attempt);
  changed_.notify_all();
}

}  // namespace sieve
