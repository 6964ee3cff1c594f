#include "run/report_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace sieve {

std::string render_table(const std::vector<ReportRow>& rows) {
  std::vector<size_t> widths;
  for (const ReportRow& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string out;
  for (const ReportRow& row : rows) {
    out += fmt::format("{:<{}}", row.front(), widths.front());
    for (size_t i = 1; i < row.size(); ++i) out += fmt::format("  {:>{}}", row[i], widths[i]);
    out += '\n';
  }
  return out;
}

std::string percent_text(size_t part, size_t whole) {
  const size_t per_mille = whole == 0 ? 1'000 : 1'000 * part / whole;
  return fmt::format("{}.{} %", per_mille / 10, per_mille % 10);
}

}  // namespace sieve
