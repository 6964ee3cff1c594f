#include "cli/fold_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/display.h"
#include "base/utf8.h"

namespace sieve {
namespace {

std::string code_points(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const Utf8Char c = decode_utf8(text, at);
    if (c.valid) out += fmt::format(" U+{:04X}", static_cast<uint32_t>(c.code_point));
    at += c.size;
  }
  return out;
}

// Each change once, with how often it happened.
std::string render_changes(const std::vector<FoldChange>& changes) {
  std::vector<std::pair<const FoldChange*, size_t>> distinct;
  for (const FoldChange& change : changes) {
    const auto same = std::find_if(distinct.begin(), distinct.end(), [&](const auto& seen) {
      return seen.first->from == change.from && seen.first->to == change.to;
    });
    if (same == distinct.end()) {
      distinct.emplace_back(&change, 1);
    } else {
      ++same->second;
    }
  }
  std::string out;
  for (const auto& [change, count] : distinct) {
    out +=
        fmt::format("            {}{} -> {}{}\n", visible(change->from), code_points(change->from),
                    change->to.empty() ? "nothing" : visible(change->to),
                    count == 1 ? "" : fmt::format(", {} times", count));
  }
  return out;
}

}  // namespace

std::string render_stages(std::string_view raw, const std::vector<FoldStage>& stages) {
  std::string out = fmt::format("{:<12}{}\n", "raw", visible(raw));
  for (const FoldStage& stage : stages) {
    // Capitals speak for themselves.
    const bool is_plain = stage.step == FoldStep::kCase;
    out += fmt::format("{:<12}{}\n            {}{}\n", name_of(stage.step), visible(stage.text),
                       summary_of(stage.step), is_plain ? "" : ":");
    if (!is_plain) out += render_changes(stage.changes);
  }
  return out;
}

}  // namespace sieve
