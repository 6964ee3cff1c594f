#include "rule/list_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/display.h"
#include "base/utf8.h"
#include "rule/list_builder.h"

namespace sieve {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSpaces = " \t\r";
constexpr std::string_view kExpires = "expires";
constexpr std::string_view kSource = "source";

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

// `line` up to its comment, which begins with a `#` at its start or behind a space.
std::string_view without_comment(std::string_view line) {
  for (size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (at == 0 || kSpaces.find(line[at - 1]) != std::string_view::npos) return line.substr(0, at);
  }
  return line;
}

// One line of a list file.
class LineReader {
 public:
  LineReader(std::string_view line, uint32_t number, ListType type, ListBuilder& builder)
      : line_(line), number_(number), type_(type), builder_(builder) {}

  void read();

 private:
  bool can_be_read(std::string_view part);
  SourceSpan span_of(std::string_view part) const;
  bool take_column(std::string_view token, WrittenEntry& entry);
  void unknown_column(std::string_view token, size_t equals);

  std::string_view line_;
  uint32_t number_;
  ListType type_;
  ListBuilder& builder_;
  bool failed_ = false;
};

SourceSpan LineReader::span_of(std::string_view part) const {
  const auto begin = static_cast<size_t>(part.data() - line_.data());
  return {number_, static_cast<uint32_t>(count_chars(line_.substr(0, begin))) + 1,
          static_cast<uint32_t>(std::max<size_t>(count_chars(part), 1))};
}

// What cannot be seen has no place in a list, as in rule files: it would be in diagnostics, too.
bool LineReader::can_be_read(std::string_view part) {
  for (size_t at = 0; at < part.size();) {
    const Utf8Char c = decode_utf8(part, at);
    if (!c.valid || is_hidden_char(c.code_point)) {
      Diagnostic* out =
          builder_.error("R087", span_of(part.substr(at, c.size)),
                         c.valid ? fmt::format("a character that cannot be seen: U+{:04X}",
                                               static_cast<uint32_t>(c.code_point))
                                 : "this is not valid UTF-8");
      if (out != nullptr) out->help = c.valid ? "remove it" : "save the file as UTF-8";
      return false;
    }
    at += c.size;
  }
  return true;
}

// Columns are taken from the end of the line: what is left of them is the entry.
void LineReader::read() {
  WrittenEntry entry;
  std::string_view rest = trimmed(without_comment(line_));
  if (rest.empty() || !can_be_read(rest)) return;
  for (size_t space = rest.find_last_of(kSpaces); space != std::string_view::npos;
       space = rest.find_last_of(kSpaces)) {
    if (!take_column(rest.substr(space + 1), entry)) break;
    rest = trimmed(rest.substr(0, space));
  }
  entry.value = rest;
  entry.span = span_of(rest);
  if (!failed_) builder_.add(entry);
}

// Whether `token` is a column. Text may have a `=` in itself; nothing else that is listed has.
bool LineReader::take_column(std::string_view token, WrittenEntry& entry) {
  const size_t equals = token.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view name = token.substr(0, equals);
  if (name == kExpires) {
    entry.expires = equals + 1 < token.size() ? token.substr(equals + 1) : token;
    entry.expires_span = span_of(entry.expires);
  } else if (name == kSource) {
    entry.source = token.substr(equals + 1);
  } else if (type_ == ListType::kText) {
    return false;
  } else {
    unknown_column(token, equals);
  }
  return true;
}

void LineReader::unknown_column(std::string_view token, size_t equals) {
  failed_ = true;
  const std::string_view name = token.substr(0, equals);
  Diagnostic* out =
      builder_.error("R094", span_of(name), fmt::format("there is no column `{}`", name));
  if (out == nullptr) return;
  const std::string_view near = nearest_name(name, {kExpires, kSource});
  if (!near.empty()) {
    out->label = fmt::format("did you mean `{}`?", near);
    out->replacement = near;
  }
  out->help = "behind an entry may stand expires=2027-06-30 and source=name";
}

}  // namespace

void read_list_text(std::string_view file, std::string_view text, Date today, ListDef& list,
                    Diagnostics& diagnostics) {
  const YamlContext context{std::string(file), 'R', &diagnostics};
  ListBuilder builder(list, today, context);
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (uint32_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    LineReader(text.substr(0, end), number, list.type, builder).read();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  builder.finish();
}

}  // namespace sieve
