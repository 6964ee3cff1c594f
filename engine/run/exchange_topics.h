// What an engine asks of its topics at start, so that facts are counted once and right.
//
// Thread safety: functions without shared state. Errors: those of the stream library, and the ones
// named below.
#pragma once

#include <memory>
#include <vector>

#include "base/expected.h"
#include "run/config.h"
#include "run/exchange_guard.h"
#include "stream/kafka_source.h"

namespace sieve {

// Into how many shards windows are divided: partitions of the facts topic, or `in_memory`.
Expected<size_t, StreamError> count_facts_partitions(const Config& config, size_t in_memory);

Expected<std::unique_ptr<KafkaSource>, StreamError> open_facts_source(const Config& config,
                                                                      AssignmentListener& listener);

// `source_rewound` when a topic ends before the offset that the group has committed, and the
// source's incarnation was never raised.
Expected<void, StreamError> check_not_rewound(const Config& config);

// The topics of the sources as an ExchangeGuard needs them.
Expected<std::vector<ExchangeGuard::Topic>, StreamError> guarded_topics(const Config& config);

}  // namespace sieve
