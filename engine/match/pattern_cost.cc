#include "match/pattern_cost.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <vector>

#include "base/check.h"
#include "match/ordinary_texts.h"
#include "match/scanner.h"

namespace sieve {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 5;
constexpr int kScansPerRound = 20;  // Of each text.

double ns_since(Clock::time_point start) {
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

// The ordinary texts, folded.
class FoldedTexts {
 public:
  FoldedTexts() : folders_(kOrdinaryTexts.size()) {
    for (size_t i = 0; i < folders_.size(); ++i) {
      texts_.push_back(folders_[i].fold(kOrdinaryTexts[i]));
    }
  }
  const std::vector<FoldedText>& all() const { return texts_; }

 private:
  std::vector<Folder> folders_;
  std::vector<FoldedText> texts_;  // Refer to the folders' buffers.
};

double scan_ns(Scanner& scanner, FiredPatterns& fired, const std::vector<FoldedText>& texts) {
  double best = std::numeric_limits<double>::max();
  for (int round = 0; round < kRounds; ++round) {
    const Clock::time_point start = Clock::now();
    for (int i = 0; i < kScansPerRound; ++i) {
      for (const FoldedText& text : texts) scanner.scan(text, fired);
    }
    best = std::min(best, ns_since(start));
  }
  return best / (kScansPerRound * static_cast<double>(texts.size()));
}

}  // namespace

PatternCost measure_cost(const PatternSpec& spec) {
  PatternDbBuilder builder;
  builder.add(spec);
  PatternCost cost;
  const Clock::time_point start = Clock::now();
  const auto db = std::move(builder).build({});
  cost.compile_ms = ns_since(start) / 1e6;
  SIEVE_CHECK(db, "a pattern that compiled with others does not alone: {}", spec.text);
  cost.database_bytes = (*db)->size_bytes();
  Scanner scanner(*db);
  FiredPatterns fired;
  fired.resize(1);
  const FoldedTexts texts;
  cost.scan_ns = scan_ns(scanner, fired, texts.all());
  return cost;
}

}  // namespace sieve
