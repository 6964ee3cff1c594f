// A ListSet is a list made ready to look values up in.
//
//   ListSet list(std::move(definition));
//   if (list.contains("a.official.example", record.time(), zone)) ...   // Allocates nothing.
//
// Thread safety: immutable.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_zone.h"
#include "rule/definitions.h"

namespace sieve {

// What a list says of a value.
struct ListedEntry {
  std::string_view value;   // Canonical: of hosts below an entry, the entry.
  std::string_view source;  // Where it comes from; may be empty.
};

class ListSet {
 public:
  // Takes the entries of `list`.
  explicit ListSet(ListDef& list);
  // `list` with the entries of `previous`, which is of the same type; they share them.
  ListSet(const ListDef& list, const ListSet& previous);

  // Whether `value` is in the list for a record of the time `at`: what expired before that day in
  // `zone` does not count, whenever the record is read. A domain list with `match: subdomain` has
  // the hosts below its entries, too. `value` is what the field has, and is made canonical here: a
  // canonical host for domains, a number in E.164 or a sender as received, a folded text.
  bool contains(std::string_view value, Timestamp at, const TimeZone& zone) const {
    return find(value, at, zone).has_value();
  }
  // The entry itself. Lifetime: that of the set.
  std::optional<ListedEntry> find(std::string_view value, Timestamp at, const TimeZone& zone) const;

  const std::string& name() const { return name_; }
  ListType type() const { return type_; }
  size_t size() const { return entries_->values.size(); }
  // Bad entries that were left out when it was read.
  uint64_t skipped() const { return entries_->skipped; }
  // Entries that expired before `today`.
  size_t expired_count(Date today) const;
  size_t memory_bytes() const;

 private:
  void sort_last_days();
  std::optional<ListedEntry> find_canonical(std::string_view canonical, Timestamp at,
                                            const TimeZone& zone) const;

  std::string name_;
  ListType type_;
  bool subdomains_;
  std::shared_ptr<const ListEntries> entries_;
  std::vector<Date> last_days_;  // Of the entries that have one, sorted.
};

}  // namespace sieve
