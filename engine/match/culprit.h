// Finds the pattern that makes compiling fail, by compiling halves.
//
// Thread safety: pure function.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

namespace sieve {

struct PatternRange {
  size_t begin = 0;
  size_t end = 0;
  size_t size() const { return end - begin; }
  bool operator==(const PatternRange&) const = default;
};

// The index of a pattern that fails by itself, or nothing when the search comes to patterns that
// only fail together, or to an end after `attempts_max`. `fails` says whether the patterns of a
// range fail; those of `all` do.
std::optional<size_t> find_culprit(PatternRange all, size_t attempts_max,
                                   const std::function<bool(PatternRange)>& fails);

}  // namespace sieve
