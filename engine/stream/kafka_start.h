// Where assigned partitions begin when that is not where their group stopped. Private to stream.
//
// Thread safety: the control thread of the client, within its rebalance callback.
#pragma once

#include <span>

#include "stream/kafka_client.h"

namespace sieve {

// Sets the offsets of `partitions` by `starts`, one for each in their order. Asks the broker what
// is committed and what there is; where it does not answer, a warning says so and the group's own
// offset stands.
void set_kafka_starts(rd_kafka_t* client, std::span<const LaneStart> starts,
                      rd_kafka_topic_partition_list_t& partitions);

}  // namespace sieve
