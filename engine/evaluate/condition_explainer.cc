#include "evaluate/condition_explainer.h"

#include <fmt/format.h>

#include <algorithm>

#include "record/field_text.h"
#include "rule/parse.h"
#include "rule/token.h"
#include "rule/url_fields.h"

namespace sieve {
namespace {

bool is_constant(ExprOp op) {
  return op == ExprOp::kNumber || op == ExprOp::kDuration || op == ExprOp::kString ||
         op == ExprOp::kBool;
}

FieldType type_of(const ExprNode& node) {
  if (node.op == ExprOp::kField) return info_of(node.field).type;
  if (node.op == ExprOp::kUrlField) {
    return info_of(UrlFieldId(static_cast<uint8_t>(node.index))).type;
  }
  return FieldType::kNumber;
}

std::string text_of_value(const ExprNode& node, const NodeValue& value) {
  if (!value.is_present) return "absent";
  FieldValue field;
  field.present = true;
  field.number = value.number;
  return value.is_text ? fmt::format("`{}`", value.text) : text_of(type_of(node), field);
}

// Turns the values of one condition into lines.
class PartWriter {
 public:
  PartWriter(const CompiledRule& rule, std::span<const ExprNode> nodes,
             const ExpressionScope& scope, std::span<const NodeValue> values, Evaluator& evaluator,
             Folder& folder, std::vector<ExplainedPart>& out)
      : rule_(rule),
        nodes_(nodes),
        scope_(scope),
        operands_(operands_of(nodes_)),
        evaluator_(evaluator),
        folder_(folder),
        out_(out) {
    for (const NodeValue& value : values) values_[{value.node, value.link}] = &value;
  }

  void write(uint32_t node, uint32_t link, size_t depth);
  std::string text_of(uint32_t node) const;
  // The rule that `node` was read from; empty: this one.
  std::string_view rule_of(uint32_t node) const;
  std::string host_of(uint32_t link) const {
    return std::string(evaluator_.reader().urls()[link].host);
  }

 private:
  const NodeValue* value_of(uint32_t node, uint32_t link) const {
    const auto found = values_.find({node, link});
    return found == values_.end() ? nullptr : found->second;
  }
  // `a and b and c` is one line with three below.
  void write_operands(uint32_t node, ExprOp op, uint32_t link, size_t depth);
  void write_links(uint32_t node, size_t depth);
  void write_leaf(uint32_t node, uint32_t link, size_t depth, bool truth);
  std::string connective_text(uint32_t node) const;
  void add_operand_values(uint32_t node, uint32_t link, ExplainedPart& part) const;
  std::string imitation_text(uint32_t node, uint32_t link) const;

  const CompiledRule& rule_;
  std::span<const ExprNode> nodes_;
  const ExpressionScope& scope_;
  ExprOperands operands_;
  std::map<std::pair<uint32_t, uint32_t>, const NodeValue*> values_;
  Evaluator& evaluator_;
  Folder& folder_;
  std::vector<ExplainedPart>& out_;
};

std::string_view PartWriter::rule_of(uint32_t node) const {
  for (uint32_t at = node + 1; at < nodes_.size(); ++at) {
    if (nodes_[at].op == ExprOp::kRule && first_node_of(operands_, at) <= node)
      return nodes_[at].text;
  }
  return {};
}

std::string PartWriter::text_of(uint32_t node) const {
  // An exception as a whole is told by its name.
  if (nodes_[node].op == ExprOp::kException) return nodes_[node].text;
  Expression part;
  part.nodes.assign(nodes_.begin() + first_node_of(operands_, node), nodes_.begin() + node + 1);
  return print_expression(part, scope_);
}

std::string PartWriter::connective_text(uint32_t node) const {
  const ExprNode& part = nodes_[node];
  switch (part.op) {
    case ExprOp::kAnd:
      return "and";
    case ExprOp::kOr:
      return "or";
    case ExprOp::kNot:
      return "not";
    case ExprOp::kAnyUrl:
      return "any url where";
    case ExprOp::kRule:
      return fmt::format("{}({})", kRuleCall, part.text);
    case ExprOp::kException:
      return part.text;
    default:
      return fmt::format("at least {} of {}", part.number, part.count);
  }
}

void PartWriter::write(uint32_t node, uint32_t link, size_t depth) {
  const NodeValue* value = value_of(node, link);
  const bool truth = value != nullptr && value->truth();
  const ExprOp op = nodes_[node].op;
  if (!is_connective(op)) return write_leaf(node, link, depth, truth);
  out_.push_back({depth, connective_text(node), truth, {}, {}});
  if (op == ExprOp::kException && !truth) return;  // Few read why not.
  if (op == ExprOp::kAnyUrl) return write_links(node, depth + 1);
  write_operands(node, op, link, depth + 1);
}

void PartWriter::write_operands(uint32_t node, ExprOp op, uint32_t link, size_t depth) {
  for (const uint32_t operand : operands_[node]) {
    const bool goes_on = nodes_[operand].op == op && (op == ExprOp::kAnd || op == ExprOp::kOr);
    if (goes_on) {
      write_operands(operand, op, link, depth);
    } else {
      write(operand, link, depth);
    }
  }
}

void PartWriter::write_links(uint32_t node, size_t depth) {
  const uint32_t inner = operands_[node][0];
  const size_t count = evaluator_.reader().urls().size();
  if (count == 0) out_.back().value = "the message has no link";
  for (uint32_t link = 0; link < count; ++link) {
    const NodeValue* value = value_of(inner, link);
    if (value == nullptr) break;  // One before it made the whole true.
    const ByteSpan span = evaluator_.reader().urls()[link].span;
    out_.push_back({depth,
                    fmt::format("link {}", host_of(link)),
                    value->truth(),
                    {},
                    {folder_.original_span(View::kText, span)}});
    write(inner, link, depth + 1);
  }
}

void PartWriter::write_leaf(uint32_t node, uint32_t link, size_t depth, bool truth) {
  ExplainedPart part{depth, text_of(node), truth, {}, {}};
  if (nodes_[node].op == ExprOp::kPattern) {
    const SignalId signal = rule_.signals[nodes_[node].index];
    if (const FiredPattern* fired = evaluator_.occurrence(signal)) {
      const View view = evaluator_.rules().patterns()->spec(fired->pattern).view;
      part.evidence.push_back(folder_.original_span(view, fired->span));
    } else {
      part.value = "does not occur";
    }
  } else if (nodes_[node].op == ExprOp::kField || nodes_[node].op == ExprOp::kUrlField) {
    const NodeValue* value = value_of(node, link);
    if (value != nullptr && !value->is_present) part.value = "absent";
  } else if (nodes_[node].op == ExprOp::kLookAlike) {
    part.value = imitation_text(node, link);
  } else {
    add_operand_values(node, link, part);
  }
  out_.push_back(std::move(part));
}

void PartWriter::add_operand_values(uint32_t node, uint32_t link, ExplainedPart& part) const {
  for (const uint32_t operand : operands_[node]) {
    const ExprNode& of = nodes_[operand];
    const NodeValue* value = value_of(operand, link);
    if (is_constant(of.op) || value == nullptr) continue;
    const bool is_pattern = of.op == ExprOp::kPattern;
    const std::string shown = is_pattern ? std::string(value->truth() ? "occurs" : "does not occur")
                                         : fmt::format("is {}", text_of_value(of, *value));
    part.value += fmt::format("{}{} {}", part.value.empty() ? "" : ", ", text_of(operand), shown);
  }
}

// Whom the link imitates, of those that the condition asks about.
std::string PartWriter::imitation_text(uint32_t node, uint32_t link) const {
  if (link == NodeValue::kNoLink) return {};
  const auto found = evaluator_.reader().imitation(link, question_of(nodes_[node]));
  if (!found) return "imitates nobody";
  const BrandDef& brand = evaluator_.rules().definitions().brands[found->brand.index()];
  return fmt::format("imitates {} ({})", brand.name, name_of(found->kind));
}

// "`fee` occurred", for: it would match if ...
std::string words_of(const NeededChange& change, const ExprNode& node, const PartWriter& writer) {
  const std::string text = fmt::format("`{}`", writer.text_of(change.node));
  const std::string of_link =
      change.link == NodeValue::kNoLink ? "" : fmt::format(" of {}", writer.host_of(change.link));
  const std::string_view rule = writer.rule_of(change.node);
  const std::string in_rule = rule.empty() ? "" : fmt::format(" in {}", rule);
  if (node.op == ExprOp::kPattern) {
    return fmt::format("{} {}{}", text, change.to ? "occurred" : "did not occur", in_rule);
  }
  return fmt::format("{} {}{}{}", text, change.to ? "held" : "did not hold", of_link, in_rule);
}

}  // namespace

ConditionExplainer::ConditionExplainer(const CompiledRule& rule, Evaluator& evaluator,
                                       Folder& folder)
    : rule_(rule), evaluator_(evaluator), folder_(folder) {}

ExpressionScope ConditionExplainer::with_names_of_others(ExpressionScope scope) const {
  for (const RuleIndex index : rule_.refers_to) {
    const Rule& other = *evaluator_.rules().rule(index).rule;
    for (const PatternDef& pattern : other.patterns) scope.patterns.push_back(pattern.name);
    for (const CaptureDef& capture : other.captures) {
      scope.captures.push_back({capture.name, other.patterns[capture.pattern].view});
    }
  }
  return scope;
}

ExplainedCondition ConditionExplainer::explain(std::span<const ExprNode> nodes,
                                               const ExpressionScope& scope,
                                               std::span<const NodeValue> values) {
  ExplainedCondition out;
  if (nodes.empty()) return out;
  const ExpressionScope names = with_names_of_others(scope);
  PartWriter writer(rule_, nodes, names, values, evaluator_, folder_, out.parts);
  writer.write(static_cast<uint32_t>(nodes.size() - 1), NodeValue::kNoLink, 0);
  if (out.parts.front().truth) return out;
  const auto changes = nearest_miss(nodes, values);
  out.can_hold = changes.has_value();
  if (!changes) return out;
  for (const NeededChange& change : *changes) {
    out.misses.push_back(words_of(change, nodes[change.node], writer));
  }
  return out;
}

std::vector<ExprNode> nodes_as_written(const CompiledRule& rule, const Program& program) {
  std::vector<ExprNode> nodes(program.nodes().begin(), program.nodes().end());
  for (ExprNode& node : nodes) {
    if (node.op != ExprOp::kPattern) continue;
    const auto at = std::find(rule.signals.begin(), rule.signals.end(), SignalId(node.index));
    node.index = static_cast<uint32_t>(at - rule.signals.begin());
  }
  return nodes;
}

}  // namespace sieve
