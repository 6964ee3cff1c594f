// The service behind `scamsieve run`: an engine with its HTTP port, until its input ends or a
// signal asks it to stop.
//
// Thread safety: call once per process; installs handlers for SIGTERM and SIGINT (stop) and SIGHUP
// (load the rules again).
#pragma once

#include <atomic>
#include <string>

#include "run/config.h"
#include "run/engine_error.h"

namespace sieve {

struct ServiceOptions {
  std::string version;
  // Set by tests and tools that stop the service from within; null: signals only.
  const std::atomic<bool>* stop = nullptr;
};

// Runs until the end. The text of an error is for standard error; an orderly end has none.
EngineError run_service(const Config& config, const ServiceOptions& options);

// Whether the process was asked to stop by a signal since install_stop_signals().
bool stop_requested();
void install_stop_signals();

}  // namespace sieve
