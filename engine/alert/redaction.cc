#include "alert/redaction.h"

#include <algorithm>

namespace sieve {
namespace {

bool is_text(FieldId field) { return info_of(field).name == "msg.text"; }

}  // namespace

void Redaction::add_fields(const Rule& rule) {
  fields_.insert(fields_.end(), rule.alert.redact_fields.begin(), rule.alert.redact_fields.end());
}

bool Redaction::hides(FieldId field) const {
  if (is_text(field)) return hides_text();
  return std::find(fields_.begin(), fields_.end(), field) != fields_.end();
}

bool Redaction::hides(ByteSpan span) const {
  if (hides_every_part()) return true;
  return std::any_of(spans_.begin(), spans_.end(), [span](ByteSpan hidden) {
    return hidden.begin < span.end && span.begin < hidden.end;
  });
}

bool Redaction::hides_text() const { return !spans_.empty() || hides_every_part(); }

bool Redaction::hides_every_part() const {
  return hides_all_text_ || std::any_of(fields_.begin(), fields_.end(), is_text);
}

}  // namespace sieve
