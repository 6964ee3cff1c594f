// Which entries of lists led to a hit: found anew, because evaluation keeps answers only.
#include <algorithm>

#include "alert/builder.h"
#include "alert/disclosure.h"
#include "match/list_set.h"

namespace sieve {
namespace {

// A lookup of a condition: `value in list`.
struct Lookup {
  const ExprNode& value;
  const ListSet& list;
};

void add_lookups(const RuleSet& rules, const Expression& condition, std::vector<Lookup>& out) {
  const std::vector<ExprNode>& nodes = condition.nodes;
  for (size_t i = 1; i < nodes.size(); ++i) {
    if (nodes[i].op == ExprOp::kInList)
      out.push_back({nodes[i - 1], *rules.lists()[nodes[i].index]});
  }
}

void add_once(AlertListEntry entry, std::vector<AlertListEntry>& entries) {
  const bool is_there =
      std::any_of(entries.begin(), entries.end(), [&](const AlertListEntry& other) {
        return other.list == entry.list && other.value == entry.value;
      });
  if (!is_there) entries.push_back(std::move(entry));
}

}  // namespace

// Lists of text hold folded values, and are asked about links only here: a field would have to be
// folded anew, in the place of the text.
void AlertBuilder::add_lists(const Record& record, const Evaluation& evaluation, const Hit& hit,
                             Folder& folder, const Disclosure& disclosure, AlertHit& out) const {
  const CompiledRule& compiled = rules_->rule(hit.rule);
  std::vector<Lookup> lookups;
  add_lookups(*rules_, compiled.rule->condition, lookups);
  for (const RuleIndex other : compiled.refers_to) {
    add_lookups(*rules_, rules_->rule(other).rule->condition, lookups);
  }
  const auto add = [&](const ListSet& list, std::string_view value, auto&& show) {
    const auto entry = list.find(value, record.time(), context_.zone);
    if (entry) add_once({list.name(), show(entry->value), entry->source}, out.lists);
  };
  for (const Lookup& lookup : lookups) {
    if (lookup.value.op == ExprOp::kField && lookup.list.type() != ListType::kText) {
      const FieldId field = lookup.value.field;
      add(lookup.list, field_value(field, record, context_).text, [&](std::string_view value) {
        if (redaction_.hides(field)) return std::string(kRedacted);
        return is_personal(field) ? disclosure.person(value) : std::string(value);
      });
    }
    if (lookup.value.op != ExprOp::kUrlField) continue;
    MessageReader& reader = *evaluation.reader;
    for (const HitSignal& signal : evaluation.signals_of(hit)) {
      if (signal.pattern_index != HitSignal::kUrl) continue;
      const auto field = UrlFieldId(static_cast<uint8_t>(lookup.value.index));
      const bool is_hidden = redaction_.hides(folder.original_span(signal.view, signal.span));
      add(lookup.list, url_field_value(field, reader.urls()[signal.url], reader.folded().text).text,
          [&](std::string_view value) {
            return is_hidden ? std::string(kRedacted) : std::string(value);
          });
    }
  }
}

}  // namespace sieve
