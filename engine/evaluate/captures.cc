#include "evaluate/captures.h"

#include <algorithm>

namespace sieve {

std::optional<std::string_view> Captures::read(const CompiledCapture& capture) {
  const auto known = std::find_if(known_.begin(), known_.end(), [&](const Known& one) {
    return one.signal == capture.signal && one.group == capture.group;
  });
  if (known != known_.end()) return known->text;
  known_.push_back({capture.signal, capture.group, find(capture)});
  return known_.back().text;
}

// Of several expressions the one that matches first, of these the longest match.
std::optional<std::string_view> Captures::find(const CompiledCapture& capture) const {
  std::optional<PatternId> first;
  ByteSpan best{};
  for (const PatternId pattern : rules_.patterns_of(capture.signal)) {
    const auto span = scanner_.occurrence(pattern, *folded_);
    if (!span) continue;
    const bool is_better =
        !first || span->begin < best.begin || (span->begin == best.begin && span->end > best.end);
    if (!is_better) continue;
    first = pattern;
    best = *span;
  }
  if (!first) return std::nullopt;
  return scanner_.capture(*first, *folded_, best.begin, capture.group);
}

}  // namespace sieve
