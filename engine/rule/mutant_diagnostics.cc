#include "rule/mutant_diagnostics.h"

#include <fmt/format.h>

namespace sieve {

Diagnostic survivor_diagnostic(const Mutant& mutant, bool is_idle) {
  Diagnostic out;
  out.code = "R167";
  out.severity = Severity::kWarning;
  out.title = fmt::format("no test notices: {}", mutant.name);
  out.file = mutant.file;
  out.span = mutant.span;
  if (is_idle) {
    out.notes.push_back("no test can: both hold for the same records");
    out.help = "simplify the condition: a part of it does nothing";
  } else {
    out.help = fmt::format("add {}", mutant.lacking);
  }
  return out;
}

Diagnostic noticed_diagnostic(const Rule& rule, const EquivalentMutant& declared,
                              std::string_view test) {
  Diagnostic out;
  out.code = "R165";
  out.title = "a test notices this mutant, which is declared equivalent";
  out.file = rule.file;
  out.span = declared.span;
  out.label = fmt::format("noticed by `{}`", test);
  out.help = "remove it from `equivalent_mutants`";
  return out;
}

}  // namespace sieve
