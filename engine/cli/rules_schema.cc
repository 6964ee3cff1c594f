#include <fmt/format.h>

#include "cli/verbs.h"
#include "rule/schema_keys.h"

namespace sieve {

void add_rules_schema(CLI::App& rules, ExitStatus& status) {
  CLI::App* verb = rules.add_subcommand(
      "schema", "Print the JSON Schema of rule files, for editors that complete and explain YAML.");
  verb->callback([&status] {
    fmt::print("{}\n", rule_schema());
    status = static_cast<int>(ExitCode::kOk);
  });
}

}  // namespace sieve
