// Mutants of one condition: see mutants.h.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rule/expression.h"
#include "rule/mutants.h"

namespace sieve {

// What a condition decides about, for the words of lacking tests.
struct ConditionWords {
  std::string_view holds;  // `a test that matches`
  std::string_view fails;  // `a test that does not match`
};

// A condition and what stands around it.
struct MutatedCondition {
  const Expression& expression;
  const ExpressionScope& scope;
  const std::vector<MeasureDef>& measures;  // Those that it may name.
  ConditionWords words;
};

// In the order of the condition, with kind, nodes, name, span, macro, lacking.
std::vector<Mutant> condition_mutants(const MutatedCondition& condition);

}  // namespace sieve
