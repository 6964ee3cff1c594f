#include "match/list_set.h"

#include <algorithm>
#include <array>

namespace sieve {
namespace {

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

ListSet::ListSet(ListDef& list) : name_(list.name), type_(list.type), subdomains_(list.subdomains) {
  list.entries.values.pack();
  list.entries.notes.shrink_to_fit();
  entries_ = std::make_shared<const ListEntries>(std::move(list.entries));
  sort_last_days();
}

ListSet::ListSet(const ListDef& list, const ListSet& previous)
    : name_(list.name),
      type_(list.type),
      subdomains_(list.subdomains),
      entries_(previous.entries_),
      last_days_(previous.last_days_) {}

void ListSet::sort_last_days() {
  for (const ListNote& note : entries_->notes) {
    if (note.last_day != kNoLastDay) last_days_.push_back(note.last_day);
  }
  std::sort(last_days_.begin(), last_days_.end());
}

std::optional<ListedEntry> ListSet::find_canonical(std::string_view canonical, Timestamp at,
                                                   const TimeZone& zone) const {
  const auto place = entries_->values.find(canonical);
  if (!place) return {};
  // Lists that are made by hand may have no sources.
  const auto source_at = [this](size_t index) -> std::string_view {
    return index < entries_->sources.size() ? entries_->sources[index] : std::string_view();
  };
  ListedEntry entry{entries_->values.at(*place), source_at(0)};
  const auto note =
      std::lower_bound(entries_->notes.begin(), entries_->notes.end(), *place,
                       [](const ListNote& a, uint32_t wanted) { return a.place < wanted; });
  if (note == entries_->notes.end() || note->place != *place) return entry;
  if (zone.date_of(at) > note->last_day) return {};
  entry.source = source_at(note->source);
  return entry;
}

std::optional<ListedEntry> ListSet::find(std::string_view value, Timestamp at,
                                         const TimeZone& zone) const {
  if (value.size() > PackedStringSet::kStringBytesMax) return {};
  if (type_ == ListType::kSender) {
    std::array<char, PackedStringSet::kStringBytesMax> lower;
    std::transform(value.begin(), value.end(), lower.begin(), lower_ascii);
    return find_canonical({lower.data(), value.size()}, at, zone);
  }
  while (true) {
    if (const auto entry = find_canonical(value, at, zone)) return entry;
    const size_t dot = subdomains_ ? value.find('.') : std::string_view::npos;
    if (dot == std::string_view::npos) return {};
    value.remove_prefix(dot + 1);
  }
}

size_t ListSet::expired_count(Date today) const {
  const auto first = std::lower_bound(last_days_.begin(), last_days_.end(), today);
  return static_cast<size_t>(first - last_days_.begin());
}

size_t ListSet::memory_bytes() const {
  return entries_->values.memory_bytes() + entries_->notes.capacity() * sizeof(ListNote) +
         last_days_.capacity() * sizeof(Date);
}

}  // namespace sieve
