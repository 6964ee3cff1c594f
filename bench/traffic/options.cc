#include "traffic/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sieve::traffic {
namespace {

constexpr double kMany = 1e9;
constexpr Duration kPlantedLengthMin{12 * 3'600'000};

// In the order of Dial.
constexpr std::array<DialInfo, kDialCount> kDials = {{
    {"messages.per_day", 5, 0, 1'000, "messages per subscriber and day"},
    {"calls.per_day", 7, 0, 1'000, "calls per subscriber and day"},
    {"chat.risky_share", 0.03, 0, 1, "chats that mention gambling, jobs or loans innocently"},
    {"chat.noise_share", 0.015, 0, 1, "honest messages with zero-width or doubled characters"},
    {"calls.answered_share", 0.72, 0, 1, "ordinary calls that are answered"},
    {"evasion.share", 0.35, 0, 1, "scam messages written to evade filters"},
    {"evasion.second_share", 0.15, 0, 1, "of these, with a second evasion"},
    {"campaign.size", 60, 1, kMany, "median messages of a campaign"},
    {"campaign.minutes", 45, 1, 1e6, "median length of a campaign"},
    {"fanout.count", -1, 0, 1e5, "single numbers that send a campaign on their own"},
    {"farm.count", -1, 0, 1e4, "SIM farms, each with a campaign"},
    {"farm.sims", 32, 1, 1'000, "SIMs that rotate through one device of a farm"},
    {"farm.burst", 8, 1, 1e4, "messages before a farm changes the SIM"},
    {"dialler.count", -1, 0, 1e5, "automatic callers"},
    {"dialler.calls_per_minute", 12, 0.01, 600, "calls of a dialler at stealth 0"},
    {"dialler.minutes", 20, 1, 1e5, "how long a dialler works, at most the run"},
    {"dialler.answered_share", 0.35, 0, 1, "dialler calls that are answered"},
    {"dialler.repeat_share", 0.03, 0, 1, "dialler calls to somebody called before"},
    {"compound.count", -1, 0, 1e4, "border cells full of callers"},
    {"compound.callers", 40, 1, 1e5, "callers in a compound"},
    {"compound.calls_per_hour", 18, 0.01, 600, "calls of one such caller at stealth 0"},
    {"behaviour.call_share", 0.15, 0, 1, "at most this share of all calls comes from behaviours"},
    {"stealth", 0, 0, 1, "1: diallers, farms and compounds work at a fifth of their pace"},
    {"many_callees.count", -1, 0, 1e5, "R-01: callers of more than 100 numbers a day"},
    {"automated_caller.count", -1, 0, 1e5, "R-02: callers without a pause, in short calls"},
    {"one_way_caller.count", -1, 0, 1e5, "R-03: callers whom nobody calls back"},
    {"wangiri.count", -1, 0, 1e5, "R-05: numbers abroad that ring once"},
    {"wangiri_range.count", -1, 0, 1e4, "R-05: the same from a block of 10,000 numbers"},
    {"sim_box.count", -1, 0, 1e4, "R-07: SIM boxes, of 8 SIMs each at size 1"},
    {"many_imsis.count", -1, 0, 1e5, "R-08: devices with many SIMs in a day"},
    {"many_imeis.count", -1, 0, 1e5, "R-08: SIMs in many devices in a day"},
    {"cloned_imei.count", -1, 0, 1e5, "R-08: devices in two far cells at once"},
    {"burner_sim.count", -1, 0, 1e5, "R-12: new SIMs that call many numbers and fall silent"},
    {"message_fan_out.count", -1, 0, 1e5, "R-16: senders to many numbers in ten minutes"},
    {"message_fan_out_day.count", -1, 0, 1e5, "R-16: the same over a day"},
    {"planted.size", 1, 0.1, 20, "how much each of these does, at its pace"},
    {"planted.stealth", 0.5, 0, 1, "0: blatant; 1: just under what a person does by hand"},
    {"look_alike.share", -1, 0, 100, "honest subscribers that look like these, times the usual"},
    {"look_alike.pace", 1, 0.1, 5, "how busy look-alikes are, times the usual"},
    {"calls.legs_share", 0.01, 0, 1, "calls that come as several records with one call_ref"},
    {"calls.at_end", 0, 0, 1, "1: call records come when their calls end"},
    {"records.late_share", 0, 0, 1, "records that come late"},
    {"records.late_minutes", 5, 0, 10'000, "how late at most"},
}};

uint32_t fitting(uint32_t subscribers, uint32_t per, uint32_t most) {
  return std::clamp<uint32_t>(subscribers / per, 1, most);
}

using Languages = std::array<bool, kLangCount>;

Expected<Languages, std::string> read_languages(std::string_view list) {
  Languages wanted{};
  size_t at = 0;
  while (at <= list.size()) {
    const size_t comma = std::min(list.find(',', at), list.size());
    const std::string_view name = list.substr(at, comma - at);
    const std::optional<Lang> lang = find_lang(name);
    if (!lang) {
      return Unexpected<std::string>(
          fmt::format("`{}` is no language of the generator: th, en, zh, id, vi, fil", name));
    }
    wanted[static_cast<size_t>(*lang)] = true;
    at = comma + 1;
  }
  return wanted;
}

}  // namespace

std::span<const DialInfo> all_dials() { return kDials; }

Dials::Dials() {
  for (size_t i = 0; i < kDialCount; ++i) values_[i] = kDials[i].value;
}

Expected<void, std::string> Dials::set(std::string_view assignment) {
  const size_t equals = assignment.find('=');
  if (equals == std::string_view::npos) {
    return Unexpected<std::string>(fmt::format("`{}` is not NAME=VALUE", assignment));
  }
  const std::string_view name = assignment.substr(0, equals);
  const auto* const info = std::ranges::find(kDials, name, &DialInfo::name);
  if (info == kDials.end()) {
    return Unexpected<std::string>(fmt::format("no dial is called `{}`; see --help", name));
  }
  const std::string_view text = assignment.substr(equals + 1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size() && !text.empty();
  if (!whole || !(value >= info->min && value <= info->max)) {
    return Unexpected<std::string>(
        fmt::format("`{}` must be a number from {} to {}", name, info->min, info->max));
  }
  values_[static_cast<size_t>(info - kDials.begin())] = value;
  return {};
}

void Dials::resolve(uint32_t subscribers, Duration length) {
  const auto fill = [&](Dial dial, uint32_t value) {
    double& slot = values_[static_cast<size_t>(dial)];
    if (slot < 0) slot = value;
  };
  fill(Dial::kFanoutCount, fitting(subscribers, 50'000, 100));
  fill(Dial::kFarmCount, fitting(subscribers, 100'000, 50));
  fill(Dial::kDiallerCount, fitting(subscribers, 20'000, 200));
  fill(Dial::kCompoundCount, fitting(subscribers, 100'000, 20));
  const bool long_enough = length.ms >= kPlantedLengthMin.ms;
  for (size_t i = 0; i < kPlantedKindCount; ++i) {
    const auto dial = static_cast<Dial>(static_cast<size_t>(Dial::kManyCallees) + i);
    fill(dial, long_enough ? fitting(subscribers, 50'000, 40) : 0);
  }
  fill(Dial::kLookAlikeShare, long_enough ? 1 : 0);
}

Expected<void, std::string> restrict_languages(std::string_view list, Options& options) {
  const auto wanted = read_languages(list);
  if (!wanted) return Unexpected<std::string>(wanted.error());
  for (size_t i = 0; i < kLangCount; ++i) {
    if ((*wanted)[i]) continue;
    options.scam_langs[i] = 0;
    options.legit_langs[i] = 0;
  }
  return {};
}

Expected<void, std::string> keep_only_honest(std::string_view list, Options& options) {
  const auto wanted = read_languages(list);
  if (!wanted) return Unexpected<std::string>(wanted.error());
  for (size_t i = 0; i < kLangCount; ++i) options.legit_langs[i] = (*wanted)[i] ? 1 : 0;
  options.honest_only = true;
  options.scam_share = 0;
  return options.dials.set("calls.per_day=0");
}

}  // namespace sieve::traffic
