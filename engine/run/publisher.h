// A Publisher owns the outputs of the configuration (alerts, routes, dead letters, late records,
// the facts topic) and gives each its form: alerts as JSON lines or Kafka records keyed by alert
// id; dead letters with the original bytes and the reason in headers (Kafka), or as JSON lines that
// hold both (files); late records in the same way.
//
// Thread safety: alerts from any thread; dead letters, late records and facts from one at a time;
// the rest from any thread.
// Lifetime: the listener must outlive it.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "base/time.h"
#include "record/decoder.h"
#include "run/config.h"
#include "stream/sink.h"

namespace sieve {

// One record that could not be decoded, or came too late for windows.
struct DeadLetter {
  DecodeFailure failure;
  std::optional<Duration> late_by;  // Behind the watermark: it came too late.
  std::string_view origin;          // Topic or file.
  int32_t partition = 0;
  int64_t offset = 0;
  int64_t arrival_ms = 0;
  int64_t size_full = 0;  // More than value.size(): the value was cut.
  std::string_view key;
  std::string_view value;
  const std::vector<Header>* headers = nullptr;  // The record's own; may be null.
};

class Publisher {
 public:
  // Opens every output. Fails with the first that cannot be opened, and why.
  // `facts` is told of records of the facts topic, `listener` of all else.
  static Expected<std::unique_ptr<Publisher>, StreamError> open(const Config& config,
                                                                DeliveryListener& listener,
                                                                DeliveryListener& facts);
  // For tests and library use: the sinks themselves. Null: that output goes nowhere.
  Publisher(std::unique_ptr<RecordSink> alerts, std::unique_ptr<RecordSink> dead_letters,
            std::unique_ptr<RecordSink> facts = nullptr,
            std::unique_ptr<RecordSink> late = nullptr);
  ~Publisher();

  // `route`: 0 for the default output, n for the configuration's n-th route (in order of name).
  // False when the output is full: service() and try again. An output that does not exist takes
  // everything.
  [[nodiscard]] bool publish_alert(uint16_t route, std::string_view id, std::string_view json,
                                   const DeliveryTicket& ticket);
  [[nodiscard]] bool publish_dead_letter(const DeadLetter& letter, const DeliveryTicket& ticket);
  [[nodiscard]] bool publish_late(const DeadLetter& letter, const DeliveryTicket& ticket);
  // REQUIRES: there is a facts topic.
  [[nodiscard]] bool publish_facts(int32_t partition, std::string_view record,
                                   const DeliveryTicket& ticket);
  // True when the output exists: a ticket will be reported for what is published to it.
  bool has_alert_output(uint16_t route) const;
  bool has_dead_letter_output() const { return dead_letters_.sink != nullptr; }
  bool has_late_output() const { return late_.sink != nullptr; }

  void service(std::chrono::milliseconds timeout);
  [[nodiscard]] bool flush(std::chrono::milliseconds timeout);
  size_t pending() const;

 private:
  Publisher() = default;
  // An output of records as they were read.
  struct LetterOutput {
    std::unique_ptr<RecordSink> sink;  // Null: they go nowhere.
    bool is_file = true;
  };
  std::vector<RecordSink*> sinks() const;
  bool publish_letter(LetterOutput& output, const DeadLetter& letter, const DeliveryTicket& ticket);

  std::unique_ptr<RecordSink> alerts_;
  std::vector<std::unique_ptr<RecordSink>> routes_;
  LetterOutput dead_letters_;
  LetterOutput late_;
  std::unique_ptr<RecordSink> facts_;
  std::mutex alerts_mutex_;  // Held while an alert is published.
  std::string buffer_;
  std::vector<Header> headers_;
};

// The record's own headers and, behind them, why it is here and where it was read.
std::vector<Header> dead_letter_headers(const DeadLetter& letter);
// The JSON line of a dead letter: `dead_letter.v1` with `value` when the bytes are UTF-8, else
// `value_b64`.
void append_dead_letter_json(const DeadLetter& letter, std::string& out);

}  // namespace sieve
