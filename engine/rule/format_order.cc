#include <algorithm>

#include "rule/format_steps.h"
#include "rule/schema_keys.h"

namespace sieve {
namespace {

using Kind = FormatLine::Kind;

constexpr size_t kIndent = 2;
constexpr size_t kRuleDepth = 1;  // Of the dash.

// Lines from `begin` to before `end`.
struct Chunk {
  size_t begin;
  size_t end;
  size_t rank;
};

// The first line of what stands above line `head` and goes with it: comments, empty lines.
size_t begin_with_comments(const std::vector<FormatLine>& lines, size_t head) {
  size_t begin = head;
  while (begin > 0) {
    const FormatLine& above = lines[begin - 1];
    const bool belongs =
        above.kind == Kind::kBlank || (above.kind == Kind::kComment && above.leads);
    if (!belongs) break;
    --begin;
  }
  return begin;
}

// A dash alone takes up the entry of the next line.
void join_dashes(std::vector<FormatLine>& lines) {
  std::vector<FormatLine> joined;
  joined.reserve(lines.size());
  for (FormatLine& line : lines) {
    const FormatLine* last = joined.empty() ? nullptr : &joined.back();
    const bool joins = last != nullptr && last->kind == Kind::kHead && last->dashes > 0 &&
                       last->text.empty() && line.kind == Kind::kHead &&
                       line.depth == last->depth + last->dashes;
    if (joins) {
      line.depth = last->depth;
      line.dashes += last->dashes;
      line.is_rule = last->is_rule;
      joined.pop_back();
    }
    joined.push_back(std::move(line));
  }
  lines = std::move(joined);
}

// The end of the rule that begins at `rule`: before the comments of what follows.
size_t end_of_rule(const std::vector<FormatLine>& lines, size_t rule) {
  size_t end = rule + 1;
  for (; end < lines.size(); ++end) {
    const FormatLine& line = lines[end];
    const bool counts = line.kind == Kind::kHead || (line.kind == Kind::kComment && !line.leads);
    if (counts && line.depth <= kRuleDepth) break;
  }
  return begin_with_comments(lines, end);
}

// The keys of the rule, each with the comments above it.
std::vector<Chunk> chunks_of(const std::vector<FormatLine>& lines, size_t rule, size_t end) {
  std::vector<Chunk> chunks;
  for (size_t i = rule; i < end; ++i) {
    if (lines[i].rule_key.empty()) continue;
    const size_t begin = i == rule ? rule : begin_with_comments(lines, i);
    if (!chunks.empty()) chunks.back().end = begin;
    chunks.push_back({begin, end, rule_key_rank(lines[i].rule_key)});
  }
  return chunks;
}

// Gives the dash of a rule to the first of `lines` that begins a key; comments above it move out.
void set_dash(std::vector<FormatLine>& lines) {
  for (FormatLine& line : lines) {
    line.depth = kRuleDepth;
    if (line.kind != Kind::kHead) continue;
    line.dashes = 1;
    line.is_rule = true;
    return;
  }
}

void order_rule(std::vector<FormatLine>& lines, size_t rule) {
  std::vector<Chunk> chunks = chunks_of(lines, rule, end_of_rule(lines, rule));
  const auto by_rank = [](const Chunk& a, const Chunk& b) { return a.rank < b.rank; };
  if (chunks.empty() || std::is_sorted(chunks.begin(), chunks.end(), by_rank)) return;
  const size_t begin = chunks.front().begin;
  const bool moves_dash = begin == rule;
  if (moves_dash) {
    lines[rule].is_rule = false;
    lines[rule].dashes = 0;
    lines[rule].depth = kRuleDepth + 1;
  }
  std::stable_sort(chunks.begin(), chunks.end(), by_rank);
  std::vector<FormatLine> ordered;
  for (const Chunk& chunk : chunks) {
    std::copy(lines.begin() + static_cast<std::ptrdiff_t>(chunk.begin),
              lines.begin() + static_cast<std::ptrdiff_t>(chunk.end), std::back_inserter(ordered));
  }
  if (moves_dash) set_dash(ordered);
  std::copy(ordered.begin(), ordered.end(), lines.begin() + static_cast<std::ptrdiff_t>(begin));
}

// By line: whether a rule begins there, with the comments above it.
std::vector<bool> rule_begins(const std::vector<FormatLine>& lines) {
  std::vector<bool> begins(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].is_rule) continue;
    size_t begin = begin_with_comments(lines, i);
    while (lines[begin].kind == Kind::kBlank) ++begin;
    begins[begin] = true;
  }
  return begins;
}

std::string_view trimmed_end(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

void append_line(std::string& out, const FormatLine& line) {
  std::string_view text = line.text;
  size_t indent = kIndent * line.depth;
  if (line.kind == Kind::kInside) {
    const size_t spaces = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(spaces);
    indent = static_cast<size_t>(std::max<int64_t>(0, static_cast<int64_t>(spaces) + line.shift));
  }
  if (line.kind == Kind::kInside && line.text.empty()) indent = 0;
  const size_t begin = out.size();
  out.append(indent, ' ');
  for (size_t i = 0; i < line.dashes; ++i) out += "- ";
  out += text;
  if (!line.keeps_end) out.resize(begin + trimmed_end(std::string_view(out).substr(begin)).size());
  out += '\n';
}

}  // namespace

void order_rule_keys(std::vector<FormatLine>& lines) {
  join_dashes(lines);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].is_rule) order_rule(lines, i);
  }
}

std::string print_lines(const std::vector<FormatLine>& lines) {
  const std::vector<bool> begins = rule_begins(lines);
  std::string out;
  bool blank_before = false;
  bool any_rule = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind == Kind::kBlank) {
      blank_before = true;
      continue;
    }
    if (begins[i]) blank_before = any_rule;
    if (blank_before && !out.empty()) out += '\n';
    append_line(out, lines[i]);
    any_rule |= begins[i];
    blank_before = false;
  }
  return out;
}

}  // namespace sieve
