// An engine that reads from a pipe, with a Reloader beside it and a control thread of its own: what
// tests need to load rules again while records flow.
//
// Thread safety: one test thread.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include "engine_fixture.h"
#include "run/reloader.h"

namespace sieve {

class RunningEngine {
 public:
  // `config` as of file_config(), whose files may be pipes.
  RunningEngine(const Config& config, const Reloader::Options& options) {
    auto engine = Engine::create(config, {});
    SIEVE_CHECK(engine.has_value(), "{}", engine.error().text);
    engine_ = std::move(*engine);
    reloader_ = std::make_unique<Reloader>(*engine_, options);
    engine_->start();
    control_ = std::thread([this] { control(); });
  }
  ~RunningEngine() { finish(); }

  // Waits for the input to end.
  EngineOutcome finish() {
    ending_ = true;
    if (control_.joinable()) control_.join();
    reloader_->stop();
    EngineEnd end = engine_->stop();
    return {engine_->totals(), std::move(end)};
  }

  // One attempt, from its request to its end.
  ReloadAttempt reload(bool allow_shrink = false) {
    const uint64_t number = reloader_->request(ReloadTrigger::kHttp, allow_shrink);
    SIEVE_CHECK(reloader_->wait(number, std::chrono::minutes(2)), "no answer");
    return *reloader_->status().last;
  }

  Engine& engine() { return *engine_; }
  Reloader& reloader() { return *reloader_; }

 private:
  // Goes on after the end of the input until finish(), as a service does that stays.
  void control() {
    while (!ending_ || !engine_->finished()) {
      engine_->service(std::chrono::milliseconds(1));
      reloader_->service();
    }
  }

  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Reloader> reloader_;
  std::atomic<bool> ending_{false};
  std::thread control_;
};

// A named pipe, and the end that records are written to.
class Pipe {
 public:
  explicit Pipe(std::string path) : path_(std::move(path)) { ::mkfifo(path_.c_str(), 0600); }
  ~Pipe() { close(); }
  // Waits for the reader.
  void open() { fd_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC); }
  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      SIEVE_CHECK(n > 0, "the reader went away");
      bytes.remove_prefix(static_cast<size_t>(n));
    }
  }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  std::string path_;
  int fd_ = -1;
};

}  // namespace sieve
