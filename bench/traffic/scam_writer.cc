#include "traffic/scam_writer.h"

#include <algorithm>

#include "traffic/record_writer.h"
#include "traffic/truth.h"

namespace sieve::traffic {

ScamWriter::ScamWriter(const Plan& plan, const Population& population, const Options& options)
    : plan_(plan),
      population_(population),
      options_(options),
      random_(random_for(options.seed, "scam messages")),
      writer_(random_) {}

std::string_view ScamWriter::write(const PlannedMessage& planned, uint64_t sequence,
                                   std::string& line, std::string& truth) {
  const Campaign& campaign = plan_.campaigns[planned.campaign];
  const Sender& sender = plan_.senders[planned.sender];
  const auto host = random_.below(static_cast<uint32_t>(campaign.hosts.size()));
  const Voice voice{.lang = campaign.lang,
                    .brand = campaign.brand,
                    .host = campaign.hosts[host],
                    .line = campaign.line,
                    .telegram = campaign.telegram,
                    .phone = campaign.phone,
                    .amount = random_.chance(0.7) ? campaign.amount : 0,
                    .scheme = campaign.scheme};
  const auto form = random_.below(static_cast<uint32_t>(campaign.forms.size()));
  writer_.write(*campaign.forms[form], voice, text_);
  evade(campaign.lang);
  to_.clear();
  population_.append_number(to_, planned.recipient);

  MessageLine message;
  message.sequence = sequence;
  message.ts = planned.ts;
  message.direction = sender.direction;
  message.from = sender.addr;
  message.from_type = sender.type;
  message.to = to_;
  message.text = text_.bytes;
  message.lang = campaign.lang;
  message.tail = sender.tail;
  append_message(line, message, options_.compact);
  append_truth_message(truth, sequence, campaign, evasions_);
  return sender.addr;
}

void ScamWriter::evade(Lang lang) {
  evasions_.clear();
  if (!random_.chance(options_.dials[Dial::kEvasionShare])) return;
  const std::span<const Evasion> usual = evasions_of(lang);
  if (!evade_once(usual)) return;
  if (random_.chance(options_.dials[Dial::kEvasionSecondShare])) evade_once(usual);
}

bool ScamWriter::evade_once(std::span<const Evasion> usual) {
  // Some evasions find nothing to change in some texts.
  for (int tries = 0; tries < 8; ++tries) {
    const Evasion evasion = random_.pick(usual);
    if (std::ranges::find(evasions_, evasion) != evasions_.end()) continue;
    if (!apply_evasion(evasion, random_, text_)) continue;
    evasions_.push_back(evasion);
    ++evasion_counts_[static_cast<size_t>(evasion)];
    return true;
  }
  return false;
}

CallLine ScamWriter::call(const PlannedCall& planned) {
  const Sender& sender = plan_.senders[planned.sender];
  to_.clear();
  population_.append_number(to_, planned.callee);
  CallLine call;
  call.ts = planned.ts;
  call.kind = sender.kind;
  call.from = sender.addr;
  call.to = to_;
  call.duration_s = planned.duration_s;
  call.ring_s = planned.ring_s;
  call.cause = planned.cause;
  call.tail = sender.tail;
  call.callee = planned.callee;
  return call;
}

}  // namespace sieve::traffic
