#include "run/plan_board.h"

#include <utility>

#include "base/check.h"

namespace sieve {

PlanBoard::PlanBoard(std::shared_ptr<const InspectPlan> plan, size_t workers)
    : newest_(plan.get()), workers_(workers) {
  plans_.push_back(std::move(plan));
}

void PlanBoard::publish(std::shared_ptr<const InspectPlan> plan,
                        std::vector<std::unique_ptr<Inspector>> inspectors) {
  const std::lock_guard lock(mutex_);
  SIEVE_CHECK(inspectors.size() >= workers_, "{} inspectors for {} workers", inspectors.size(),
              workers_);
  for (auto& unused : ready_) given_back_.push_back(std::move(unused));
  ready_ = std::move(inspectors);
  taken_ = 0;
  newest_.store(plan.get(), std::memory_order_release);
  plans_.push_back(std::move(plan));
}

std::unique_ptr<Inspector> PlanBoard::take(std::unique_ptr<Inspector> old) {
  std::shared_ptr<const InspectPlan> first;
  {
    const std::lock_guard lock(mutex_);
    ++taken_;
    if (old != nullptr) given_back_.push_back(std::move(old));
    if (!ready_.empty()) {
      std::unique_ptr<Inspector> ready = std::move(ready_.back());
      ready_.pop_back();
      return ready;
    }
    first = plans_.back();
  }
  return std::make_unique<Inspector>(std::move(first));  // At the start, all at once.
}

bool PlanBoard::adopted() const {
  const std::lock_guard lock(mutex_);
  return taken_ >= workers_;
}

PlanBoard::Unused PlanBoard::collect(const OtherOwners& others) {
  Unused unused;
  const std::lock_guard lock(mutex_);
  unused.inspectors.swap(given_back_);
  // Only this board hands out plans, and only the newest: nobody else becomes an owner again.
  for (size_t i = 0; i + 1 < plans_.size();) {
    if (plans_[i].use_count() > 1 + others(*plans_[i])) {
      ++i;
      continue;
    }
    unused.plans.push_back(std::move(plans_[i]));
    plans_.erase(plans_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return unused;
}

}  // namespace sieve
