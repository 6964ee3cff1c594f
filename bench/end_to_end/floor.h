// The floor of the end-to-end benchmark: for the records of some files, a bare simdjson parse that
// reads the fields the engine reads, and one Hyperscan scan of the message text, as it was sent,
// with every literal of a rule set. It finds nothing, counts nothing and keeps nothing: no engine
// can cost less.
//
// Thread safety: run() is const and may be called again.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/rule_set.h"

namespace sieve {

class Floor {
 public:
  // Reads the files into memory and compiles the literals.
  Floor(const std::vector<std::string>& messages, const std::vector<std::string>& calls,
        const RuleSet& rules);
  ~Floor();

  // One pass over all records.
  void run() const;
  // One scan of `text` with the literals.
  void scan(std::string_view text) const;
  size_t literal_count() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sieve
