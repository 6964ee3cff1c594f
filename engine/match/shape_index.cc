#include "match/shape_index.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/check.h"

namespace sieve {

uint32_t ShapeIndex::key_of(std::string_view shapes) {
  uint32_t key = 0;
  std::memcpy(&key, shapes.data(), kKeyBytes);
  return key;
}

void ShapeIndex::add(std::string shapes, PatternId id) {
  SIEVE_CHECK(shapes.size() >= kKeyBytes, "{} bytes of pattern {}", shapes.size(), id.value);
  entries_.push_back(
      {static_cast<uint32_t>(bytes_.size()), static_cast<uint32_t>(shapes.size()), id, kNone});
  bytes_ += shapes;
}

void ShapeIndex::finish() {
  std::sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) {
    const int order = shapes_of(a).compare(shapes_of(b));
    return order != 0 ? order < 0 : a.id < b.id;
  });
  link_prefixes();
  slots_.resize(std::bit_ceil(2 * entries_.size() + 1));
  const auto count = static_cast<uint32_t>(entries_.size());
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t key = key_of(shapes_of(entries_[i]));
    Slot& slot = slots_[slot_of(key)];
    if (slot.begin == slot.end) slot = {key, i, i};
    slot.end = i + 1;
  }
}

// In sorted order the phrases that one begins with are the one before it or prefixes of that.
void ShapeIndex::link_prefixes() {
  for (uint32_t i = 1; i < entries_.size(); ++i) {
    uint32_t before = i - 1;
    while (before != kNone && !shapes_of(entries_[i]).starts_with(shapes_of(entries_[before]))) {
      before = entries_[before].prefix;
    }
    entries_[i].prefix = before;
  }
}

// The slot of `key`, or the free one where it would be.
size_t ShapeIndex::slot_of(uint32_t key) const {
  constexpr uint64_t kFactor = 0x9E3779B97F4A7C15U;  // 2^64 divided by the golden ratio.
  const size_t mask = slots_.size() - 1;
  size_t at = (key * kFactor >> 32) & mask;
  while (slots_[at].begin != slots_[at].end && slots_[at].key != key) at = (at + 1) & mask;
  return at;
}

uint32_t ShapeIndex::last_not_after(std::string_view text) const {
  if (text.size() < kKeyBytes) return kNone;
  const Slot& slot = slots_[slot_of(key_of(text))];
  const auto begin = entries_.begin() + slot.begin;
  const auto after = std::upper_bound(
      begin, entries_.begin() + slot.end, text,
      [this](std::string_view value, const Entry& entry) { return value < shapes_of(entry); });
  return after == begin ? kNone : static_cast<uint32_t>(after - entries_.begin()) - 1;
}

size_t ShapeIndex::size_bytes() const {
  return bytes_.size() + entries_.size() * sizeof(Entry) + slots_.size() * sizeof(Slot);
}

}  // namespace sieve
