#include "correlate/value_set.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "correlate/entity_key.h"

namespace sieve {
namespace {

constexpr size_t kCapacityMin = 16;
// Open addressing stays short up to three quarters.
constexpr bool is_full(size_t used, size_t capacity) { return used * 4 > capacity * 3; }

}  // namespace

size_t exact_max_of(double error) {
  return std::bit_ceil(static_cast<size_t>(std::ceil(2 / (error * error))));
}

void ValueSet::reset(const WindowShape& shape, int64_t bucket, size_t exact_max) {
  shape_ = shape;
  exact_max_ = exact_max;
  words_ = shape.ring_words();
  newest_ = bucket;
  slots_.assign(kCapacityMin * stride(), 0);
  used_ = 0;
  level_ = 0;
  levels_.assign(words_ * 64, 0);
  sampled_ = false;
  newest_window_ = window_of(bucket);
  newest_sample_ = {};
}

void ValueSet::advance(int64_t bucket) {
  const bool is_small = newest_sample_.level == level_ && newest_sample_.count < exact_max_ / 4;
  if (level_ > 0 && is_small) --level_;
  const RingMask gone = RingMask::of_range(newest_ + 1, bucket + 1, words_);
  for (size_t at = 0; at < slots_.size(); at += stride()) {
    for (size_t i = 0; i < words_; ++i) slots_[at + 1 + i] &= ~gone.words[i];
  }
  const auto ring = static_cast<int64_t>(levels_.size());
  for (int64_t b = std::max(newest_ + 1, bucket + 1 - ring); b <= bucket; ++b) {
    levels_[static_cast<size_t>(b % ring)] = static_cast<uint8_t>(level_);
  }
  newest_ = bucket;
  newest_window_ = window_of(bucket);
  newest_sample_ = sample(bucket);
}

void ValueSet::add(uint64_t value, int64_t bucket) {
  const uint64_t hash = mix_key(value);
  const size_t at = static_cast<size_t>(bucket) % levels_.size();
  if (std::countl_zero(hash) < levels_[at]) return;
  uint64_t* slot = find(hash);
  if (*slot == 0) {
    if (is_full(used_ + 1, capacity())) {
      make_room();
      if (std::countl_zero(hash) < levels_[at]) return;
      slot = find(hash);
    }
    *slot = hash;
    ++used_;
  }
  const bool was_in_window = newest_window_.meets(slot + 1, words_);
  slot[1 + at / 64] |= uint64_t{1} << at % 64;
  if (!was_in_window && newest_window_.meets(slot + 1, words_) &&
      std::countl_zero(hash) >= newest_sample_.level) {
    ++newest_sample_.count;
  }
}

double ValueSet::count(int64_t end) const {
  const Sampled sampled = end == newest_ ? newest_sample_ : sample(end);
  return std::ldexp(static_cast<double>(sampled.count), sampled.level);
}

bool ValueSet::contains(uint64_t value, int64_t end) const {
  const uint64_t hash = mix_key(value);
  if (std::countl_zero(hash) < level_of_window(end)) return true;
  const uint64_t* slot = find(hash);
  return *slot != 0 && window_of(end).meets(slot + 1, words_);
}

RingMask ValueSet::window_of(int64_t end) const {
  return RingMask::of_range(shape_.window_begin(end, newest_), end + 1, words_);
}

// A window is counted at the highest level of its buckets, the only one at which all of them were
// sampled.
int ValueSet::level_of_window(int64_t end) const {
  int level = 0;
  if (!sampled_) return level;
  for (int64_t b = shape_.window_begin(end, newest_); b <= end; ++b) {
    level = std::max<int>(level, levels_[static_cast<size_t>(b) % levels_.size()]);
  }
  return level;
}

ValueSet::Sampled ValueSet::sample(int64_t end) const {
  Sampled sampled;
  sampled.level = level_of_window(end);
  const RingMask window = window_of(end);
  for (size_t at = 0; at < slots_.size(); at += stride()) {
    if (slots_[at] == 0 || std::countl_zero(slots_[at]) < sampled.level) continue;
    if (window.meets(&slots_[at + 1], words_)) ++sampled.count;
  }
  return sampled;
}

uint64_t* ValueSet::find(uint64_t hash) {
  const size_t mask = capacity() - 1;
  size_t index = hash & mask;
  while (slots_[index * stride()] != 0 && slots_[index * stride()] != hash) {
    index = (index + 1) & mask;
  }
  return &slots_[index * stride()];
}

void ValueSet::make_room() {
  drop_values();
  while (used_ > exact_max_) raise_level();
  // Twice the exact values: after a rebuild at the largest capacity a quarter of it is free.
  if (used_ * 2 > capacity() && capacity() < 2 * exact_max_) grow();
  newest_sample_ = sample(newest_);
}

// Halves the sample: every kept bucket moves to at least the new level.
void ValueSet::raise_level() {
  sampled_ = true;
  ++level_;
  for (uint8_t& level : levels_) level = std::max(level, static_cast<uint8_t>(level_));
  drop_values();
}

bool ValueSet::is_dropped(const uint64_t* slot) const {
  if (*slot == 0) return false;
  uint64_t any = 0;
  for (size_t i = 0; i < words_; ++i) any |= slot[1 + i];
  return any == 0 || std::countl_zero(*slot) < level_;
}

// Erases the values that occur in no kept bucket or no longer belong to the sample.
void ValueSet::drop_values() {
  for (size_t index = 0; index < capacity(); ++index) {
    // Erasing moves a later value here.
    while (is_dropped(&slots_[index * stride()])) erase(index);
  }
}

// Closes the gap by moving values back that would not be found across it.
void ValueSet::erase(size_t index) {
  const size_t mask = capacity() - 1;
  size_t gap = index;
  for (size_t at = (gap + 1) & mask; slots_[at * stride()] != 0; at = (at + 1) & mask) {
    const size_t home = slots_[at * stride()] & mask;
    if (((at - home) & mask) < ((at - gap) & mask)) continue;
    std::copy_n(&slots_[at * stride()], stride(), &slots_[gap * stride()]);
    gap = at;
  }
  std::fill_n(&slots_[gap * stride()], stride(), 0);
  --used_;
}

void ValueSet::save(std::string& out) const {
  put_signed(out, newest_);
  put_varint(out, static_cast<uint64_t>(level_));
  put_varint(out, sampled_ ? 1 : 0);
  put_raw(out, levels_.data(), levels_.size());
  put_varint(out, used_);
  for (size_t at = 0; at < slots_.size(); at += stride()) {
    if (slots_[at] != 0) put_raw(out, &slots_[at], stride());
  }
}

void ValueSet::restore(ByteReader& in, const WindowShape& shape, size_t exact_max) {
  reset(shape, in.signed_varint(), exact_max);
  level_ = static_cast<int>(in.varint() % 64);
  sampled_ = in.varint() != 0;
  in.raw(levels_.data(), levels_.size());
  const uint64_t used = in.varint();
  // No set grows beyond twice the exact values.
  const bool fits = newest_ >= 0 && used <= 2 * exact_max_ &&
                    std::ranges::all_of(levels_, [](uint8_t level) { return level < 64; });
  if (!fits) in.fail();
  std::vector<uint64_t> slot(stride());
  for (uint64_t i = 0; i < used && !in.failed(); ++i) {
    in.raw(slot.data(), slot.size());
    if (slot[0] == 0) in.fail();
    if (in.failed()) break;
    if (is_full(used_ + 1, capacity())) grow();
    uint64_t* place = find(slot[0]);
    used_ += *place == 0 ? 1 : 0;
    std::copy(slot.begin(), slot.end(), place);
  }
  if (in.failed()) return reset(shape, std::max<int64_t>(newest_, 0), exact_max);
  newest_window_ = window_of(newest_);
  newest_sample_ = sample(newest_);
}

void ValueSet::grow() {
  std::vector<uint64_t> old(2 * slots_.size(), 0);
  old.swap(slots_);
  for (size_t at = 0; at < old.size(); at += stride()) {
    if (old[at] != 0) std::copy_n(&old[at], stride(), find(old[at]));
  }
}

}  // namespace sieve
