#include "text/urls.h"

#include <algorithm>

#include "base/limits.h"
#include "text/bidi.h"
#include "text/sent_host.h"
#include "text/url_scanner.h"

namespace sieve {
namespace {

bool has_beyond_ascii(const CanonicalHost& host) {
  return host.unicode.data() != host.ascii.data() || host.ascii.find("xn--") != host.ascii.npos;
}

std::optional<CanonicalHost> put_host(const WrittenUrl& written, SentHost& sent,
                                      HostMemory& hosts) {
  if (written.is_address) return hosts.put_address(written.host);
  const auto host = hosts.put(sent.read(written));
  // What cannot be a host as it was sent is meant for people to read.
  return host ? host : hosts.put(written.host);
}

// Adds the URL unless no host can be so.
void add_url(const WrittenUrl& written, SentHost& sent, Entities& out) {
  if (out.urls.size() == limits::kUrlsPerMessageMax) {
    ++out.urls_left_out;
    return;
  }
  const auto host = put_host(written, sent, out.hosts);
  if (!host) return;
  const int punycode = has_beyond_ascii(*host) ? kPunycode : 0;
  out.urls.push_back({host->ascii, host->unicode, host->domain, written.span, written.host_end,
                      static_cast<uint16_t>(written.dress | punycode)});
}

}  // namespace

void find_urls(const FoldedText& folded, Entities& out) {
  out.clear_urls();
  UrlScanner scanner(folded.text, folded.features.spaced_out > 0);
  SentHost sent(folded);
  for (auto url = scanner.next(); url.has_value(); url = scanner.next()) {
    if (!is_app_scheme(url->scheme)) {
      add_url(*url, sent, out);
    } else if (out.app_links.size() < limits::kUrlsPerMessageMax) {
      out.app_links.push_back({url->scheme, url->span});
    }
  }
  if (folded.features.invisible == 0) return;
  for (Url& url : out.urls) {
    if (is_reordered(folded, url.span)) url.dress |= kReordered;
  }
}

}  // namespace sieve
