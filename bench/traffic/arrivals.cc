#include "traffic/arrivals.h"

#include <algorithm>

namespace sieve::traffic {

void Arrivals::add(Timestamp at, std::string_view key, std::string_view line) {
  heap_.push_back({at, added_++, std::string(key), std::string(line)});
  std::ranges::push_heap(heap_, later);
}

void Arrivals::release(Timestamp now) {
  while (!heap_.empty() && heap_.front().at <= now) {
    std::ranges::pop_heap(heap_, later);
    sink_.write(heap_.back().key, heap_.back().line);
    heap_.pop_back();
  }
}

}  // namespace sieve::traffic
