#include <fmt/format.h>

#include <algorithm>

#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr size_t kStepsMin = 2;
constexpr size_t kStepsMax = 8;
constexpr Duration kHoldMax{int64_t{31} * 86'400'000};

class SequenceParser {
 public:
  SequenceParser(const YamlNode& node, const FileScope& file, const YamlContext& context)
      : node_(node), file_(file), context_(context), reader_(node, "sequence", context) {}

  SequenceDef parse();

 private:
  void parse_steps(const YamlNode& node);
  void parse_absent(const YamlNode& node);
  void add_absent(const YamlNode& name);
  void parse_hold();
  void check_relation(const YamlNode& node) const;
  void check_hold(const YamlNode& node) const;
  ExpressionScope scope() const;

  const YamlNode& node_;
  const FileScope& file_;
  const YamlContext& context_;
  YamlReader reader_;
  SequenceDef sequence_;
};

SequenceDef SequenceParser::parse() {
  sequence_.span = node_.span;
  if (!reader_.is_map()) return std::move(sequence_);
  const size_t before = context_.diagnostics->size();
  sequence_.by = reader_.required_string("by");
  if (!sequence_.by.empty() &&
      !check_name(sequence_.by, node_.find("by")->span, "entity", context_)) {
    sequence_.by.clear();
  }
  const YamlNode* steps = reader_.required_node("steps");
  if (steps != nullptr) parse_steps(*steps);
  if (const YamlNode* absent = reader_.optional_node("absent")) parse_absent(*absent);
  const YamlNode* relate = reader_.required_node("relate");
  if (relate != nullptr && !sequence_.steps.empty()) {
    sequence_.relate = parse_relation(*relate, scope(), context_);
    const auto& all = *context_.diagnostics;
    const bool is_sound =
        std::none_of(all.begin() + static_cast<std::ptrdiff_t>(before), all.end(),
                     [](const auto& each) { return each.severity == Severity::kError; });
    if (is_sound) check_relation(*relate);
  }
  parse_hold();
  reader_.finish();
  return std::move(sequence_);
}

void SequenceParser::parse_steps(const YamlNode& node) {
  if (node.kind != YamlKind::kMap) {
    context_.error("R003", node.span, "`steps` must be a map from names to steps");
    return;
  }
  const size_t count = node.entries.size();
  if (count < kStepsMin || count > kStepsMax) {
    Diagnostic& out =
        context_.error("R112", node_.find_entry("steps")->key_span,
                       fmt::format("a sequence has from {} to {} steps", kStepsMin, kStepsMax));
    out.label = fmt::format("this one has {}", count);
    if (count > kStepsMax) return;
    out.help = "a rule on one kind of record has `patterns` or a `window` instead";
  }
  for (const YamlEntry& entry : node.entries) {
    sequence_.steps.push_back(parse_step(entry, sequence_.by, file_, context_));
  }
}

ExpressionScope SequenceParser::scope() const {
  ExpressionScope scope;
  for (const StepDef& step : sequence_.steps) scope.steps.push_back({step.name, step.on});
  return scope;
}

void SequenceParser::parse_absent(const YamlNode& node) {
  if (node.kind == YamlKind::kScalar) add_absent(node);
  for (const auto& item : node.items) add_absent(*item);
  if (node.kind != YamlKind::kScalar && node.items.empty()) {
    context_.error("R003", node.span, "`absent` must be a list of steps");
  }
  const auto& steps = sequence_.steps;
  const auto is_absent = [](const StepDef& step) { return step.is_absent; };
  if (!steps.empty() && std::all_of(steps.begin(), steps.end(), is_absent)) {
    context_.error("R117", node.span, "all steps are absent").help =
        "leave one that must occur: its record is what the alert is about";
  }
}

void SequenceParser::add_absent(const YamlNode& name) {
  std::vector<std::string_view> names;
  for (StepDef& step : sequence_.steps) {
    if (step.name == name.scalar) {
      step.is_absent = true;
      return;
    }
    names.push_back(step.name);
  }
  if (names.empty()) return;
  Diagnostic& out =
      context_.error("R117", name.span, fmt::format("there is no step `{}`", name.scalar));
  const std::string_view near = nearest_name(name.scalar, names);
  out.help = fmt::format("the steps are: {}", fmt::join(names, ", "));
  if (near.empty()) return;
  out.label = fmt::format("did you mean `{}`?", near);
  out.replacement = near;
}

void SequenceParser::parse_hold() {
  sequence_.hold = reader_.required_duration("hold");
  const YamlNode* hold = node_.find("hold");
  const bool has_hold = hold != nullptr && hold->as_duration().has_value();
  if (!has_hold) return;
  if (sequence_.hold < Duration{1'000} || sequence_.hold > kHoldMax) {
    context_.error("R004", hold->span, "`hold` must be from 1s to 31d");
  } else if (!sequence_.relate.empty()) {
    check_hold(*hold);
  }
}

// A step without a relation stands anywhere within `hold`.
void SequenceParser::check_relation(const YamlNode& node) const {
  const auto& nodes = sequence_.relate.nodes;
  for (size_t i = 0; i < sequence_.steps.size(); ++i) {
    const StepDef& step = sequence_.steps[i];
    const bool named = std::any_of(nodes.begin(), nodes.end(), [i](const ExprNode& each) {
      return each.op == ExprOp::kStepTime && each.index == i;
    });
    if (named) continue;
    const std::string title = fmt::format("`relate` does not name the step `{}`", step.name);
    Diagnostic& out = step.is_absent ? context_.error("R118", node.span, title)
                                     : context_.warning("R118", node.span, title);
    out.label = step.is_absent ? "so nobody knows when it must not occur"
                               : "so it may occur at any time while records wait";
    out.related.push_back({"", step.span, "the step"});
    out.help = fmt::format("join a comparison with `{}.time`", step.name);
  }
}

// What is farther apart than records wait is never seen together.
void SequenceParser::check_hold(const YamlNode& node) const {
  for (const ExprNode& each : sequence_.relate.nodes) {
    if (each.op != ExprOp::kDuration) continue;
    const Duration apart{static_cast<int64_t>(each.number)};
    if (apart <= sequence_.hold) continue;
    Diagnostic& out =
        context_.warning("R119", node.span, "records do not wait as long as `relate` looks");
    out.label = fmt::format("`relate` looks as far as {}", format_duration(apart));
    out.related.push_back({"", each.span, "this far"});
    out.help = fmt::format("hold them for {} or longer", format_duration(apart));
    return;
  }
}

}  // namespace

SequenceDef parse_sequence(const YamlNode& node, const FileScope& file,
                           const YamlContext& context) {
  return SequenceParser(node, file, context).parse();
}

}  // namespace sieve
