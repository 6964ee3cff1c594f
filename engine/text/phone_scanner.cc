#include "text/phone_scanner.h"

#include <algorithm>

#include "base/limits.h"
#include "base/numbering_plans.h"
#include "text/ascii.h"
#include "text/word_table.h"

namespace sieve {
namespace {

constexpr size_t kGroupsMax = kDialledDigitsMax;
constexpr size_t kGroupsUsualMax = 6;
// Numbers written digit by digit.
constexpr size_t kSinglesMin = 9;
// National numbers without a trunk prefix, where the country has one, and foreign ones.
constexpr size_t kBareDigitsMin = 9;
constexpr size_t kForeignDigitsMin = 9;
constexpr size_t kCardDigitsMin = 13;
constexpr size_t kCueGapBytesMax = 4;

enum class CueWord : uint8_t { kAnnounces, kDenies, kNeutral };

using CueRow = WordRow<CueWord>;
constexpr CueWord kYes = CueWord::kAnnounces;
constexpr CueWord kNo = CueWord::kDenies;
constexpr CueWord kSkip = CueWord::kNeutral;

constexpr auto kCueWords = back_words<CueWord>({
    {"tel", kYes},       {"telp", kYes},       {"tlp", kYes},       {"telepon", kYes},
    {"telephone", kYes}, {"phone", kYes},      {"mobile", kYes},    {"mob", kYes},
    {"cell", kYes},      {"cp", kYes},         {"hp", kYes},        {"call", kYes},
    {"dial", kYes},      {"text", kYes},       {"sms", kYes},       {"hotline", kYes},
    {"helpline", kYes},  {"contact", kYes},    {"hubungi", kYes},   {"hub", kYes},
    {"kontak", kYes},    {"wa", kYes},         {"whatsapp", kYes},  {"viber", kYes},
    {"zalo", kYes},      {"gcash", kYes},      {"promptpay", kYes}, {"tawag", kYes},
    {"tumawag", kYes},   {"itext", kYes},      {"gọi", kYes},       {"liên hệ", kYes},
    {"lh", kYes},        {"lien he", kYes},    {"sđt", kYes},       {"sdt", kYes},
    {"đt", kYes},        {"điện thoại", kYes}, {"โทร", kYes},       {"โทรศัพท์", kYes},
    {"เบอร์", kYes},      {"เบอร์โทร", kYes},    {"มือถือ", kYes},      {"ติดต่อ", kYes},
    {"พร้อมเพย์", kYes},   {"สายด่วน", kYes},     {"电话", kYes},      {"手机", kYes},
    {"手机号", kYes},    {"致电", kYes},       {"拨打", kYes},      {"联系", kYes},
    {"热线", kYes},      {"ໂທ", kYes},         {"ទូរស័ព្ទ", kYes},     {"ဖုန်း", kYes},
    {"전화", kYes},      {"ref", kNo},         {"reference", kNo},  {"order", kNo},
    {"invoice", kNo},    {"ticket", kNo},      {"tracking", kNo},   {"track", kNo},
    {"resi", kNo},       {"code", kNo},        {"otp", kNo},        {"pin", kNo},
    {"kode", kNo},       {"mã", kNo},          {"account", kNo},    {"acct", kNo},
    {"a/c", kNo},        {"rek", kNo},         {"rekening", kNo},   {"norek", kNo},
    {"stk", kNo},        {"tài khoản", kNo},   {"บัญชี", kNo},        {"รหัส", kNo},
    {"พัสดุ", kNo},        {"อ้างอิง", kNo},       {"ใบเสร็จ", kNo},     {"验证码", kNo},
    {"账号", kNo},       {"单号", kNo},        {"no", kSkip},       {"nomor", kSkip},
    {"number", kSkip},   {"เลขที่", kSkip},      {"หมายเลข", kSkip},
});

bool is_cue_gap(char c) {
  return c == ' ' || c == ':' || c == '.' || c == '-' || c == '=' || c == '/' || c == '(';
}

// The word that a number at `at` is announced or denied by.
NumberCue cue_before(std::string_view text, size_t at) {
  for (int words = 0; words < 2; ++words) {
    const size_t limit = at - std::min(at, kCueGapBytesMax);
    while (at > limit && is_cue_gap(text[at - 1])) --at;
    const CueRow* row = kCueWords.find(text, at);
    if (row == nullptr) return NumberCue::kNone;
    if (row->value == CueWord::kAnnounces) return NumberCue::kAnnounced;
    if (row->value == CueWord::kDenies) return NumberCue::kDenied;
    at -= row->word.size();
  }
  return NumberCue::kNone;
}

// Digits and how they are grouped. Group i ends behind digits[ends[i] - 1], at text[stops[i]].
struct Groups {
  std::array<char, kDialledDigitsMax> digits;
  std::array<uint8_t, kGroupsMax> ends;
  std::array<size_t, kGroupsMax> stops;
  std::array<bool, kGroupsMax> bracketed;
  size_t count = 0;
  bool plus = false;

  size_t begin_of(size_t i) const { return i == 0 ? 0 : ends[i - 1]; }
  size_t size_of(size_t i) const { return ends[i] - begin_of(i); }
  std::string_view of(size_t i) const { return {digits.data() + begin_of(i), size_of(i)}; }
  std::string_view through(size_t i) const { return {digits.data(), ends[i]}; }
};

// Where the next group begins behind the separators at `at`; 0: there is none.
size_t next_group(std::string_view text, size_t at) {
  size_t marks = 0;
  size_t size = 0;
  for (; at + size < text.size() && size <= 3; ++size) {
    const char c = text[at + size];
    if (is_ascii_digit(c)) return size > 0 ? at + size : 0;
    const bool bracket = c == '(' || c == ')';
    if (!bracket && (c == ' ' || c == '-' || c == '.') && ++marks <= 1) continue;
    if (!bracket) return 0;
  }
  return 0;
}

// The groups from `at` on, as far as they can be one number.
Groups read_groups(std::string_view text, size_t at) {
  Groups out;
  if (text[at] == '+') {
    out.plus = true;
    ++at;
    if (at < text.size() && (text[at] == '(' || text[at] == ' ')) ++at;
  }
  size_t size = 0;
  while (out.count < kGroupsMax) {
    const size_t begin = at;
    while (at < text.size() && is_ascii_digit(text[at]) && size < kDialledDigitsMax) {
      out.digits[size++] = text[at++];
    }
    const bool cut = at < text.size() && is_ascii_digit(text[at]);
    if (cut || at == begin) return out;
    out.ends[out.count] = static_cast<uint8_t>(size);
    out.stops[out.count] = at;
    out.bracketed[out.count++] = begin > 0 && text[begin - 1] == '(';
    at = next_group(text, at);
    if (at == 0) return out;
  }
  return out;
}

int value_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// 1990 to 2099, or the same years of the Buddhist era.
bool is_year(std::string_view digits) {
  if (digits.size() != 4) return false;
  const int year = value_of(digits);
  return (year >= 1900 && year <= 2099) || (year >= 2443 && year <= 2642);
}

// 31-12-2024, 12/31/2024 or 2024-12-31, whatever follows.
bool begins_with_date(const Groups& groups) {
  if (groups.count < 3) return false;
  const auto is_small = [&groups](size_t i) {
    return groups.size_of(i) <= 2 && value_of(groups.of(i)) <= 31 && value_of(groups.of(i)) > 0;
  };
  return (is_small(0) && is_small(1) && is_year(groups.of(2))) ||
         (is_year(groups.of(0)) && is_small(1) && is_small(2));
}

// Whether people group the digits of one number as the first `count` groups are.
bool is_grouped_well(const Groups& groups, size_t count) {
  size_t singles = 0;
  for (size_t i = 1; i < count; ++i) {
    singles += groups.size_of(i) == 1 && !groups.bracketed[i] ? 1 : 0;
  }
  // Behind a `+` an area may have one digit: "+66 2 123 4567".
  if (singles <= (groups.plus ? 1 : 0)) return count <= kGroupsUsualMax;
  return singles + 1 == count && groups.size_of(0) == 1 && count >= kSinglesMin;
}

// All groups, to the end, are of four digits, as on a card.
bool is_card(const Groups& groups) {
  if (groups.count == 0 || groups.ends[groups.count - 1] < kCardDigitsMin) return false;
  for (size_t i = 0; i < groups.count; ++i) {
    if (groups.size_of(i) != 4) return false;
  }
  return true;
}

// Whether a number may end at `end`: what follows is no more of it.
bool may_end(std::string_view text, size_t end) {
  if (end == text.size()) return true;
  const char c = text[end];
  if (is_ascii_word(c) || c == '_' || c == '@' || c == '%' || c == '*' || c == '#') return false;
  const bool joins = c == '-' || c == '.' || c == ',' || c == ':';
  return !joins || end + 1 == text.size() || !is_ascii_word(text[end + 1]);
}

// Whether a number may begin at `at`: it is no end of something longer.
bool may_begin(std::string_view text, size_t at) {
  if (at == 0) return true;
  const char c = text[at - 1];
  if (is_ascii_digit(c) || c == '#' || c == '_' || c == '@' || c == '$' || c == '*') return false;
  if (is_ascii_lower(c)) return kCueWords.find(text, at) != nullptr;
  const bool joins = c == '-' || c == '.' || c == ',' || c == '+';
  if (!joins || at < 2 || !is_ascii_word(text[at - 2])) return true;
  return kCueWords.find(text, at - 1) != nullptr;
}

// Whether the table has the number, rather than only its calling code.
bool is_known(const PhoneNumber& number) {
  const auto code = calling_code_of(number.code);
  return code && code->plan != nullptr && code->plan->is_valid(number.national);
}

// Digits behind a `+`.
std::optional<PhoneNumber> read_plus(std::string_view digits) {
  const auto number = read_international(digits, NumberReading::kPossible);
  if (!number || is_known(*number)) return number;
  const auto code = calling_code_of(digits);
  if (code->plan != nullptr || digits.size() < kForeignDigitsMin) return {};
  return number;
}

// Whether subscribers of `plan` write such digits without any prefix, and hardly anyone writes
// anything else so.
bool is_written_bare(std::string_view digits, const NumberingPlan& plan) {
  if (plan.trunk == '\0') return plan.is_valid(digits);
  if (plan.country == "CN") return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
  const std::string_view code = plan.calling_code;
  return digits.size() > kBareDigitsMin + 1 && digits.starts_with(code) &&
         plan.is_valid(digits.substr(code.size()));
}

std::optional<PhoneNumber> read_number(std::string_view digits, bool plus, NumberCue cue,
                                       const NumberingPlan* plan) {
  if (plus) return read_plus(digits);
  if (cue == NumberCue::kDenied) return {};
  const bool prefixed =
      digits.starts_with("00") || (plan != nullptr && plan->trunk == '0' && digits[0] == '0');
  const bool bare = (cue == NumberCue::kAnnounced && digits.size() >= kBareDigitsMin) ||
                    (plan != nullptr && is_written_bare(digits, *plan));
  if (!prefixed && !bare) return {};
  const auto number = read_dialled(digits, plan);
  if (!number || !is_known(*number)) return {};
  // A Chinese mobile looks like an American number whose calling code is not marked as one.
  const bool american = number->code == "1" && (plan == nullptr || plan->calling_code != "1");
  return american && !prefixed ? std::nullopt : number;
}

// Whether the digits from group `i` on, as far as nothing has taken them, are enough for a number.
bool has_digits_enough(const TextMarks& marks, size_t i) {
  size_t digits = 0;
  for (size_t next = i; next < marks.group_count && !marks.groups[next].taken; ++next) {
    const bool far = next > i && marks.groups[next].begin - marks.groups[next - 1].end > 3;
    if (far) return false;
    digits += marks.groups[next].size();
    if (digits >= kNumberDigitsMin) return true;
  }
  return false;
}

// The begin of the next group that is taken, or the size of the text.
size_t end_of_free(std::string_view text, const TextMarks& marks, size_t i) {
  const size_t last = std::min(i + kGroupsMax, marks.group_count);
  for (; i < last; ++i) {
    if (marks.groups[i].taken) return marks.groups[i].begin;
  }
  return text.size();
}

}  // namespace

std::optional<FoundNumber> number_at(std::string_view text, size_t at, NumberCue cue,
                                     const NumberingPlan* plan) {
  const Groups groups = read_groups(text, at);
  if (is_card(groups) || (!groups.plus && begins_with_date(groups))) return {};
  for (size_t i = groups.count; i-- > 0 && groups.ends[i] >= kNumberDigitsMin;) {
    if (!may_end(text, groups.stops[i]) || !is_grouped_well(groups, i + 1)) continue;
    const auto number = read_number(groups.through(i), groups.plus, cue, plan);
    if (!number) continue;
    FoundNumber found;
    number->write(found.text.data());
    found.size = number->size();
    found.country = number->country;
    found.end = groups.stops[i];
    return found;
  }
  return {};
}

void find_phones(std::string_view text, const NumberingPlan* plan, TextMarks& marks,
                 Entities& out) {
  for (size_t i = 0; i < marks.group_count; ++i) {
    if (!has_digits_enough(marks, i)) continue;
    size_t begin = marks.groups[i].begin;
    const bool bracket = begin > 0 && text[begin - 1] == '(';
    if (bracket && begin > 1 && text[begin - 2] == '+') begin -= 2;
    if (begin > 0 && text[begin] != '+' && text[begin - 1] == '+') --begin;
    if (!may_begin(text, begin)) continue;
    const std::string_view free = text.substr(0, end_of_free(text, marks, i));
    const auto number = number_at(free, begin, cue_before(text, begin), plan);
    if (!number) continue;
    if (out.phones.size() == limits::kUrlsPerMessageMax) {
      ++out.left_out;
      return;
    }
    const bool opened = begin > 0 && text[begin - 1] == '(' &&
                        text.substr(begin, number->end - begin).find(')') != text.npos;
    out.phones.push_back(
        {out.written.add(number->view()),
         number->country,
         {static_cast<uint32_t>(begin - (opened ? 1 : 0)), static_cast<uint32_t>(number->end)}});
    for (; i < marks.group_count && marks.groups[i].begin < number->end; ++i) {
      marks.groups[i].taken = true;
    }
    --i;
  }
}

}  // namespace sieve
