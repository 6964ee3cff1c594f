#include "rule/step_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

namespace sieve {
namespace {

// What a time of a step is called behind the dot.
struct TimeName {
  std::string_view name;
  uint32_t is_end;
  bool of_calls_only;
};
constexpr std::array<TimeName, 3> kTimeNames = {
    {{"time", 0, false}, {"start", 0, true}, {"end", 1, true}}};

bool has_time(const StepName& step, const TimeName& time) {
  return !time.of_calls_only || step.kind == RecordKind::kCall;
}

// `STEP.what`, split at its dot.
struct StepPart {
  std::string_view step;
  std::string_view what;
};

StepPart split(std::string_view name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {name, {}};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

std::optional<uint32_t> find_step(const std::vector<StepName>& steps, std::string_view name) {
  const auto found = std::find_if(steps.begin(), steps.end(),
                                  [name](const StepName& step) { return step.name == name; });
  if (found == steps.end()) return {};
  return static_cast<uint32_t>(found - steps.begin());
}

std::vector<std::string> all_times(const std::vector<StepName>& steps) {
  std::vector<std::string> names;
  for (const StepName& step : steps) {
    for (const TimeName& time : kTimeNames) {
      if (has_time(step, time)) names.push_back(fmt::format("{}.{}", step.name, time.name));
    }
  }
  return names;
}

void report_unknown(const ExpressionChecker& checker, const Token& token) {
  const std::vector<StepName>& steps = checker.scope().steps;
  Diagnostic& out = checker.error("R114", token.begin, token.end,
                                  fmt::format("`{}` is no time of a step", token.text));
  const StepPart part = split(token.text);
  const std::vector<std::string> names = all_times(steps);
  if (const auto step = find_step(steps, part.step)) {
    const std::string only = fmt::format("{}.time", steps[*step].name);
    const bool of_call = steps[*step].kind == RecordKind::kCall;
    out.label = of_call ? "a call has `.time`, `.start` and `.end`"
                        : fmt::format("a {} has one time: `{}`", name_of(steps[*step].kind), only);
    const std::string_view near = nearest_name(part.what, {"time", "start", "end"});
    out.help = "`relate` is about times; ask for other fields in the `where` of the step";
    const bool is_alone = part.what.empty();
    if (is_alone || !near.empty()) out.replacement = only;
    if (of_call && !is_alone && !near.empty()) {
      out.replacement = fmt::format("{}.{}", part.step, near);
    }
    return;
  }
  const std::string_view near = nearest_name(token.text, {names.begin(), names.end()});
  if (!near.empty()) {
    out.label = fmt::format("did you mean `{}`?", near);
    out.replacement = near;
    out.help = "use the name of a step and one of its times";
  } else {
    out.help = fmt::format("the times are: {}", fmt::join(names, ", "));
  }
}

}  // namespace

Operand resolve_step_time(const ExpressionChecker& checker, const Token& token,
                          std::vector<ExprNode>& nodes) {
  Operand operand;
  operand.begin = token.begin;
  operand.end = token.end;
  operand.is_value = true;
  ExprNode node;
  node.op = ExprOp::kStepTime;
  node.span = checker.span(token.begin, token.end);
  const StepPart part = split(token.text);
  const auto step = find_step(checker.scope().steps, part.step);
  const auto time = std::find_if(kTimeNames.begin(), kTimeNames.end(),
                                 [&](const TimeName& name) { return name.name == part.what; });
  const bool is_known = step && time != kTimeNames.end();
  if (is_known && has_time(checker.scope().steps[*step], *time)) {
    node.index = *step;
    node.count = time->is_end;
    operand.index = *step;
    operand.type = ExprType::kTime;
  } else {
    report_unknown(checker, token);
  }
  nodes.push_back(std::move(node));
  return operand;
}

}  // namespace sieve
