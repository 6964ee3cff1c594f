// A DeadlineHeap holds slots by their deadline and gives the earliest; any of them can be removed,
// because each knows its place. Slots with equal deadlines come in the order they were added.
//
// Thread safety: none. Units: event time. Allocates only while it grows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/time.h"

namespace sieve {

class DeadlineHeap {
 public:
  struct Entry {
    Timestamp deadline;
    uint64_t serial = 0;  // Of the addition.
    uint32_t slot = 0;

    bool operator<(const Entry& other) const {
      return deadline != other.deadline ? deadline < other.deadline : serial < other.serial;
    }
  };

  bool empty() const { return entries_.empty(); }
  size_t size() const { return entries_.size(); }
  const Entry& first() const { return entries_.front(); }

  // REQUIRES: `entry.slot` is not in the heap.
  void add(const Entry& entry) {
    if (place_.size() <= entry.slot) place_.resize(entry.slot + 1);
    entries_.push_back(entry);
    rise(entries_.size() - 1);
  }

  // REQUIRES: `slot` is in the heap.
  void remove(uint32_t slot) {
    const size_t at = place_[slot];
    const Entry last = entries_.back();
    entries_.pop_back();
    if (at == entries_.size()) return;
    entries_[at] = last;
    rise(at);
    sink(place_[last.slot]);
  }

 private:
  void put(size_t at, const Entry& entry) {
    entries_[at] = entry;
    place_[entry.slot] = static_cast<uint32_t>(at);
  }

  void rise(size_t at) {
    const Entry entry = entries_[at];
    for (; at > 0 && entry < entries_[(at - 1) / 2]; at = (at - 1) / 2) {
      put(at, entries_[(at - 1) / 2]);
    }
    put(at, entry);
  }

  void sink(size_t at) {
    const Entry entry = entries_[at];
    for (size_t child = 2 * at + 1; child < entries_.size(); child = 2 * at + 1) {
      if (child + 1 < entries_.size() && entries_[child + 1] < entries_[child]) ++child;
      if (!(entries_[child] < entry)) break;
      put(at, entries_[child]);
      at = child;
    }
    put(at, entry);
  }

  std::vector<Entry> entries_;
  std::vector<uint32_t> place_;  // By slot: its index in entries_.
};

}  // namespace sieve
