// Macros: named conditions over the fields and links of a record, shared by all files of a set.
//
// A macro is read once, after those it names, and every use gets its nodes. Nodes know which macro
// they are from, so that what is said of them points into the macro's own file.
//
// Thread safety: pure functions.
#pragma once

#include "rule/definitions.h"
#include "rule/expression_types.h"

namespace sieve {

// Reads the conditions of all macros. R080: one leads back to itself; the others as in rules. A
// macro with errors stays without an expression.
void read_macros(Definitions& definitions, Diagnostics& diagnostics);

// A name that a rule gives to something of its own.
struct RuleName {
  std::string_view name;
  SourceSpan span;
  std::string_view what;
};
// Reports one that a macro has (R081).
void check_not_macro(const RuleName& name, const Definitions& definitions,
                     const YamlContext& context);

bool is_macro(const ExpressionScope& scope, std::string_view name);

// The macro that `token` names in `scope`, if any: appends its nodes. Reports one that is about
// other records than the scope (R012). Of one with errors nothing more is said: the operand's type
// is kUnknown, and the expression that it stands in is not usable.
std::optional<Operand> use_macro(const ExpressionChecker& checker, const ExpressionScope& scope,
                                 const Token& token, std::vector<ExprNode>& nodes);

}  // namespace sieve
