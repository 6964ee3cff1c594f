#include "rule/expression_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "base/utf8.h"
#include "rule/capture_names.h"
#include "rule/list_lookup.h"
#include "rule/macro_def.h"
#include "rule/measure_def.h"
#include "rule/party_field.h"
#include "rule/url_names.h"

namespace sieve {
namespace {

std::string_view words_for(ExprType type) {
  switch (type) {
    case ExprType::kBool:
      return "true or false";
    case ExprType::kNumber:
      return "a number";
    case ExprType::kDuration:
      return "a duration";
    case ExprType::kTime:
      return "a time";
    case ExprType::kString:
      return "text";
    case ExprType::kUnknown:
      break;
  }
  return "unknown";
}

std::optional<uint32_t> index_of(const std::vector<std::string_view>& names,
                                 std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return {};
  return static_cast<uint32_t>(found - names.begin());
}

bool is_ordered(ExprType type) { return type != ExprType::kBool && type != ExprType::kString; }

bool is_order_operator(TokenKind kind) {
  return kind == TokenKind::kLess || kind == TokenKind::kLessEqual || kind == TokenKind::kGreater ||
         kind == TokenKind::kGreaterEqual;
}

}  // namespace

Operand condition_at(size_t begin, size_t end) {
  Operand operand;
  operand.type = ExprType::kBool;
  operand.begin = begin;
  operand.end = end;
  return operand;
}

ExprType type_of(FieldType type) {
  switch (type) {
    case FieldType::kString:
      return ExprType::kString;
    case FieldType::kNumber:
      return ExprType::kNumber;
    case FieldType::kBool:
      return ExprType::kBool;
    case FieldType::kDuration:
      return ExprType::kDuration;
    case FieldType::kTime:
      return ExprType::kTime;
  }
  return ExprType::kUnknown;
}

ExprOp op_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::kNot:
      return ExprOp::kNot;
    case TokenKind::kAnd:
      return ExprOp::kAnd;
    case TokenKind::kOr:
      return ExprOp::kOr;
    case TokenKind::kNotEqual:
      return ExprOp::kNotEqual;
    case TokenKind::kLess:
      return ExprOp::kLess;
    case TokenKind::kLessEqual:
      return ExprOp::kLessEqual;
    case TokenKind::kGreater:
      return ExprOp::kGreater;
    case TokenKind::kGreaterEqual:
      return ExprOp::kGreaterEqual;
    default:
      return ExprOp::kEqual;
  }
}

SourceSpan ExpressionChecker::span(size_t begin, size_t end) const {
  const std::string_view text = node_.scalar;
  std::string_view part = text.substr(std::min(begin, text.size()), end - begin);
  part = part.substr(0, part.find('\n'));
  return node_.span_at(begin, std::max<size_t>(count_chars(part), 1));
}

Diagnostic& ExpressionChecker::error(std::string_view code, size_t begin, size_t end,
                                     std::string title) const {
  return context_.error(code, span(begin, end), std::move(title));
}

std::string_view ExpressionChecker::text_of(const Operand& operand) const {
  return std::string_view(node_.scalar).substr(operand.begin, operand.end - operand.begin);
}

bool ExpressionChecker::is_name_of_rule(std::string_view name) const {
  return index_of(scope_.patterns, name) || index_of(scope_.measures, name);
}

Operand ExpressionChecker::resolve(const Token& token, std::vector<ExprNode>& nodes,
                                   bool with_text) const {
  Operand operand;
  operand.begin = token.begin;
  operand.end = token.end;
  if (!is_name_of_rule(token.text)) {
    if (const auto macro = use_macro(*this, scope_, token, nodes)) return *macro;
  }
  ExprNode node;
  node.span = span(token.begin, token.end);
  const std::optional<FieldId> field = find_field(token.text);
  if (const auto pattern = index_of(scope_.patterns, token.text)) {
    node.op = ExprOp::kPattern;
    node.index = *pattern;
    operand.index = *pattern;
    operand.type = ExprType::kBool;
    operand.is_pattern = true;
  } else if (const auto measure = index_of(scope_.measures, token.text)) {
    node.op = ExprOp::kMeasure;
    node.index = *measure;
    operand.type = scope_.measures[*measure].is_duration ? ExprType::kDuration : ExprType::kNumber;
    operand.is_value = true;
  } else if (field && scope_.has_fields && info_of(*field).kind == scope_.kind) {
    check_has_party(*this, *field, token);
    node.op = ExprOp::kField;
    node.field = *field;
    operand.type = type_of(info_of(*field).type);
    operand.is_address = is_address_field(*field);
    operand.is_value = true;
  } else if (const auto capture = resolve_capture(*this, token, nodes)) {
    return *capture;
  } else {
    operand = unknown_name(token, with_text);
  }
  nodes.push_back(std::move(node));
  return operand;
}

std::string_view ExpressionChecker::kind_of(std::string_view name) const {
  if (index_of(scope_.patterns, name)) return "a pattern";
  if (index_of(scope_.measures, name)) return "a measure";
  for (const CaptureName& capture : scope_.captures) {
    if (capture.name == name) return "captured text";
  }
  if (is_macro(scope_, name)) return "a macro";
  return find_field(name) ? "a field of the record" : "";
}

bool ExpressionChecker::check_has_links(size_t begin, size_t end) const {
  if (scope_.kind == RecordKind::kMessage && scope_.has_fields) return true;
  Diagnostic& out = error("R077", begin, end, "there are no links here");
  if (scope_.kind != RecordKind::kMessage) {
    out.label = fmt::format("links are in messages; this {} is on {} records", scope_.owner,
                            name_of(scope_.kind));
  } else {
    out.label = "a window has no links";
    out.help = "test the links of single messages in `where`, measures in `condition`";
  }
  return false;
}

std::vector<std::string_view> ExpressionChecker::known_names() const {
  std::vector<std::string_view> names = scope_.patterns;
  for (const CaptureName& capture : scope_.captures) names.push_back(capture.name);
  const std::vector<std::string_view> measures = names_of(scope_.measures);
  names.insert(names.end(), measures.begin(), measures.end());
  for (const FieldInfo& info : all_fields()) {
    if (scope_.has_fields && info.kind == scope_.kind) names.push_back(info.name);
  }
  if (scope_.definitions == nullptr) return names;
  for (const MacroDef& macro : scope_.definitions->macros) names.push_back(macro.name);
  return names;
}

bool ExpressionChecker::knows(std::string_view name) const {
  const std::vector<std::string_view> names = known_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string ExpressionChecker::quoted(std::string_view text) const {
  const char quote = node_.style == YamlStyle::kDoubleQuoted ? '\'' : '"';
  return fmt::format("{}{}{}", quote, text, quote);
}

Operand ExpressionChecker::unknown_name(const Token& token, bool with_text) const {
  Operand operand;
  operand.is_value = true;
  operand.begin = token.begin;
  operand.end = token.end;
  Diagnostic& out =
      error("R012", token.begin, token.end, fmt::format("unknown name `{}`", token.text));
  if (const std::optional<FieldId> field = find_field(token.text)) {
    const RecordKind kind = info_of(*field).kind;
    if (kind != scope_.kind) {
      out.label = fmt::format("a field of {} records; this {} is on {} records", name_of(kind),
                              scope_.owner, name_of(scope_.kind));
    } else {
      out.label = "a window has no such value";
      out.help = "test fields of single records in `where`, measures in `condition`";
    }
    return operand;
  }
  const std::string_view near = nearest_name(token.text, known_names());
  if (!near.empty()) {
    out.label = fmt::format("did you mean `{}`?", near);
    out.replacement = near;
    out.help = "use the name that is defined";
  } else if (with_text) {
    out.help = "put text in quotes";
    out.replacement = quoted(token.text);
  } else if (scope_.owner == kMacroOwner || scope_.owner == kFilterOwner) {
    out.help = fmt::format("a {} is about fields and links: it does not know the patterns of rules",
                           scope_.owner);
  } else if (!scope_.patterns.empty()) {
    out.help = fmt::format("the patterns are: {}", fmt::join(scope_.patterns, ", "));
  } else if (!scope_.measures.empty()) {
    out.help = fmt::format("the measures are: {}", fmt::join(names_of(scope_.measures), ", "));
  }
  return operand;
}

Operand ExpressionChecker::constant(const Token& token, std::vector<ExprNode>& nodes) const {
  Operand operand;
  operand.is_value = true;
  operand.is_constant = true;
  operand.begin = token.begin;
  operand.end = token.end;
  operand.number = token.number;
  ExprNode node;
  node.span = span(token.begin, token.end);
  node.number = token.number;
  switch (token.kind) {
    case TokenKind::kNumber:
      node.op = ExprOp::kNumber;
      operand.type = ExprType::kNumber;
      break;
    case TokenKind::kDuration:
      node.op = ExprOp::kDuration;
      operand.type = ExprType::kDuration;
      break;
    case TokenKind::kString:
      node.op = ExprOp::kString;
      node.text = token.text;
      operand.type = ExprType::kString;
      break;
    default:
      node.op = ExprOp::kBool;
      node.number = token.kind == TokenKind::kTrue ? 1 : 0;
      operand.type = ExprType::kBool;
      break;
  }
  nodes.push_back(std::move(node));
  return operand;
}

void ExpressionChecker::require_condition(const Operand& operand) const {
  if (operand.type == ExprType::kUnknown) return;
  if (operand.type == ExprType::kBool && !operand.is_constant) return;
  if (operand.is_constant) {
    Diagnostic& out = error("R018", operand.begin, operand.end,
                            fmt::format("`{}` is the same for every record", text_of(operand)));
    out.help =
        in_relation() ? "compare the times of two steps" : "name a pattern or compare a field";
    return;
  }
  Diagnostic& out = error("R013", operand.begin, operand.end,
                          fmt::format("`{}` is no condition by itself", text_of(operand)));
  out.label = fmt::format("this is {}", words_for(operand.type));
  out.help = in_relation() ? "compare it, as in `a.time before b.time` or `b.time - a.time < 10m`"
                           : "compare it, as in `msg.lang == \"th\"` or `call.duration < 10s`";
}

void ExpressionChecker::mismatch(const Operand& left, const Operand& right) const {
  for (const Operand* side : {&left, &right}) {
    const ExprType other = side == &left ? right.type : left.type;
    const bool is_read_wrong = side->is_capture && other == ExprType::kNumber;
    if (is_read_wrong) return report_text_as_number(*this, *side, text_of(*side));
  }
  const Operand& culprit = right.is_constant || !left.is_constant ? right : left;
  const Operand& other = &culprit == &right ? left : right;
  Diagnostic& out =
      error("R013", culprit.begin, culprit.end,
            fmt::format("{} is compared with {}", words_for(left.type), words_for(right.type)));
  out.label = fmt::format("this is {}, `{}` is {}", words_for(culprit.type), text_of(other),
                          words_for(other.type));
  if (other.type == ExprType::kDuration && culprit.is_constant &&
      culprit.type == ExprType::kNumber) {
    const bool whole = text_of(culprit).find_first_not_of("0123456789") == std::string_view::npos;
    out.help = "give it a unit: ms, s, m, h or d";
    if (whole) out.replacement = fmt::format("{}s", text_of(culprit));
  } else if (other.type == ExprType::kTime && in_relation()) {
    out.help = "compare it with another time, or the difference of two: `b.time - a.time < 10m`";
  } else if (other.type == ExprType::kString && culprit.is_constant) {
    out.help = "put text in quotes";
    out.replacement = quoted(text_of(culprit));
  }
}

// `constant` is compared with a count. `is_idle_at_zero`: with 0 that says nothing.
void ExpressionChecker::check_count(const Operand& constant, bool is_idle_at_zero) const {
  const double number = constant.number;
  const bool is_whole = number >= 0 && number == std::floor(number);
  if (!is_whole || number > limits::kOccurrencesMax) {
    Diagnostic& out =
        error("R072", constant.begin, constant.end, "a count cannot be compared with this");
    out.label = is_whole ? fmt::format("occurrences are counted up to {}", limits::kOccurrencesMax)
                         : std::string("no whole number from 0");
    out.help = fmt::format("compare with a whole number from 0 to {}", limits::kOccurrencesMax);
  } else if (number == 0 && is_idle_at_zero) {
    error("R018", constant.begin, constant.end, "this comparison is the same for every record")
        .help = "a count is never below 0; compare with 1 or more";
  }
}

void ExpressionChecker::check_comparison(const Operand& left, const Token& op,
                                         const Operand& right) const {
  for (const Operand* side : {&left, &right}) {
    if (side->is_value || side->type == ExprType::kUnknown) continue;
    Diagnostic& out =
        error("R013", side->begin, side->end,
              side->is_pattern ? "a pattern cannot be compared" : "a condition cannot be compared");
    out.help = side->is_pattern
                   ? "a pattern is true when it occurs: write its name alone, or `not` before it"
               : in_relation() ? "compare times and durations"
                               : "compare fields, measures, numbers, durations and text";
    return;
  }
  if (left.type == ExprType::kUnknown || right.type == ExprType::kUnknown) return;
  if (left.type != right.type) return mismatch(left, right);
  if (left.is_host && right.is_constant) check_host_constant(*this, left, right, text_of(right));
  if (right.is_host && left.is_constant) check_host_constant(*this, right, left, text_of(left));
  if (left.is_capture) check_capture_constant(*this, left, right, text_of(right));
  if (right.is_capture) check_capture_constant(*this, right, left, text_of(left));
  if (left.is_constant && right.is_constant) {
    error("R018", left.begin, right.end, "this comparison is the same for every record").help =
        in_relation() ? "compare the times of two steps" : "compare a field or a measure";
  } else if (left.is_count && right.is_constant) {
    const bool is_idle = op.kind == TokenKind::kGreaterEqual || op.kind == TokenKind::kLess;
    check_count(right, is_idle);
  } else if (right.is_count && left.is_constant) {
    const bool is_idle = op.kind == TokenKind::kLessEqual || op.kind == TokenKind::kGreater;
    check_count(left, is_idle);
  } else if (is_order_operator(op.kind) && !is_ordered(left.type)) {
    Diagnostic& out =
        error("R013", op.begin, op.end,
              fmt::format("`{}` cannot be used with {}", op.text, words_for(left.type)));
    out.help = "only ==, != and in can";
  }
}

double ExpressionChecker::quantity_of(const Token& quantity, uint32_t count) const {
  double wanted = quantity.number;
  if (quantity.kind != TokenKind::kNumber) wanted = quantity.kind == TokenKind::kAll ? count : 1;
  if (wanted < 1 || wanted > count || wanted != std::floor(wanted)) {
    error("R015", quantity.begin, quantity.end,
          fmt::format("{} of {} names cannot be", quantity.text, count))
        .help =
        wanted == 0 ? "write `none of`" : fmt::format("write a whole number from 1 to {}", count);
  }
  return wanted;
}

void ExpressionChecker::check_member(const Operand& value, const Operand& member) const {
  if (!value.is_value && value.type != ExprType::kUnknown) {
    error("R013", value.begin, value.end, "a condition cannot be looked up in a list").help =
        "look up a field";
    return;
  }
  if (value.type == ExprType::kUnknown) return;
  if (value.type != member.type) return mismatch(value, member);
  if (value.is_count) check_count(member, false);
  if (value.is_capture) check_capture_constant(*this, value, member, text_of(member));
  if (value.is_host) check_host_constant(*this, value, member, text_of(member));
}

}  // namespace sieve
