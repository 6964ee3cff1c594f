#include "rule/list_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"

namespace sieve {

ListBuilder::ListBuilder(ListDef& list, Date today, const YamlContext& context)
    : list_(list), today_(today), context_(context), reader_(list.type, list.country) {
  list_.entries.sources.push_back(list_.source);
}

bool ListBuilder::may_show(SourceSpan span) {
  last_problem_ = span;
  return ++problems_ <= limits::kDiagnosticsShownMax;
}

Diagnostic* ListBuilder::error(std::string_view code, SourceSpan span, std::string title) {
  if (list_.skips_bad && code != "R094") {
    ++list_.entries.skipped;
    return warning(code, span, std::move(title));
  }
  // The load fails with the first one, so those that are not shown hide nothing.
  return may_show(span) ? &context_.error(code, span, std::move(title)) : nullptr;
}

Diagnostic* ListBuilder::warning(std::string_view code, SourceSpan span, std::string title) {
  return may_show(span) ? &context_.warning(code, span, std::move(title)) : nullptr;
}

void ListBuilder::add(const WrittenEntry& entry) {
  const auto value = reader_.read(entry.value);
  if (!value) {
    if (Diagnostic* out = error("R087", entry.span, value.error().title)) {
      out->label = fmt::format("in a list of type {}", name_of(list_.type));
      out->help = value.error().help;
      out->replacement = value.error().replacement;
    }
    return;
  }
  if (size() == list_.entries_max && !list_.entries.values.find(*value)) {
    if (is_full_) return;
    is_full_ = true;
    context_
        .error("R091", entry.span,
               fmt::format("the list `{}` has more than {} entries", list_.name, list_.entries_max))
        .help = "raise its `max_entries`, or shorten it";
    return;
  }
  const auto inserted = list_.entries.values.insert(*value);
  if (!inserted.is_new) return report_duplicate(inserted.place, entry);
  spans_.emplace_back(inserted.place, entry.span);
  add_note(inserted.place, entry);
}

void ListBuilder::report_duplicate(uint32_t place, const WrittenEntry& entry) {
  Diagnostic* out = warning(
      "R088", entry.span,
      fmt::format("`{}` is in the list `{}` twice", list_.entries.values.at(place), list_.name));
  if (out == nullptr) return;
  const auto first = std::lower_bound(spans_.begin(), spans_.end(), std::pair(place, SourceSpan()));
  out->label = "the second; the first one counts";
  out->related.push_back({"", first->second, "the first"});
  out->help = "remove one of them";
}

void ListBuilder::add_note(uint32_t place, const WrittenEntry& entry) {
  if (entry.expires.empty() && entry.source.empty()) return;
  ListNote note{place, source_index(entry.source), kNoLastDay};
  if (!entry.expires.empty()) {
    const auto day = parse_date(entry.expires);
    if (!day) {
      if (Diagnostic* out =
              error("R093", entry.expires_span, fmt::format("`{}` is no date", entry.expires))) {
        out->help = "write the last day on which the entry counts, as 2027-06-30";
      }
      return;
    }
    note.last_day = *day;
    if (*day < today_) {
      if (Diagnostic* out = warning(
              "R089", entry.span,
              fmt::format("the entry `{}` expired on {}", entry.value, format_date(*day)))) {
        out->help = "remove it, or give it a later day";
      }
    }
  }
  list_.entries.notes.push_back(note);
}

uint32_t ListBuilder::source_index(std::string_view source) {
  if (source.empty()) return 0;
  const auto next = static_cast<uint32_t>(list_.entries.sources.size());
  const auto [entry, is_new] = sources_.try_emplace(std::string(source), next);
  if (is_new) list_.entries.sources.emplace_back(source);
  return entry->second;
}

void ListBuilder::finish() {
  if (size() == 0 && problems_ == 0 && !list_.may_be_empty && !list_.keep_previous) {
    const YamlContext place{list_.rule_file, context_.prefix, context_.diagnostics};
    place.error("R090", list_.span, fmt::format("the list `{}` is empty", list_.name)).help =
        "add entries, or say with `on_empty` what shall be then";
  }
  if (problems_ <= limits::kDiagnosticsShownMax) return;
  context_
      .warning("R087", last_problem_,
               fmt::format("{} more problems with the entries of `{}`",
                           problems_ - limits::kDiagnosticsShownMax, list_.name))
      .label = "this is the last one";
}

}  // namespace sieve
