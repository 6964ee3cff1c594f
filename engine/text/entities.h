// extract_entities() finds what a message offers for contact: URLs and their hosts, contact
// handles, telephone numbers, amounts.
//
// Thread safety: pure. Lifetime: the results refer to the folded text given.
#pragma once

#include <string_view>
#include <vector>

#include "text/fold.h"

namespace sieve {

struct Url {
  std::string_view host;  // Lower case, without port and userinfo, in View::kText.
  ByteSpan span;          // The whole URL in View::kText.
};

struct Handle {
  std::string_view service;  // line, telegram, whatsapp, ...
  ByteSpan span;             // In View::kText.
};

struct Entities {
  std::vector<Url> urls;  // At most limits::kUrlsPerMessageMax.
  std::vector<Handle> handles;

  void clear() {
    urls.clear();
    handles.clear();
  }
};

// Replaces `out`. First version: URLs with a scheme, `www.` or a host whose last label is a public
// suffix, and links of contact services.
void extract_entities(const FoldedText& folded, Entities& out);

}  // namespace sieve
