// A PlanBoard says by which plan each worker inspects, and changes it between two batches: the new
// plan comes with an inspector for every worker, made beforehand, so that none waits for one.
//
//   PlanBoard board(plan, workers);
//   auto inspector = board.take(nullptr);                        // A worker, at its start.
//   if (board.is_behind(*inspector)) inspector = board.take(std::move(inspector));
//   board.publish(next_plan, std::move(inspectors));             // Control.
//   if (board.adopted()) ...                                     // All workers have it.
//
// Old inspectors and plans are freed by collect(), never by a worker: to free ten thousand rules
// takes milliseconds.
//
// Thread safety: all functions.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "run/inspector.h"

namespace sieve {

class PlanBoard {
 public:
  PlanBoard(std::shared_ptr<const InspectPlan> plan, size_t workers);

  // REQUIRES: an inspector by `plan` for each worker.
  void publish(std::shared_ptr<const InspectPlan> plan,
               std::vector<std::unique_ptr<Inspector>> inspectors);

  // True when there is a newer plan than the inspector's. One atomic load.
  bool is_behind(const Inspector& inspector) const {
    return newest_.load(std::memory_order_acquire) != &inspector.plan();
  }
  // Gives a worker an inspector by the newest plan for the one it had, if any.
  std::unique_ptr<Inspector> take(std::unique_ptr<Inspector> old);
  // Every worker inspects by the newest plan.
  bool adopted() const;

  // Plans that no worker and no batch has any more, the newest never, and what workers gave back.
  // `others` says how many owners else a plan has, which will give it to nobody.
  struct Unused {
    std::vector<std::shared_ptr<const InspectPlan>> plans;
    std::vector<std::unique_ptr<Inspector>> inspectors;
  };
  using OtherOwners = std::function<long(const InspectPlan&)>;
  Unused collect(const OtherOwners& others);

 private:
  std::atomic<const InspectPlan*> newest_;
  const size_t workers_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::vector<std::shared_ptr<const InspectPlan>> plans_;  // Oldest first.
  std::vector<std::unique_ptr<Inspector>> ready_;          // By the newest plan.
  std::vector<std::unique_ptr<Inspector>> given_back_;
  size_t taken_ = 0;  // Workers that have the newest plan.
};

}  // namespace sieve
