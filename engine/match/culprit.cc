#include "match/culprit.h"

namespace sieve {

std::optional<size_t> find_culprit(PatternRange all, size_t attempts_max,
                                   const std::function<bool(PatternRange)>& fails) {
  PatternRange failing = all;
  size_t attempts = 0;
  while (failing.size() > 1 && attempts + 2 <= attempts_max) {
    const size_t middle = failing.begin + failing.size() / 2;
    const PatternRange first{failing.begin, middle};
    const PatternRange second{middle, failing.end};
    attempts += 2;
    if (fails(first)) {
      failing = first;
    } else if (fails(second)) {
      failing = second;
    } else {
      return std::nullopt;
    }
  }
  if (failing.size() != 1) return std::nullopt;
  return failing.begin;
}

}  // namespace sieve
