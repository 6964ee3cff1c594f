// What rules cost while they run: how often each was tried and hit, and, in one message of many,
// for how long. An Evaluator that is watched counts into a CostTable; tables of several of them add
// up.
//
//   CostTable costs(rules, 1'024);
//   evaluator.watch(&costs);        // One of each 1,024 messages is timed; null: none any more.
//   total.add(costs);
//
// Which messages are timed depends on nothing but how many came before, and is spread so that it
// does not go with what repeats in them. Counts are of all messages.
//
// Thread safety: plain data, of one thread. Units: nanoseconds, without what the clock takes.
#pragma once

#include <cstdint>
#include <vector>

#include "evaluate/rule_set.h"
#include "match/regex_cost.h"

namespace sieve {

struct RuleCost {
  uint64_t tried = 0;      // Messages that could have made it true.
  uint64_t evaluated = 0;  // Of those, that the phrases which occur left open.
  uint64_t hits = 0;
  uint64_t excepted = 0;  // True, and an exception held.
  uint64_t untried = 0;   // Not `tried`: it was switched off.
  TimedNs timed;          // Of `tried`, with what the condition looked for: links, expressions, ...

  void add(const RuleCost& other);
  // Of all messages in which it was tried.
  double ns_estimated() const;
};

struct CostTable {
  CostTable(const RuleSet& rules, uint32_t timed_every);

  uint64_t messages = 0;
  TimedNs evaluations;  // Evaluator::evaluate(), of messages that were timed.
  TimedNs scans;        // Part of them: scanning for all patterns, with confirming what fired.
  std::vector<RuleCost> rules;
  RegexCosts regexes;  // Their time is in that of scans and rules, too.

  // REQUIRES: both are of one rule set.
  void add(const CostTable& other);
  // Of all messages.
  double ns_estimated() const;
  double scan_ns_estimated() const;

  // A message begins; true when it is timed.
  bool begin_message();

 private:
  uint32_t timed_every_;
  uint32_t left_;        // Messages up to the next one that is timed.
  uint64_t chance_ = 1;  // The state of the generator of distances.
};

}  // namespace sieve
