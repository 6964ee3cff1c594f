// Files of records as the input of a verb: its options, the configuration they make, and running an
// engine over them to the end.
//
// Thread safety: called from main() only.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "base/expected.h"
#include "run/config.h"
#include "run/engine.h"

namespace sieve {

struct FileInput {
  std::vector<std::string> files, messages, calls, reports;
  std::string country;
  std::string zone = "UTC";
  int64_t threads = 0;
};

// Lifetime: `input` lives until the verb has run.
void add_file_input(CLI::App& verb, FileInput& input);

// An engine over these files, without outputs and HTTP; or what is wrong with the options.
Expected<Config, std::string> config_of(const FileInput& input);

// Runs to the end, or until a signal; with `progress`, says on standard error how far it is.
void run_to_end(Engine& engine, bool progress);

}  // namespace sieve
