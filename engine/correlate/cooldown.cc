#include "correlate/cooldown.h"

#include <algorithm>

namespace sieve {
namespace {

constexpr size_t kFindingsPerRecord = 4'096;

}  // namespace

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

void Cooldown::save(SnapshotTag tag, std::string_view head, std::string& out) const {
  for (size_t begin = 0; begin < order_.size(); begin += kFindingsPerRecord) {
    const size_t end = std::min(begin + kFindingsPerRecord, order_.size());
    const SnapshotRecord record(tag, out);
    out += head;
    put_varint(out, end - begin);
    for (size_t i = begin; i < end; ++i) {
      put_fixed64(out, order_[i].first);
      put_signed(out, order_[i].second);
    }
  }
}

void Cooldown::restore(ByteReader& in) {
  for (uint64_t left = in.varint(); left > 0 && !in.failed(); --left) {
    const uint64_t key = in.fixed64();
    const int64_t slot = in.signed_varint();
    if (!in.failed()) insert(key, slot);
  }
}

size_t Cooldown::state_bytes() const {
  return made_.capacity() * (sizeof(Entry) + 1) + order_.size() * sizeof(Entry);
}

}  // namespace sieve
