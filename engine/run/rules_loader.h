// Loading rules for the engine and the verbs: files to a compiled RuleSet, or the full text of what
// is wrong with them.
//
// Thread safety: pure functions.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.h"
#include "evaluate/rule_set.h"
#include "run/engine_error.h"

namespace sieve {

struct RulesLocation {
  std::vector<std::string> paths;
  std::string
      thresholds;  // Empty: `thresholds.yaml` in the first path that is a directory with one.
  std::string cache;
  CompilerOptions compiler;
  // By which rules and exceptions expire; Date(): never. Nothing: the clock's.
  std::optional<Date> today;
};

// `rules` here, or the installed ones beside the binary; for verbs without --rules.
RulesLocation default_rules(const CompilerOptions& compiler);
// `paths` with the thresholds file they imply.
RulesLocation rules_at(std::vector<std::string> paths, const CompilerOptions& compiler);

// Reads and compiles; warnings are logged. `available_fields`: see CompileOptions.
Expected<std::shared_ptr<const RuleSet>, EngineError> compile_rules(
    const RulesLocation& location, const std::optional<std::vector<FieldId>>& available_fields);

// The same of files that were read; `running`: the rules in force, whose lists stay where they say
// so and come out empty (null: none).
Expected<std::shared_ptr<const RuleSet>, EngineError> compile_loaded(
    LoadedRules loaded, const RulesLocation& location,
    const std::optional<std::vector<FieldId>>& available_fields, const RuleSet* running);

// All of `diagnostics` as text, at most limits::kDiagnosticsShownMax of them, and a count.
std::string render_all(const Diagnostics& diagnostics, const std::vector<SourceText>& sources);

}  // namespace sieve
