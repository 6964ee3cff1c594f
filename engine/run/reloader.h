// A Reloader puts changed rules and lists in force while records flow, or says exactly why it does
// not: the rules that run stay until new ones have passed everything.
//
//   asked for -> read (until nothing changes meanwhile) -> digest, the same as what runs: done
//     -> parsed and compiled -> nothing shrank too far -> the tests that rules carry, a canary
//     -> every worker goes on with the new rules from one batch to the next -> done
//
// All but the last step happens on a thread of its own, at low priority; a compilation has a
// process of its own as well. Windows of rules that count what they counted go on.
//
//   Reloader reloader(engine, options);
//   while (...) { engine.service(20ms); reloader.service(); }        // Control thread.
//   reloader.wait(reloader.request(ReloadTrigger::kHttp, {}), 60s);  // Any thread.
//
// Thread safety: service() from the engine's control thread, the rest from any. Lifetime: refers to
// the engine.
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "run/engine.h"
#include "run/rules_change.h"

namespace sieve {

enum class ReloadTrigger : uint8_t { kSignal, kFiles, kHttp, kDay };
std::string_view name_of(ReloadTrigger trigger);

// How an attempt ended: accepted, unchanged, or why it was rejected.
enum class ReloadOutcome : uint8_t {
  kAccepted,      // Every worker has the new rules.
  kUnchanged,     // The files are those that run.
  kChanging,      // They did not keep still.
  kInvalid,       // Files, rules or lists are wrong, or do not compile.
  kShrunk,        // So much went that it looks like half a bundle.
  kFailingTests,  // Of those that rules carry.
  kCanary,        // A message did not come through.
  kStopped,       // The engine ended first.
};
inline constexpr size_t kReloadOutcomeCount = 8;
std::string_view name_of(ReloadOutcome outcome);

struct ReloadAttempt {
  uint64_t number = 0;  // 1, 2, ...
  ReloadTrigger trigger = ReloadTrigger::kSignal;
  ReloadOutcome outcome = ReloadOutcome::kUnchanged;
  std::string detail;  // For people: why not, or what changed. Lines.
  std::string digest;  // Of what was read; empty: it could not be.
  RulesChange change;
  AdoptedWindows windows;
  Timestamp began;
  Timestamp ended;

  bool ok() const {
    return outcome == ReloadOutcome::kAccepted || outcome == ReloadOutcome::kUnchanged;
  }
};

enum class ReloadPhase : uint8_t { kIdle, kReading, kCompiling, kTesting, kAdopting };
std::string_view name_of(ReloadPhase phase);

struct ReloadStatus {
  ReloadPhase phase = ReloadPhase::kIdle;
  std::string running;  // Digest of the rules in force.
  std::optional<ReloadAttempt> last;
  std::array<uint64_t, kReloadOutcomeCount> outcomes{};  // Attempts by how they ended.
  Timestamp loaded_at;                                   // When what runs came into force.
};

class Reloader {
 public:
  struct Options {
    Duration watch{5'000};    // How often files are looked at; zero: never.
    Duration settle{500};     // How long they must keep still.
    int64_t shrink_max = 30;  // Percent; see shrink_problem().
  };

  Reloader(Engine& engine, const Options& options);
  ~Reloader();

  // Asks for an attempt that reads the files from now on; its number.
  uint64_t request(ReloadTrigger trigger, bool allow_shrink);
  // True when the attempt, or one that came after, ended within `timeout`.
  bool wait(uint64_t number, std::chrono::milliseconds timeout);
  ReloadStatus status() const;

  // Puts in force what is ready.
  void service();
  // Ends what is under way, and who waits for it. No requests are taken from now on.
  void stop();

 private:
  struct Request {
    ReloadTrigger trigger = ReloadTrigger::kSignal;
    bool allow_shrink = false;
  };

  void run();
  bool next_request(std::unique_lock<std::mutex>& lock, Request& request);
  void look_at_files(std::unique_lock<std::mutex>& lock);
  ReloadAttempt attempt(const Request& request);
  std::optional<LoadedRules> read(ReloadAttempt& attempt);
  std::shared_ptr<const RuleSet> compile(LoadedRules loaded, ReloadAttempt& attempt);
  bool passes_tests(const std::shared_ptr<const RuleSet>& rules, ReloadAttempt& attempt);
  void adopt(std::shared_ptr<const RuleSet> rules, ReloadAttempt& attempt);
  void enter(ReloadPhase phase);
  void finish(ReloadAttempt attempt);
  void note_files(const LoadedRules& loaded);
  bool pause(Duration duration);

  Engine& engine_;
  const Options options_;
  const RulesLocation location_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  bool stopping_ = false;
  std::optional<Request> wanted_;
  uint64_t requested_ = 0;  // Attempts asked for; several may be answered by one.
  uint64_t answered_ = 0;
  ReloadStatus status_;
  std::optional<Pipeline::NextPlan> next_;  // Ready for service().
  bool handed_over_ = false;
  bool adopted_ = false;
  AdoptedWindows windows_;

  // Of the thread alone.
  std::vector<std::string> watched_;  // Directories and files.
  std::string stamps_tried_;          // When the last attempt read them.
  std::string stamps_seen_;           // At the last look.
  Date today_;

  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace sieve
