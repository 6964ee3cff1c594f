#include "rule/list_feed.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/arena.h"
#include "base/display.h"
#include "base/json_reader.h"
#include "base/utf8.h"
#include "record/csv_line.h"

namespace sieve {
namespace {

constexpr std::string_view kBlanks = " \t\r";
constexpr double kSecondsPerDay = 86'400;
constexpr double kSecondsEnd =
    7'258'118'400;  // The year 2200, from which on parse_date() reads none.
// Names that hosts files have for the machine itself.
constexpr auto kOwnNames = std::to_array<std::string_view>(
    {"localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost",
     "ip6-loopback", "ip6-localnet", "ip6-mcastprefix", "ip6-allnodes", "ip6-allrouters",
     "ip6-allhosts", "0.0.0.0"});

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (size_t at = line.find_first_not_of(kBlanks); at != std::string_view::npos;
       at = line.find_first_not_of(kBlanks, at)) {
    const size_t end = std::min(line.find_first_of(kBlanks, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

bool is_address(std::string_view word) {
  const auto is_of = [word](std::string_view letters) {
    return word.find_first_not_of(letters) == std::string_view::npos;
  };
  return (word.find('.') != std::string_view::npos && is_of("0123456789.")) ||
         (word.find(':') != std::string_view::npos && is_of("0123456789abcdefABCDEF:."));
}

// The day of a date with a time behind it; anything else as it is.
std::string_view day_of(std::string_view text) {
  constexpr size_t kDateSize = std::string_view("2027-06-30").size();
  const bool has_time =
      text.size() > kDateSize && (text[kDateSize] == 'T' || text[kDateSize] == ' ');
  return has_time ? text.substr(0, kDateSize) : text;
}

// Where the columns of a feed are.
struct Places {
  std::optional<size_t> value, expires, source;
};

class CsvReader {
 public:
  CsvReader(const ListDef& list, ListBuilder& builder) : list_(list), builder_(builder) {}

  void read(std::string_view line, uint32_t number) {
    arena_.reset();
    if (line.find_first_not_of(kBlanks) == std::string_view::npos) return;
    if (!split_csv_line(line, ',', arena_, cells_)) {
      Diagnostic* out =
          builder_.error("R149", span_in_line(line, number, line), "this line is no CSV record");
      if (out != nullptr) out->help = "pair its quotes, and double those inside of a cell";
      return;
    }
    if (!has_names_) return read_names(line, number);
    if (failed_) return;
    read_cells(line, number);
  }

 private:
  void read_names(std::string_view line, uint32_t number) {
    has_names_ = true;
    const ListColumns& columns = list_.columns;
    places_ = {place_of(columns.value, true, line, number),
               place_of(columns.expires, false, line, number),
               place_of(columns.source, false, line, number)};
    failed_ = !places_.value;
  }

  std::optional<size_t> place_of(const ListColumn& column, bool required, std::string_view line,
                                 uint32_t number) {
    const auto at = std::find(cells_.begin(), cells_.end(), column.name);
    if (at != cells_.end()) return static_cast<size_t>(at - cells_.begin());
    if (!required && !column.is_written) return {};
    failed_ = true;
    Diagnostic* out = builder_.error("R094", span_in_line(line, number, line),
                                     fmt::format("there is no column `{}`", column.name));
    if (out != nullptr) {
      const std::string_view near = nearest_name(column.name, cells_);
      if (!near.empty()) out->label = fmt::format("did you mean `{}`?", near);
      out->help = fmt::format("the first line names {}: say in `columns` which is which",
                              fmt::join(cells_, ", "));
    }
    return {};
  }

  void read_cells(std::string_view line, uint32_t number) {
    const auto cell = [this](const std::optional<size_t>& place) {
      return place && *place < cells_.size() ? cells_[*place] : std::string_view();
    };
    // A cell that had doubled quotes stands elsewhere.
    const auto span_of = [&](std::string_view text) {
      const bool is_in_line =
          text.data() >= line.data() && text.data() + text.size() <= line.data() + line.size();
      return span_in_line(line, number, is_in_line && !text.empty() ? text : line);
    };
    if (!check_visible(line, number, line, builder_)) return;
    WrittenEntry entry;
    entry.value = cell(places_.value);
    entry.span = span_of(entry.value);
    entry.expires = day_of(cell(places_.expires));
    entry.expires_span = span_of(entry.expires);
    entry.source = cell(places_.source);
    builder_.add(entry);
  }

  const ListDef& list_;
  ListBuilder& builder_;
  Arena arena_;
  std::vector<std::string_view> cells_;
  Places places_;
  bool has_names_ = false;
  bool failed_ = false;
};

// A time as feeds have it in JSON: text, seconds since the epoch, or null for never. Nothing when
// it is none of them.
std::optional<std::string> last_day_of(const JsonValue& value) {
  if (!value.exists() || value.kind == JsonKind::kNull) return "";
  if (value.kind == JsonKind::kString) return std::string(day_of(value.string));
  const bool is_time =
      value.kind == JsonKind::kNumber && value.number >= 0 && value.number < kSecondsEnd;
  if (!is_time) return std::nullopt;
  return format_date({static_cast<int32_t>(std::floor(value.number / kSecondsPerDay))});
}

void report_json(std::string_view line, uint32_t number, std::string title, ListBuilder& builder) {
  Diagnostic* out = builder.error("R149", span_in_line(line, number, line), std::move(title));
  if (out != nullptr) out->help = "each line is one object with the entry as text";
}

void read_json_line(std::string_view line, uint32_t number, const ListDef& list,
                    ListBuilder& builder) {
  if (line.find_first_not_of(kBlanks) == std::string_view::npos) return;
  const auto object = parse_json(line);
  if (!object) return report_json(line, number, object.error().message, builder);
  const JsonValue& value = object->at(list.columns.value.name);
  if (value.kind != JsonKind::kString) {
    return report_json(line, number, fmt::format("there is no text `{}`", list.columns.value.name),
                       builder);
  }
  if (!check_visible(value.string, number, value.string, builder)) return;
  const auto last_day = last_day_of(object->at(list.columns.expires.name));
  if (!last_day) {
    return report_json(line, number, fmt::format("`{}` is no time", list.columns.expires.name),
                       builder);
  }
  WrittenEntry entry;
  entry.value = value.string;
  entry.span = span_in_line(line, number, line);
  entry.expires = *last_day;
  entry.expires_span = entry.span;
  entry.source = object->at(list.columns.source.name).as_string();
  builder.add(entry);
}

}  // namespace

SourceSpan span_in_line(std::string_view line, uint32_t number, std::string_view part) {
  const auto begin = static_cast<size_t>(part.data() - line.data());
  return {number, static_cast<uint32_t>(count_chars(line.substr(0, begin))) + 1,
          static_cast<uint32_t>(std::max<size_t>(count_chars(part), 1))};
}

bool check_visible(std::string_view line, uint32_t number, std::string_view part,
                   ListBuilder& builder) {
  for (size_t at = 0; at < part.size();) {
    const Utf8Char c = decode_utf8(part, at);
    if (!c.valid || is_hidden_char(c.code_point)) {
      Diagnostic* out =
          builder.error("R087", span_in_line(line, number, part.substr(at, c.size)),
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

void read_hosts_feed(std::string_view text, ListBuilder& builder) {
  for_each_line(text, [&builder](std::string_view line, uint32_t number) {
    const std::string_view content = line.substr(0, line.find('#'));
    std::vector<std::string_view> words = words_of(content);
    if (words.empty() || !check_visible(line, number, content, builder)) return;
    if (is_address(words[0])) words.erase(words.begin());
    for (const std::string_view word : words) {
      if (std::find(kOwnNames.begin(), kOwnNames.end(), word) != kOwnNames.end()) continue;
      WrittenEntry entry;
      entry.value = word;
      entry.span = span_in_line(line, number, word);
      builder.add(entry);
    }
  });
}

void read_csv_feed(std::string_view text, const ListDef& list, ListBuilder& builder) {
  CsvReader reader(list, builder);
  for_each_line(text,
                [&reader](std::string_view line, uint32_t number) { reader.read(line, number); });
}

void read_json_feed(std::string_view text, const ListDef& list, ListBuilder& builder) {
  for_each_line(text, [&](std::string_view line, uint32_t number) {
    read_json_line(line, number, list, builder);
  });
}

}  // namespace sieve
