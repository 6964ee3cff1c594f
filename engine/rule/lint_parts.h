// The parts of lint_rule() that have files of their own.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "rule/rule_parts.h"

namespace sieve {

// More phrases than that are a list somebody else keeps, and each pair of them is compared.
inline constexpr size_t kPhrasesComparedMax = 256;

// As it is searched, so that a phrase is a part of another only where it is found in it.
std::string searched(const PatternDef& pattern, const Phrase& phrase);

// Warns of sets such as `2 of (a, b, c)` in which one occurrence counts twice: a name is there
// twice (R160), or two patterns have a phrase in common (R161). See lint_sets.cc.
void lint_sets(const Rule& rule, const YamlContext& context);

}  // namespace sieve
