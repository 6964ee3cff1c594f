// The words of the rule language's enumerations, in the order of their values.
//
// Thread safety: immutable.
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace sieve {

inline constexpr std::array<std::string_view, 4> kStatusNames = {"experimental", "test", "stable",
                                                                 "deprecated"};
inline constexpr std::array<std::string_view, 2> kModeNames = {"alert", "shadow"};
inline constexpr std::array<std::string_view, 5> kSeverityNames = {"info", "low", "medium", "high",
                                                                   "critical"};
inline constexpr std::array<std::string_view, 3> kRecordNames = {"message", "call", "report"};
inline constexpr std::array<std::string_view, 4> kRuleKindNames = {"message", "window", "sequence",
                                                                   "campaign"};
inline constexpr std::array<std::string_view, 4> kCampaignByNames = {"text", "host", "handle",
                                                                     "number"};
inline constexpr std::array<std::string_view, 3> kPatternKindNames = {"words", "lit", "re"};
inline constexpr std::array<std::string_view, 4> kVerdictNames = {"clean", "observe", "review",
                                                                  "act"};

template <size_t kSize>
std::vector<std::string_view> list_of(const std::array<std::string_view, kSize>& names) {
  return {names.begin(), names.end()};
}

}  // namespace sieve
