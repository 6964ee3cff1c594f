#include "run/rules_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>

#include "base/limits.h"
#include "base/log.h"

namespace sieve {
namespace {

namespace fs = std::filesystem;

// The directory of installed rules: share/scamsieve/rules beside bin/ of the running binary.
std::string installed_rules() {
  std::error_code error;
  const fs::path binary = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const fs::path rules = binary.parent_path().parent_path() / "share/scamsieve/rules";
  return fs::is_directory(rules, error) ? rules.string() : std::string();
}

// Of ten thousand rules without tests, some are enough: `rules check` has all.
void log_warnings(const Diagnostics& diagnostics) {
  const size_t shown = std::min(diagnostics.size(), limits::kDiagnosticsShownMax);
  for (const Diagnostic& d : std::span(diagnostics).first(shown)) {
    log_warning("rules", "diagnostic", "code={} at={}:{}:{} title={}", d.code, log_value(d.file),
                d.span.line, d.span.column, log_value(d.title));
  }
  if (shown == diagnostics.size()) return;
  log_warning("rules", "more_diagnostics", "count={} see={}", diagnostics.size() - shown,
              log_value("rules check"));
}

}  // namespace

RulesLocation rules_at(std::vector<std::string> paths, const CompilerOptions& compiler) {
  RulesLocation location;
  for (const std::string& path : paths) {
    std::error_code error;
    const fs::path thresholds = fs::path(path) / "thresholds.yaml";
    if (location.thresholds.empty() && fs::is_regular_file(thresholds, error)) {
      location.thresholds = thresholds.string();
    }
  }
  location.paths = std::move(paths);
  location.compiler = compiler;
  return location;
}

RulesLocation default_rules(const CompilerOptions& compiler) {
  std::error_code error;
  const std::string installed = installed_rules();
  if (!fs::is_directory("rules", error) && !installed.empty())
    return rules_at({installed}, compiler);
  return rules_at({"rules"}, compiler);
}

std::string render_all(const Diagnostics& diagnostics, const std::vector<SourceText>& sources) {
  std::string text;
  const size_t shown = std::min(diagnostics.size(), limits::kDiagnosticsShownMax);
  for (size_t i = 0; i < shown; ++i) text += render(diagnostics[i], sources) + "\n";
  const auto errors = std::count_if(diagnostics.begin(), diagnostics.end(),
                                    [](const auto& d) { return d.severity == Severity::kError; });
  const auto warnings = static_cast<std::ptrdiff_t>(diagnostics.size()) - errors;
  if (shown < diagnostics.size()) {
    text += fmt::format("... and {} more\n", diagnostics.size() - shown);
  }
  return text + fmt::format("{} errors, {} warnings\n", errors, warnings);
}

Expected<std::shared_ptr<const RuleSet>, EngineError> compile_rules(
    const RulesLocation& location, const std::optional<std::vector<FieldId>>& available_fields) {
  return compile_loaded(load_rules(location.paths, location.thresholds, {}, location.today),
                        location, available_fields, nullptr);
}

Expected<std::shared_ptr<const RuleSet>, EngineError> compile_loaded(
    LoadedRules loaded, const RulesLocation& location,
    const std::optional<std::vector<FieldId>>& available_fields, const RuleSet* running) {
  const std::vector<LoadedFile> texts = loaded.texts;
  std::vector<SourceText> sources;
  for (const LoadedFile& file : texts) sources.push_back({file.file, file.text});
  if (!loaded.ok()) {
    return Unexpected<EngineError>(
        {ExitCode::kConfiguration, render_all(loaded.diagnostics, sources)});
  }
  log_warnings(loaded.diagnostics);
  auto compiled = RuleSet::compile(std::move(loaded),
                                   {location.cache, available_fields, location.compiler, running});
  if (!compiled) {
    return Unexpected<EngineError>(
        {ExitCode::kConfiguration, render_all(compiled.error(), sources)});
  }
  for (const std::string& list : (*compiled)->kept_lists()) {
    log_warning("rules", "list_kept", "list={} reason={}", list,
                log_value("it came out empty; the entries before stay"));
  }
  const std::string& fault = (*compiled)->patterns()->cache_fault();
  if (!fault.empty()) log_warning("rules", "cache_fault", "reason={}", log_value(fault));
  return std::move(*compiled);
}

}  // namespace sieve
