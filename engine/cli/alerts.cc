#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include "alert/read.h"
#include "cli/verbs.h"
#include "run/engine_error.h"

namespace sieve {
namespace {

struct AlertsArguments {
  std::string file = "-";
  uint64_t count = 0;
};

// Shows up to `count_max` alerts (0: all) of `input`; a line that is no alert is named and ends it.
ExitStatus show(std::istream& input, const AlertsArguments& arguments) {
  std::string line;
  uint64_t number = 0;
  while (std::getline(input, line)) {
    if (arguments.count > 0 && number == arguments.count) break;
    ++number;
    const Expected<JsonValue, JsonError> json = parse_json(line);
    const Expected<Alert, JsonError> alert =
        json ? read_alert(*json) : Unexpected<JsonError>(json.error());
    if (!alert) {
      fmt::print(stderr, "error: {}:{}: {}\n", arguments.file, number, alert.error().message);
      return static_cast<int>(ExitCode::kFailed);
    }
    fmt::print("{}\n", render_text(*alert));
  }
  return static_cast<int>(ExitCode::kOk);
}

ExitStatus run(const AlertsArguments& arguments) {
  if (arguments.file == "-") return show(std::cin, arguments);
  std::ifstream file(arguments.file);
  if (!file) {
    fmt::print(stderr, "error: cannot read {}\n", arguments.file);
    return static_cast<int>(ExitCode::kInputOutput);
  }
  return show(file, arguments);
}

}  // namespace

void add_alerts(CLI::App& app, ExitStatus& status) {
  CLI::App* verb = app.add_subcommand("alerts", "Show alerts (JSON lines) as text for people.");
  auto arguments = std::make_shared<AlertsArguments>();
  verb->add_option("file", arguments->file, "The alerts (default: standard input)")
      ->capture_default_str();
  verb->add_option("--count", arguments->count, "Show only the first ones (0: all)")
      ->capture_default_str();
  verb->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace sieve
