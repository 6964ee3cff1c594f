// What explanations have in common on a terminal and as JSON.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "run/explain.h"
#include "run/explain_timeline.h"

namespace sieve {

// Lines of a condition's tree, indented by two; `raw` is the message that evidence is in.
std::string render_parts(const std::vector<ExplainedPart>& parts, std::string_view raw);
// "  it would hold if a, b and c", with `verb` for `hold`; nothing for one that holds.
std::string render_misses(const ExplainedCondition& condition, std::string_view verb);

// As members `condition` and `missing` of an object.
void write_condition(JsonWriter& json, const ExplainedCondition& condition);

std::string render(const RuleSet& rules, const MessageExplanation& message);
std::string to_json(const RuleSet& rules, const MessageExplanation& message);
std::string render(const RuleSet& rules, const TimelineExplanation& timeline);
std::string to_json(const RuleSet& rules, const TimelineExplanation& timeline);

}  // namespace sieve
