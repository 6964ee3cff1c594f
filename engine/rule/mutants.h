// Mutants of a rule: the rule with one small mistake in it, as authors make them. Where no test of
// the rule tells a mutant from the rule, a test is lacking, or a part of the rule does nothing.
//
//   for (const Mutant& mutant : mutants_of(rule, definitions)) {
//     Rule broken = mutated(rule, mutant);
//   }
//
// Of every condition (`condition`, `where`, those of ratios, exceptions and `score_if`): a part is
// dropped, `and` is `or`, a `not` is gone, a comparison is the other way round or off by one, `N
// of` asks for one more or less, `near` and `before` are `and`, a question about any link is one
// about all links, or about there being one. Of the rule: a pattern never occurs; an exception, a
// part of the score or the whole `where` is gone; `distinct` counts records.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rule/definitions.h"
#include "rule/model.h"

namespace sieve {

enum class MutantKind : uint8_t {
  kPattern,     // A pattern that never occurs.
  kDropped,     // A part of `and`, `or`, `N of`, or a whole part of the rule.
  kConnective,  // `and` for `or`, and the other way round.
  kNot,         // A `not` that is gone.
  kNegated,     // A comparison or flag the other way round.
  kShifted,     // A number one off, or `>` for `>=`.
  kQuantity,    // `N of`, with one more or less.
  kDistance,    // `near` or `before` as `and`.
  kLinks,       // `any url where` as any link at all, or as every link.
  kMeasure,     // `distinct` as `count()`.
};
std::string_view name_of(MutantKind kind);

// The part of a rule that a mutant is of.
enum class RulePart : uint8_t { kPattern, kWhere, kMeasure, kCondition, kException, kScorePart };

struct Mutant {
  MutantKind kind = MutantKind::kDropped;
  RulePart part = RulePart::kCondition;
  uint32_t index = 0;  // Of the pattern, measure, exception or part of the score.
  // What stands in the place of the part's condition. Empty: of kWhere and kCondition, none;
  // exceptions, parts of the score: they are gone; measures: `count()`.
  std::vector<ExprNode> nodes;
  // What is different, in one line: `drop fee`, `where: drop call.answered`. No two of a rule are
  // alike. Of what stands in a macro it is the same for all rules that use it.
  std::string name;
  std::string file;
  SourceSpan span;
  uint32_t macro = 0;   // Not 0: it is in Definitions::macros[macro - 1].
  std::string lacking;  // Which test would notice it, in words.
};

// In the order of RulePart; none twice. Of kinds of rules that do not run there are none.
std::vector<Mutant> mutants_of(const Rule& rule, const Definitions& definitions);

// `rule` with `mutant`, one of mutants_of(rule), and without tests.
Rule mutated(const Rule& rule, const Mutant& mutant);

// Whether a mutant holds for the same records as the rule, whatever those are: no test can notice
// it. False as well where there is too much to try.
bool is_idle(const Rule& rule, const Mutant& mutant);

// What rules/README.md calls the same: however it is spaced.
bool is_same_mutant_name(std::string_view a, std::string_view b);

}  // namespace sieve
