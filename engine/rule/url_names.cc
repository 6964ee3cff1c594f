#include "rule/url_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rule/url_fields.h"

namespace sieve {
namespace {

constexpr std::array<std::string_view, 4> kWordsForLinks = {"url", "urls", "link", "links"};

bool is_word_for_links(const Token& token) {
  return token.kind == TokenKind::kName && std::find(kWordsForLinks.begin(), kWordsForLinks.end(),
                                                     token.text) != kWordsForLinks.end();
}

Operand operand_of(const Token& token) {
  Operand operand;
  operand.is_value = true;
  operand.begin = token.begin;
  operand.end = token.end;
  return operand;
}

// Nodes that stand for what was refused keep the postfix order whole.
Operand refused(const Token& token, std::vector<ExprNode>& nodes) {
  nodes.emplace_back();
  return operand_of(token);
}

void report_unknown(const ExpressionChecker& checker, const Token& token, bool with_text) {
  Diagnostic& out =
      checker.error("R012", token.begin, token.end, fmt::format("unknown name `{}`", token.text));
  std::vector<std::string_view> names;
  for (const UrlFieldInfo& info : all_url_fields()) names.push_back(info.name);
  // `host` for `url.host` is the commonest.
  const std::string prefixed = fmt::format("url.{}", token.text);
  const std::string_view near =
      find_url_field(prefixed) ? std::string_view(prefixed) : nearest_name(token.text, names);
  if (!near.empty()) {
    out.label = fmt::format("did you mean `{}`?", near);
    out.help = "use the name that is defined";
    out.replacement = near;
  } else if (with_text) {
    out.help = "put text in quotes";
    out.replacement = checker.quoted(token.text);
  } else {
    out.help = fmt::format("fields of a link are: {}", fmt::join(names, ", "));
  }
}

// `text`, in lower case, is compared with a top-level domain.
void not_one_label(const ExpressionChecker& checker, const Operand& constant,
                   std::string_view text) {
  Diagnostic& out = checker.error("R018", constant.begin, constant.end,
                                  fmt::format("no link has the top-level domain `{}`", text));
  out.label = "the same for every link";
  const std::string_view label = text.substr(1);
  if (text.front() == '.' && !label.empty() && label.find('.') == std::string_view::npos) {
    out.help = "write it without its dot";
    out.replacement = checker.quoted(label);
  } else {
    out.help =
        "it is the last label of the host: compare url.domain, or look it up in a list of "
        "domains with `match: subdomain`";
  }
}

// `text` without its last word: "any url where".
std::string written_as(const Token& quantity) { return fmt::format("{} url where", quantity.text); }

}  // namespace

Operand resolve_in_url(const ExpressionChecker& checker, const Token& token,
                       std::vector<ExprNode>& nodes, bool with_text) {
  if (const std::optional<UrlFieldId> field = find_url_field(token.text)) {
    ExprNode& node = nodes.emplace_back();
    node.op = ExprOp::kUrlField;
    node.index = field->value;
    node.span = checker.span(token.begin, token.end);
    Operand operand = operand_of(token);
    operand.type = type_of(info_of(*field).type);
    operand.is_host = is_host_field(*field);
    operand.is_tld = is_tld_field(*field);
    return operand;
  }
  const std::string_view kind = checker.kind_of(token.text);
  if (kind.empty()) {
    report_unknown(checker, token, with_text);
    return refused(token, nodes);
  }
  report_not_of_link(checker, token, kind);
  return refused(token, nodes);
}

void report_not_of_link(const ExpressionChecker& checker, const Token& token,
                        std::string_view kind) {
  Diagnostic& out =
      checker.error("R078", token.begin, token.end,
                    fmt::format("`{}` cannot stand inside of `any url where`", token.text));
  out.label = fmt::format("this is {}, not a field of the link", kind);
  out.help = "close the condition over the link first: `any url where (...) and ...`";
}

Operand url_field_outside(const ExpressionChecker& checker, const Token& token,
                          std::vector<ExprNode>& nodes, const std::optional<Token>& ended) {
  Diagnostic& out =
      checker.error("R077", token.begin, token.end,
                    fmt::format("`{}` stands outside of `any url where`", token.text));
  if (!ended) {
    out.label = "a field of which link?";
    out.help = fmt::format("write `any url where {} ...`", token.text);
    return refused(token, nodes);
  }
  out.label = "not about that link any more";
  out.related.push_back({"", checker.span(ended->begin, ended->end),
                         "this takes one comparison, or a condition in parentheses"});
  out.help = fmt::format("put both into parentheses: `{} (... and {} ...)`", written_as(*ended),
                         token.text);
  return refused(token, nodes);
}

bool is_about_links(const Token& quantity, const Token& next) {
  const bool is_word = quantity.kind == TokenKind::kAny || quantity.kind == TokenKind::kNone ||
                       quantity.kind == TokenKind::kAll;
  return is_word && is_word_for_links(next);
}

bool check_url_test(const ExpressionChecker& checker, const UrlTestTokens& tokens, bool inside) {
  const auto& [quantity, next, last] = tokens;
  const std::string written = fmt::format("{} {}", quantity.text, next.text);
  if (quantity.kind == TokenKind::kAll) {
    checker.error("R079", quantity.begin, next.end, fmt::format("`{}` cannot be asked", written))
        .help =
        "it would hold without any link: write `msg.url.count >= 1 and none url where not (...)`";
    return false;
  }
  if (next.text != "url") {
    Diagnostic& out = checker.error("R079", quantity.begin, next.end,
                                    fmt::format("`{}` is no question about links", written));
    out.help = fmt::format("write `{}`, even where there are several", written_as(quantity));
    out.replacement = fmt::format("{} url", quantity.text);
    return false;
  }
  if (last.kind != TokenKind::kName || last.text != "where") {
    Diagnostic& out = checker.error("R079", quantity.begin, next.end,
                                    fmt::format("`where` is missing after `{}`", written));
    out.help = fmt::format("write `{}` and a condition over one link", written_as(quantity));
    out.replacement = written_as(quantity);
    return false;
  }
  if (inside) {
    checker
        .error("R078", quantity.begin, last.end,
               fmt::format("`{0}` cannot stand inside of another", written_as(quantity)))
        .help = "close the condition over the first link before: `any url where (...) and ...`";
    return false;
  }
  return checker.check_has_links(quantity.begin, last.end);
}

void check_host_constant(const ExpressionChecker& checker, const Operand& host,
                         const Operand& constant, std::string_view written) {
  if (constant.type != ExprType::kString || written.size() < 2) return;
  const std::string_view text = written.substr(1, written.size() - 2);
  const auto is_host_char = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
           c == ':';
  };
  const std::string lower = in_lower_case(text);
  const bool can_be = std::all_of(lower.begin(), lower.end(), is_host_char) && !lower.empty();
  if (can_be && host.is_tld && lower.find('.') != std::string::npos) {
    return not_one_label(checker, constant, lower);
  }
  if (can_be && lower == text) return;
  Diagnostic& out = checker.error("R018", constant.begin, constant.end,
                                  fmt::format("no link has the host `{}`", text));
  out.label = "the same for every link";
  if (can_be) {
    out.help = "hosts are in lower case";
    out.replacement = checker.quoted(lower);
  } else {
    out.help =
        "a host has letters a to z, digits, `-` and `.`; others are written as `xn--` labels";
  }
}

}  // namespace sieve
