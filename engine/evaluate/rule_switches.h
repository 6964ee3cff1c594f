// Which message rules are switched off for now: those are not tried by themselves, whatever fires.
// A rule that refers to one, rule(...), still asks it.
//
// Thread safety: all functions; a change is seen by other threads soon.
#pragma once

#include <atomic>
#include <vector>

#include "evaluate/rule_set.h"

namespace sieve {

class RuleSwitches {
 public:
  explicit RuleSwitches(size_t rules) : off_(rules) {}

  bool is_off(RuleIndex rule) const { return off_[rule.index()].load(std::memory_order_relaxed); }
  void set_off(RuleIndex rule, bool off) {
    off_[rule.index()].store(off, std::memory_order_relaxed);
  }

 private:
  std::vector<std::atomic<bool>> off_;
};

}  // namespace sieve
