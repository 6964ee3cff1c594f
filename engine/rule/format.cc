#include "rule/format.h"

#include <algorithm>

#include "base/yaml_tokens.h"
#include "rule/format_steps.h"

namespace sieve {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// `text` with line feeds alone, the last one included, and no byte order mark.
std::string with_line_feeds(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::string out;
  out.reserve(text.size() + 1);
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r' || text.substr(at, 2) != "\r\n") out += text[at];
  }
  if (!out.empty() && out.back() != '\n') out += '\n';
  return out;
}

// In the order of their texts: the keys of a rule may change places, and their comments with them.
std::vector<std::string> sorted_comments(std::string_view text) {
  std::vector<std::string> comments = yaml_comments(text, scan_yaml(text));
  std::sort(comments.begin(), comments.end());
  return comments;
}

bool says_the_same(std::string_view before, std::string_view after) {
  const auto a = parse_yaml("", before);
  const auto b = parse_yaml("", after);
  if (!a || !b || !same_content(a->root(), b->root())) return false;
  return sorted_comments(before) == sorted_comments(after);
}

}  // namespace

Expected<std::string, Diagnostics> format_rule_file(std::string_view file, std::string_view text) {
  if (auto document = parse_yaml(file, text); !document) {
    return Unexpected<Diagnostics>(std::move(document.error()));
  }
  const std::string plain = with_line_feeds(text);
  const std::string spaced = format_gaps(plain);
  std::vector<FormatLine> lines = read_lines(spaced);
  order_rule_keys(lines);
  std::string out = print_lines(lines);
  if (says_the_same(plain, out)) return out;
  return Unexpected<Diagnostics>(Diagnostics{});
}

}  // namespace sieve
