#include <algorithm>
#include <unordered_map>

#include "traffic/plan.h"

namespace sieve::traffic {
namespace {

constexpr Duration kWindow{600'000};

using Events = std::vector<std::pair<Timestamp, uint32_t>>;

// What one sender, or all senders of a group, did.
struct Activity {
  Events parties;  // Called or written to.
  Events senders;  // Of a group.
  uint64_t answered = 0;
};

uint64_t distinct(const Events& events) {
  std::vector<uint32_t> parties;
  parties.reserve(events.size());
  for (const auto& [ts, party] : events) parties.push_back(party);
  std::ranges::sort(parties);
  return static_cast<uint64_t>(std::unique(parties.begin(), parties.end()) - parties.begin());
}

Behaviour behaviour_of(const Sender& sender, const Activity& activity, const Plan& plan) {
  Behaviour behaviour;
  behaviour.kind = sender.behaviour;
  behaviour.subject = sender.addr;
  behaviour.subject_type = sender.type;
  behaviour.style = sender.style;
  behaviour.imsi = sender.imsi;
  behaviour.imei = sender.imei;
  behaviour.part_of =
      sender.group == Sender::kAlone ? sender.campaign : plan.groups[sender.group].subject;
  behaviour.from = activity.parties.front().first;
  behaviour.to = activity.parties.back().first;
  const uint64_t window_max = distinct_in_window_max(activity.parties);
  if (sender.behaviour == "dialler") {
    behaviour.measures = {{"calls", activity.parties.size()},
                          {"answered", activity.answered},
                          {"distinct_callees", distinct(activity.parties)},
                          {"distinct_callees_10m_max", window_max}};
  } else {
    behaviour.measures = {{"messages", activity.parties.size()},
                          {"distinct_recipients", distinct(activity.parties)},
                          {"distinct_recipients_10m_max", window_max}};
  }
  return behaviour;
}

Behaviour behaviour_of(const SenderGroup& group, const Activity& activity) {
  Behaviour behaviour;
  behaviour.kind = group.kind;
  behaviour.subject = group.subject;
  behaviour.subject_type = group.subject_type;
  behaviour.from = activity.parties.front().first;
  behaviour.to = activity.parties.back().first;
  const bool compound = group.kind == "compound";
  behaviour.measures = {
      {compound ? "callers" : "sims", distinct(activity.senders)},
      {compound ? "calls" : "messages", activity.parties.size()},
      {compound ? "distinct_callees" : "distinct_recipients", distinct(activity.parties)},
      {compound ? "distinct_callers_10m_max" : "distinct_senders_10m_max",
       distinct_in_window_max(activity.senders)}};
  return behaviour;
}

}  // namespace

uint64_t distinct_in_window_max(const Events& events) {
  std::unordered_map<uint32_t, uint32_t> inside;
  size_t most = 0;
  size_t oldest = 0;
  for (const auto& [ts, party] : events) {
    ++inside[party];
    for (; events[oldest].first + kWindow <= ts; ++oldest) {
      const auto found = inside.find(events[oldest].second);
      if (--found->second == 0) inside.erase(found);
    }
    most = std::max(most, inside.size());
  }
  return most;
}

std::vector<Behaviour> measure_behaviours(const Plan& plan) {
  std::vector<Activity> by_sender(plan.senders.size());
  std::vector<Activity> by_group(plan.groups.size());
  const auto note = [&](Timestamp ts, uint32_t sender, uint32_t party) {
    by_sender[sender].parties.emplace_back(ts, party);
    const uint32_t group = plan.senders[sender].group;
    if (group == Sender::kAlone) return;
    by_group[group].parties.emplace_back(ts, party);
    by_group[group].senders.emplace_back(ts, sender);
  };
  for (const PlannedCall& call : plan.scam_calls) {
    note(call.ts, call.sender, call.callee);
    if (call.duration_s > 0) ++by_sender[call.sender].answered;
  }
  for (const PlannedMessage& message : plan.scam_messages) {
    note(message.ts, message.sender, message.recipient);
  }
  std::vector<Behaviour> behaviours;
  for (size_t i = 0; i < by_group.size(); ++i) {
    if (by_group[i].parties.empty()) continue;
    behaviours.push_back(behaviour_of(plan.groups[i], by_group[i]));
  }
  for (size_t i = 0; i < by_sender.size(); ++i) {
    if (by_sender[i].parties.empty()) continue;
    behaviours.push_back(behaviour_of(plan.senders[i], by_sender[i], plan));
  }
  return behaviours;
}

}  // namespace sieve::traffic
