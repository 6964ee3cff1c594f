// PackScan measures what the one scan of a message with a whole rule set costs (literals and
// regular expressions of all views, confirmed, and phrases that are looked for with stand-ins)
// against a bare Hyperscan scan with its literals alone. Both read the same folded messages.
//
// Thread safety: none.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "evaluate/rule_set.h"
#include "floor.h"

namespace sieve {

class PackScan {
 public:
  // Reads the messages and folds them. Lifetime: borrows `floor`.
  PackScan(const std::vector<std::string>& files, const RuleSet& rules, const Floor& floor);
  ~PackScan();

  size_t messages() const;
  // One pass each over all messages.
  void scan_literals() const;
  void scan_pack();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sieve
