// The words of the rule language's enumerations, in the order of their values.
//
// Thread safety: immutable.
#pragma once

#include <array>
#include <string_view>

namespace sieve {

inline constexpr std::array<std::string_view, 4> kStatusNames = {"experimental", "test", "stable",
                                                                 "deprecated"};
inline constexpr std::array<std::string_view, 2> kModeNames = {"alert", "shadow"};
inline constexpr std::array<std::string_view, 5> kSeverityNames = {"info", "low", "medium", "high",
                                                                   "critical"};
inline constexpr std::array<std::string_view, 3> kPatternKindNames = {"words", "lit", "re"};
inline constexpr std::array<std::string_view, 4> kVerdictNames = {"clean", "observe", "review",
                                                                  "act"};

}  // namespace sieve
