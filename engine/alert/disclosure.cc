#include "alert/disclosure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "record/field_text.h"

namespace sieve {
namespace {

constexpr std::array<std::string_view, 9> kPersonalNames = {
    "from", "to", "party", "other", "raw", "charge_number", "forwarded_from", "imsi", "imei"};

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

bool is_personal(FieldId field) {
  const std::string_view name = last_part(info_of(field).name);
  return std::find(kPersonalNames.begin(), kPersonalNames.end(), name) != kPersonalNames.end();
}

std::string_view short_name_of(FieldId field) {
  std::string_view name = info_of(field).name;
  name = name.substr(name.find('.') + 1);
  if (name.ends_with(".id")) name.remove_suffix(3);
  return name;
}

std::string Disclosure::digits(std::string_view text) const {
  return policy_.numbers == NumberPrivacy::kClear ? std::string(text) : mask_digits(text);
}

std::string Disclosure::person(std::string_view value) const {
  if (withholds_people_ || policy_.numbers == NumberPrivacy::kNone) return {};
  if (policy_.numbers == NumberPrivacy::kClear) return std::string(value);
  return mask_number(value);
}

std::string Disclosure::field(FieldId id, const FieldValue& value) const {
  if (!value.present) return "-";
  const FieldInfo& info = info_of(id);
  std::string shown = text_of(info.type, value);
  if (is_personal(id)) shown = person(shown);
  if (last_part(info.name) == "text") shown = whole_text(shown);
  return shown.empty() ? std::string(kWithheld) : shown;
}

std::string Disclosure::link_field(UrlFieldId id, const FieldValue& value) const {
  if (!value.present) return "-";
  const std::string shown = text_of(info_of(id).type, value);
  if (is_host_field(id) || info_of(id).type != FieldType::kString) return shown;
  return policy_.text == TextPrivacy::kNone ? std::string(kWithheld) : digits(shown);
}

std::string Disclosure::matched_text(std::string_view text) const {
  return policy_.text == TextPrivacy::kNone ? std::string() : mask_digits(text);
}

std::string Disclosure::whole_text(std::string_view text) const {
  return policy_.text == TextPrivacy::kFull ? mask_digits(text) : std::string();
}

std::string Disclosure::url(std::string_view url, std::string_view host) const {
  const size_t at = url.find(host);
  if (policy_.text == TextPrivacy::kNone || at == std::string_view::npos) return std::string(host);
  const size_t behind = at + host.size();
  return std::string(url.substr(0, behind)) + digits(url.substr(behind));
}

std::string Disclosure::contact(std::string_view service, std::string_view id) const {
  if (policy_.text == TextPrivacy::kNone) return std::string(service);
  return fmt::format("{}:{}", service, digits(id));
}

std::string Disclosure::detail(std::string_view text) const {
  return policy_.text == TextPrivacy::kNone ? std::string() : std::string(text);
}

std::string fill_slots(std::string_view text,
                       const std::function<std::string(std::string_view)>& value_of) {
  std::string out;
  while (!text.empty()) {
    const size_t open = text.find('{');
    const size_t close = text.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    out += text.substr(0, open);
    out += value_of(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  out += text;
  return out;
}

}  // namespace sieve
