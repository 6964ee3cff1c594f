#include <algorithm>
#include <vector>

#include "traffic/staging.h"

// What a perfect observer would measure of a subject, and the record at which its definition came
// true. Thresholds: published practice of regulators and operators (Thailand's NBTC on more than
// 100 calls a day and on devices with four SIMs; TRAI's TCCCPR on volume, duration and reciprocity)
// and of vendors on wangiri and SIM boxes.
namespace sieve::traffic {
namespace {

constexpr int64_t kMsPerMinute = 60'000;
constexpr int64_t kMsPerHour = 60 * kMsPerMinute;
constexpr int64_t kMsPerDay = 24 * kMsPerHour;

constexpr uint32_t kShortCallS = 60;
constexpr uint32_t kBriefRingS = 6;
constexpr uint32_t kBriefCallS = 2;

struct Event {
  Timestamp ts;
  uint32_t actor = 0;
  uint32_t other = 0;
  uint32_t duration_s = 0;
  uint32_t ring_s = 0;
  bool incoming = false;
};

// What happened in a window.
struct Tally {
  double sent = 0;
  double received = 0;
  double distinct = 0;
  double answered = 0;
  double answered_s = 0;
  double brief = 0;         // Answered for less than a minute, or not at all.
  double rang_briefly = 0;  // Unanswered, or over at once.
  double persons = 0;       // Of the actors.
  double devices = 0;
  double cells = 0;
  bool far_apart = false;  // Two cells.
  bool young = false;      // A SIM of at most a week.
};

double count_distinct(std::vector<uint32_t>& values) {
  std::ranges::sort(values);
  const auto end = std::unique(values.begin(), values.end());
  return static_cast<double>(end - values.begin());
}

class Tallier {
 public:
  Tallier(const Population& population, const Staging& staging)
      : population_(population), staging_(staging) {}

  // Of `events` from `first` to `last`, both included.
  Tally tally(const std::vector<Event>& events, size_t first, size_t last) {
    Tally tally;
    others_.clear(), persons_.clear(), devices_.clear(), cells_.clear();
    for (size_t i = first; i <= last; ++i) add(events[i], tally);
    tally.distinct = count_distinct(others_);
    tally.persons = count_distinct(persons_);
    tally.devices = count_distinct(devices_);
    tally.cells = count_distinct(cells_);
    for (const uint32_t cell : cells_) {
      tally.far_apart |= population_.far_apart(cells_.front(), cell);
    }
    return tally;
  }

 private:
  void add(const Event& event, Tally& tally) {
    const Actor& actor = staging_.actors[event.actor];
    persons_.push_back(actor.holder.person);
    devices_.push_back(actor.holder.device);
    if (actor.abroad.empty()) cells_.push_back(actor.holder.cell);
    if (event.incoming) {
      ++tally.received;
      return;
    }
    ++tally.sent;
    others_.push_back(event.other);
    if (event.duration_s > 0) ++tally.answered;
    tally.answered_s += event.duration_s;
    if (event.duration_s < kShortCallS) ++tally.brief;
    if (event.duration_s == 0 || event.duration_s <= kBriefCallS || event.ring_s <= kBriefRingS) {
      ++tally.rang_briefly;
    }
    tally.young = (event.ts - actor.holder.activated_at).ms <= 7 * kMsPerDay;
  }

  const Population& population_;
  const Staging& staging_;
  std::vector<uint32_t> others_, persons_, devices_, cells_;
};

struct Definition {
  int64_t window_ms;
  bool (*holds)(const Tally& tally);
};

// In the order of PlantedKind.
constexpr Definition kDefinitions[] = {
    {kMsPerDay, [](const Tally& t) { return t.sent > 100 && t.distinct >= 60; }},
    {kMsPerHour,
     [](const Tally& t) {
       return t.sent >= 30 && t.distinct >= 25 && t.answered_s < t.answered * kShortCallS &&
              t.brief >= t.sent * 0.9;
     }},
    {kMsPerDay, [](const Tally& t) { return t.sent >= 50 && t.received < t.sent * 0.05; }},
    {10 * kMsPerMinute,
     [](const Tally& t) { return t.distinct >= 50 && t.rang_briefly >= t.sent * 0.8; }},
    {10 * kMsPerMinute,
     [](const Tally& t) { return t.distinct >= 50 && t.rang_briefly >= t.sent * 0.8; }},
    {kMsPerDay,
     [](const Tally& t) {
       return t.sent >= 50 && t.received < t.sent * 0.05 && t.cells <= 2 &&
              t.distinct >= t.sent * 0.8;
     }},
    {kMsPerDay, [](const Tally& t) { return t.persons >= 4; }},
    {kMsPerDay, [](const Tally& t) { return t.devices >= 3; }},
    {10 * kMsPerMinute, [](const Tally& t) { return t.far_apart; }},
    {kMsPerDay, [](const Tally& t) { return t.young && t.distinct >= 50; }},
    {10 * kMsPerMinute,
     [](const Tally& t) { return t.distinct >= 30 && t.received <= t.sent * 0.1; }},
    {kMsPerDay, [](const Tally& t) { return t.distinct >= 150 && t.received <= t.sent * 0.1; }}};
static_assert(std::size(kDefinitions) == kPlantedKindCount);

// Quadratic in the events of one subject, which are some hundred.
std::optional<Timestamp> first_true(const std::vector<Event>& events, const Definition& definition,
                                    Tallier& tallier) {
  size_t first = 0;
  for (size_t last = 0; last < events.size(); ++last) {
    while (events[first].ts.ms + definition.window_ms <= events[last].ts.ms) ++first;
    if (definition.holds(tallier.tally(events, first, last))) return events[last].ts;
  }
  return std::nullopt;
}

}  // namespace

void measure_staging(const Population& population, Staging& staging) {
  std::vector<std::vector<Event>> by_subject(staging.subjects.size());
  for (const StagedCall& call : staging.calls) {
    by_subject[staging.actors[call.actor].subject].push_back(
        {call.ts, call.actor, call.other, call.duration_s, call.ring_s, call.incoming});
  }
  for (const StagedMessage& message : staging.messages) {
    by_subject[staging.actors[message.actor].subject].push_back({.ts = message.ts,
                                                                 .actor = message.actor,
                                                                 .other = message.other,
                                                                 .incoming = message.incoming});
  }
  Tallier tallier(population, staging);
  for (size_t i = 0; i < staging.subjects.size(); ++i) {
    Subject& subject = staging.subjects[i];
    std::vector<Event>& events = by_subject[i];
    if (events.empty()) continue;
    std::ranges::stable_sort(events, {}, [](const Event& event) { return event.ts.ms; });
    const Tally all = tallier.tally(events, 0, events.size() - 1);
    subject.from = events.front().ts;
    subject.to = events.back().ts;
    subject.sent = static_cast<uint64_t>(all.sent);
    subject.received = static_cast<uint64_t>(all.received);
    subject.distinct = static_cast<uint64_t>(all.distinct);
    if (!subject.planted) continue;
    subject.true_at =
        first_true(events, kDefinitions[static_cast<size_t>(*subject.planted)], tallier);
  }
}

}  // namespace sieve::traffic
