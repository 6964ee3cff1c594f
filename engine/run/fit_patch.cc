#include "run/fit_patch.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/file.h"
#include "base/limits.h"
#include "base/line_diff.h"
#include "base/patch.h"

namespace sieve {
namespace {

// The override that the rule has its score from; null: it is the rule's own.
const OverrideNote* score_override(const Rule& rule) {
  for (const OverrideNote& note : rule.overrides) {
    if (std::find(note.keys.begin(), note.keys.end(), "score") != note.keys.end()) return &note;
  }
  return nullptr;
}

Diagnostic replacement_of(const Rule& rule, double score) {
  Diagnostic out;
  out.file = rule.file;
  out.span = rule.score_span;
  out.replacement = fmt::format("{}", score);
  return out;
}

}  // namespace

Expected<FitPatch, std::string> fit_patch(const RuleSet& rules, const FitStudy& study) {
  FitPatch out;
  std::map<std::string, Diagnostics> by_file;
  for (const RuleStudy& one : study.rules) {
    if (one.proposed == one.now) continue;
    const Rule& rule = *rules.rule(one.rule).rule;
    if (const OverrideNote* note = score_override(rule)) {
      out.notes += fmt::format("{} has its score from {}:{}: write {} there\n", rule.full_id(),
                               note->file, note->span.line, one.proposed);
      continue;
    }
    by_file[rule.file].push_back(replacement_of(rule, one.proposed));
  }
  for (const auto& [file, replacements] : by_file) {
    const auto text = read_file(file, limits::kRuleFileBytesMax);
    if (!text) return Unexpected<std::string>(text.error().message + "\n");
    const Patched patched = apply_patches(file, *text, replacements);
    if (patched.applied != replacements.size()) {
      return Unexpected<std::string>(fmt::format("{} has changed since it was read\n", file));
    }
    out.diff += line_diff(file, *text, patched.text);
  }
  return out;
}

}  // namespace sieve
