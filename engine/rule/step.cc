#include <fmt/format.h>

#include "rule/names.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr std::string_view kStepOwner = "step";

class StepParser {
 public:
  StepParser(const YamlEntry& entry, const std::string& by, const FileScope& file,
             const YamlContext& context)
      : node_(*entry.value),
        by_(by),
        file_(file),
        context_(context),
        reader_(node_, "step", context) {
    step_.name = entry.key;
    step_.span = entry.key_span;
  }

  StepDef parse();

 private:
  void parse_entity(const YamlNode& node);
  void parse_patterns_of(const YamlEntry& entry);
  ExpressionScope scope() const;

  const YamlNode& node_;
  const std::string& by_;
  const FileScope& file_;
  const YamlContext& context_;
  YamlReader reader_;
  StepDef step_;
};

StepDef StepParser::parse() {
  check_name(step_.name, step_.span, "step", context_);
  if (!reader_.is_map()) return std::move(step_);
  if (reader_.required_node("on") != nullptr) {
    step_.on = static_cast<RecordKind>(reader_.optional_choice("on", 0, list_of(kRecordNames)));
  }
  if (const YamlNode* entity = reader_.required_node("entity")) parse_entity(*entity);
  if (reader_.optional_node("patterns") != nullptr) {
    parse_patterns_of(*node_.find_entry("patterns"));
  }
  if (const YamlNode* where = reader_.optional_node("where")) {
    step_.where = parse_expression(*where, scope(), context_);
  }
  reader_.finish();
  return std::move(step_);
}

ExpressionScope StepParser::scope() const {
  ExpressionScope scope = record_scope(step_.on, step_.patterns, step_.captures, file_.definitions);
  scope.owner = kStepOwner;
  scope.has_history = true;
  return scope;
}

// `entity: { subscriber: call.to }`.
void StepParser::parse_entity(const YamlNode& node) {
  if (node.kind != YamlKind::kMap || node.entries.size() != 1) {
    context_.error("R003", node.span, "`entity` must be a map from the entity's name to a field")
        .help = fmt::format("write it like {{ {}: call.to }}", by_.empty() ? "subscriber" : by_);
    return;
  }
  const YamlEntry& entry = node.entries.front();
  if (!by_.empty() && entry.key != by_) {
    Diagnostic& out = context_.error("R113", entry.key_span,
                                     fmt::format("the sequence is not by `{}`", entry.key));
    out.label = fmt::format("it is by `{}`", by_);
    out.replacement = by_;
    out.help = "say which field of this step holds the entity that `by` names";
  }
  if (entry.value->kind != YamlKind::kScalar) {
    context_.error("R003", entry.value->span, "an entity is one text field");
    return;
  }
  const auto field = find_text_field(entry.value->scalar, entry.value->span, scope(), context_);
  if (field) step_.entity = *field;
}

void StepParser::parse_patterns_of(const YamlEntry& entry) {
  if (step_.on != RecordKind::kMessage) {
    context_
        .error("R035", entry.key_span,
               fmt::format("a step on {} records has no patterns", name_of(step_.on)))
        .help = "look for text in a step on messages";
    return;
  }
  step_.patterns = parse_patterns(*entry.value, file_, context_);
  step_.captures = parse_captures(*entry.value, step_.patterns, context_);
}

}  // namespace

StepDef parse_step(const YamlEntry& entry, const std::string& by, const FileScope& file,
                   const YamlContext& context) {
  return StepParser(entry, by, file, context).parse();
}

}  // namespace sieve
