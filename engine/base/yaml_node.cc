#include <charconv>
#include <cmath>

#include "base/utf8.h"
#include "base/yaml.h"

namespace sieve {
namespace {

// Decimal digits with an optional minus and, when `fraction` allows, a point. A leading zero is no
// number: YAML 1.1 reads `0812` as octal and people mean a telephone number.
bool is_decimal(std::string_view text, bool fraction) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const size_t point = fraction ? text.find('.') : std::string_view::npos;
  const std::string_view whole = text.substr(0, point);
  const std::string_view part =
      point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
  const auto all_digits = [](std::string_view digits) {
    return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
  };
  const bool leading_zero = whole.size() > 1 && whole.front() == '0';
  return all_digits(whole) && all_digits(part) && !leading_zero;
}

// How many characters of the line `text` takes as it is written in single quotes.
uint32_t chars_in_single_quotes(std::string_view text) {
  size_t chars = count_chars(text);
  for (const char c : text) chars += c == '\'' ? 1 : 0;
  return static_cast<uint32_t>(chars);
}

}  // namespace

const YamlEntry* YamlNode::find_entry(std::string_view key) const {
  for (const YamlEntry& entry : entries) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

const YamlNode* YamlNode::find(std::string_view key) const {
  const YamlEntry* entry = find_entry(key);
  return entry != nullptr ? entry->value.get() : nullptr;
}

std::optional<bool> YamlNode::as_bool() const {
  if (kind != YamlKind::kScalar || style != YamlStyle::kPlain) return {};
  if (scalar == "true") return true;
  if (scalar == "false") return false;
  return {};
}

std::optional<int64_t> YamlNode::as_int() const {
  if (kind != YamlKind::kScalar || style != YamlStyle::kPlain) return {};
  if (!is_decimal(scalar, false)) return {};
  int64_t value = 0;
  const auto [end, error] = std::from_chars(scalar.data(), scalar.data() + scalar.size(), value);
  if (error != std::errc{}) return {};
  return value;
}

std::optional<double> YamlNode::as_number() const {
  if (kind != YamlKind::kScalar || style != YamlStyle::kPlain) return {};
  if (!is_decimal(scalar, true)) return {};
  double value = 0;
  const auto [end, error] = std::from_chars(scalar.data(), scalar.data() + scalar.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return {};
  return value;
}

std::optional<Duration> YamlNode::as_duration() const {
  if (kind != YamlKind::kScalar || style != YamlStyle::kPlain) return {};
  return parse_duration(scalar);
}

SourceSpan YamlNode::span_at(size_t offset, size_t size_chars) const {
  const std::string_view before = std::string_view(scalar).substr(0, offset);
  const auto size = static_cast<uint32_t>(size_chars);
  if (style == YamlStyle::kLiteral) {
    SourceSpan out{span.line + 1, block_column, size};
    size_t line_start = 0;
    for (size_t at = before.find('\n'); at != std::string_view::npos;
         at = before.find('\n', at + 1)) {
      ++out.line;
      line_start = at + 1;
    }
    out.column += static_cast<uint32_t>(count_chars(before.substr(line_start)));
    return out;
  }
  if (!knows_places()) return span;
  const uint32_t quotes = style == YamlStyle::kPlain ? 0 : 2;
  const uint32_t moved = style == YamlStyle::kSingleQuoted
                             ? chars_in_single_quotes(before)
                             : static_cast<uint32_t>(count_chars(before));
  return {span.line, span.column + quotes / 2 + moved, size};
}

// Folding and escapes make the text another length than what is written.
bool YamlNode::knows_places() const {
  if (style == YamlStyle::kLiteral) return true;
  const uint32_t quotes = style == YamlStyle::kPlain ? 0 : 2;
  const uint32_t written = style == YamlStyle::kSingleQuoted
                               ? chars_in_single_quotes(scalar)
                               : static_cast<uint32_t>(count_chars(scalar));
  return style != YamlStyle::kFolded && span.size == written + quotes;
}

}  // namespace sieve
