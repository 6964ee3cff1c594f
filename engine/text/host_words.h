// Top-level domains that are something else in honest text, and well-known hosts.
//
// Thread safety: pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace sieve {

enum class TldKind : uint8_t {
  kNone,     // No top-level domain.
  kPlain,    // Rarely anything else than that.
  kWord,     // More often a word after a full stop: "call me.to get".
  kFile,     // The end of a file's name: "photos.zip".
  kForeign,  // Internationalised, as U-label or A-label.
};

TldKind tld_kind(std::string_view label);

// Labels under which countries let register: "co" in co.th. Such a label before a top-level domain
// of two letters is no name.
bool is_second_level(std::string_view label);

// Shorteners and contact services, whose hosts are written without a scheme and glued to anything.
bool is_well_known_host(std::string_view host);

}  // namespace sieve
