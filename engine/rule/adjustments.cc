#include "rule/adjustments.h"

#include <fmt/format.h>

#include "rule/adjustment_parts.h"

namespace sieve {

void report_unknown_rule(std::string_view id, SourceSpan span, const std::vector<RuleFile>& files,
                         const YamlContext& context) {
  std::vector<std::string> ids;
  for (const RuleFile& file : files) {
    for (const Rule& rule : file.rules) ids.push_back(rule.full_id());
  }
  Diagnostic& out = context.error("R128", span, fmt::format("there is no rule `{}`", id));
  const std::string_view near = nearest_name(id, {ids.begin(), ids.end()});
  if (!near.empty()) {
    out.label = fmt::format("did you mean `{}`?", near);
    out.replacement = near;
  }
  out.help = "name a rule of this set by its namespace and id: namespace/id";
}

void parse_adjustments(const YamlDocument& document, const Definitions& definitions,
                       Adjustments& adjustments, Diagnostics& diagnostics) {
  const YamlContext context{document.file(), 'R', &diagnostics};
  if (const YamlNode* filters = document.root().find("filters")) {
    parse_filters(*filters, definitions, adjustments, context);
  }
  if (const YamlNode* overrides = document.root().find("overrides")) {
    parse_overrides(*overrides, adjustments, context);
  }
}

void apply_adjustments(const Adjustments& adjustments, const Definitions& definitions,
                       std::vector<RuleFile>& files, Diagnostics& diagnostics) {
  if (has_errors(diagnostics)) return;
  apply_overrides(adjustments, definitions, files, diagnostics);
  apply_filters(adjustments, files, diagnostics);
}

}  // namespace sieve
