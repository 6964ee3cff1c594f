// A RecordSink takes outgoing records (alerts, dead letters) and says when each is safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "stream/batch.h"
#include "stream/source.h"

namespace sieve {

// Names the input batch that an output belongs to, so that its offsets wait for it.
struct DeliveryTicket {
  LaneId lane;
  uint32_t epoch = 0;
  uint64_t sequence = 0;
  // Of an engine that reads several RecordSources, which one the lane belongs to.
  uint8_t input = 0;
};

struct OutputRecord {
  std::string_view key;    // Kafka key; may be empty. Files ignore it.
  std::string_view value;  // One JSON object without newline (files), or any bytes (Kafka).
  std::span<const Header> headers;  // Files ignore them.
  int32_t partition = -1;           // Of the topic; -1: the key's. Files ignore it.
};

class DeliveryListener {
 public:
  virtual ~DeliveryListener() = default;
  // The output is safe: acknowledged by all in-sync replicas, or handed to the operating system.
  virtual void delivered(const DeliveryTicket& ticket) = 0;
  // It can never be delivered: the pipeline must stop without committing past the ticket's batch.
  virtual void delivery_failed(const DeliveryTicket& ticket, const StreamError& error) = 0;
};

class RecordSink {
 public:
  virtual ~RecordSink() = default;

  // Takes a copy of `record`, or returns false when the sink is full: call service() and try again.
  // `ticket` is reported to the listener later, possibly within this call.
  // Thread safety: one publishing thread at a time.
  [[nodiscard]] virtual bool publish(const OutputRecord& record, const DeliveryTicket& ticket) = 0;

  // Serves delivery reports for up to `timeout`. Thread safety: any thread.
  virtual void service(std::chrono::milliseconds timeout) = 0;

  // Waits until everything published is delivered; false at the deadline.
  [[nodiscard]] virtual bool flush(std::chrono::milliseconds timeout) = 0;

  // Records taken and not yet delivered.
  virtual size_t pending() const = 0;

  // The largest value that can be delivered beside a small key and headers; a larger one is
  // reported as delivery_failed with `too_large`, so cut it before.
  virtual size_t value_bytes_max() const { return SIZE_MAX; }
};

}  // namespace sieve
