// What to generate: the options of one run, with the dials that set sizes, shares and stealth.
//
// Thread safety: values. Units: in names; shares are 0 to 1.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "base/time.h"
#include "traffic/language.h"

namespace sieve::traffic {

inline constexpr std::string_view kGeneratorVersion = "3";

enum class Dial : uint8_t {
  kMessagesPerDay,
  kCallsPerDay,
  kRiskyShare,
  kNoiseShare,
  kAnsweredShare,
  kEvasionShare,
  kEvasionSecondShare,
  kCampaignSize,
  kCampaignMinutes,
  kFanoutCount,
  kFarmCount,
  kFarmSims,
  kFarmBurst,
  kDiallerCount,
  kDiallerCallsPerMinute,
  kDiallerMinutes,
  kDiallerAnsweredShare,
  kDiallerRepeatShare,
  kCompoundCount,
  kCompoundCallers,
  kCompoundCallsPerHour,
  kBehaviourCallShare,
  kStealth,
  // Counts of planted behaviours, in the order of PlantedKind.
  kManyCallees,
  kAutomatedCallers,
  kOneWayCallers,
  kWangiri,
  kWangiriRanges,
  kSimBoxes,
  kManyImsis,
  kManyImeis,
  kClonedImeis,
  kBurnerSims,
  kMessageFanOuts,
  kMessageFanOutDays,
  kPlantedSize,
  kPlantedStealth,
  kLookAlikeShare,
  kLookAlikePace,
  kCallLegsShare,
  kCallsAtEnd,
  kLateShare,
  kLateMinutes
};
inline constexpr size_t kDialCount = 43;

struct DialInfo {
  std::string_view name;  // `dialler.calls_per_minute`.
  double value;           // Default. -1: from the number of subscribers.
  double min;
  double max;
  std::string_view summary;
};

inline constexpr size_t kPlantedKindCount = 12;

std::span<const DialInfo> all_dials();

class Dials {
 public:
  Dials();

  double operator[](Dial dial) const { return values_[static_cast<size_t>(dial)]; }
  // `count` dials and sizes as whole numbers.
  uint32_t whole(Dial dial) const { return static_cast<uint32_t>((*this)[dial]); }
  // Reads `NAME=VALUE`; an error is one sentence.
  Expected<void, std::string> set(std::string_view assignment);
  // Replaces what is left at -1 by what fits `subscribers`, and the length of the run: behaviours
  // of a day are planted from half a day on.
  void resolve(uint32_t subscribers, Duration length);

 private:
  std::array<double, kDialCount> values_;
};

struct Options {
  uint64_t seed = 1;
  uint32_t subscribers = 100'000;
  Duration length{10 * 60'000};
  Timestamp start{1'767'578'400'000};  // 2026-01-05T02:00:00Z, a Monday morning in Bangkok.
  std::optional<uint64_t> records;     // Messages and calls together; absent: from the dials.
  double scam_share = 0.02;            // Of all messages.
  LangWeights scam_langs = {60, 16, 10, 4, 5, 5};
  LangWeights legit_langs = {86, 8, 2, 1, 2, 1};
  bool honest_only = false;  // No scams; sentences evenly, bulk messages in all `legit_langs`.
  bool compact = false;      // Required fields only.
  Dials dials;
};

inline constexpr uint32_t kSubscribersMin = 10;
inline constexpr uint32_t kSubscribersMax = 100'000'000;

// Keeps only the languages of a list such as `th,en`; an error is one sentence.
Expected<void, std::string> restrict_languages(std::string_view list, Options& options);
// Leaves only honest messages, in the languages of such a list as often as each other: no scams, no
// calls.
Expected<void, std::string> keep_only_honest(std::string_view list, Options& options);

}  // namespace sieve::traffic
