#include "text/entities.h"

#include <algorithm>

#include "base/limits.h"
#include "text/amount_scanner.h"
#include "text/code_scanner.h"
#include "text/contact_link.h"
#include "text/crypto_scanner.h"
#include "text/handle_scanner.h"
#include "text/phone_scanner.h"
#include "text/text_marks.h"
#include "text/url_scanner.h"

namespace sieve {
namespace {

constexpr size_t kHostBytesMax = 256;

// The host with plain dots, in memory of `out` that does not move.
std::string_view rewrite_host(std::string_view host, Entities& out) {
  constexpr size_t kBytes = limits::kUrlsPerMessageMax * kHostBytesMax;
  if (out.rewritten == nullptr) out.rewritten = std::make_unique_for_overwrite<char[]>(kBytes);
  const size_t begin = out.rewritten_size;
  for (size_t at = 0; at < host.size() && out.rewritten_size < kBytes;) {
    const size_t dot = dot_size(host, at);
    out.rewritten[out.rewritten_size++] = dot > 0 ? '.' : host[at];
    at += std::max(dot, size_t{1});
  }
  return {out.rewritten.get() + begin, out.rewritten_size - begin};
}

// Adds the contact that a link with `host`, or the scheme of an app, names.
void add_contact(std::string_view host, std::string_view rest, ByteSpan span,
                 const NumberingPlan* plan, Entities& out) {
  const Contact contact = read_contact_link(host, rest, plan, out.written);
  if (contact.id.empty()) return;
  if (out.handles.size() == limits::kUrlsPerMessageMax) {
    ++out.left_out;
    return;
  }
  out.handles.push_back({contact.service, contact.id, span});
}

void find_urls(std::string_view text, const NumberingPlan* plan, Entities& out) {
  UrlScanner scanner(text);
  for (auto url = scanner.next(); url.has_value(); url = scanner.next()) {
    const std::string_view written = text.substr(url->host.begin, url->host.end - url->host.begin);
    if (names_app(url->scheme)) {
      // In viber://chat the app is the host of the matter.
      const std::string_view rest = text.substr(url->host.begin, url->span.end - url->host.begin);
      add_contact(url->scheme, rest, url->span, plan, out);
      continue;
    }
    if (out.urls.size() == limits::kUrlsPerMessageMax) {
      ++out.left_out;
      break;
    }
    const std::string_view host = url->has_dressed_dot ? rewrite_host(written, out) : written;
    out.urls.push_back({host, host, {}, url->span, 0});
    add_contact(host, text.substr(url->host.end, url->span.end - url->host.end), url->span, plan,
                out);
  }
}

}  // namespace

void extract_entities(const FoldedText& folded, Entities& out, const EntityOptions& options) {
  out.clear();
  find_urls(folded.text, options.default_plan, out);
  TextMarks marks;
  mark_text(folded.text, out, marks);
  out.left_out += marks.left_out;
  if (marks.group_count > 0) {
    find_amounts(folded.text, options.default_plan, marks, out);
    find_phones(folded.text, options.default_plan, marks, out);
    find_codes(folded.text, marks, out);
  }
  find_handles(folded.text, options.default_plan, marks, out);
  // A word that is long as it was sent is as long when it is folded.
  if (marks.has_long_word) find_crypto_addresses(folded.raw, out);
}

}  // namespace sieve
