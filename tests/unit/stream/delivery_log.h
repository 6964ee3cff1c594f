// A DeliveryLog is a DeliveryListener that remembers what it was told.
//
// Thread safety: all functions.
#pragma once

#include <mutex>
#include <vector>

#include "stream/sink.h"

namespace sieve {

inline DeliveryTicket ticket_of(uint64_t sequence) { return {LaneId(0), 1, sequence}; }

class DeliveryLog final : public DeliveryListener {
 public:
  void delivered(const DeliveryTicket& ticket) override {
    const std::lock_guard lock(mutex_);
    delivered_.push_back(ticket.sequence);
  }
  void delivery_failed(const DeliveryTicket& ticket, const StreamError& error) override {
    const std::lock_guard lock(mutex_);
    failed_.push_back(ticket.sequence);
    last_error_ = error;
  }

  // In the order of the reports.
  std::vector<uint64_t> delivered_sequences() const {
    const std::lock_guard lock(mutex_);
    return delivered_;
  }
  std::vector<uint64_t> failed_sequences() const {
    const std::lock_guard lock(mutex_);
    return failed_;
  }
  StreamError last_error() const {
    const std::lock_guard lock(mutex_);
    return last_error_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<uint64_t> delivered_;
  std::vector<uint64_t> failed_;
  StreamError last_error_;
};

}  // namespace sieve
