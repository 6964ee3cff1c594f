// A Disclosure decides what of a record's fields an alert may show, by the privacy policy and by
// whether the alert is about somebody who may be a victim.
//
// Thread safety: immutable.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "alert/privacy.h"
#include "record/fields.h"
#include "rule/url_fields.h"

namespace sieve {

inline constexpr std::string_view kWithheld = "[withheld]";

class Disclosure {
 public:
  Disclosure(const PrivacyPolicy& policy, bool withholds_people)
      : policy_(policy), withholds_people_(withholds_people) {}

  // A person's number, address, SIM or device; empty: withheld.
  std::string person(std::string_view value) const;
  // The value of a field, for a summary: what is withheld says so.
  std::string field(FieldId id, const FieldValue& value) const;
  // The value of a field of a link, the same way.
  std::string link_field(UrlFieldId id, const FieldValue& value) const;
  // A part of a message's text; empty: withheld.
  std::string matched_text(std::string_view text) const;
  std::string whole_text(std::string_view text) const;
  // A URL whose host stands at `host` in it; digits of the rest may be somebody's.
  std::string url(std::string_view url, std::string_view host) const;
  std::string contact(std::string_view service, std::string_view id) const;
  // What is nobody's in particular: an amount, an address of a public ledger.
  std::string detail(std::string_view text) const;

 private:
  std::string digits(std::string_view text) const;

  PrivacyPolicy policy_;
  bool withholds_people_;
};

// Whether the field names a person, a SIM or a device.
bool is_personal(FieldId field);

// What kind of thing the field names, in one word: `from`, `to`, `cell`, `imei`.
std::string_view short_name_of(FieldId field);

// `text` with each {name} replaced by what `value_of` says.
std::string fill_slots(std::string_view text,
                       const std::function<std::string(std::string_view)>& value_of);

}  // namespace sieve
