#include "cli/verbs.h"

namespace sieve {

RulesLocation rules_of(const std::vector<std::string>& paths) {
  CompilerOptions compiler;
  compiler.executable = kThisExecutable;
  return paths.empty() ? default_rules(compiler) : rules_at(paths, compiler);
}

}  // namespace sieve
