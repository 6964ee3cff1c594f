// MessageContacts counts what a message offers to get in touch by, once and only when asked.
//
// Thread safety: none. Lifetime: refers to the folded text until the next set_text(). Allocates
// nothing after warm-up.
#pragma once

#include "record/fields.h"
#include "text/entities.h"

namespace sieve {

class MessageContacts final : public ContactCounter {
 public:
  void set_text(const FoldedText& folded) {
    folded_ = &folded;
    is_counted_ = false;
  }

  // REQUIRES: set_text() was called.
  const ContactCounts& counts() override;

 private:
  const FoldedText* folded_ = nullptr;
  bool is_counted_ = false;
  Entities entities_;
  ContactCounts counts_;
};

}  // namespace sieve
