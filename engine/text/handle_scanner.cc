#include "text/handle_scanner.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/limits.h"
#include "text/ascii.h"
#include "text/contact_link.h"
#include "text/fold_table.h"
#include "text/handle_words.h"
#include "text/phone_scanner.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr size_t kNameBytesMin = 3;
// Where only a digit or the script speaks for it being a name.
constexpr size_t kDoubtfulBytesMin = 4;
constexpr size_t kNameBytesMax = 32;
constexpr size_t kLooseDigitsMin = 8;
constexpr size_t kAccountDigitsMin = 5;
constexpr size_t kAccountDigitsMax = 11;
constexpr size_t kGapBytesMax = 48;
constexpr size_t kGapWordsMax = 3;
constexpr size_t kUnitLettersMax = 4;

// What stands between the name of a service and a contact.
struct Gap {
  bool has_at = false;
  bool has_colon = false;
  bool has_id = false;
  bool has_filler = false;
  bool has_stop = false;  // A full stop, a comma or a line end.
};

struct Announcement {
  const ServiceWord* service = nullptr;
  Gap gap;
  bool is_glued_at = false;  // The @ stands right behind a letter, as in a mail address.
};

// Takes the character that ends at `at` into `gap`; its size, or 0: it is none of a gap.
size_t gap_char_before(std::string_view text, size_t at, Gap& gap) {
  const char c = text[at - 1];
  if (static_cast<unsigned char>(c) >= 0x80) {
    const char32_t code_point = decode_before(text.data(), at);
    const CharKind kind = props_of(code_point).kind;
    if (kind != CharKind::kPunctuation && kind != CharKind::kSpace) return 0;
    gap.has_colon |= kind == CharKind::kPunctuation;  // An arrow, a pointing hand.
    return utf8_size(code_point);
  }
  if (is_ascii_word(c) || c == '!' || c == '?' || c == ';') return 0;
  gap.has_at |= c == '@';
  gap.has_colon |= c == ':' || c == '=' || c == '>';
  gap.has_stop |= c == '.' || c == ',' || c == '\n';
  return 1;
}

// What announces a contact that begins at `at`; no service: nothing does.
Announcement announcement_before(std::string_view text, size_t at) {
  const size_t limit = at - std::min(at, kGapBytesMax);
  Announcement out;
  const ServiceWord* weak = nullptr;
  for (size_t words = 0; words <= kGapWordsMax; ++words) {
    while (at > limit) {
      const bool is_at = text[at - 1] == '@';
      const size_t size = gap_char_before(text, at, out.gap);
      if (size == 0) break;
      at -= size;
      if (is_at) out.is_glued_at = at > 0 && is_ascii_word(text[at - 1]);
    }
    const auto* service = service_before(text, at);
    if (service != nullptr && (service->value.evidence & kWeak) == 0) {
      out.service = service->value.service.empty() ? nullptr : &service->value;
      return out;
    }
    if (service != nullptr && weak == nullptr) weak = &service->value;
    const auto* link = link_before(text, at);
    if (link == nullptr) break;
    out.gap.has_id |= link->value == LinkWord::kId;
    out.gap.has_filler |= link->value == LinkWord::kFiller;
    at -= link->word.size();
  }
  out.service = weak;
  return out;
}

// A contact and where it ends; 0: there is none.
struct Name {
  std::string_view id;
  size_t end = 0;
};

// Digits with single separators, such as "81-234 5678", which cannot be read as E.164.
Name loose_number_at(std::string_view text, size_t at, TextPool& written) {
  std::array<char, kNumberDigitsMax> digits;
  size_t size = 0;
  size_t end = at;
  for (; at < text.size() && size < digits.size(); ++at) {
    if (is_ascii_digit(text[at])) {
      digits[size++] = text[at];
      end = at + 1;
    } else if (at > end || (text[at] != ' ' && text[at] != '-' && text[at] != '.')) {
      break;
    }
  }
  const bool cut = end < text.size() && (is_ascii_word(text[end]) || text[end] == '@');
  if (size < kLooseDigitsMin || cut) return {};
  return {written.add({digits.data(), size}), end};
}

// Where most users of a service are, to read their numbers when nobody says a country.
const NumberingPlan* home_of(std::string_view service) {
  if (service == "zalo") return find_plan("VN");
  if (service == "wechat") return find_plan("CN");
  return service == "kakao" ? find_plan("KR") : nullptr;
}

Name number_name_at(std::string_view text, size_t at, std::string_view service,
                    const NumberingPlan* plan, TextPool& written) {
  if (!is_ascii_digit(text[at])) return {};
  const bool plus = at > 0 && text[at - 1] == '+';
  if (plan == nullptr) plan = home_of(service);
  const auto number = number_at(text, at - (plus ? 1 : 0), NumberCue::kAnnounced, plan);
  if (number) return {written.add(number->view()), number->end};
  return loose_number_at(text, at, written);
}

Name account_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && is_ascii_digit(text[end])) ++end;
  const size_t size = end - at;
  const bool whole = end == text.size() || (!is_ascii_word(text[end]) && text[end] != '@');
  if (!whole || size < kAccountDigitsMin || size > kAccountDigitsMax) return {};
  return {text.substr(at, size), end};
}

size_t end_of_name(std::string_view text, size_t begin) {
  size_t end = begin;
  while (end < text.size() && is_name_char(text[end])) ++end;
  while (end > begin && !is_ascii_word(text[end - 1])) --end;
  return end;
}

// "50k", "24hr", "5pm": digits with a unit.
bool is_quantity(std::string_view name) {
  const size_t digits = std::min(name.find_first_not_of("0123456789"), name.size());
  const std::string_view unit = name.substr(digits);
  return digits > 0 && unit.size() <= kUnitLettersMax &&
         std::all_of(unit.begin(), unit.end(), is_ascii_lower);
}

bool is_sure(std::string_view name, const Announcement& by) {
  const uint8_t evidence = by.service->evidence;
  const Gap& gap = by.gap;
  if (gap.has_at && (evidence & kAtSign) != 0) return true;
  if (is_plain_word(name) || is_quantity(name)) return false;
  if (gap.has_id && (evidence & kIdWord) != 0) return true;
  if (name.size() < kDoubtfulBytesMin) return false;
  if (gap.has_colon && (evidence & kColon) != 0) return true;
  if (gap.has_stop || gap.has_filler) return false;
  const bool digit = std::any_of(name.begin(), name.end(), is_ascii_digit);
  return (evidence & kBare) != 0 || (digit && (evidence & kDigit) != 0);
}

// The identifier at `at`.
Name name_at(std::string_view text, size_t at, const Announcement& by, TextPool& written) {
  if (!is_ascii_word(text[at])) return {};
  size_t end = end_of_name(text, at);
  std::string_view name = text.substr(at, end - at);
  // "@ab 88": too short alone.
  if (by.gap.has_at && name.size() < kNameBytesMin && end + 1 < text.size() && text[end] == ' ' &&
      is_ascii_word(text[end + 1])) {
    const size_t begin = end + 1;
    end = end_of_name(text, begin);
    std::array<char, 2 * kNameBytesMax> joined;
    const std::string_view rest = text.substr(begin, std::min(end - begin, kNameBytesMax));
    std::copy(name.begin(), name.end(), joined.begin());
    std::copy(rest.begin(), rest.end(), joined.begin() + name.size());
    name = written.add({joined.data(), name.size() + rest.size()});
  }
  if (name.size() < kNameBytesMin || name.size() > kNameBytesMax) return {};
  const bool mail = (end < text.size() && text[end] == '@') ||
                    (by.is_glued_at && name.find('.') != std::string_view::npos);
  if (mail || text.substr(end).starts_with("://") || !is_sure(name, by)) return {};
  return {name, end};
}

// "加vabc123": people who know that "add WeChat" is looked for leave the space out.
Handle glued_handle_at(std::string_view text, size_t at) {
  if (text[at] != 'v' || !text.substr(0, at).ends_with("加")) return {};
  const size_t begin = at + (text.substr(at).starts_with("vx") ? 2 : 1);
  const size_t end = end_of_name(text, begin);
  if (end < begin + kDoubtfulBytesMin || end > begin + kNameBytesMax) return {};
  return {"wechat",
          text.substr(begin, end - begin),
          {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}};
}

// The handle at `at`; no id: there is none.
Handle handle_at(std::string_view text, size_t at, const NumberingPlan* plan, TextPool& written) {
  const Announcement by = announcement_before(text, at);
  if (by.service == nullptr) return glued_handle_at(text, at);
  Name name;
  if ((by.service->evidence & kAccount) != 0) name = account_at(text, at);
  if ((by.service->evidence & kNumber) != 0) {
    name = number_name_at(text, at, by.service->service, plan, written);
  }
  if (name.end == 0) name = name_at(text, at, by, written);
  if (name.end == 0) return {};
  const bool dressed = at > 0 && (text[at - 1] == '@' || text[at - 1] == '+');
  return {by.service->service,
          name.id,
          {static_cast<uint32_t>(at - (dressed ? 1 : 0)), static_cast<uint32_t>(name.end)}};
}

void add_services_behind(std::string_view text, Entities& out) {
  for (const Phone& phone : out.phones) {
    const std::string_view service = service_behind(text, phone.span.end);
    const auto same = [&phone](const Handle& handle) { return handle.span == phone.span; };
    if (service.empty() || std::any_of(out.handles.begin(), out.handles.end(), same)) continue;
    if (out.handles.size() == limits::kUrlsPerMessageMax) {
      ++out.left_out;
      return;
    }
    out.handles.push_back({service, phone.number, phone.span});
  }
}

}  // namespace

void find_handles(std::string_view text, const NumberingPlan* plan, const TextMarks& marks,
                  Entities& out) {
  uint32_t end = 0;
  for (size_t i = 0; i < marks.place_count; ++i) {
    if (marks.places[i] < end) continue;
    const Handle handle = handle_at(text, marks.places[i], plan, out.written);
    if (handle.id.empty()) continue;
    if (out.handles.size() == limits::kUrlsPerMessageMax) {
      ++out.left_out;
      break;
    }
    out.handles.push_back(handle);
    end = handle.span.end;
  }
  add_services_behind(text, out);
  std::sort(out.handles.begin(), out.handles.end(),
            [](const Handle& a, const Handle& b) { return a.span < b.span; });
}

}  // namespace sieve
