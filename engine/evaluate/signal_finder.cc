#include "evaluate/signal_finder.h"

namespace sieve {

SignalFinder::SignalFinder(const RuleSet& rules)
    : rules_(rules), scanner_(rules.patterns()), is_raised_(rules.signal_count()) {
  fired_.resize(rules.patterns()->pattern_count());
  for (std::vector<bool>& unknown : unknown_) unknown = rules.on_demand();
  for (uint32_t i = 0; i < rules.signal_count(); ++i) {
    if (rules.regexes_of(SignalId(i)).empty()) unknown_[1][i] = false;
  }
  looked_for_.reserve(rules.signal_count());
  raised_.reserve(rules.signal_count());
  raised_by_.resize(rules.signal_count());
}

void SignalFinder::scan(const FoldedText& folded) {
  for (const SignalId signal : raised_) is_raised_[signal.index()] = false;
  raised_.clear();
  for (const SignalId signal : looked_for_) {
    unknown_[0][signal.index()] = true;
    unknown_[1][signal.index()] = !rules_.regexes_of(signal).empty();
  }
  looked_for_.clear();
  has_scanned_on_demand_ = false;
  folded_ = &folded;
  scanner_.scan(folded, fired_);
  raise_from(fired_.all());
}

// One scan for the literals of all signals: few of them occur, where a signal has hundreds.
void SignalFinder::scan_on_demand() {
  if (has_scanned_on_demand_) return;
  has_scanned_on_demand_ = true;
  const size_t before = fired_.all().size();
  scanner_.scan_on_demand(*folded_, fired_);
  raise_from(fired_.all().subspan(before));
}

bool SignalFinder::find(SignalId signal) {
  if (!unknown()[signal.index()]) return is_raised_[signal.index()];
  scan_on_demand();
  if (!is_raised_[signal.index()]) {
    for (const PatternId pattern : rules_.regexes_of(signal)) {
      const auto span = scanner_.occurrence(pattern, *folded_);
      if (!span) continue;
      raise(signal, {pattern, *span});
      break;
    }
  }
  if (unknown()[signal.index()]) set_known(signal);
  return is_raised_[signal.index()];
}

void SignalFinder::raise_from(std::span<const FiredPattern> fired) {
  for (const FiredPattern& one : fired) {
    for (const SignalId signal : rules_.signals_of(one.pattern)) {
      if (!is_raised_[signal.index()]) raise(signal, one);
    }
  }
}

// A signal that is raised needs no search for its other patterns.
void SignalFinder::raise(SignalId signal, const FiredPattern& by) {
  is_raised_[signal.index()] = true;
  raised_by_[signal.index()] = by;
  raised_.push_back(signal);
  if (unknown()[signal.index()]) set_known(signal);
}

void SignalFinder::set_known(SignalId signal) {
  for (std::vector<bool>& unknown : unknown_) unknown[signal.index()] = false;
  looked_for_.push_back(signal);
}

}  // namespace sieve
