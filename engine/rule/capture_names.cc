#include "rule/capture_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sieve {
namespace {

constexpr std::array<std::string_view, 2> kFunctions = {"number", "length"};
constexpr std::array<CaptureUse, 2> kUses = {CaptureUse::kNumber, CaptureUse::kLength};

std::optional<uint32_t> find_capture(const ExpressionScope& scope, std::string_view name) {
  const auto found =
      std::find_if(scope.captures.begin(), scope.captures.end(),
                   [name](const CaptureName& capture) { return capture.name == name; });
  if (found == scope.captures.end()) return std::nullopt;
  return static_cast<uint32_t>(found - scope.captures.begin());
}

Operand add_node(uint32_t capture, CaptureUse use, SourceSpan span, std::vector<ExprNode>& nodes) {
  ExprNode& node = nodes.emplace_back();
  node.op = ExprOp::kCapture;
  node.index = capture;
  node.number = static_cast<double>(use);
  node.span = span;
  Operand operand;
  operand.is_value = true;
  operand.index = capture;
  operand.is_capture = use == CaptureUse::kText;
  operand.type = use == CaptureUse::kText ? ExprType::kString : ExprType::kNumber;
  return operand;
}

void report_no_group(const ExpressionChecker& checker, const Token& token,
                     std::string_view pattern) {
  Diagnostic& out = checker.error("R143", token.begin, token.end,
                                  fmt::format("the pattern `{}` captures no `{}`", pattern,
                                              token.text.substr(pattern.size() + 1)));
  std::vector<std::string_view> names;
  for (const CaptureName& capture : checker.scope().captures) names.push_back(capture.name);
  const std::string_view near = nearest_name(token.text, names);
  if (near.empty()) {
    out.help = "name a group of its regular expression: (?P<sum>[0-9]+)";
    return;
  }
  out.label = fmt::format("did you mean `{}`?", near);
  out.help = "use the name of a group";
  out.replacement = near;
}

}  // namespace

std::vector<std::string_view> capture_function_names() {
  return {kFunctions.begin(), kFunctions.end()};
}

bool is_capture_function(std::string_view name) {
  return std::find(kFunctions.begin(), kFunctions.end(), name) != kFunctions.end();
}

std::optional<Operand> resolve_capture(const ExpressionChecker& checker, const Token& token,
                                       std::vector<ExprNode>& nodes) {
  const ExpressionScope& scope = checker.scope();
  const size_t dot = token.text.find('.');
  const std::string_view pattern = token.text.substr(0, dot);
  const bool is_of_pattern =
      dot != std::string_view::npos &&
      std::find(scope.patterns.begin(), scope.patterns.end(), pattern) != scope.patterns.end();
  if (!is_of_pattern) return std::nullopt;
  Operand operand;
  if (const auto capture = find_capture(scope, token.text)) {
    const SourceSpan span = checker.span(token.begin, token.end);
    operand = add_node(*capture, CaptureUse::kText, span, nodes);
  } else {
    report_no_group(checker, token, pattern);
    nodes.emplace_back();  // Keeps the postfix order whole.
    operand.is_value = true;
  }
  operand.begin = token.begin;
  operand.end = token.end;
  return operand;
}

Operand resolve_capture_call(const ExpressionCall& call, const ExpressionChecker& checker,
                             std::vector<ExprNode>& nodes) {
  Operand operand;
  operand.is_value = true;
  const bool is_one = call.arguments.size() == 1 && call.arguments[0].kind == TokenKind::kName;
  if (is_one) {
    const Token& argument = call.arguments[0];
    const auto at = static_cast<size_t>(
        std::find(kFunctions.begin(), kFunctions.end(), call.name.text) - kFunctions.begin());
    if (const auto capture = find_capture(checker.scope(), argument.text)) {
      const SourceSpan span = checker.span(call.name.begin, call.end);
      operand = add_node(*capture, kUses[at], span, nodes);
    } else if (!resolve_capture(checker, argument, nodes)) {
      checker
          .error("R144", argument.begin, argument.end,
                 fmt::format("`{}` is no captured text", argument.text))
          .help =
          fmt::format("write it like {}(pay.sum), with a group of a pattern", call.name.text);
    }
  } else {
    checker
        .error("R144", call.name.begin, call.end,
               fmt::format("`{}` takes one captured text", call.name.text))
        .help = fmt::format("write it like {}(pay.sum), with a group of a pattern", call.name.text);
  }
  operand.begin = call.name.begin;
  operand.end = call.end;
  return operand;
}

void report_text_as_number(const ExpressionChecker& checker, const Operand& capture,
                           std::string_view name) {
  Diagnostic& out =
      checker.error("R013", capture.begin, capture.end, "captured text is compared with a number");
  out.label = "this is text";
  out.help = "read it as a number";
  out.replacement = fmt::format("number({})", name);
}

void check_capture_constant(const ExpressionChecker& checker, const Operand& capture,
                            const Operand& constant, std::string_view written) {
  if (constant.type != ExprType::kString || written.size() < 2) return;
  const View view = checker.scope().captures[capture.index].view;
  const std::string_view text = written.substr(1, written.size() - 2);
  if (view == View::kRaw) return;
  const std::string folded = fold_literal(text, view);
  if (folded == text) return;
  Diagnostic& out = checker.error("R018", constant.begin, constant.end,
                                  "captured text is never this: its view is folded");
  out.label = "the same for every record";
  out.help = "write it folded";
  if (!folded.empty()) out.replacement = checker.quoted(folded);
}

}  // namespace sieve
