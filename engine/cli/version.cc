#include <fmt/format.h>

#include "cli/verbs.h"
#include "text/fold.h"

namespace sieve {

void add_version(CLI::App& app, ExitStatus& status) {
  CLI::App* verb = app.add_subcommand("version", "Print the version.");
  auto json = std::make_shared<bool>(false);
  verb->add_flag("--json", *json, "As one JSON object");
  verb->callback([json, &status] {
    if (*json) {
      fmt::print("{{\"version\":\"{}\",\"fold\":{}}}\n", SIEVE_VERSION, kFoldVersion);
    } else {
      fmt::print("scamsieve {} (fold {})\n", SIEVE_VERSION, kFoldVersion);
    }
    status = 0;
  });
}

}  // namespace sieve
