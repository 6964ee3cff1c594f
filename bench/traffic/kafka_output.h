// A KafkaOutput is a LineSink that produces to a topic, keyed by sender or caller.
//
// Thread safety: none. Errors: one sentence, from open() or close(). After a failure, and when the
// brokers take nothing for a minute, later lines are dropped and close() says why.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stream/kafka_sink.h"
#include "traffic/output.h"

namespace sieve::traffic {

class KafkaOutput : public LineSink, private DeliveryListener {
 public:
  // REQUIRES: the topic exists.
  static Expected<std::unique_ptr<KafkaOutput>, std::string> open(const std::string& brokers,
                                                                  const std::string& topic);

  void write(std::string_view key, std::string_view line) override;
  Expected<void, std::string> close() override;

 private:
  KafkaOutput() = default;
  void delivered(const DeliveryTicket& ticket) override;
  void delivery_failed(const DeliveryTicket& ticket, const StreamError& error) override;

  std::string topic_;
  std::unique_ptr<KafkaSink> sink_;
  std::string failure_;  // Empty while all is well.
  uint64_t written_ = 0;
};

// Makes `topics` that do not exist, with `partitions` partitions each.
Expected<void, std::string> create_kafka_topics(const std::string& brokers,
                                                const std::vector<std::string>& topics,
                                                int partitions);

}  // namespace sieve::traffic
