// A PlanBuilder makes the parts of a Plan: calls of diallers and compounds, messages of campaigns.
//
// Thread safety: none. Lifetime: refers to everything it is given.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "traffic/plan.h"
#include "traffic/record_writer.h"

namespace sieve::traffic {

class PlanBuilder {
 public:
  PlanBuilder(const Options& options, const Population& population, const Sentences& sentences,
              Plan& plan);

  // Appends the calls of behaviours, at most their share of `plan.calls`.
  void add_calls();
  // Appends the scam messages: their share of `plan.messages`, to the message.
  void add_messages();
  // Plants behaviours and look-alikes in at most half of the records that are left.
  void add_staging();

 private:
  enum class Sending : uint8_t { kFarm, kSingle, kPool, kSenderId, kAbroad };

  // plan.cc
  double pace() const;  // 1 at stealth 0, 0.2 at stealth 1.
  SimHolder new_sim();
  void set_identity(const SimHolder& holder, Sender& sender) const;
  Sender number_abroad(std::string& country);

  // plan_calls.cc
  uint64_t add_dialler(uint64_t calls_left);
  uint64_t add_compound(uint32_t index, uint64_t calls_left);
  uint64_t add_compound_caller(uint32_t group, uint32_t cell);
  uint32_t add_dialler_number(bool wangiri);
  PlannedCall dial(uint32_t sender, bool wangiri);

  // plan_messages.cc
  void add_campaign(Sending sending, uint32_t size);
  Campaign make_campaign(Sending sending, uint32_t size);
  // The index whose share of the messages so far is furthest below its weight, so that even a few
  // campaigns have the wanted mix; `size` messages are added to it.
  static size_t most_behind(std::span<const uint32_t> weights, uint32_t size,
                            std::span<uint64_t> sizes);
  void set_contacts(Campaign& campaign);
  std::vector<uint32_t> make_senders(Sending sending, const Campaign& campaign);
  Sender make_sender(Sending sending, const Campaign& campaign);
  void make_farm(const Campaign& campaign, std::vector<uint32_t>& senders);
  void schedule(uint32_t campaign, Sending sending, const std::vector<uint32_t>& senders);

  const Options& options_;
  const Dials& dials_;
  const Population& population_;
  const Sentences& sentences_;
  Plan& plan_;
  Random random_;
  uint32_t next_sim_;
  std::array<uint64_t, kLangCount> lang_sizes_{};
  std::array<uint64_t, kScamClassCount> class_sizes_{};
};

}  // namespace sieve::traffic
