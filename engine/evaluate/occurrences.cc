#include "evaluate/occurrences.h"

#include <algorithm>

#include "base/check.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace sieve {
namespace {

constexpr size_t kCharBytesMax = 4;

// A phrase that is looked for with its letters apart.
bool is_apart(const PatternSpec& spec) {
  return spec.kind == PatternKind::kWords && spec.view == View::kSqueezed;
}

bool has_stand_ins(const PatternSpec& spec) { return is_read_by_shapes(spec.view); }

bool overlap(ByteSpan a, ByteSpan b) { return a.begin < b.end && b.begin < a.end; }

}  // namespace

// Whether a pattern of `signal` fired for which `is_one` holds.
template <class IsOne>
bool Occurrences::has_fired(SignalId signal, IsOne is_one) const {
  return std::ranges::any_of(fired_.all(), [&](const FiredPattern& fired) {
    if (!is_one(rules_.patterns()->spec(fired.pattern))) return false;
    const auto signals = rules_.signals_of(fired.pattern);
    return std::find(signals.begin(), signals.end(), signal) != signals.end();
  });
}

bool Occurrences::is_dressed(SignalId signal) const {
  return has_fired(signal, [](const PatternSpec& s) { return is_apart(s) || has_stand_ins(s); });
}

// Finds the first occurrence of each pattern of `signal`.
void Occurrences::start(SignalId signal, bool apart) {
  next_.clear();
  for (const PatternId pattern : rules_.patterns_of(signal)) {
    const PatternSpec& spec = rules_.patterns()->spec(pattern);
    if (is_apart(spec) != apart) continue;
    // What is on demand is not among what fired.
    const bool may_be_on_demand = spec.kind == PatternKind::kRegex || is_letter(spec);
    if (!may_be_on_demand && fired_.find(pattern) == nullptr) continue;
    const auto span = scanner_.occurrence(pattern, *folded_);
    if (!span) continue;
    view_ = folded_->view(spec.view);
    next_.push_back({pattern, *span});
  }
}

// The occurrence that begins first at `from` or behind it, of several there the longest.
std::optional<ByteSpan> Occurrences::take_next(size_t from) {
  std::optional<ByteSpan> best;
  for (size_t i = 0; i < next_.size();) {
    Next& next = next_[i];
    if (next.span.begin < from) {
      const auto span = scanner_.occurrence(next.pattern, *folded_, from);
      if (!span) {
        next = next_.back();
        next_.pop_back();
        continue;
      }
      next.span = *span;
    }
    const bool is_better = !best || next.span.begin < best->begin ||
                           (next.span.begin == best->begin && next.span.end > best->end);
    if (is_better) best = next.span;
    ++i;
  }
  return best;
}

size_t Occurrences::count(SignalId signal) {
  size_t count = has_fired(signal, has_stand_ins) ? 1 : 0;
  for (const bool apart : {false, true}) {
    start(signal, apart);
    auto span = take_next(0);
    while (span && count <= limits::kOccurrencesMax) {
      ++count;
      span = take_next(span->end);
    }
  }
  return count;
}

void Occurrences::list(SignalId signal, std::vector<ByteSpan>& spans) {
  spans.clear();
  start(signal, false);
  auto span = take_next(0);
  while (span && spans.size() < limits::kOccurrencesMax) {
    spans.push_back(*span);
    span = take_next(span->end);
  }
}

// Whether one of `a` ends before one of `b` begins. Both are in order: of all that follow, only the
// first matters.
bool Occurrences::precedes(const std::vector<ByteSpan>& a, const std::vector<ByteSpan>& b,
                           double distance) const {
  return std::ranges::any_of(a, [&](ByteSpan first) {
    const auto second = std::ranges::lower_bound(b, first.end, {}, &ByteSpan::begin);
    if (second == b.end()) return false;
    if (distance == kAnyDistance) return true;
    const size_t size = second->begin - first.end;
    if (static_cast<double>(size) > distance * kCharBytesMax) return false;
    return static_cast<double>(count_chars(view_.substr(first.end, size))) <= distance;
  });
}

bool Occurrences::near(SignalId a, SignalId b, double distance) {
  if (is_dressed(a) || is_dressed(b)) return true;
  list(a, a_);
  list(b, b_);
  const auto overlaps_any = [this](ByteSpan span) {
    return std::ranges::any_of(b_, [&](ByteSpan other) { return overlap(span, other); });
  };
  return std::ranges::any_of(a_, overlaps_any) || precedes(a_, b_, distance) ||
         precedes(b_, a_, distance);
}

bool Occurrences::before(SignalId a, SignalId b, double distance) {
  if (is_dressed(a) || is_dressed(b)) return true;
  list(a, a_);
  list(b, b_);
  return precedes(a_, b_, distance);
}

}  // namespace sieve
