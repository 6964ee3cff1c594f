// What the rules that hit keep out of an alert, whatever the privacy policy shows: `alert.redact`.
//
// Thread safety: none. Keeps its memory from alert to alert.
#pragma once

#include <string_view>
#include <vector>

#include "rule/model.h"
#include "text/fold.h"

namespace sieve {

inline constexpr std::string_view kRedacted = "[redacted]";

class Redaction {
 public:
  void clear() {
    fields_.clear();
    spans_.clear();
    hides_all_text_ = false;
  }
  void add_fields(const Rule& rule);
  // Of a rule that redacts matches, whose places are not known.
  void hide_all_text() { hides_all_text_ = true; }
  // A match of a pattern that is redacted, in the original text.
  void add_match(ByteSpan span) { spans_.push_back(span); }

  bool hides(FieldId field) const;
  // Whether what stands there in the original text overlaps a match, or the text is hidden.
  bool hides(ByteSpan span) const;
  // Whether the whole text may not be shown, because something in it may not.
  bool hides_text() const;

 private:
  bool hides_every_part() const;

  std::vector<FieldId> fields_;
  std::vector<ByteSpan> spans_;
  bool hides_all_text_ = false;
};

}  // namespace sieve
