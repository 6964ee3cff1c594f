// scamsieve: detects scam messages in streams of messages and calls.
#include <exception>
#include <iostream>

#include "cli/verbs.h"
#include "match/compile_child.h"
#include "run/engine_error.h"

namespace {

constexpr char kFooter[] =
    "Exit codes:\n"
    "  0   done\n"
    "  1   the check failed: bad rules, failing tests, files to format or mend, a budget "
    "exceeded,\n"
    "      a damaged snapshot\n"
    "  2   the command line is wrong\n"
    "  70  a bug in scamsieve\n"
    "  74  a file or output cannot be read or written\n"
    "  75  try again: no broker, or stopped in haste\n"
    "  78  the configuration or the rules are wrong\n";

int run(int argc, char** argv) {
  using namespace sieve;
  CLI::App app("Detects scam messages in streams of messages and calls.", "scamsieve");
  app.require_subcommand(1);
  app.footer(kFooter);
  ExitStatus status = 0;
  add_run(app, status);
  add_scan(app, status);
  add_eval(app, status);
  add_alerts(app, status);
  add_rules(app, status);
  add_fold(app, status);
  add_config(app, status);
  add_state(app, status);
  add_version(app, status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::kUsage);
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (sieve::is_compile_child(argc, argv)) return sieve::run_compile_child();
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "error[internal]: " << error.what() << "\n";
    return static_cast<int>(sieve::ExitCode::kInternal);
  }
}
