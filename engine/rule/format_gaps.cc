#include <optional>

#include "base/yaml_tokens.h"
#include "rule/format_steps.h"

namespace sieve {
namespace {

using Kind = YamlTokenKind;

bool opens(Kind kind) { return kind == Kind::kFlowMapStart || kind == Kind::kFlowListStart; }
bool closes(Kind kind) { return kind == Kind::kFlowMapEnd || kind == Kind::kFlowListEnd; }

// What stands between two tokens of one line; nothing: what the author wrote.
std::optional<std::string_view> gap_between(Kind before, Kind after) {
  if (opens(before) && closes(after)) return "";
  if (after == Kind::kComma) return before == Kind::kValue ? " " : "";
  if (after == Kind::kValue) return before == Kind::kKey ? std::optional<std::string_view>() : "";
  if (before == Kind::kValue) return " ";
  if (after == Kind::kFlowListEnd) return "";
  if (before == Kind::kFlowMapStart || after == Kind::kFlowMapEnd || before == Kind::kComma) {
    return " ";
  }
  if (before == Kind::kFlowListStart) return "";
  return {};
}

// Follows which key's value the tokens are in.
class KeyPath {
 public:
  void take(const YamlToken& token, std::string_view text) {
    const Kind kind = token.kind;
    const bool starts =
        opens(kind) || kind == Kind::kBlockMapStart || kind == Kind::kBlockListStart;
    if (starts) keys_.push_back(key());
    const bool ends = closes(kind) || kind == Kind::kBlockEnd;
    if (ends && !keys_.empty()) keys_.pop_back();
    is_key_ = after_key_ && kind == Kind::kScalar;
    if (is_key_ && !keys_.empty()) keys_.back() = text;
    after_key_ = kind == Kind::kKey;
  }
  std::string_view key() const { return keys_.empty() ? std::string_view() : keys_.back(); }
  // Whether the token taken last is a key.
  bool is_key() const { return is_key_; }

 private:
  std::vector<std::string_view> keys_;
  bool after_key_ = false;
  bool is_key_ = false;
};

// The quotes that suit a scalar where both kinds say the same, else its own.
char quote_of(std::string_view scalar, std::string_view key) {
  const std::string_view inside = scalar.substr(1, scalar.size() - 2);
  const bool simple = inside.find_first_of("\\\"'\n") == std::string_view::npos;
  if (!simple) return scalar.front();
  return key == "re" ? '\'' : '"';
}

void append_token(std::string& out, const YamlToken& token, std::string_view text,
                  const KeyPath& path) {
  const bool quoted = token.kind == Kind::kScalar && (token.style == YamlStyle::kSingleQuoted ||
                                                      token.style == YamlStyle::kDoubleQuoted);
  if (!quoted || path.is_key()) {
    out += text;
    return;
  }
  const char quote = quote_of(text, path.key());
  out += quote;
  out += text.substr(1, text.size() - 2);
  out += quote;
}

}  // namespace

std::string format_gaps(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  KeyPath path;
  std::optional<Kind> before;
  size_t from = 0;
  for (const YamlToken& token : scan_yaml(text)) {
    const std::string_view written = text.substr(token.begin, token.end - token.begin);
    path.take(token, written);
    if (written.empty()) continue;
    const std::string_view gap = text.substr(from, token.begin - from);
    const bool within_line = gap.find_first_not_of(" \t") == std::string_view::npos;
    const auto wanted = before && within_line ? gap_between(*before, token.kind) : std::nullopt;
    out += wanted.value_or(gap);
    append_token(out, token, written, path);
    before = token.kind;
    from = token.end;
  }
  return out.append(text.substr(from));
}

}  // namespace sieve
