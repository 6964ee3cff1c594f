#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/limits.h"
#include "base/line_diff.h"
#include "cli/verbs.h"
#include "rule/format.h"
#include "rule/parse.h"

namespace sieve {
namespace {

struct FmtArguments {
  std::vector<std::string> paths;
  bool check = false;
};

enum class FormatOutcome : uint8_t { kSame, kChanged, kRefused, kUnreadable };

FormatOutcome unreadable(const FileError& error) {
  fmt::print(stderr, "{}\n", error.message);
  return FormatOutcome::kUnreadable;
}

FormatOutcome format_file(const std::string& file, bool check) {
  const auto text = read_file(file, limits::kRuleFileBytesMax);
  if (!text) return unreadable(text.error());
  const auto formatted = format_rule_file(file, *text);
  if (!formatted) {
    fmt::print("{}", formatted.error().empty()
                         ? fmt::format("{} is left as it is: it would say something else\n", file)
                         : render_all(formatted.error(), {{file, *text}}));
    return FormatOutcome::kRefused;
  }
  if (*formatted == *text) return FormatOutcome::kSame;
  fmt::print("{}", check ? line_diff(file, *text, *formatted) : fmt::format("{}\n", file));
  if (check) return FormatOutcome::kChanged;
  if (const auto written = write_file_atomically(file, *formatted); !written) {
    return unreadable(written.error());
  }
  return FormatOutcome::kChanged;
}

ExitStatus format(const FmtArguments& arguments) {
  size_t changed = 0;
  size_t files = 0;
  bool refused = false;
  for (const std::string& path : rules_of(arguments.paths).paths) {
    const auto found = list_files(path, kRuleFileSuffix);
    if (!found) {
      unreadable(found.error());
      return static_cast<int>(ExitCode::kInputOutput);
    }
    for (const std::string& file : *found) {
      const FormatOutcome outcome = format_file(file, arguments.check);
      if (outcome == FormatOutcome::kUnreadable) return static_cast<int>(ExitCode::kInputOutput);
      ++files;
      changed += outcome == FormatOutcome::kChanged ? 1 : 0;
      refused |= outcome == FormatOutcome::kRefused;
    }
  }
  fmt::print("{} of {} files {}\n", changed, files,
             arguments.check ? "are not formatted" : "were formatted");
  const bool failed = refused || (arguments.check && changed > 0);
  return static_cast<int>(failed ? ExitCode::kFailed : ExitCode::kOk);
}

}  // namespace

void add_rules_fmt(CLI::App& rules, ExitStatus& status) {
  auto arguments = std::make_shared<FmtArguments>();
  CLI::App* verb = rules.add_subcommand(
      "fmt",
      "Write rule files in the one way, comments and all; prints the names of those changed.");
  verb->add_option("paths", arguments->paths, "Rule files or directories (default: rules)");
  verb->add_flag("--check", arguments->check,
                 "Change nothing: show what would change, exit 1 if anything would");
  verb->callback([arguments, &status] { status = format(*arguments); });
}

}  // namespace sieve
