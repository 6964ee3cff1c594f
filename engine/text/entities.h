// extract_entities() finds what a message offers for contact: URLs and their hosts, links and
// handles of contact services.
//
// Thread safety: pure. Lifetime: the results refer to the folded text given, and to memory of the
// Entities themselves.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "text/fold.h"

namespace sieve {

struct Url {
  // Lower case, without port, userinfo and the dressing of dots: a view of View::kText, or, when
  // the text had a dressed one ("evil[.]example"), of the Entities.
  std::string_view host;
  ByteSpan span;  // The whole URL in View::kText.
};

struct Handle {
  std::string_view service;  // line, telegram, whatsapp, ...
  ByteSpan span;             // The link, or the identifier or number, in View::kText.
};

struct Entities {
  std::vector<Url> urls;  // At most limits::kUrlsPerMessageMax.
  std::vector<Handle> handles;

  // Hosts that had to be written anew. Allocated with the first of them.
  std::unique_ptr<char[]> rewritten;
  size_t rewritten_size = 0;

  void clear() {
    urls.clear();
    handles.clear();
    rewritten_size = 0;
  }
};

// Replaces `out`. Finds URLs with a scheme (hxxp, too), with `www.`, and bare hosts under a
// top-level domain, whatever they are glued to; dots may be dressed as [.] or (dot). Links of
// contact services are handles as well as URLs; other handles follow the name of a service.
void extract_entities(const FoldedText& folded, Entities& out);

}  // namespace sieve
