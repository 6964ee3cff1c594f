// List files in the formats that feeds come in: hosts files, CSV, and JSON lines.
//
//   0.0.0.0 bad.example worse.example          # hosts: an address that leads nowhere, and hosts
//
//   host,valid_until,provider                  # csv: the first line names the columns
//   bad.example,2027-06-30,desk 7
//
//   {"host":"bad.example","valid_until":"2027-06-30T12:00:00Z","provider":"desk 7"}
//
// Which columns hold the value, the last day and the source is said by ListDef::columns.
//
// Thread safety: pure functions. Units: columns of diagnostics count characters.
#pragma once

#include <string_view>

#include "rule/list_builder.h"

namespace sieve {

// Adds the entries of `text` to `builder`. Problems are those of ListBuilder, R094 for a column
// that the first line does not name, and R149 for a line that cannot be read.
void read_hosts_feed(std::string_view text, ListBuilder& builder);
void read_csv_feed(std::string_view text, const ListDef& list, ListBuilder& builder);
void read_json_feed(std::string_view text, const ListDef& list, ListBuilder& builder);

// Reports what of `text`, a part of line `number`, cannot be read or seen (R087); true: nothing.
bool check_visible(std::string_view line, uint32_t number, std::string_view part,
                   ListBuilder& builder);
// Where `part` stands in its line.
SourceSpan span_in_line(std::string_view line, uint32_t number, std::string_view part);
// Calls `read(line, number)` for each line of `text`, without its end.
template <class Read>
void for_each_line(std::string_view text, const Read& read) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (uint32_t number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    read(line, number);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

}  // namespace sieve
