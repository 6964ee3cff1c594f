#include "match/look_alike.h"

#include <algorithm>
#include <array>

namespace sieve {
namespace {

constexpr std::array<std::string_view, kLookAlikeKindCount> kNames = {
    "homoglyph", "one_edit", "combination", "tld", "subdomain"};

}  // namespace

std::string_view name_of(LookAlikeKind kind) { return kNames[static_cast<size_t>(kind)]; }

std::optional<LookAlikeKind> find_look_alike_kind(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<LookAlikeKind>(found - kNames.begin());
}

std::vector<std::string_view> look_alike_kind_names() { return {kNames.begin(), kNames.end()}; }

namespace {

bool is_at_or_below(std::string_view host, std::string_view parent) {
  return host.ends_with(parent) &&
         (host.size() == parent.size() || host[host.size() - parent.size() - 1] == '.');
}

}  // namespace

BrandTable::BrandTable(std::span<const BrandDef> brands) : brands_(brands.begin(), brands.end()) {}

std::optional<LookAlikeKind> BrandTable::find(const HostParts& host, BrandId brand,
                                              LookAlikeKinds kinds) const {
  for (const BrandDef& one : brands_) {
    for (const std::string& official : one.official) {
      if (is_at_or_below(host.ascii, official)) return std::nullopt;
    }
  }
  const std::string_view label = host.domain.substr(0, host.domain.find('.'));
  const bool same = !label.empty() && label == brands_[brand.index()].name;
  if (same && kinds.has(LookAlikeKind::kTld)) return LookAlikeKind::kTld;
  return std::nullopt;
}

std::optional<LookAlike> BrandTable::find_any(const HostParts& host, LookAlikeKinds kinds) const {
  for (uint32_t i = 0; i < brands_.size(); ++i) {
    if (const auto kind = find(host, BrandId(i), kinds)) return LookAlike{BrandId(i), *kind};
  }
  return std::nullopt;
}

}  // namespace sieve
