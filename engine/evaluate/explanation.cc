#include "evaluate/explanation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "record/field_text.h"
#include "rule/expression_tree.h"
#include "rule/parse.h"
#include "rule/token.h"
#include "rule/url_fields.h"

namespace sieve {
namespace {

// A rule that would need more than this to be otherwise was no near miss.
constexpr size_t kChangesMax = 3;

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
  PartWriter(const CompiledRule& rule, const Definitions& definitions,
             std::span<const NodeValue> values, Evaluator& evaluator, Folder& folder,
             std::vector<ExplainedPart>& out)
      : rule_(rule),
        nodes_(rule.whole_condition().nodes),
        scope_(scope_of(*rule.rule, definitions)),
        operands_(operands_of(nodes_)),
        evaluator_(evaluator),
        folder_(folder),
        out_(out) {
    for (const NodeValue& value : values) values_[{value.node, value.link}] = &value;
    for (const RuleIndex other : rule.refers_to) add_names_of(evaluator.rules().rule(other));
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
  void add_names_of(const CompiledRule& other);
  // `a and b and c` is one line with three below.
  void write_operands(uint32_t node, ExprOp op, uint32_t link, size_t depth);
  void write_links(uint32_t node, size_t depth);
  void write_leaf(uint32_t node, uint32_t link, size_t depth, bool truth);
  std::string connective_text(uint32_t node) const;
  void add_operand_values(uint32_t node, uint32_t link, ExplainedPart& part) const;

  const CompiledRule& rule_;
  std::span<const ExprNode> nodes_;
  ExpressionScope scope_;
  ExprOperands operands_;
  std::map<std::pair<uint32_t, uint32_t>, const NodeValue*> values_;
  Evaluator& evaluator_;
  Folder& folder_;
  std::vector<ExplainedPart>& out_;
};

void PartWriter::add_names_of(const CompiledRule& other) {
  for (const PatternDef& pattern : other.rule->patterns) scope_.patterns.push_back(pattern.name);
  for (const CaptureDef& capture : other.rule->captures) {
    scope_.captures.push_back({capture.name, other.rule->patterns[capture.pattern].view});
  }
}

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

ExplainedRule Explainer::explain(RuleIndex index, const Record& record,
                                 const Evaluation& evaluation) {
  const CompiledRule& rule = rules_.rule(index);
  std::vector<NodeValue> values;
  ExplainedRule out;
  out.rule = index;
  out.holds = evaluator_.trace(index, record, values);
  for (const Excepted& excepted : evaluation.excepted) {
    if (excepted.rule != index) continue;
    const CompiledException& exception = rules_.exceptions()[excepted.exception];
    out.excepted_by = exception.label;
    out.reason = exception.exception->reason;
  }
  const std::span<const ExprNode> nodes = rule.whole_condition().nodes;
  if (nodes.empty()) return out;
  PartWriter writer(rule, rules_.definitions(), values, evaluator_, folder_, out.parts);
  writer.write(static_cast<uint32_t>(nodes.size() - 1), NodeValue::kNoLink, 0);
  if (out.holds) return out;
  const auto changes = nearest_miss(nodes, values);
  out.can_hold = changes.has_value();
  if (!changes) return out;
  for (const NeededChange& change : *changes) {
    out.misses.push_back(words_of(change, nodes[change.node], writer));
  }
  return out;
}

std::vector<RuleIndex> Explainer::near_misses(const Record& record, size_t count) {
  struct Candidate {
    size_t changes;
    size_t raised;
    RuleIndex rule;
  };
  std::vector<Candidate> candidates;
  for (uint32_t i = 0; i < rules_.rules().size(); ++i) {
    const RuleIndex index(i);
    const CompiledRule& rule = rules_.rule(index);
    const bool can_hit = rule.active && rule.rule->emit && rule.rule->kind() == RuleKind::kMessage;
    if (!can_hit) continue;
    const auto raised = static_cast<size_t>(
        std::count_if(rule.signals.begin(), rule.signals.end(),
                      [&](SignalId signal) { return evaluator_.raised(signal); }));
    if (raised == 0) continue;
    std::vector<NodeValue> values;
    if (evaluator_.trace(index, record, values)) continue;
    const auto changes = nearest_miss(rule.whole_condition().nodes, values);
    if (!changes || changes->size() > kChangesMax) continue;
    candidates.push_back({changes->size(), raised, index});
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
    return a.changes != b.changes ? a.changes < b.changes : a.raised > b.raised;
  });
  std::vector<RuleIndex> rules;
  for (size_t i = 0; i < std::min(count, candidates.size()); ++i) {
    rules.push_back(candidates[i].rule);
  }
  return rules;
}

}  // namespace sieve
