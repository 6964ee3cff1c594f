#include "traffic/language.h"

namespace sieve::traffic {
namespace {

constexpr std::array<std::string_view, kLangCount> kLangs = {"th", "en", "zh", "id", "vi", "fil"};

constexpr std::array<std::string_view, kScamClassCount> kScamClasses = {
    "gambling", "task",   "recruitment",  "investment", "mining",  "bank",
    "otp",      "telco",  "government",   "toll",       "parcel",  "loan",
    "prize",    "family", "wrong_number", "remote_app", "recovery"};

constexpr std::array<std::string_view, kLegitKindCount> kLegitKinds = {
    "chat",      "risky_chat", "otp",   "receipt", "courier",
    "marketing", "government", "telco", "reminder"};

}  // namespace

std::string_view name_of(Lang lang) { return kLangs[static_cast<size_t>(lang)]; }

std::optional<Lang> find_lang(std::string_view name) {
  if (name == "tl") return Lang::kFil;
  for (size_t i = 0; i < kLangCount; ++i) {
    if (kLangs[i] == name) return static_cast<Lang>(i);
  }
  return {};
}

std::string_view name_of(ScamClass scam) { return kScamClasses[static_cast<size_t>(scam)]; }
std::string_view name_of(LegitKind kind) { return kLegitKinds[static_cast<size_t>(kind)]; }

}  // namespace sieve::traffic
