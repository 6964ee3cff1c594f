#include "cli/verbs.h"

#include <fmt/format.h>

namespace sieve {

ExitStatus end_with(const EngineError& error) {
  fmt::print(stderr, "{}", error.text);
  return static_cast<int>(error.exit_code);
}

RulesLocation rules_of(const std::vector<std::string>& paths) {
  CompilerOptions compiler;
  compiler.executable = kThisExecutable;
  return paths.empty() ? default_rules(compiler) : rules_at(paths, compiler);
}

void add_today(CLI::App& verb, std::string& today) {
  verb.add_option("--today", today, "Tell what expires as of this day: 2027-06-30 (default: today)")
      ->check([](const std::string& text) {
        return parse_date(text) ? std::string() : "no date such as 2027-06-30: " + text;
      });
}

}  // namespace sieve
