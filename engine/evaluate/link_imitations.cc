#include "evaluate/link_imitations.h"

#include <algorithm>

namespace sieve {

std::optional<LookAlike> LinkImitations::find(const Url& url, size_t index,
                                              const LookAlikeQuestion& question) {
  if (brands_ == nullptr) return std::nullopt;
  const HostParts host{url.host, url.host_unicode, url.domain};
  Kept& kept = kept_[index];
  if (!known_[index]) kept.count = brands_->find_all(host, kept.all);
  known_.set(index);
  if (kept.count == kKeptMax) return look_up(host, question);
  const auto end = kept.all.begin() + static_cast<std::ptrdiff_t>(kept.count);
  const auto found = std::find_if(kept.all.begin(), end, [&question](const LookAlike& one) {
    return question.kinds.has(one.kind) && one.brand == question.brand.value_or(one.brand);
  });
  if (found == end) return std::nullopt;
  return *found;
}

std::optional<LookAlike> LinkImitations::look_up(const HostParts& host,
                                                 const LookAlikeQuestion& question) const {
  if (!question.brand) return brands_->find_any(host, question.kinds);
  const auto kind = brands_->find(host, *question.brand, question.kinds);
  if (!kind) return std::nullopt;
  return LookAlike{*question.brand, *kind};
}

}  // namespace sieve
