// A SignalFinder says which signals a message raises: those that the scan of every message finds,
// and those on demand, whose patterns are searched for one by one when somebody asks.
//
// Thread safety: none; one per thread. Lifetime: refers to the rules, and to the folded text until
// the next scan(). Allocates nothing after warm-up.
#pragma once

#include <span>
#include <vector>

#include "evaluate/rule_set.h"
#include "match/scanner.h"

namespace sieve {

class SignalFinder {
 public:
  explicit SignalFinder(const RuleSet& rules);
  SignalFinder(SignalFinder&&) = delete;  // Others refer to its parts.
  SignalFinder& operator=(SignalFinder&&) = delete;

  // Counts every search for a regular expression into `costs` from now on; null: none.
  void watch(RegexCosts* costs) { scanner_.watch(costs); }

  // Forgets the last message, in time proportional to what it raised, and scans this one.
  void scan(const FoldedText& folded);
  // Whether `signal` is raised; looks for it if that is not known.
  bool find(SignalId signal);

  // What is known so far, by SignalId.
  const std::vector<bool>& raised() const { return is_raised_; }
  // By SignalId: find() would have to look for it.
  const std::vector<bool>& unknown() const { return unknown_; }
  // Those raised so far: first what the scan found.
  std::span<const SignalId> all_raised() const { return raised_; }
  // What raised `signal`. REQUIRES: it is raised.
  const FiredPattern& raised_by(SignalId signal) const { return raised_by_[signal.index()]; }

  const Scanner& scanner() const { return scanner_; }
  const FiredPatterns& fired() const { return fired_; }

 private:
  void raise(SignalId signal, const FiredPattern& by);
  void set_known(SignalId signal);

  const RuleSet& rules_;
  Scanner scanner_;
  FiredPatterns fired_;
  const FoldedText* folded_ = nullptr;
  std::vector<bool> is_raised_;
  std::vector<bool> unknown_;
  std::vector<SignalId> looked_for_;  // Of those on demand, what is known.
  std::vector<SignalId> raised_;
  std::vector<FiredPattern> raised_by_;  // By signal; of those raised.
};

}  // namespace sieve
