#include "stream/kafka_start.h"

#include <algorithm>

#include "base/log.h"

namespace sieve {
namespace {

using Partition = rd_kafka_topic_partition_t;
using Partitions = rd_kafka_topic_partition_list_t;

// A rebalance waits for the answers.
constexpr int kAnswerMs = 10'000;

void warn(const Partition& partition, rd_kafka_resp_err_t error, const char* what) {
  log_warning("kafka", "start_unknown", "topic={} partition={} asked={} reason={}",
              log_value(partition.topic), partition.partition, what,
              log_value(rd_kafka_err2str(error)));
}

// What was asked for, as offsets; RD_KAFKA_OFFSET_INVALID where nothing was or could be found.
KafkaPartitionsPtr offsets_asked_for(rd_kafka_t* client, std::span<const LaneStart> starts,
                                     const Partitions& partitions) {
  KafkaPartitionsPtr asked(rd_kafka_topic_partition_list_copy(&partitions));
  KafkaPartitionsPtr times(rd_kafka_topic_partition_list_new(partitions.cnt));
  for (int i = 0; i < partitions.cnt; ++i) {
    const LaneStart& start = starts[static_cast<size_t>(i)];
    Partition& partition = asked->elems[i];
    partition.offset = start.offset.value_or(RD_KAFKA_OFFSET_INVALID);
    if (start.offset || !start.arrival_ms) continue;
    rd_kafka_topic_partition_list_add(times.get(), partition.topic, partition.partition)->offset =
        *start.arrival_ms;
  }
  if (times->cnt == 0) return asked;
  const rd_kafka_resp_err_t error = rd_kafka_offsets_for_times(client, times.get(), kAnswerMs);
  for (int i = 0; i < times->cnt; ++i) {
    const Partition& found = times->elems[i];
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR || found.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      warn(found, error != RD_KAFKA_RESP_ERR_NO_ERROR ? error : found.err, "time");
      continue;
    }
    // Nothing arrived since: RD_KAFKA_OFFSET_END, which is no earlier than what is committed.
    if (found.offset < 0) continue;
    rd_kafka_topic_partition_list_set_offset(asked.get(), found.topic, found.partition,
                                             found.offset);
  }
  return asked;
}

// The broker may have deleted what was asked for.
int64_t at_least_the_oldest(rd_kafka_t* client, const Partition& partition, int64_t offset) {
  int64_t low = 0;
  int64_t high = 0;
  const rd_kafka_resp_err_t error = rd_kafka_query_watermark_offsets(
      client, partition.topic, partition.partition, &low, &high, kAnswerMs);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    warn(partition, error, "oldest");
    return offset;
  }
  return std::max(offset, low);
}

}  // namespace

void set_kafka_starts(rd_kafka_t* client, std::span<const LaneStart> starts,
                      Partitions& partitions) {
  if (std::all_of(starts.begin(), starts.end(), [](const LaneStart& s) { return s.empty(); })) {
    return;
  }
  const KafkaPartitionsPtr asked = offsets_asked_for(client, starts, partitions);
  const KafkaPartitionsPtr committed(rd_kafka_topic_partition_list_copy(&partitions));
  const rd_kafka_resp_err_t error = rd_kafka_committed(client, committed.get(), kAnswerMs);
  for (int i = 0; i < partitions.cnt; ++i) {
    Partition& partition = partitions.elems[i];
    const int64_t wanted = asked->elems[i].offset;
    if (wanted < 0) continue;
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      warn(partition, error, "committed");
      continue;
    }
    const int64_t stopped = committed->elems[i].offset;
    if (stopped >= 0 && stopped <= wanted) continue;
    // A group that is new begins where its configuration says.
    if (stopped < 0 && !starts[static_cast<size_t>(i)].offset) continue;
    partition.offset = at_least_the_oldest(client, partition, wanted);
    log_info("kafka", "rewound", "topic={} partition={} committed={} start={}",
             log_value(partition.topic), partition.partition, stopped, partition.offset);
  }
}

}  // namespace sieve
