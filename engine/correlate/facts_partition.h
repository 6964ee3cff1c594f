// Which facts partition owns a key: murmur2, the hash of Kafka's own partitioner for Java, over the
// eight bytes of the key, least significant first, modulo the number of partitions. So whoever
// produces the same key bytes with a Java client and its default partitioner finds the same
// partition.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/strong_id.h"

namespace sieve {

using FactsPartition = StrongId<struct FactsPartitionTag, uint16_t>;

// As org.apache.kafka.common.utils.Utils.murmur2.
uint32_t murmur2(std::string_view bytes);

// REQUIRES: at least one partition.
size_t facts_partition_of(uint64_t key, size_t partition_count);

}  // namespace sieve
