// Finding entities in any bytes: nothing crashes, spans lie inside the view they are of, ids are
// canonical, and no kind has more than its limit. The first byte chooses the country.
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/limits.h"
#include "text/entities.h"
#include "text/fold.h"

namespace sieve {
namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check_span(ByteSpan span, std::string_view view) {
  require(span.begin < span.end && span.end <= view.size());
}

template <class Found>
void check_spans(const std::vector<Found>& found, std::string_view view) {
  require(found.size() <= limits::kUrlsPerMessageMax);
  for (const Found& one : found) check_span(one.span, view);
}

void check_entities(std::string_view raw, const NumberingPlan* plan) {
  static Folder folder;
  static Entities entities;
  const FoldedText& folded = folder.fold(raw.substr(0, limits::kTextBytesMax));
  extract_entities(folded, entities, {plan});
  check_spans(entities.urls, folded.text);
  check_spans(entities.handles, folded.text);
  check_spans(entities.phones, folded.text);
  check_spans(entities.amounts, folded.text);
  check_spans(entities.codes, folded.text);
  check_spans(entities.crypto_addresses, folded.raw);
  for (const Handle& handle : entities.handles) {
    require(!handle.service.empty() && !handle.id.empty());
    require(handle.id.front() != '@');
  }
  for (const Phone& phone : entities.phones) {
    require(phone.number.size() > kNumberDigitsMin && phone.number.size() <= kE164BytesMax);
    require(phone.number.front() == '+');
  }
  for (const Amount& amount : entities.amounts) {
    require(std::isfinite(amount.value) && amount.value >= 0 && !amount.currency.empty());
  }
}

}  // namespace
}  // namespace sieve

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr std::array kCountries = {"", "TH", "VN", "ID", "PH", "CN", "SG", "IN", "US", "JP"};
  if (size == 0) return 0;
  const char* const country = kCountries[data[0] % kCountries.size()];
  sieve::check_entities({reinterpret_cast<const char*>(data) + 1, size - 1},
                        sieve::find_plan(country));
  return 0;
}
