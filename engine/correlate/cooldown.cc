#include "correlate/cooldown.h"

#include <algorithm>

namespace sieve {

Cooldown::Cooldown(Duration length, size_t entries_max)
    : length_ms_(std::max<int64_t>(length.ms, 1)), entries_max_(std::max<size_t>(entries_max, 1)) {}

bool Cooldown::insert(uint64_t key, int64_t slot) {
  if (!made_.insert({key, slot}).second) return false;
  order_.emplace_back(key, slot);
  if (order_.size() > entries_max_) {
    made_.erase(order_.front());
    order_.pop_front();
  }
  return true;
}

void Cooldown::forget_before(Timestamp time) {
  while (!order_.empty() && begin_of(order_.front().second + 1) < time) {
    made_.erase(order_.front());
    order_.pop_front();
  }
}

size_t Cooldown::state_bytes() const {
  return made_.capacity() * (sizeof(Entry) + 1) + order_.size() * sizeof(Entry);
}

}  // namespace sieve
