#include "run/config_text.h"

#include "run/rules_loader.h"

namespace sieve {

Expected<Config, EngineError> load_config_or_explain(const std::string& path,
                                                     const std::vector<std::string>& overrides) {
  Expected<Config, ConfigProblems> config = load_config(path, overrides);
  if (config) return std::move(*config);
  const ConfigProblems& problems = config.error();
  return Unexpected<EngineError>(
      {ExitCode::kConfiguration,
       render_all(problems.diagnostics, {{problems.file, problems.text}})});
}

}  // namespace sieve
