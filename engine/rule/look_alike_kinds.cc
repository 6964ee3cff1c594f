#include "rule/look_alike_kinds.h"

#include <algorithm>
#include <array>

namespace sieve {
namespace {

constexpr std::array<std::string_view, kLookAlikeKindCount> kNames = {"homoglyph", "edit1", "combo",
                                                                      "tld", "subdomain"};

}  // namespace

std::string_view name_of(LookAlikeKind kind) { return kNames[static_cast<size_t>(kind)]; }

std::optional<LookAlikeKind> find_look_alike_kind(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<LookAlikeKind>(found - kNames.begin());
}

std::vector<std::string_view> look_alike_kind_names() { return {kNames.begin(), kNames.end()}; }

}  // namespace sieve
