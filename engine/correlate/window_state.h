// WindowState is what one window rule remembers: it belongs to the rule's definition and not to a
// rule set, so that it goes on when the rules are loaded again and this one counts what it counted.
//
// Thread safety: none; one owner thread.
#pragma once

#include <memory>
#include <string>

#include "correlate/cooldown.h"
#include "correlate/counted_calls.h"
#include "correlate/fact_plan.h"
#include "correlate/window_event.h"
#include "correlate/window_table.h"

namespace sieve {

struct WindowState {
  WindowState(std::string what, const Rule& rule, WindowColumns columns);

  const std::string definition;
  WindowTable table;
  Cooldown cooldown;
  CountedCalls calls;
  uint64_t suppressed = 0;
};

// What the windows of `rule` hold, in words of no rule set: rules for which it is equal can go on
// with each other's state. The threshold in the condition is no part of it, nor are exceptions.
std::string window_definition(const RuleSet& rules, const CompiledRule& rule,
                              const Projection& projection, WindowColumns columns);

}  // namespace sieve
