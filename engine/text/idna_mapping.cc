#include "text/idna_mapping.h"

#include <algorithm>

#include "text/fold_table.h"
#include "text/url_chars.h"

namespace sieve {

const IdnaMapping* idna_mapping_of(char32_t c) {
  const IdnaMapping* end = kIdnaMappings + kIdnaMappingsCount;
  const IdnaMapping* found = std::lower_bound(
      kIdnaMappings, end, c, [](const IdnaMapping& row, char32_t from) { return row.from < from; });
  return found != end && found->from == c ? found : nullptr;
}

bool may_be_in_label(char32_t c) {
  if (c < 0x80) return is_label_char(static_cast<char>(c));
  const CharKind kind = props_of(c).kind;
  return kind == CharKind::kSpaced || kind == CharKind::kDigit || kind == CharKind::kUnspaced ||
         kind == CharKind::kMark;
}

}  // namespace sieve
