// The KafkaSink itself; see kafka_sink.h. Private to stream.
//
// Thread safety: as KafkaSink. Lifetime: refers to the listener.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "stream/kafka_client.h"
#include "stream/kafka_sink.h"

namespace sieve {

class KafkaProducer final : public KafkaSink {
 public:
  KafkaProducer(KafkaSinkConfig config, int partition_count, DeliveryListener& listener);
  ~KafkaProducer() override;

  // Makes the first client. Call once.
  Expected<void, StreamError> start();

  [[nodiscard]] bool publish(const OutputRecord& record, const DeliveryTicket& ticket) override;
  void service(std::chrono::milliseconds timeout) override;
  [[nodiscard]] bool flush(std::chrono::milliseconds timeout) override;
  size_t pending() const override;
  size_t value_bytes_max() const override { return value_bytes_max_; }
  int partition_count() const override { return partition_count_; }
  size_t rebuild_count() const override { return rebuild_count_; }

 private:
  // A record until it is acknowledged. Its number is `first_number_` + its index.
  struct Pending {
    std::string key;
    std::string value;
    std::vector<Header> headers;
    int32_t partition = -1;
    DeliveryTicket ticket;
    bool done = false;
  };

  Expected<KafkaPtr, StreamError> make_client();
  static void on_delivery(rd_kafka_t* client, const rd_kafka_message_t* message, void* opaque);
  static void on_error(rd_kafka_t* client, int error, const char* reason, void* opaque);
  rd_kafka_resp_err_t send(const Pending& record, uint64_t number);
  void settle(uint64_t number, const StreamError* error);
  void drop_settled();
  bool is_resending() const;
  void repair();
  void rebuild();
  void resend();
  void give_up(const StreamError& error);
  std::shared_ptr<rd_kafka_t> client() const;

  // Constant after start().
  const KafkaSinkConfig config_;
  const int partition_count_;
  DeliveryListener& listener_;
  size_t value_bytes_max_ = 0;

  mutable std::mutex mutex_;
  std::shared_ptr<rd_kafka_t> client_;  // Guarded by mutex_, as all below.
  std::deque<Pending> pending_;
  uint64_t first_number_ = 0;
  size_t undelivered_count_ = 0;
  uint64_t resend_from_ = 0;  // Records from here on were not handed to client_ yet.
  int rebuilds_in_vain_ = 0;  // Since the last acknowledgement.
  std::optional<StreamError> gave_up_;

  std::mutex rebuild_mutex_;                          // Held by the thread that rebuilds.
  std::chrono::steady_clock::time_point rebuild_at_;  // Not before. Guarded by rebuild_mutex_.
  std::atomic<bool> broken_ = false;
  std::atomic<size_t> rebuild_count_ = 0;
};

}  // namespace sieve
