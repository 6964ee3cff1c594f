// The verbs of `scamsieve`: each adds its command line to the program and, when chosen, runs.
//
// Thread safety: called from main() only.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "run/engine_error.h"
#include "run/rules_loader.h"

namespace sieve {

// Ends the verb with `code`; main() returns it.
using ExitStatus = int;
// Says on standard error what went wrong.
ExitStatus end_with(const EngineError& error);

// Compiling patterns is done by another run of this program (match/compile_child.h). The name holds
// when the file was replaced since it was started.
inline constexpr char kThisExecutable[] = "/proc/self/exe";

// Where verbs that take rule files find them: at `paths`, or the default.
RulesLocation rules_of(const std::vector<std::string>& paths);
// Adds `--today DATE`: by which day authors are told what expires.
void add_today(CLI::App& verb, std::string& today);

// Each function registers one verb; `status` receives what main() returns once the verb has run.
void add_run(CLI::App& app, ExitStatus& status);
void add_scan(CLI::App& app, ExitStatus& status);
void add_alerts(CLI::App& app, ExitStatus& status);
void add_eval(CLI::App& app, ExitStatus& status);
void add_rules(CLI::App& app, ExitStatus& status);
void add_fold(CLI::App& app, ExitStatus& status);
void add_config(CLI::App& app, ExitStatus& status);
void add_state(CLI::App& app, ExitStatus& status);
void add_version(CLI::App& app, ExitStatus& status);

// The verbs of `rules` that have a file of their own.
void add_rules_diff(CLI::App& rules, ExitStatus& status);
void add_rules_explain(CLI::App& rules, ExitStatus& status);
void add_rules_fit(CLI::App& rules, ExitStatus& status);
void add_rules_fmt(CLI::App& rules, ExitStatus& status);
void add_rules_fix(CLI::App& rules, ExitStatus& status);
void add_rules_list(CLI::App& rules, ExitStatus& status);
void add_rules_profile(CLI::App& rules, ExitStatus& status);
void add_rules_samples(CLI::App& rules, ExitStatus& status);
void add_rules_schema(CLI::App& rules, ExitStatus& status);
void add_rules_test(CLI::App& rules, ExitStatus& status);

}  // namespace sieve
