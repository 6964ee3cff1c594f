#include "base/line_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace sieve {
namespace {

using Lines = std::vector<std::string_view>;

// Lines with their breaks.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const size_t size = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

void append_lines(std::string& out, char mark, const Lines& lines, size_t from, size_t to) {
  for (size_t i = from; i < to; ++i) {
    out += mark;
    out += lines[i];
    if (!lines[i].ends_with('\n')) out += "\n\\ No newline at end of file\n";
  }
}

// `12`, `12,3`; of no lines, the one before.
std::string range_of(size_t from, size_t to) {
  if (to - from == 1) return fmt::to_string(to);
  return fmt::format("{},{}", to == from ? from : from + 1, to - from);
}

}  // namespace

std::string line_diff(std::string_view file, std::string_view before, std::string_view after) {
  if (before == after) return {};
  std::string out = fmt::format("--- {}\n+++ {}\n", file, file);
  const Lines old_lines = lines_of(before);
  const Lines new_lines = lines_of(after);
  const auto append_change = [&](size_t old_from, size_t old_to, size_t new_from, size_t new_to) {
    out += fmt::format("@@ -{} +{} @@\n", range_of(old_from, old_to), range_of(new_from, new_to));
    append_lines(out, '-', old_lines, old_from, old_to);
    append_lines(out, '+', new_lines, new_from, new_to);
  };
  if (old_lines.size() == new_lines.size()) {
    for (size_t i = 0; i < old_lines.size();) {
      size_t end = i;
      while (end < old_lines.size() && old_lines[end] != new_lines[end]) ++end;
      if (end > i) append_change(i, end, i, end);
      i = end + 1;
    }
    return out;
  }
  const size_t shared = std::min(old_lines.size(), new_lines.size());
  size_t head = 0;
  while (head < shared && old_lines[head] == new_lines[head]) ++head;
  size_t tail = 0;
  while (tail < shared - head &&
         old_lines[old_lines.size() - 1 - tail] == new_lines[new_lines.size() - 1 - tail]) {
    ++tail;
  }
  append_change(head, old_lines.size() - tail, head, new_lines.size() - tail);
  return out;
}

}  // namespace sieve
