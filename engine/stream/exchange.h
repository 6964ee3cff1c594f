// An Exchange carries blocks of facts, which it does not look into, from inspect to the owner of
// each facts partition, in order.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"

namespace sieve {

using FactsPartition = StrongId<struct FactsPartitionTag, uint16_t>;

class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual size_t partition_count() const = 0;
  // False when the partition's queue is full: receive from it first.
  [[nodiscard]] virtual bool send(FactsPartition partition, std::string_view block) = 0;
  // Replaces `block` by the oldest one not yet received; false when there is none.
  [[nodiscard]] virtual bool receive(FactsPartition partition, std::string& block) = 0;
};

// Bounded queues within the process. Thread safety: one thread (the merging one) at a time.
std::unique_ptr<Exchange> make_memory_exchange(size_t partition_count, size_t blocks_max);

}  // namespace sieve
