// Finding URLs in any bytes: nothing crashes, spans lie in the text and do not overlap, hosts are
// canonical, and the same text gives the same URLs.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/utf8.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/urls.h"

namespace sieve {
namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check_url(const Url& url, std::string_view text) {
  require(url.span.begin < url.span.end && url.span.end <= text.size());
  require(url.host_end > url.span.begin && url.host_end <= url.span.end);
  require(!url.host.empty() && url.host.size() <= 253 && is_ascii(url.host));
  require(url.host.front() != '.' && url.host.back() != '.');
  for (const char c : url.host) require(c > ' ' && c != '@' && c != '/' && !(c >= 'A' && c <= 'Z'));
  require(is_valid_utf8(url.host_unicode));
  require(url.domain.empty() || url.host.ends_with(url.domain));
}

std::vector<std::string> urls_in(std::string_view raw, bool check) {
  static Folder folder;
  static Entities entities;
  const FoldedText& folded = folder.fold(raw.substr(0, limits::kTextBytesMax));
  find_urls(folded, entities);
  require(entities.urls.size() <= limits::kUrlsPerMessageMax);
  std::vector<std::string> hosts;
  uint32_t floor = 0;
  for (const Url& url : entities.urls) {
    if (check) check_url(url, folded.text);
    require(url.span.begin >= floor);
    floor = url.span.end;
    hosts.emplace_back(url.host);
    const ByteSpan original = folder.original_span(View::kText, url.span);
    require(original.begin < original.end && original.end <= folded.raw.size());
  }
  return hosts;
}

}  // namespace
}  // namespace sieve

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  const auto first = sieve::urls_in(raw, true);
  sieve::require(sieve::urls_in(raw, false) == first);
  return 0;
}
