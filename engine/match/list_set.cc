#include "match/list_set.h"

#include <algorithm>
#include <array>

namespace sieve {
namespace {

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

ListSet::ListSet(ListDef& list)
    : name_(list.name),
      type_(list.type),
      subdomains_(list.subdomains),
      entries_(std::move(list.entries)) {
  entries_.values.pack();
}

bool ListSet::has(std::string_view canonical, Timestamp at, const TimeZone& zone) const {
  const auto place = entries_.values.find(canonical);
  if (!place) return false;
  const auto note =
      std::lower_bound(entries_.notes.begin(), entries_.notes.end(), *place,
                       [](const ListNote& a, uint32_t wanted) { return a.place < wanted; });
  return note == entries_.notes.end() || note->place != *place ||
         zone.date_of(at) <= note->last_day;
}

bool ListSet::contains(std::string_view value, Timestamp at, const TimeZone& zone) const {
  if (value.size() > PackedStringSet::kStringBytesMax) return false;
  if (type_ == ListType::kSender) {
    std::array<char, PackedStringSet::kStringBytesMax> lower;
    std::transform(value.begin(), value.end(), lower.begin(), lower_ascii);
    return has({lower.data(), value.size()}, at, zone);
  }
  while (!has(value, at, zone)) {
    const size_t dot = subdomains_ ? value.find('.') : std::string_view::npos;
    if (dot == std::string_view::npos) return false;
    value.remove_prefix(dot + 1);
  }
  return true;
}

size_t ListSet::expired_count(Date today) const {
  return static_cast<size_t>(
      std::count_if(entries_.notes.begin(), entries_.notes.end(),
                    [today](const ListNote& note) { return note.last_day < today; }));
}

size_t ListSet::memory_bytes() const {
  return entries_.values.memory_bytes() + entries_.notes.capacity() * sizeof(ListNote);
}

}  // namespace sieve
