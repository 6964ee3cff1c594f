#include "rule/list_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "rule/list_builder.h"
#include "rule/list_feed.h"

namespace sieve {
namespace {

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
  SourceSpan span_of(std::string_view part) const { return span_in_line(line_, number_, part); }
  bool take_column(std::string_view token, WrittenEntry& entry);
  void unknown_column(std::string_view token, size_t equals);

  std::string_view line_;
  uint32_t number_;
  ListType type_;
  ListBuilder& builder_;
  bool failed_ = false;
};

// Columns are taken from the end of the line: what is left of them is the entry.
void LineReader::read() {
  WrittenEntry entry;
  std::string_view rest = trimmed(without_comment(line_));
  if (rest.empty() || !check_visible(line_, number_, rest, builder_)) return;
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
  switch (list.format) {
    case ListFormat::kPlain:
      for_each_line(text, [&](std::string_view line, uint32_t number) {
        LineReader(line, number, list.type, builder).read();
      });
      break;
    case ListFormat::kHosts:
      read_hosts_feed(text, builder);
      break;
    case ListFormat::kCsv:
      read_csv_feed(text, list, builder);
      break;
    case ListFormat::kJsonLines:
      read_json_feed(text, list, builder);
      break;
  }
  builder.finish();
}

}  // namespace sieve
