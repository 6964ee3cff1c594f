#include "record/csv_line.h"

#include <algorithm>

namespace sieve {
namespace {

// `quoted`, what stands between the quotes of a cell, with doubled quotes made single.
std::string_view undouble_quotes(std::string_view quoted, Arena& arena) {
  char* const begin = arena.allocate(quoted.size());
  char* out = begin;
  for (size_t at = 0; at < quoted.size(); ++at) {
    *out++ = quoted[at];
    if (quoted[at] == '"') ++at;
  }
  return {begin, static_cast<size_t>(out - begin)};
}

// The cell behind the quote at `at`, which moves past its closing quote. False: there is none.
bool take_quoted(std::string_view line, size_t& at, Arena& arena, std::string_view& cell) {
  const size_t begin = at + 1;
  bool doubled = false;
  for (size_t end = begin;; end += 2) {
    end = line.find('"', end);
    if (end == std::string_view::npos) return false;
    if (end + 1 < line.size() && line[end + 1] == '"') {
      doubled = true;
      continue;
    }
    at = end + 1;
    cell = line.substr(begin, end - begin);
    if (doubled) cell = undouble_quotes(cell, arena);
    return true;
  }
}

}  // namespace

bool split_csv_line(std::string_view line, char delimiter, Arena& arena,
                    std::vector<std::string_view>& cells) {
  cells.clear();
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  for (size_t at = 0;; ++at) {
    std::string_view cell;
    if (at < line.size() && line[at] == '"') {
      if (!take_quoted(line, at, arena, cell)) return false;
      if (at < line.size() && line[at] != delimiter) return false;
    } else {
      const size_t end = std::min(line.find(delimiter, at), line.size());
      cell = line.substr(at, end - at);
      at = end;
    }
    cells.push_back(cell);
    if (at >= line.size()) return true;
  }
}

}  // namespace sieve
