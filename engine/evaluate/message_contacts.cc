#include "evaluate/message_contacts.h"

#include "base/check.h"

namespace sieve {

const ContactCounts& MessageContacts::counts() {
  if (is_counted_) return counts_;
  SIEVE_CHECK(folded_ != nullptr, "no text to count in");
  extract_entities(*folded_, entities_, options_);
  counts_.urls = static_cast<int64_t>(entities_.urls.size());
  counts_.handles = static_cast<int64_t>(entities_.handles.size());
  counts_.phones = static_cast<int64_t>(entities_.phones.size());
  is_counted_ = true;
  return counts_;
}

}  // namespace sieve
