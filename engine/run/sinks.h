// A SinkOpener opens the outputs of a configuration one by one and remembers the first that failed.
//
// Thread safety: none. Lifetime: refers to configuration and listener.
#pragma once

#include <memory>
#include <optional>

#include "run/config.h"
#include "stream/kafka_properties.h"
#include "stream/sink.h"

namespace sieve {

class SinkOpener {
 public:
  SinkOpener(const Config& config, DeliveryListener& listener)
      : config_(config), listener_(listener) {}

  // Null when `output` is empty or could not be opened.
  std::unique_ptr<RecordSink> open(const OutputConfig& output);
  // The facts topic: without gaps. Null when it could not be opened.
  std::unique_ptr<RecordSink> open_facts(const std::string& topic, DeliveryListener& listener);
  const std::optional<StreamError>& error() const { return error_; }

 private:
  const Config& config_;
  DeliveryListener& listener_;
  std::optional<StreamError> error_;
};

// The configuration's cluster, as engine/stream takes it.
KafkaCluster kafka_cluster(const KafkaConfig& config);

}  // namespace sieve
