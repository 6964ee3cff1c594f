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
#include "text/urls.h"

namespace sieve {
namespace {

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

// What follows the scheme of a link into an app: `chat?number=...`.
std::string_view behind_scheme(std::string_view link) {
  const size_t colon = link.find(':');
  const size_t end = link.find_first_not_of(":/", std::min(colon, link.size()));
  return link.substr(std::min(end, link.size()));
}

// The contacts that links name, in order of appearance.
void find_linked_contacts(std::string_view text, const NumberingPlan* plan, Entities& out) {
  for (const AppLink& link : out.app_links) {
    const std::string_view whole = text.substr(link.span.begin, link.span.end - link.span.begin);
    add_contact(link.scheme, behind_scheme(whole), link.span, plan, out);
  }
  for (const Url& url : out.urls) {
    const std::string_view rest = text.substr(url.host_end, url.span.end - url.host_end);
    add_contact(url.host, rest, url.span, plan, out);
  }
  if (out.app_links.empty()) return;
  std::sort(out.handles.begin(), out.handles.end(),
            [](const Handle& a, const Handle& b) { return a.span < b.span; });
}

}  // namespace

void extract_entities(const FoldedText& folded, Entities& out, const EntityOptions& options) {
  find_urls(folded, out);
  extract_beside_urls(folded, out, options);
}

void extract_beside_urls(const FoldedText& folded, Entities& out, const EntityOptions& options) {
  out.clear_beside_urls();
  out.left_out = out.urls_left_out;
  find_linked_contacts(folded.text, options.default_plan, out);
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
