// A UrlCursor walks over the links of a message for one run of a program, and looks for them only
// when a condition asks.
//
// Thread safety: none. Lifetime: refers to the reader and its text.
#pragma once

#include <span>

#include "evaluate/message_reader.h"
#include "rule/url_fields.h"

namespace sieve {

class UrlCursor {
 public:
  // Null: there are no links.
  explicit UrlCursor(MessageReader* reader) : reader_(reader) {}

  // Goes to the first link; false when there is none.
  bool first() {
    if (reader_ == nullptr) return false;
    urls_ = reader_->urls();
    index_ = 0;
    return !urls_.empty();
  }
  // Goes to the next link; false when there is none. REQUIRES: first() or next() was true.
  bool next() { return ++index_ < urls_.size(); }

  // Of the link that first() or next() went to.
  size_t index() const { return index_; }
  bool imitates(const LookAlikeQuestion& question) const {
    return reader_->imitation(index_, question).has_value();
  }
  FieldValue value(UrlFieldId field) const {
    return url_field_value(field, urls_[index_], reader_->folded().text);
  }

 private:
  MessageReader* reader_;
  std::span<const Url> urls_;
  size_t index_ = 0;
};

}  // namespace sieve
