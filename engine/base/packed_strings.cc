#include "base/packed_strings.h"

#include <limits>

#include "base/check.h"
#include "base/hash.h"

namespace sieve {
namespace {

constexpr size_t kSlotsFirst = 16;

// The low bits of the hash, which do not choose the slot; never 0.
uint8_t tag_of(uint64_t hash) { return static_cast<uint8_t>(hash | 1); }

}  // namespace

// The high bits of the hash, scaled to any number of slots without a division (Lemire, "Fast random
// integer generation in an interval", 2019).
size_t PackedStringSet::first_slot(uint64_t hash) const {
  return static_cast<size_t>((hash >> 32) * tags_.size() >> 32);
}

std::string_view PackedStringSet::at(uint32_t place) const {
  return {bytes_.data() + place + 1, static_cast<unsigned char>(bytes_[place])};
}

std::optional<uint32_t> PackedStringSet::find(std::string_view value) const {
  if (count_ == 0) return std::nullopt;
  const uint64_t hash = hash64(value);
  const uint8_t tag = tag_of(hash);
  for (size_t slot = first_slot(hash); tags_[slot] != 0;) {
    if (tags_[slot] == tag && at(places_[slot]) == value) return places_[slot];
    if (++slot == tags_.size()) slot = 0;
  }
  return std::nullopt;
}

void PackedStringSet::put(uint64_t hash, uint32_t place) {
  size_t slot = first_slot(hash);
  while (tags_[slot] != 0) slot = slot + 1 == tags_.size() ? 0 : slot + 1;
  tags_[slot] = tag_of(hash);
  places_[slot] = place;
}

void PackedStringSet::resize(size_t slots) {
  tags_ = std::vector<uint8_t>(slots);
  places_ = std::vector<uint32_t>(slots);
  for_each([this](uint32_t place) { put(hash64(at(place)), place); });
}

PackedStringSet::Inserted PackedStringSet::insert(std::string_view value) {
  if (const auto place = find(value)) return {*place, false};
  SIEVE_CHECK(value.size() <= kStringBytesMax, "{} bytes", value.size());
  SIEVE_CHECK(bytes_.size() + value.size() < std::numeric_limits<uint32_t>::max(), "{} bytes",
              bytes_.size());
  if ((count_ + 1) * 10 > tags_.size() * kSlotsPerTen) {
    resize(tags_.empty() ? kSlotsFirst : 2 * tags_.size());
  }
  const auto place = static_cast<uint32_t>(bytes_.size());
  bytes_.push_back(static_cast<char>(value.size()));
  bytes_ += value;
  put(hash64(value), place);
  ++count_;
  return {place, true};
}

void PackedStringSet::pack() {
  bytes_.shrink_to_fit();
  if (count_ > 0) resize(count_ * 10 / kSlotsPerTen + 1);
}

size_t PackedStringSet::memory_bytes() const {
  return bytes_.capacity() + places_.capacity() * sizeof(uint32_t) + tags_.capacity();
}

}  // namespace sieve
