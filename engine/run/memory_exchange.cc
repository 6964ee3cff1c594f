#include "run/exchange.h"

namespace sieve {
namespace {

class MemoryExchange final : public Exchange {
 public:
  MemoryExchange(const InspectPlan& plan, std::vector<FactSource> sources, OutputGate& gate,
                 SharedTotals& totals)
      : sources_(std::move(sources)), stage_(plan, sources_, gate, totals) {
    for (size_t i = 0; i < plan.facts_partition_count; ++i) {
      stage_.open(FactsPartition(static_cast<uint16_t>(i)));
    }
  }

  AdoptedWindows adopt(const InspectPlan& plan) override { return stage_.adopt(plan); }
  std::vector<std::shared_ptr<const void>> forget(const InspectPlan& plan) override {
    return stage_.forget(plan);
  }

  void send(const InspectedBatch& batch, const InspectedOutput& output) override {
    const FactSource& source = sources_[batch.lane.source];
    const FactLane lane{source.id, batch.lane.partition, source.incarnation};
    stage_.apply({output.partition, lane, batch.lane.origin, batch.ticket()},
                 batch.output_bytes(output), *batch.plan);
  }
  void finish(const InspectedBatch&) override { stage_.add_counts(); }
  std::vector<Correlator*> correlators() override { return stage_.correlators(); }
  void clear_state() override { stage_.clear_state(); }
  Stage stage() const override { return Stage::kCorrelate; }

 private:
  const std::vector<FactSource> sources_;
  CorrelateStage stage_;
};

}  // namespace

std::unique_ptr<Exchange> make_memory_exchange(const InspectPlan& plan,
                                               std::vector<FactSource> sources, OutputGate& gate,
                                               SharedTotals& totals) {
  return std::make_unique<MemoryExchange>(plan, std::move(sources), gate, totals);
}

}  // namespace sieve
