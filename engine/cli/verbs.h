// The verbs of `scamsieve`: each adds its command line to the program and, when chosen, runs.
//
// Thread safety: called from main() only.
#pragma once

#include <CLI/CLI.hpp>

namespace sieve {

// Ends the verb with `code`; main() returns it.
using ExitStatus = int;

// Each function registers one verb; `status` receives what main() returns once the verb has run.
void add_run(CLI::App& app, ExitStatus& status);
void add_scan(CLI::App& app, ExitStatus& status);
void add_alerts(CLI::App& app, ExitStatus& status);
void add_eval(CLI::App& app, ExitStatus& status);
void add_rules(CLI::App& app, ExitStatus& status);
void add_fold(CLI::App& app, ExitStatus& status);
void add_config(CLI::App& app, ExitStatus& status);
void add_version(CLI::App& app, ExitStatus& status);

}  // namespace sieve
