// Occurrences says where the patterns of a message occur, for conditions that count or relate them:
// found by a second search of those that fired, and only when a condition asks.
//
// The occurrences of a signal in one view are those of all its patterns together: the leftmost, of
// these the longest, and so on behind its end. Of phrases with their letters apart they are found
// in View::kSqueezed, and add up with those of the signal's own view. However often a phrase is
// written with stand-ins, that is one occurrence more.
//
// Thread safety: none; one per thread. Lifetime: refers to the rules, the scanner, what it found,
// and the folded text until the next set_text(). Units: characters. Allocates nothing after
// warm-up.
#pragma once

#include <optional>
#include <vector>

#include "evaluate/rule_set.h"
#include "match/scanner.h"

namespace sieve {

class Occurrences {
 public:
  Occurrences(const RuleSet& rules, const Scanner& scanner, const FiredPatterns& fired)
      : rules_(rules), scanner_(scanner), fired_(fired) {}

  // REQUIRES: the scanner scanned this text last, and `fired` is what it found.
  void set_text(const FoldedText& folded) { folded_ = &folded; }

  // Up to limits::kOccurrencesMax, and one more when there are more.
  size_t count(SignalId signal);
  // Whether at most `distance` characters lie between an occurrence of one signal and one of the
  // other. A phrase that is dressed (its letters apart, or stand-ins among them) has no place in
  // its view, and is taken to be near and before any other: dressing does not hide it.
  bool near(SignalId a, SignalId b, double distance);
  // Whether an occurrence of `a` ends before one of `b` begins, at most `distance` before unless
  // that is kAnyDistance.
  bool before(SignalId a, SignalId b, double distance);

 private:
  // The next occurrence of a pattern.
  struct Next {
    PatternId pattern;
    ByteSpan span;
  };

  template <class IsOne>
  bool has_fired(SignalId signal, IsOne is_one) const;
  bool is_dressed(SignalId signal) const;
  void start(SignalId signal, bool apart);
  std::optional<ByteSpan> take_next(size_t from);
  // Replaces `spans` by those in the signal's own view, up to limits::kOccurrencesMax.
  void list(SignalId signal, std::vector<ByteSpan>& spans);
  bool precedes(const std::vector<ByteSpan>& a, const std::vector<ByteSpan>& b,
                double distance) const;

  const RuleSet& rules_;
  const Scanner& scanner_;
  const FiredPatterns& fired_;
  const FoldedText* folded_ = nullptr;
  std::vector<Next> next_;
  std::string_view view_;  // In which list() found.
  std::vector<ByteSpan> a_;
  std::vector<ByteSpan> b_;
};

}  // namespace sieve
