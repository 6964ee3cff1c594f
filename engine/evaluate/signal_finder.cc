#include "evaluate/signal_finder.h"

namespace sieve {

SignalFinder::SignalFinder(const RuleSet& rules)
    : rules_(rules),
      scanner_(rules.patterns()),
      is_raised_(rules.signal_count()),
      unknown_(rules.on_demand()) {
  fired_.resize(rules.patterns()->pattern_count());
  looked_for_.reserve(rules.signal_count());
  raised_.reserve(rules.signal_count());
  raised_by_.resize(rules.signal_count());
}

void SignalFinder::scan(const FoldedText& folded) {
  for (const SignalId signal : raised_) is_raised_[signal.index()] = false;
  raised_.clear();
  for (const SignalId signal : looked_for_) unknown_[signal.index()] = true;
  looked_for_.clear();
  folded_ = &folded;
  scanner_.scan(folded, fired_);
  for (const FiredPattern& one : fired_.all()) {
    for (const SignalId signal : rules_.signals_of(one.pattern)) {
      if (!is_raised_[signal.index()]) raise(signal, one);
    }
  }
}

bool SignalFinder::find(SignalId signal) {
  if (!unknown_[signal.index()]) return is_raised_[signal.index()];
  for (const PatternId pattern : rules_.searched_of(signal)) {
    const auto span = scanner_.occurrence(pattern, *folded_);
    if (!span) continue;
    raise(signal, {pattern, *span});
    return true;
  }
  set_known(signal);
  return false;
}

// A signal that is raised needs no search for its other patterns.
void SignalFinder::raise(SignalId signal, const FiredPattern& by) {
  is_raised_[signal.index()] = true;
  raised_by_[signal.index()] = by;
  raised_.push_back(signal);
  if (unknown_[signal.index()]) set_known(signal);
}

void SignalFinder::set_known(SignalId signal) {
  unknown_[signal.index()] = false;
  looked_for_.push_back(signal);
}

}  // namespace sieve
