#include "evaluate/rule_cost.h"

#include "base/check.h"

namespace sieve {

void RuleCost::add(const RuleCost& other) {
  tried += other.tried;
  evaluated += other.evaluated;
  hits += other.hits;
  excepted += other.excepted;
  untried += other.untried;
  timed.add(other.timed);
}

double RuleCost::ns_estimated() const { return timed.mean_ns() * static_cast<double>(tried); }

CostTable::CostTable(const RuleSet& set, uint32_t timed_every)
    : rules(set.rules().size()), timed_every_(timed_every), left_(timed_every) {
  SIEVE_CHECK(timed_every > 0, "one in {} messages", timed_every);
  regexes.by_pattern.resize(set.patterns()->pattern_count());
}

// Distances from 1 to 2n - 1, n on average: multiplicative congruence modulo 2^64, of which the
// high bits are good.
bool CostTable::begin_message() {
  ++messages;
  regexes.is_timing = --left_ == 0;
  if (!regexes.is_timing) return false;
  chance_ = chance_ * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
  const uint64_t span = 2 * uint64_t{timed_every_} - 1;
  left_ = static_cast<uint32_t>(1 + ((chance_ >> 33) * span >> 31));
  return true;
}

void CostTable::add(const CostTable& other) {
  SIEVE_CHECK(rules.size() == other.rules.size(), "{} rules, and {}", rules.size(),
              other.rules.size());
  messages += other.messages;
  evaluations.add(other.evaluations);
  scans.add(other.scans);
  for (size_t i = 0; i < rules.size(); ++i) rules[i].add(other.rules[i]);
  for (size_t i = 0; i < regexes.by_pattern.size(); ++i) {
    regexes.by_pattern[i].add(other.regexes.by_pattern[i]);
  }
}

double CostTable::ns_estimated() const {
  return evaluations.mean_ns() * static_cast<double>(messages);
}
double CostTable::scan_ns_estimated() const {
  return scans.mean_ns() * static_cast<double>(messages);
}

}  // namespace sieve
