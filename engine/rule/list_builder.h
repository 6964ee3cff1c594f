// A ListBuilder fills a list, entry by entry, and reports what is wrong with them.
//
//   ListBuilder builder(list, today, context);
//   builder.add({"shop.example", "2027-06-30", "feed-7", span});
//   builder.finish();
//
// Thread safety: none. Lifetime: refers to the list and the context.
#pragma once

#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "rule/definitions.h"
#include "rule/list_value.h"

namespace sieve {

// An entry as written; empty: not given.
struct WrittenEntry {
  std::string_view value;
  std::string_view expires;
  std::string_view source;
  SourceSpan span;  // Of the value.
  SourceSpan expires_span;
};

class ListBuilder {
 public:
  // `today`: what expired before is warned of.
  ListBuilder(ListDef& list, Date today, const YamlContext& context);

  // R087 no such value, R088 there already, R089 expired, R091 more than `max_entries`, R093 no
  // date.
  void add(const WrittenEntry& entry);
  // A problem of the entry at `span`, which is left out; null when enough were shown.
  Diagnostic* error(std::string_view code, SourceSpan span, std::string title);
  // Says how many problems were not shown, or that the list is empty and must not be (R090). Call
  // once, last.
  void finish();

  size_t size() const { return list_.entries.values.size(); }

 private:
  Diagnostic* warning(std::string_view code, SourceSpan span, std::string title);
  bool may_show(SourceSpan span);
  void add_note(uint32_t place, const WrittenEntry& entry);
  void report_duplicate(uint32_t place, const WrittenEntry& entry);
  uint32_t source_index(std::string_view source);

  ListDef& list_;
  Date today_;
  const YamlContext& context_;
  ListValueReader reader_;
  std::vector<std::pair<uint32_t, SourceSpan>> spans_;  // By place.
  std::unordered_map<std::string, uint32_t> sources_;
  size_t problems_ = 0;
  SourceSpan last_problem_;
  bool is_full_ = false;
};

}  // namespace sieve
