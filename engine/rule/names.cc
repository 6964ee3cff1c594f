#include "rule/names.h"

#include <array>

#include "rule/model.h"

namespace sieve {

std::string_view name_of(RuleStatus status) { return kStatusNames[static_cast<size_t>(status)]; }

std::string_view name_of(RuleMode mode) { return kModeNames[static_cast<size_t>(mode)]; }

std::string_view name_of(RuleSeverity severity) {
  return kSeverityNames[static_cast<size_t>(severity)];
}

std::string_view name_of(PatternKind kind) { return kPatternKindNames[static_cast<size_t>(kind)]; }

std::string_view name_of(RuleKind kind) { return kRuleKindNames[static_cast<size_t>(kind)]; }

std::string_view name_of(CampaignBy by) { return kCampaignByNames[static_cast<size_t>(by)]; }

std::string_view name_of(Verdict verdict) { return kVerdictNames[static_cast<size_t>(verdict)]; }

}  // namespace sieve
