// What names mean in and around `any url where`, and what is said of those that mean nothing there.
//
// Thread safety: pure functions. They report to the checker's context.
#pragma once

#include <optional>
#include <vector>

#include "rule/expression_types.h"

namespace sieve {

// The name `token` inside of `any url where`: appends the node of its field. R012: there is no such
// field; R078: it is something of the rule or the record, and not of one link.
Operand resolve_in_url(const ExpressionChecker& checker, const Token& token,
                       std::vector<ExprNode>& nodes, bool with_text);

// Reports `token`, which is a `kind` (in words), inside of `any url where` (R078).
void report_not_of_link(const ExpressionChecker& checker, const Token& token,
                        std::string_view kind);

// Reports a field of a link outside of `any url where` (R077). `ended`: the `any` of one whose
// condition ended before it.
Operand url_field_outside(const ExpressionChecker& checker, const Token& token,
                          std::vector<ExprNode>& nodes, const std::optional<Token>& ended);

// True when `quantity` and what follows is meant to ask about links, sound or not.
bool is_about_links(const Token& quantity, const Token& next);

// Reports `quantity`, `next` and `last`, the tokens in the place of `any url where`, when they are
// not that (R079), and links where there are none (R077). `inside`: within another of its kind
// (R078). False when anything was reported.
struct UrlTestTokens {
  Token quantity;
  Token next;
  Token last;
};
bool check_url_test(const ExpressionChecker& checker, const UrlTestTokens& tokens, bool inside);

// Reports a constant that `host`, a host or its last label, never equals (R018). `written` is the
// constant with its quotes.
void check_host_constant(const ExpressionChecker& checker, const Operand& host,
                         const Operand& constant, std::string_view written);

}  // namespace sieve
