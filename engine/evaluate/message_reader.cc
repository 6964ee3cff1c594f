#include "evaluate/message_reader.h"

#include <algorithm>

#include "base/check.h"
#include "text/urls.h"

namespace sieve {

std::span<const Url> MessageReader::urls() {
  if (!has_urls_) {
    SIEVE_CHECK(folded_ != nullptr, "no text to look for links in");
    find_urls(*folded_, entities_);
    has_urls_ = true;
  }
  return entities_.urls;
}

std::optional<LookAlike> MessageReader::imitation(size_t url, const LookAlikeQuestion& question) {
  return imitations_.find(urls()[url], url, question);
}

const Entities& MessageReader::all() {
  entities();
  return entities_;
}

const EntityCounts& MessageReader::entities() {
  if (is_counted_) return counts_;
  urls();
  extract_beside_urls(*folded_, entities_, options_);
  counts_.handles = static_cast<int64_t>(entities_.handles.size());
  counts_.phones = static_cast<int64_t>(entities_.phones.size());
  counts_.amounts = static_cast<int64_t>(entities_.amounts.size());
  counts_.codes = static_cast<int64_t>(entities_.codes.size());
  counts_.crypto_addresses = static_cast<int64_t>(entities_.crypto_addresses.size());
  counts_.amount_max.reset();
  for (const Amount& amount : entities_.amounts) {
    counts_.amount_max = std::max(counts_.amount_max.value_or(amount.value), amount.value);
  }
  is_counted_ = true;
  return counts_;
}

FoldCounts MessageReader::fold() {
  SIEVE_CHECK(folded_ != nullptr, "no text that was folded");
  const FoldFeatures& undone = folded_->features;
  return {undone.invisible,        undone.full_width,          undone.styled,
          undone.look_alike,       undone.mixed_script_tokens, undone.spaced_out,
          undone.digit_for_letter, undone.marks_repaired,      folded_->words_repaired};
}

uint32_t MessageReader::left_out() const {
  if (is_counted_) return entities_.left_out;
  return has_urls_ ? entities_.urls_left_out : 0;
}

}  // namespace sieve
