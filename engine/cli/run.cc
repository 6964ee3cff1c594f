#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/verbs.h"
#include "run/config_text.h"
#include "run/service.h"

namespace sieve {
namespace {

struct RunArguments {
  std::string config;
  std::vector<std::string> overrides;
};

ExitStatus run(const RunArguments& arguments) {
  Expected<Config, EngineError> config =
      load_config_or_explain(arguments.config, arguments.overrides);
  if (!config) {
    fmt::print(stderr, "{}", config.error().text);
    return static_cast<int>(config.error().exit_code);
  }
  config->rules.compiler.executable = kThisExecutable;
  const EngineError end = run_service(*config, {SIEVE_VERSION});
  fmt::print(stderr, "{}", end.text);
  return static_cast<int>(end.exit_code);
}

}  // namespace

void add_run(CLI::App& app, ExitStatus& status) {
  CLI::App* verb = app.add_subcommand(
      "run", "Run the engine a configuration describes, until its input ends or SIGTERM.");
  auto arguments = std::make_shared<RunArguments>();
  verb->add_option("--config", arguments->config, "The configuration file")->required();
  verb->add_option("--set", arguments->overrides, "Change one key: a.b.c=value (repeatable)")
      ->allow_extra_args(false);
  verb->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace sieve
