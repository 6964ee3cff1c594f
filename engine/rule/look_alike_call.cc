#include "rule/look_alike_call.h"

#include <fmt/format.h>

#include <algorithm>

#include "rule/look_alike_names.h"
#include "rule/url_fields.h"

namespace sieve {
namespace {

constexpr std::string_view kUsage =
    "write it like url.lookalike(any), url.lookalike(demobank) or "
    "url.lookalike([demobank, demopost], [homoglyph, tld])";

class CallReader {
 public:
  CallReader(std::span<const Token> tokens, const ExpressionChecker& checker)
      : tokens_(tokens), checker_(checker) {}

  // False, and reported, when where the call ends is unknown.
  bool read();
  // What it names; false when a name means nothing: that is reported.
  bool resolve();
  void add_nodes(std::vector<ExprNode>& nodes) const;
  size_t token_count() const { return at_; }

 private:
  const Token& peek(size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  const Token& take() { return tokens_[std::min(at_++, tokens_.size() - 1)]; }
  bool take_if(TokenKind kind) { return peek().kind == kind && take().kind == kind; }
  bool fail(const Token& token, std::string title);
  bool read_name();
  bool read_names(std::string_view what, std::vector<Token>& names);
  bool add_name(std::string_view what, std::vector<Token>& names);
  SourceSpan span_of(const Token& token) const { return checker_.span(token.begin, token.end); }

  std::span<const Token> tokens_;
  const ExpressionChecker& checker_;
  size_t at_ = 0;
  bool is_any_ = false;
  bool has_kinds_ = false;
  std::vector<Token> brand_names_;
  std::vector<Token> kind_names_;
  std::vector<uint32_t> brands_;
  LookAlikeKinds kinds_;
};

bool CallReader::fail(const Token& token, std::string title) {
  const Token& shown = token.kind == TokenKind::kEnd ? tokens_[0] : token;
  checker_.error("R142", shown.begin, shown.end, std::move(title)).help = kUsage;
  return false;
}

bool CallReader::read_name() {
  const Token& name = take();
  const bool is_opened = take_if(TokenKind::kOpen);
  if (name.text == kLookAlikeCall && is_opened && peek().kind != TokenKind::kClose) return true;
  const bool is_other = name.text != kLookAlikeCall;
  const size_t end = !is_other && is_opened ? peek().end : name.end;
  Diagnostic& out = checker_.error("R142", name.begin, end, "");
  out.title = is_other ? fmt::format("a link has no function `{}`", name.text)
                       : fmt::format("`{}` does not say which brands it means", name.text);
  if (is_other) out.replacement = kLookAlikeCall;
  out.help = kUsage;
  return false;
}

bool CallReader::read() {
  if (!read_name()) return false;
  is_any_ = take_if(TokenKind::kAny);
  if (!is_any_ && !read_names("brand", brand_names_)) return false;
  has_kinds_ = take_if(TokenKind::kComma);
  if (has_kinds_ && !read_names("kind of imitation", kind_names_)) return false;
  if (take_if(TokenKind::kClose)) return true;
  return fail(peek(), peek().kind == TokenKind::kComma ? "several names stand in square brackets"
                                                       : "`)` is missing");
}

// name | "[" name { "," name } "]"
bool CallReader::read_names(std::string_view what, std::vector<Token>& names) {
  if (!take_if(TokenKind::kOpenBracket)) return add_name(what, names);
  do {
    if (!add_name(what, names)) return false;
  } while (take_if(TokenKind::kComma));
  return take_if(TokenKind::kCloseBracket) || fail(peek(), "`]` is missing");
}

bool CallReader::add_name(std::string_view what, std::vector<Token>& names) {
  const Token& name = take();
  const auto is_it = [&name](const Token& other) { return other.text == name.text; };
  if (name.kind != TokenKind::kName) return fail(name, fmt::format("this is no {}", what));
  if (std::any_of(names.begin(), names.end(), is_it)) {
    return fail(name, fmt::format("the {} `{}` is named twice", what, name.text));
  }
  names.push_back(name);
  return true;
}

bool CallReader::resolve() {
  const Definitions* definitions = checker_.scope().definitions;
  const YamlContext& context = checker_.context();
  const size_t before = context.diagnostics->size();
  if (is_any_) {
    use_all_brands(span_of(tokens_[2]), definitions, context);
    brands_.push_back(kAnyBrand);
  }
  for (const Token& name : brand_names_) {
    if (const auto brand = brand_named(name.text, span_of(name), definitions, context)) {
      definitions->brands[*brand].used = true;
      brands_.push_back(*brand);
    }
  }
  if (!has_kinds_) kinds_ = LookAlikeKinds::all();
  for (const Token& name : kind_names_) {
    if (const auto kind = look_alike_kind_named(name.text, span_of(name), context)) {
      kinds_.add(*kind);
    }
  }
  return context.diagnostics->size() == before;
}

void CallReader::add_nodes(std::vector<ExprNode>& nodes) const {
  ExprNode node;
  node.span = checker_.span(tokens_[0].begin, tokens_[at_ - 1].end);
  for (size_t i = 0; i < brands_.size(); ++i) {
    node.op = ExprOp::kLookAlike;
    node.count = 0;
    node.index = brands_[i];
    node.number = kinds_.bits();
    nodes.push_back(node);
    if (i == 0) continue;
    node.op = ExprOp::kOr;
    node.count = 2;
    node.number = 0;
    node.index = 0;
    nodes.push_back(node);
  }
}

}  // namespace

bool begins_look_alike_call(const Token& name, const Token& next) {
  if (name.kind != TokenKind::kName || !is_url_field_name(name.text)) return false;
  return name.text == kLookAlikeCall ||
         (next.kind == TokenKind::kOpen && !find_url_field(name.text));
}

LookAlikeCall read_look_alike_call(std::span<const Token> tokens, const ExpressionChecker& checker,
                                   std::vector<ExprNode>& nodes) {
  LookAlikeCall out;
  CallReader reader(tokens, checker);
  if (!reader.read()) return out;
  out.token_count = reader.token_count();
  out.operand = condition_at(tokens[0].begin, tokens[out.token_count - 1].end);
  if (reader.resolve()) {
    reader.add_nodes(nodes);
  } else {
    out.operand.type = ExprType::kUnknown;
    nodes.emplace_back();  // Keeps the postfix order whole.
  }
  return out;
}

}  // namespace sieve
