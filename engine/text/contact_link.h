// Links of contact services and the contact each names: `line.me/R/ti/p/@shop`, `t.me/shop`,
// `wa.me/66812345678`, `viber://chat?number=...`.
//
// Thread safety: pure.
#pragma once

#include <string_view>

#include "base/phone.h"
#include "text/text_pool.h"

namespace sieve {

struct Contact {
  std::string_view service;  // Empty: none.
  std::string_view id;       // See Handle::id.
};

// The contact that a link names. `host` is that of a web link, canonical, or the scheme of an app;
// `rest` is what follows the host (of an app: `://`) with its slash. A page of the service that
// names nobody, such as its download page, is no contact. `plan` (may be null) reads national
// numbers. `written` takes ids that the text does not hold as they are.
Contact read_contact_link(std::string_view host, std::string_view rest, const NumberingPlan* plan,
                          TextPool& written);

// Whether `scheme` is that of an app whose links name contacts.
bool names_app(std::string_view scheme);

// `digits` as an id: E.164 where they can be read, as digits behind a calling code with `plus` or
// as dialled in the country of `plan`; otherwise as they are.
std::string_view id_of_number(std::string_view digits, bool plus, const NumberingPlan* plan,
                              TextPool& written);

}  // namespace sieve
