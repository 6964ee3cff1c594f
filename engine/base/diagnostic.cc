#include "base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "base/display.h"
#include "base/json_writer.h"
#include "base/utf8.h"

namespace sieve {
namespace {

// A line longer than this is shown in part, around its span.
constexpr size_t kSnippetCharsMax = 120;
constexpr size_t kSnippetContextChars = 30;
constexpr size_t kNearNameBytesMax = 64;
constexpr std::string_view kTabShown = "    ";

// One character as it is shown, and its cells.
struct ShownChar {
  std::string text;
  size_t width;
};

ShownChar show_char(std::string_view text, Utf8Char c, size_t at) {
  if (!c.valid) return {"\xEF\xBF\xBD", 1};
  if (c.code_point == '\t') return {std::string(kTabShown), kTabShown.size()};
  if (is_hidden_char(c.code_point)) {
    std::string name = fmt::format("<U+{:04X}>", static_cast<uint32_t>(c.code_point));
    const size_t width = name.size();
    return {std::move(name), width};
  }
  return {std::string(text.substr(at, c.size)), static_cast<size_t>(display_width(c.code_point))};
}

// A line made fit to show, with the cells before and below its span.
struct Snippet {
  std::string text;
  size_t cells_before = 0;
  size_t cells_under = 0;
};

Snippet make_snippet(std::string_view line, uint32_t column, uint32_t size) {
  const size_t first = column > 0 ? column - 1 : 0;
  const size_t last = first + std::max<size_t>(size, 1);
  const size_t chars = count_chars(line);
  const bool cut = chars > kSnippetCharsMax;
  const size_t from = cut && first > kSnippetContextChars ? first - kSnippetContextChars : 0;
  const size_t to = cut ? from + kSnippetCharsMax : chars;
  Snippet out;
  if (from > 0) out.text = "...";
  out.cells_before = out.text.size();
  size_t index = 0;
  for (size_t at = 0; at < line.size() && index < to; ++index) {
    const Utf8Char c = decode_utf8(line, at);
    if (index >= from) {
      const ShownChar shown = show_char(line, c, at);
      out.text += shown.text;
      if (index < first) out.cells_before += shown.width;
      if (index >= first && index < last) out.cells_under += shown.width;
    }
    at += c.size;
  }
  if (to < chars) out.text += "...";
  out.cells_under = std::max<size_t>(out.cells_under, 1);
  return out;
}

std::string_view line_of(std::string_view text, uint32_t line) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  for (uint32_t i = 1; i < line; ++i) {
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

const SourceText* source_of(std::string_view file, const std::vector<SourceText>& sources) {
  for (const SourceText& source : sources) {
    if (source.file == file) return &source;
  }
  return nullptr;
}

struct Place {
  std::string_view file;
  SourceSpan span;
  std::string_view label;
  std::string_view arrow;  // `-->` for the problem itself, `:::` for what belongs to it.
  char underline;
};

void append_place(std::string& out, const Place& place, size_t gutter,
                  const std::vector<SourceText>& sources) {
  out += fmt::format("{:{}}{} {}", "", gutter, place.arrow, place.file);
  if (place.span.line > 0) out += fmt::format(":{}:{}", place.span.line, place.span.column);
  out += '\n';
  const SourceText* source = source_of(place.file, sources);
  if (source == nullptr || place.span.line == 0) {
    if (!place.label.empty()) out += fmt::format("{:{}} = {}\n", "", gutter, place.label);
    return;
  }
  const Snippet snippet =
      make_snippet(line_of(source->text, place.span.line), place.span.column, place.span.size);
  out += fmt::format("{:{}} |\n", "", gutter);
  out += fmt::format("{:>{}} |{}{}\n", place.span.line, gutter, snippet.text.empty() ? "" : " ",
                     snippet.text);
  out += fmt::format("{:{}} | {:{}}{}", "", gutter, "", snippet.cells_before,
                     std::string(snippet.cells_under, place.underline));
  if (!place.label.empty()) out += fmt::format(" {}", place.label);
  out += '\n';
}

// The `-` and `+` lines of a replacement.
void append_patch(std::string& out, const Diagnostic& diagnostic, size_t gutter,
                  const std::vector<SourceText>& sources) {
  const SourceText* source = source_of(diagnostic.file, sources);
  if (source == nullptr || diagnostic.span.line == 0 || diagnostic.replacement.empty()) return;
  const std::string_view line = line_of(source->text, diagnostic.span.line);
  const size_t first = diagnostic.span.column - 1;
  size_t index = 0;
  size_t from = line.size();
  size_t to = line.size();
  for (size_t at = 0; at < line.size(); ++index) {
    if (index == first) from = at;
    if (index == first + diagnostic.span.size) to = at;
    at += decode_utf8(line, at).size;
  }
  const std::string mended = fmt::format("{}{}{}", line.substr(0, from), diagnostic.replacement,
                                         line.substr(std::max(from, to)));
  const uint32_t size = static_cast<uint32_t>(count_chars(diagnostic.replacement));
  out += fmt::format("{:{}} |\n", "", gutter);
  out += fmt::format("{:>{}} - {}\n", diagnostic.span.line, gutter,
                     make_snippet(line, diagnostic.span.column, diagnostic.span.size).text);
  out += fmt::format("{:>{}} + {}\n", diagnostic.span.line, gutter,
                     make_snippet(mended, diagnostic.span.column, size).text);
}

// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
size_t edit_distance(std::string_view a, std::string_view b) {
  std::array<std::array<size_t, kNearNameBytesMax + 1>, 3> rows{};
  for (size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& above2 = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], above2[j - 2] + 1);
    }
  }
  return rows[a.size() % 3][b.size()];
}

std::string_view severity_name(Severity severity) {
  return severity == Severity::kError ? "error" : "warning";
}

void append_related_json(JsonWriter& json, const Diagnostic& diagnostic) {
  json.key("related").begin_array();
  for (const DiagnosticLabel& label : diagnostic.related) {
    json.begin_object();
    json.key("file").string(label.file.empty() ? diagnostic.file : label.file);
    json.key("line").unsigned_integer(label.span.line);
    json.key("column").unsigned_integer(label.span.column);
    json.key("size").unsigned_integer(label.span.size);
    json.key("text").string(label.text);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string render(const Diagnostic& diagnostic, const std::vector<SourceText>& sources) {
  uint32_t line_max = diagnostic.span.line;
  for (const DiagnosticLabel& label : diagnostic.related) {
    line_max = std::max(line_max, label.span.line);
  }
  const size_t gutter = std::to_string(line_max).size();
  std::string out = fmt::format("{}[{}]: {}\n", severity_name(diagnostic.severity), diagnostic.code,
                                diagnostic.title);
  append_place(out, {diagnostic.file, diagnostic.span, diagnostic.label, "-->", '^'}, gutter,
               sources);
  for (const DiagnosticLabel& label : diagnostic.related) {
    const std::string_view file = label.file.empty() ? diagnostic.file : label.file;
    append_place(out, {file, label.span, label.text, ":::", '-'}, gutter, sources);
  }
  if (!diagnostic.notes.empty()) out += fmt::format("{:{}} |\n", "", gutter);
  for (const std::string& note : diagnostic.notes) {
    out += fmt::format("{:{}} = note: {}\n", "", gutter, note);
  }
  if (!diagnostic.help.empty()) out += fmt::format("help: {}\n", diagnostic.help);
  append_patch(out, diagnostic, gutter, sources);
  return out;
}

std::string render_json(const Diagnostic& diagnostic) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("code").string(diagnostic.code);
  json.key("severity").string(severity_name(diagnostic.severity));
  json.key("title").string(diagnostic.title);
  json.key("file").string(diagnostic.file);
  json.key("line").unsigned_integer(diagnostic.span.line);
  json.key("column").unsigned_integer(diagnostic.span.column);
  json.key("size").unsigned_integer(diagnostic.span.size);
  json.key("label").string(diagnostic.label);
  json.key("help").string(diagnostic.help);
  json.key("replacement").string(diagnostic.replacement);
  json.key("notes").begin_array();
  for (const std::string& note : diagnostic.notes) json.string(note);
  json.end_array();
  append_related_json(json, diagnostic);
  json.end_object();
  return out;
}

void sort_diagnostics(Diagnostics& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     return std::tie(a.file, a.span.line, a.span.column, a.code) <
                            std::tie(b.file, b.span.line, b.span.column, b.code);
                   });
}

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::kError; });
}

std::string_view nearest_name(std::string_view name,
                              const std::vector<std::string_view>& candidates) {
  if (name.empty() || name.size() > kNearNameBytesMax) return {};
  size_t best = std::max<size_t>(1, name.size() / 3) + 1;
  std::string_view nearest;
  for (const std::string_view candidate : candidates) {
    if (candidate.empty() || candidate.size() > kNearNameBytesMax) continue;
    const size_t distance = edit_distance(name, candidate);
    if (distance >= best) continue;
    best = distance;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace sieve
