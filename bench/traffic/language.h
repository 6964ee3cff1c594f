// The languages and message classes of generated traffic, with the words files use for them.
//
// Thread safety: immutable tables and pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sieve::traffic {

enum class Lang : uint8_t { kTh, kEn, kZh, kId, kVi, kFil };
inline constexpr size_t kLangCount = 6;

std::string_view name_of(Lang lang);  // BCP 47.
std::optional<Lang> find_lang(std::string_view name);

// What a scam message is after.
enum class ScamClass : uint8_t {
  kGambling,
  kTask,
  kRecruitment,
  kInvestment,
  kMining,
  kBank,
  kOtp,
  kTelco,
  kGovernment,
  kToll,
  kParcel,
  kLoan,
  kPrize,
  kFamily,
  kWrongNumber,
  kRemoteApp,
  kRecovery
};
inline constexpr size_t kScamClassCount = 17;

std::string_view name_of(ScamClass scam);

// What honest traffic consists of. kRisky: friends who mention gambling, jobs or loans.
enum class LegitKind : uint8_t {
  kChat,
  kRisky,
  kOtp,
  kReceipt,
  kCourier,
  kMarketing,
  kGovernment,
  kTelco,
  kReminder
};
inline constexpr size_t kLegitKindCount = 9;

std::string_view name_of(LegitKind kind);

// Relative frequencies of the languages; 0: not used.
using LangWeights = std::array<uint32_t, kLangCount>;

}  // namespace sieve::traffic
