#include "run/config.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/verbs.h"
#include "run/config_text.h"
#include "run/sample.h"

namespace sieve {
namespace {

struct ConfigArguments {
  std::string config;
  std::vector<std::string> overrides;
  std::string sample;
  std::string source;
  size_t lines = 5;
};

ExitStatus check(const ConfigArguments& arguments) {
  const Expected<Config, EngineError> config =
      load_config_or_explain(arguments.config, arguments.overrides);
  if (!config) {
    fmt::print(stderr, "{}", config.error().text);
    return static_cast<int>(ExitCode::kConfiguration);
  }
  if (arguments.sample.empty()) {
    fmt::print("{} is good: {} sources\n", arguments.config, config->sources.size());
    return static_cast<int>(ExitCode::kOk);
  }
  const Expected<Sample, EngineError> sample =
      read_sample(*config, {arguments.sample, arguments.source, arguments.lines});
  if (!sample) {
    fmt::print(stderr, "{}", sample.error().text);
    return static_cast<int>(sample.error().exit_code);
  }
  fmt::print("{}", render_sample(*sample));
  return static_cast<int>(sample->failed == 0 ? ExitCode::kOk : ExitCode::kFailed);
}

}  // namespace

void add_config(CLI::App& app, ExitStatus& status) {
  CLI::App* verb = app.add_subcommand("config", "Check configuration files.");
  verb->require_subcommand(1);
  auto arguments = std::make_shared<ConfigArguments>();
  CLI::App* check_verb = verb->add_subcommand(
      "check", "Report every problem of a configuration; with --sample, show what records become.");
  check_verb->add_option("config", arguments->config, "The configuration file")->required();
  check_verb->add_option("--set", arguments->overrides, "Change one key: a.b.c=value (repeatable)")
      ->allow_extra_args(false);
  check_verb->add_option("--sample", arguments->sample,
                         "Decode the records of this file by the configuration's mapping");
  check_verb->add_option("--source", arguments->source,
                         "Which source's mapping to use (default: the first)");
  check_verb->add_option("--lines", arguments->lines, "How many decoded records to show")
      ->capture_default_str();
  check_verb->callback([arguments, &status] { status = check(*arguments); });
}

}  // namespace sieve
