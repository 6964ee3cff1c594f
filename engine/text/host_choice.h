// Which of the labels that were read are a host, if any: honest text has dots, too. The rules say
// how sure each kind of evidence makes us.
//
// Thread safety: pure. Units: counts of labels; byte offsets into folded text.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/host_reader.h"

namespace sieve {

// The text around a host.
struct HostPlace {
  std::string_view text;
  size_t begin = 0;
};

// How many labels of `host` are a host that nothing announces; 0: none. Labels that stand apart
// need more evidence than others. May cut the last label: to its top-level domain ("com500"), and
// off a scheme that follows at once. REQUIRES: host.count > 0.
size_t choose_bare_host(const HostPlace& place, WrittenHost& host);

// The same behind a scheme: the most that can be a host. `loose`: as of UrlScheme.
size_t choose_announced_host(const HostPlace& place, bool loose, WrittenHost& host);

// How many bytes at the begin of `name` do not belong to it: digits, and letters that pass for
// them, glued to the host of a well-known service, as in "1oobit.ly".
size_t glued_size(std::string_view name);

// The size of a port with its colon at text[at], or 0.
size_t port_size(std::string_view text, size_t at);

// Whether a path, a query or a fragment begins at text[at].
bool begins_rest(std::string_view text, size_t at);

}  // namespace sieve
