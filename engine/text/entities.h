// extract_entities() finds what a message offers and asks for: URLs and their hosts, links and
// handles of contact services, telephone numbers, amounts, one-time codes, crypto addresses.
//
// Thread safety: pure. Lifetime: the results refer to the folded text given, and to memory of the
// Entities themselves.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/phone.h"
#include "text/fold.h"
#include "text/host_memory.h"
#include "text/text_pool.h"

namespace sieve {

// How a URL was dressed up, as bits of Url::dress.
enum UrlDress : uint16_t {
  kNoScheme = 1 << 0,        // A bare host: "evil.example/x".
  kDefangedScheme = 1 << 1,  // hxxp, h**p and the like; other slashes than two.
  kDressedDot = 1 << 2,  // "[.]", "(dot)", " dot ", " จุด ". Ideographic stops are folded.
  kSpaced = 1 << 3,      // Spaces between its letters or around its dots.
  kGlued = 1 << 4,       // A letter or digit stands right before it.
  kUserinfo = 1 << 5,    // "https://bank.example@evil.example".
  kIpLiteral = 1 << 6,   // The host is an address, in whichever base it was written.
  kPort = 1 << 7,        // A port other than the scheme's.
  kPunycode = 1 << 8,    // Letters beyond ASCII, as A-labels or as themselves.
  kReordered = 1 << 9,   // Bidirectional controls stood inside of it.
};

struct Url {
  // Canonical: lower case, A-labels, plain dots, without port and userinfo; of an address literal
  // the address. Lives in the Entities.
  std::string_view host;
  std::string_view host_unicode;  // The same with U-labels.
  // The registrable domain by the public suffix list, the end of `host`; empty: none (an address, a
  // public suffix itself).
  std::string_view domain;
  ByteSpan span;      // The whole URL in View::kText.
  uint32_t host_end;  // Where the host ends in View::kText: port, path and query follow.
  uint16_t dress = 0;
};

// A link into a contact app: viber://chat?number=...
struct AppLink {
  std::string_view scheme;
  ByteSpan span;  // In View::kText, with the scheme.
};

struct Handle {
  std::string_view service;  // line, telegram, whatsapp, ...
  // The same for each dress of one contact: lower case, without @, link and spaces; a number as
  // E.164 or, where it cannot be read, its digits. Lives in View::kText or in the Entities.
  std::string_view id;
  ByteSpan span;  // The link, or the name or number, in View::kText.
};

struct Phone {
  std::string_view number;   // E.164 with `+`. Lives in the Entities.
  std::string_view country;  // ISO 3166-1 alpha-2; empty: shared by several.
  ByteSpan span;             // In View::kText.
};

struct Amount {
  double value = 0;
  std::string_view currency;  // ISO 4217, or USDT.
  ByteSpan span;              // Number and currency, in View::kText.
};

// A code for one use, such as a bank sends.
struct OneTimeCode {
  ByteSpan span;  // Of the code alone, in View::kText.
};

// An address whose checksum is right.
struct CryptoAddress {
  std::string_view network;  // bitcoin, ethereum, tron, ...
  ByteSpan span;             // In View::kRaw: upper and lower case carry the checksum.
};

struct Entities {
  std::vector<Url> urls;       // At most limits::kUrlsPerMessageMax.
  uint32_t urls_left_out = 0;  // URLs beyond that.
  std::vector<AppLink> app_links;
  // Each at most as many.
  std::vector<Handle> handles;
  std::vector<Phone> phones;
  std::vector<Amount> amounts;
  std::vector<OneTimeCode> codes;
  std::vector<CryptoAddress> crypto_addresses;

  uint32_t left_out = 0;  // Found, or to be looked at, beyond the limits.

  TextPool written;  // Ids and numbers.
  HostMemory hosts;

  void clear_urls() {
    urls.clear();
    urls_left_out = 0;
    app_links.clear();
    hosts.clear();
  }
  void clear_beside_urls() {
    handles.clear();
    phones.clear();
    amounts.clear();
    codes.clear();
    crypto_addresses.clear();
    left_out = 0;
    written.clear();
  }
};

struct EntityOptions {
  // Of the country whose national numbers are read; null: only numbers with a calling code are.
  const NumberingPlan* default_plan = nullptr;
};

// Replaces `out`. Finds URLs with a scheme, with `www.`, and bare hosts under a top-level domain,
// whatever they are glued to and dressed as (UrlDress). Links of
// contact services are handles as well as URLs; other handles follow the name of a service. A
// number after such a name is a handle as well as a phone.
void extract_entities(const FoldedText& folded, Entities& out, const EntityOptions& options = {});

// The second half of extract_entities(): replaces all but the URLs. REQUIRES: find_urls()
// (text/urls.h) gave `out` those of `folded`.
void extract_beside_urls(const FoldedText& folded, Entities& out,
                         const EntityOptions& options = {});

}  // namespace sieve
