// What changed between two texts, as `diff -U0` shows it: for people, and for `patch`.
//
// Thread safety: pure function.
#pragma once

#include <string>
#include <string_view>

namespace sieve {

// Empty when both are the same. Lines are compared one by one where there are as many of them on
// both sides, else all between the first and the last that differ are shown as one change.
std::string line_diff(std::string_view file, std::string_view before, std::string_view after);

}  // namespace sieve
