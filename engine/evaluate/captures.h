// Captures says what the named groups of a message's patterns captured: found by RE2, for patterns
// that fired, and only when a condition or a summary asks.
//
// Thread safety: none; one per thread. Lifetime: refers to the rules, the scanner, and the folded
// text until the next set_text(). RE2 may allocate for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/rule_set.h"
#include "match/scanner.h"

namespace sieve {

class Captures {
 public:
  Captures(const RuleSet& rules, const Scanner& scanner) : rules_(rules), scanner_(scanner) {}

  void set_text(const FoldedText& folded) {
    folded_ = &folded;
    known_.clear();
  }

  // What `capture` took from the first occurrence of its signal; nothing where it took no part. The
  // text is the folded one's. REQUIRES: the signal fired.
  std::optional<std::string_view> read(const CompiledCapture& capture);

 private:
  struct Known {
    SignalId signal;
    std::string_view group;
    std::optional<std::string_view> text;
  };

  std::optional<std::string_view> find(const CompiledCapture& capture) const;

  const RuleSet& rules_;
  const Scanner& scanner_;
  const FoldedText* folded_ = nullptr;
  std::vector<Known> known_;
};

}  // namespace sieve
