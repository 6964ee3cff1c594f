#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/line_diff.h"
#include "cli/verbs.h"
#include "rule/fix.h"

namespace sieve {
namespace {

struct FixArguments {
  std::vector<std::string> paths;
  bool check = false;
};

ExitStatus fix(const FixArguments& arguments) {
  const RulesLocation location = rules_of(arguments.paths);
  const FixedRules fixed = fix_rules(location.paths, location.thresholds);
  for (const FixedFile& file : fixed.files) {
    fmt::print("{}", line_diff(file.file, file.before, file.after));
    if (arguments.check) continue;
    if (const auto written = write_file_atomically(file.file, file.after); !written) {
      fmt::print(stderr, "{}\n", written.error().message);
      return static_cast<int>(ExitCode::kInputOutput);
    }
  }
  fmt::print("{} patches in {} files{}\n", fixed.patches, fixed.files.size(),
             arguments.check ? " to apply" : "");
  if (fixed.left > 0)
    fmt::print("{} patches would break their files: see rules check\n", fixed.left);
  const bool failed = fixed.left > 0 || (arguments.check && !fixed.files.empty());
  return static_cast<int>(failed ? ExitCode::kFailed : ExitCode::kOk);
}

}  // namespace

void add_rules_fix(CLI::App& rules, ExitStatus& status) {
  auto arguments = std::make_shared<FixArguments>();
  CLI::App* verb = rules.add_subcommand(
      "fix", "Mend rule files by the patches that `rules check` shows; prints what it changes.");
  verb->add_option("paths", arguments->paths, "Rule files or directories (default: rules)");
  verb->add_flag("--check", arguments->check,
                 "Change nothing: show what would change, exit 1 if anything would");
  verb->callback([arguments, &status] { status = fix(*arguments); });
}

}  // namespace sieve
