// An ExchangeGuard says when the exchange in memory would count wrong: when this engine has some of
// the partitions of a topic and others have the rest, and a window rule counts by another field
// than the topic is partitioned by, so that the records of one key are spread over engines.
//
// Assignments pass through such states while engines are restarted: what was killed holds its
// partitions for a session, and a second engine may start before the first has stopped. So it is an
// error only when it stays. What is counted wrong in between is read again by whoever has the
// partitions next, because offsets wait for windows; where state is saved they do not, and what was
// counted wrong in these minutes stays so. An engine without any partition of a topic
// counts nothing of it, and is no error: it stands by.
//
// Thread safety: none.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluate/rule_set.h"
#include "stream/source.h"

namespace sieve {

class ExchangeGuard {
 public:
  using Clock = std::chrono::steady_clock;

  struct Topic {  // By source.
    std::string name;
    RecordKind kind = RecordKind::kMessage;
    std::optional<FieldId> key;  // That it is partitioned by; nothing: not known.
    size_t partition_count = 0;
  };

  // `settle`: how long an assignment may lack partitions.
  ExchangeGuard(std::vector<Topic> topics, std::chrono::milliseconds settle)
      : topics_(std::move(topics)), settle_(settle) {}

  // `lanes` are those assigned at `now`. An error of code `exchange_needs_kafka` ends the run.
  std::optional<StreamError> check(const RuleSet& rules, std::span<const LaneInfo> lanes,
                                   Clock::time_point now);

 private:
  const std::vector<Topic> topics_;
  const std::chrono::milliseconds settle_;
  std::optional<Clock::time_point> lacking_since_;
};

}  // namespace sieve
