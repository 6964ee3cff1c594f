#include "base/yaml_text.h"

#include <fmt/format.h>

#include "base/display.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace sieve {
namespace {

Diagnostic problem(std::string_view code, std::string_view file, SourceSpan span,
                   std::string title) {
  Diagnostic out;
  out.code = code;
  out.file = file;
  out.span = span;
  out.title = std::move(title);
  return out;
}

Diagnostic hidden_char(std::string_view file, SourceSpan at, char32_t c) {
  const auto value = static_cast<uint32_t>(c);
  Diagnostic out = problem("Y006", file, at,
                           fmt::format("the character U+{:04X} cannot be seen in a file", value));
  const std::string escape =
      value > 0xFFFF ? fmt::format("\\U{:08X}", value) : fmt::format("\\u{:04X}", value);
  out.help = fmt::format("remove it, or write {} in double quotes", escape);
  return out;
}

}  // namespace

TextLines::TextLines(std::string_view text) : text_(text), starts_{0} {
  for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    starts_.push_back(at + 1);
  }
}

std::string_view TextLines::line(size_t index) const {
  if (index >= starts_.size()) return {};
  const size_t end = index + 1 < starts_.size() ? starts_[index + 1] - 1 : text_.size();
  std::string_view line = text_.substr(starts_[index], end - starts_[index]);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

Diagnostics check_yaml_text(std::string_view file, std::string_view text) {
  if (text.size() > limits::kRuleFileBytesMax) {
    Diagnostic out = problem("Y005", file, {},
                             fmt::format("the file has {} bytes, more than the limit of {}",
                                         text.size(), limits::kRuleFileBytesMax));
    out.help = "split the file";
    return {std::move(out)};
  }
  Diagnostics problems;
  SourceSpan at{1, 1, 1};
  for (size_t i = 0; i < text.size() && problems.size() < limits::kDiagnosticsShownMax;) {
    if (text[i] >= 0x20 && text[i] < 0x7F) {
      ++i;
      ++at.column;
      continue;
    }
    const Utf8Char c = decode_utf8(text, i);
    const bool crlf = text.substr(i, 2) == "\r\n";
    if (!c.valid) {
      problems.push_back(problem("Y004", file, at, "the file is not valid UTF-8 here"));
      problems.back().help = "save the file as UTF-8";
      return problems;
    }
    if (is_hidden_char(c.code_point) && !crlf) {
      problems.push_back(hidden_char(file, at, c.code_point));
    }
    i += c.size;
    ++at.column;
    if (c.code_point == '\n') at = {at.line + 1, 1, 1};
  }
  return problems;
}

}  // namespace sieve
