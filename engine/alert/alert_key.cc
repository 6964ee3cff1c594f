#include "alert/alert_key.h"

#include <string>

#include "base/hash.h"

namespace sieve {
namespace {

// Values cannot hold it: they are UTF-8.
constexpr char kPartEnd = '\xFF';

// Without `key`.
const std::vector<AlertKeyPart>& default_key() {
  static const std::vector<AlertKeyPart> key = {
      {AlertKeyPart::Kind::kRule, {}, {}},
      {AlertKeyPart::Kind::kField, *find_field("msg.from"), {}}};
  return key;
}

std::string_view link_value(UrlFieldId field, const Evaluation& evaluation) {
  const HitSignal* link = named_link(evaluation.signals_of(evaluation.hits[0]));
  if (link == nullptr) return {};
  MessageReader& reader = *evaluation.reader;
  return url_field_value(field, reader.urls()[link->url], reader.folded().text).text;
}

}  // namespace

const HitSignal* named_link(std::span<const HitSignal> signals) {
  const HitSignal* first = nullptr;
  for (const HitSignal& signal : signals) {
    if (signal.pattern_index != HitSignal::kUrl) continue;
    if (signal.look_alike) return &signal;
    if (first == nullptr) first = &signal;
  }
  return first;
}

uint64_t alert_key(const RuleSet& rules, const Record& record, const Evaluation& evaluation,
                   const FieldContext& context) {
  const CompiledRule& primary = rules.rule(evaluation.hits[0].rule);
  const std::vector<AlertKeyPart>& own = primary.rule->alert.key;
  std::string key;
  for (const AlertKeyPart& part : own.empty() ? default_key() : own) {
    switch (part.kind) {
      case AlertKeyPart::Kind::kRule:
        key += primary.full_id;
        break;
      case AlertKeyPart::Kind::kField:
        key += field_value(part.field, record, context).text;
        break;
      case AlertKeyPart::Kind::kLink:
        key += link_value(part.url, evaluation);
        break;
    }
    key += kPartEnd;
  }
  return hash64(key);
}

}  // namespace sieve
