// The fields of one link, as `any url where` names them: one table from which the rule language and
// its documentation are read.
//
// Thread safety: immutable tables and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/strong_id.h"
#include "record/fields.h"
#include "text/entities.h"

namespace sieve {

using UrlFieldId = StrongId<struct UrlFieldTag, uint8_t>;

struct UrlFieldInfo {
  std::string_view name;  // As rules write it: `url.host`.
  FieldType type;
  std::string_view summary;  // One phrase for documentation.
};

// All fields; the index is the UrlFieldId.
std::span<const UrlFieldInfo> all_url_fields();
std::optional<UrlFieldId> find_url_field(std::string_view name);
const UrlFieldInfo& info_of(UrlFieldId id);

// True for names that begin as those of link fields do, known or not.
inline bool is_url_field_name(std::string_view name) { return name.starts_with("url."); }
// True when the text of the field is a host or the end of one: canonical, so lower case and ASCII.
bool is_host_field(UrlFieldId id);
// True of the end that is one label.
bool is_tld_field(UrlFieldId id);

// The value of `id` for `url`, which was found in `text` (View::kText). Booleans are 0 or 1.
FieldValue url_field_value(UrlFieldId id, const Url& url, std::string_view text);

}  // namespace sieve
