#include "evaluate/ordinary_hits.h"

#include <fmt/format.h>

#include <map>

#include "evaluate/evaluator.h"
#include "match/ordinary_texts.h"

namespace sieve {
namespace {

constexpr Timestamp kNoon{1'767'614'400'000};  // 2026-01-05 12:00 UTC.

Record ordinary_message(std::string_view text) {
  static constexpr Address kSender{"+12025550101", "+12025550101", "US", AddressType::kMsisdn};
  static constexpr Address kRecipient{"+12025550102", "+12025550102", "US", AddressType::kMsisdn};
  Record record;
  record.kind = RecordKind::kMessage;
  record.message.id = "ordinary";
  record.message.ts = kNoon;
  record.message.text = text;
  record.message.from = kSender;
  record.message.to = std::span(&kRecipient, 1);
  return record;
}

// Others are about fields, which the message hardly has, or R033 is said of them.
bool looks_for_patterns(const CompiledRule& rule) {
  return !rule.signals.empty() && !rule.condition.true_without_signals();
}

Diagnostic warning_of(const Rule& rule, std::string_view text) {
  Diagnostic out;
  out.code = "R163";
  out.severity = Severity::kWarning;
  out.title = fmt::format("the rule `{}` is true for an ordinary message", rule.id);
  out.file = rule.file;
  out.span = rule.id_span;
  out.notes.push_back(fmt::format("\"{}\"", text));
  out.help = "ask for something more that honest messages do not have, with `and`";
  return out;
}

}  // namespace

Diagnostics ordinary_hits(const std::shared_ptr<const RuleSet>& rules) {
  Evaluator evaluator(rules, {});
  Folder folder;
  std::map<RuleIndex, std::string_view> first;
  for (const std::string_view text : kOrdinaryTexts) {
    const Record record = ordinary_message(text);
    const Evaluation& evaluation = evaluator.evaluate(record, folder.fold(text));
    for (const auto* hits : {&evaluation.hits, &evaluation.shadow_hits}) {
      for (const Hit& hit : *hits) {
        if (looks_for_patterns(rules->rule(hit.rule))) first.emplace(hit.rule, text);
      }
    }
  }
  Diagnostics warnings;
  for (const auto& [rule, text] : first)
    warnings.push_back(warning_of(*rules->rule(rule).rule, text));
  return warnings;
}

}  // namespace sieve
