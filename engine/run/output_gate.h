// An OutputGate publishes for one thread that must not lose an output: it waits where an output is
// full, and lets the offsets of the batch wait for the delivery.
//
// Thread safety: publish() on the publishing thread; the rest on any. Lifetime: refers to its
// collaborators.
#pragma once

#include <atomic>
#include <chrono>

#include "run/publisher.h"
#include "stream/offset_tracker.h"

namespace sieve {

class OutputGate {
 public:
  using Clock = std::chrono::steady_clock;

  OutputGate(Publisher& publisher, OffsetTracker& tracker)
      : publisher_(publisher), tracker_(tracker) {}

  Publisher& publisher() { return publisher_; }

  // Publishes by `attempt` until the output takes it; `ticket` is counted as pending before. False
  // when it was given up.
  template <class Attempt>
  bool publish(const DeliveryTicket& ticket, const Attempt& attempt) {
    constexpr std::chrono::milliseconds kFullOutputWait{5};
    tracker_.output_added(ticket);
    while (!attempt()) {
      if (abandoned_.load() || Clock::now() >= deadline_.load()) return false;
      publisher_.service(kFullOutputWait);
    }
    return true;
  }

  // Until when publish() waits, one that is at it included.
  void set_deadline(Clock::time_point deadline) { deadline_ = deadline; }
  // Gives up waiting for full outputs: what is published from now on is lost, and so is never
  // committed.
  void abandon() { abandoned_.store(true); }
  bool is_abandoned() const { return abandoned_.load(); }

 private:
  Publisher& publisher_;
  OffsetTracker& tracker_;
  std::atomic<bool> abandoned_{false};
  std::atomic<Clock::time_point> deadline_{Clock::time_point::max()};
};

}  // namespace sieve
