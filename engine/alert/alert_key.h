// What the alerts of a message rule are told apart by: the values of its `alert.key`, or of the
// rule and the sender.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <span>

#include "evaluate/evaluator.h"

namespace sieve {

// The link that alerts name: the first that imitates a brand, or else the first; null without one.
const HitSignal* named_link(std::span<const HitSignal> signals);

// The key of an alert whose primary rule is that of the first hit. What the record lacks counts as
// empty. REQUIRES: at least one hit; the text that was evaluated is still folded.
uint64_t alert_key(const RuleSet& rules, const Record& record, const Evaluation& evaluation,
                   const FieldContext& context);

}  // namespace sieve
