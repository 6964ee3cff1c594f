#include "base/check.h"
#include "stream/exchange.h"

namespace sieve {
namespace {

// Slots keep their strings, so that after warm-up nothing is allocated.
class MemoryExchange final : public Exchange {
 public:
  MemoryExchange(size_t partition_count, size_t blocks_max) : queues_(partition_count) {
    for (Queue& queue : queues_) queue.slots.resize(blocks_max);
  }

  size_t partition_count() const override { return queues_.size(); }

  bool send(FactsPartition partition, std::string_view block) override {
    Queue& queue = queue_of(partition);
    if (queue.count == queue.slots.size()) return false;
    queue.slots[(queue.first + queue.count) % queue.slots.size()].assign(block);
    ++queue.count;
    return true;
  }

  bool receive(FactsPartition partition, std::string& block) override {
    Queue& queue = queue_of(partition);
    if (queue.count == 0) return false;
    block.swap(queue.slots[queue.first]);
    queue.first = (queue.first + 1) % queue.slots.size();
    --queue.count;
    return true;
  }

 private:
  struct Queue {
    std::vector<std::string> slots;
    size_t first = 0;
    size_t count = 0;
  };

  Queue& queue_of(FactsPartition partition) {
    SIEVE_CHECK(partition.index() < queues_.size(), "facts partition {} of {}", partition.value,
                queues_.size());
    return queues_[partition.index()];
  }

  std::vector<Queue> queues_;
};

}  // namespace

std::unique_ptr<Exchange> make_memory_exchange(size_t partition_count, size_t blocks_max) {
  SIEVE_CHECK(partition_count > 0 && blocks_max > 0, "{} partitions of {} blocks", partition_count,
              blocks_max);
  return std::make_unique<MemoryExchange>(partition_count, blocks_max);
}

}  // namespace sieve
