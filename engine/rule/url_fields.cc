#include "rule/url_fields.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/check.h"

namespace sieve {
namespace {

using Getter = FieldValue (*)(const Url& url, std::string_view text);

struct UrlFieldRow {
  UrlFieldInfo info;
  Getter get;
};

FieldValue text_value(std::string_view text) { return {!text.empty(), 0, text}; }
FieldValue count_value(std::ptrdiff_t count) { return {true, static_cast<double>(count), {}}; }

template <uint16_t dress>
FieldValue has_dress(const Url& url, std::string_view) {
  return {true, (url.dress & dress) != 0 ? 1.0 : 0.0, {}};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_address(const Url& url) { return (url.dress & kIpLiteral) != 0; }

FieldValue tld_of(const Url& url) {
  return is_address(url) ? FieldValue{} : text_value(url.host.substr(url.host.rfind('.') + 1));
}

FieldValue label_count(const Url& url) {
  if (is_address(url)) return {};
  return count_value(std::count(url.host.begin(), url.host.end(), '.') + 1);
}

FieldValue digit_count(const Url& url) {
  if (url.domain.empty()) return {};
  return count_value(std::count_if(url.domain.begin(), url.domain.end(), is_digit));
}

// What follows the host and a port.
std::string_view path_of(const Url& url, std::string_view text) {
  const std::string_view rest = text.substr(url.host_end, url.span.end - url.host_end);
  return rest.substr(std::min(rest.find_first_of("/?#"), rest.size()));
}

constexpr UrlFieldRow kRows[] = {
    {{"url.host", FieldType::kString,
      "host that a device opens: lower case, plain dots, A-labels, no port"},
     [](const Url& url, std::string_view) { return text_value(url.host); }},
    {{"url.domain", FieldType::kString,
      "registrable domain by the public suffix list; an address has none"},
     [](const Url& url, std::string_view) { return text_value(url.domain); }},
    {{"url.tld", FieldType::kString, "top-level domain: the last label; an address has none"},
     [](const Url& url, std::string_view) { return tld_of(url); }},
    {{"url.path", FieldType::kString,
      "path, query and fragment, folded; absent when there are none"},
     [](const Url& url, std::string_view text) { return text_value(path_of(url, text)); }},
    {{"url.labels", FieldType::kNumber, "labels of the host; an address has none"},
     [](const Url& url, std::string_view) { return label_count(url); }},
    {{"url.digits", FieldType::kNumber, "digits in the registrable domain"},
     [](const Url& url, std::string_view) { return digit_count(url); }},
    {{"url.has_scheme", FieldType::kBool,
      "`http://` or its like stands before it, however dressed"},
     [](const Url& url, std::string_view) {
       return FieldValue{true, (url.dress & kNoScheme) == 0 ? 1.0 : 0.0, {}};
     }},
    {{"url.has_port", FieldType::kBool, "a port other than the scheme's"}, has_dress<kPort>},
    {{"url.has_userinfo", FieldType::kBool, "`name@` stands before the host"},
     has_dress<kUserinfo>},
    {{"url.is_ip", FieldType::kBool, "the host is an address, in whichever base"},
     has_dress<kIpLiteral>},
    {{"url.is_punycode", FieldType::kBool, "the host has letters beyond ASCII, or `xn--`"},
     has_dress<kPunycode>},
    {{"url.is_defanged", FieldType::kBool, "`hxxp`, `[.]`, `(dot)` and the like"},
     has_dress<kDefangedScheme | kDressedDot>},
    {{"url.is_spaced", FieldType::kBool, "spaces between its letters or around its dots"},
     has_dress<kSpaced>},
    {{"url.is_glued", FieldType::kBool, "a letter or digit stands right before it"},
     has_dress<kGlued>},
    {{"url.is_reordered", FieldType::kBool, "bidirectional controls stand in it"},
     has_dress<kReordered>},
};

}  // namespace

std::span<const UrlFieldInfo> all_url_fields() {
  static const auto kInfos = [] {
    std::array<UrlFieldInfo, std::size(kRows)> infos;
    std::transform(std::begin(kRows), std::end(kRows), infos.begin(),
                   [](const UrlFieldRow& row) { return row.info; });
    return infos;
  }();
  return kInfos;
}

std::optional<UrlFieldId> find_url_field(std::string_view name) {
  const auto* const row =
      std::find_if(std::begin(kRows), std::end(kRows),
                   [name](const UrlFieldRow& candidate) { return candidate.info.name == name; });
  if (row == std::end(kRows)) return {};
  return UrlFieldId(static_cast<uint8_t>(row - std::begin(kRows)));
}

const UrlFieldInfo& info_of(UrlFieldId id) {
  SIEVE_CHECK(id.index() < std::size(kRows), "url field {}", id.value);
  return kRows[id.index()].info;
}

bool is_host_field(UrlFieldId id) {
  const std::string_view name = info_of(id).name;
  return name == "url.host" || name == "url.domain" || name == "url.tld";
}

bool is_tld_field(UrlFieldId id) { return info_of(id).name == "url.tld"; }

FieldValue url_field_value(UrlFieldId id, const Url& url, std::string_view text) {
  return kRows[id.index()].get(url, text);
}

}  // namespace sieve
