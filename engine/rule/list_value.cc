#include "rule/list_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <vector>

#include "base/limits.h"
#include "base/packed_strings.h"
#include "base/utf8.h"
#include "text/punycode.h"
#include "text/sent_host.h"

namespace sieve {
namespace {

using Result = Expected<std::string_view, ValueFault>;

constexpr size_t kShortCodeDigitsMax = 6;

Result fault(std::string title, std::string help, std::string_view replacement = {}) {
  return Unexpected<ValueFault>({std::move(title), std::move(help), std::string(replacement)});
}

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kLabelBytesMax) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_';
  });
}

// Two labels or more, in lower case and ASCII.
bool is_host(std::string_view host) {
  size_t labels = 0;
  while (true) {
    const size_t dot = std::min(host.find('.'), host.size());
    if (!is_label(host.substr(0, dot))) return false;
    ++labels;
    if (dot == host.size()) return labels > 1;
    host.remove_prefix(dot + 1);
  }
}

// The host within `written`, for one who wrote a whole link or a wildcard.
std::string_view host_within(std::string_view written) {
  const size_t scheme = written.find("://");
  if (scheme != std::string_view::npos) written.remove_prefix(scheme + 3);
  written = written.substr(0, written.find_first_of("/?#:"));
  while (written.starts_with("*") || written.starts_with(".")) written.remove_prefix(1);
  return written;
}

Result no_host(std::string_view written) {
  if (written.find(' ') != std::string_view::npos) {
    return fault("this is no host", "write one entry a line, and comments behind a `#`");
  }
  const std::string_view host = host_within(written);
  std::string lower(host);
  std::transform(lower.begin(), lower.end(), lower.begin(), lower_ascii);
  if (host == written || !is_host(lower)) {
    return fault("this is no host", "write a host of two labels or more, such as shop.example");
  }
  const bool wildcard = written.starts_with("*") || written.starts_with(".");
  return fault("this is more than a host",
               wildcard ? "write the host alone; `match: subdomain` adds what is below it"
                        : "write the host alone, without scheme, port and path",
               host);
}

// The digits of a number as people write it; empty when it has anything else in it.
std::string digits_of(std::string_view written) {
  std::string digits;
  for (const char c : written) {
    if (is_digit(c)) {
      digits.push_back(c);
    } else if (std::string_view(" -.()/").find(c) == std::string_view::npos) {
      return {};
    }
  }
  return digits;
}

}  // namespace

ListValueReader::ListValueReader(ListType type, std::string_view country)
    : type_(type), plan_(country.empty() ? nullptr : find_plan(country)) {}

Result ListValueReader::read(std::string_view written) {
  if (written.empty()) return fault("this entry is empty", "remove it");
  if (!is_valid_utf8(written))
    return fault("this entry is not valid UTF-8", "save the file as UTF-8");
  if (written.size() > PackedStringSet::kStringBytesMax) {
    return fault(fmt::format("an entry of more than {} bytes", PackedStringSet::kStringBytesMax),
                 "shorten it");
  }
  switch (type_) {
    case ListType::kDomain:
      return read_domain(written);
    case ListType::kNumber:
      return read_number(written);
    case ListType::kSender:
      return read_sender(written);
    case ListType::kText:
      break;
  }
  return read_text(written);
}

Result ListValueReader::read_domain(std::string_view written) {
  if (!is_ascii(written)) return in_a_labels(written);
  value_.resize(written.size());
  std::transform(written.begin(), written.end(), value_.begin(), lower_ascii);
  if (value_.ends_with('.')) value_.pop_back();
  if (value_.size() > kHostBytesMax || !is_host(value_)) return no_host(written);
  return value_;
}

// A host with letters beyond ASCII, folded as the hosts of messages are. What looks like Latin
// letters would become them, and then the entry be another host.
Result ListValueReader::in_a_labels(std::string_view host) {
  const FoldedText& folded = folder_.fold(host);
  if (folded.features.look_alike > 0) {
    return fault("letters of another script among Latin ones",
                 "write the host as it is registered: its label that begins with xn--");
  }
  hosts_.clear();
  std::vector<uint32_t> places(folded.text.size());
  std::iota(places.begin(), places.end(), 0U);
  WrittenUrl written;
  written.host = folded.text;
  written.places = places;
  const auto canonical = hosts_.put(SentHost(folded).read(written));
  if (!canonical || !is_host(canonical->ascii)) return no_host(host);
  value_ = canonical->ascii;
  return value_;
}

Result ListValueReader::read_number(std::string_view written) {
  const bool international = written.starts_with('+');
  const std::string digits = digits_of(written.substr(international ? 1 : 0));
  if (!international && plan_ == nullptr && !digits.empty()) {
    return fault("a number without its country",
                 "write it with + and the calling code, or give the list a `country:`");
  }
  const bool may_be_one = !digits.empty() && digits.size() <= kDialledDigitsMax;
  const auto number = !may_be_one     ? std::nullopt
                      : international ? read_international(digits, NumberReading::kPossible)
                                      : read_dialled(digits, plan_);
  if (!number) {
    return fault("this is no telephone number", "write it in E.164, as in +66812345678");
  }
  value_.resize(kE164BytesMax);
  number->write(value_.data());
  value_.resize(number->size());
  return value_;
}

// Records have a sender as a number, where it can be read as one, or as received.
Result ListValueReader::read_sender(std::string_view written) {
  const std::string digits = digits_of(written);
  if (written.starts_with('+') || digits.size() > kShortCodeDigitsMax) return read_number(written);
  value_.resize(written.size());
  std::transform(written.begin(), written.end(), value_.begin(), lower_ascii);
  return value_;
}

Result ListValueReader::read_text(std::string_view written) {
  value_ = folder_.fold(written).text;
  if (value_.empty() || value_.size() > PackedStringSet::kStringBytesMax) {
    return fault("nothing to compare is left after folding", "remove this entry");
  }
  return value_;
}

}  // namespace sieve
