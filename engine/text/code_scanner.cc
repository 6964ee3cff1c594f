#include "text/code_scanner.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/limits.h"
#include "text/ascii.h"
#include "text/utf8_inline.h"
#include "text/word_table.h"

namespace sieve {
namespace {

constexpr size_t kCodeDigitsMin = 4;
constexpr size_t kCodeDigitsMax = 8;
constexpr size_t kGroupedDigits = 3;
// How far a code may be from the word, in characters.
constexpr size_t kCharsBehindMax = 48;
constexpr size_t kCharsBeforeMax = 32;
constexpr size_t kBytesMax = 4 * kCharsBehindMax;
constexpr size_t kLinkBytesMax = 40;

// What a word says about digits around it.
enum class CodeWord : uint8_t {
  kCode,   // A code for one use is near.
  kMaybe,  // So it is, if nothing but "is" and the like stands between.
  kOther,  // Right before digits: they are something else.
};

using CodeRow = WordRow<CodeWord>;

constexpr auto kWords = front_words<CodeWord>({
    {"otp", CodeWord::kCode},
    {"one-time", CodeWord::kCode},
    {"one time pass", CodeWord::kCode},
    {"passcode", CodeWord::kCode},
    {"verification", CodeWord::kCode},
    {"security code", CodeWord::kCode},
    {"login code", CodeWord::kCode},
    {"access code", CodeWord::kCode},
    {"auth code", CodeWord::kCode},
    {"confirmation code", CodeWord::kCode},
    {"tac", CodeWord::kCode},
    {"code", CodeWord::kMaybe},
    {"code ng", CodeWord::kCode},
    {"pin", CodeWord::kMaybe},
    {"password", CodeWord::kMaybe},
    {"kode", CodeWord::kMaybe},
    {"kode otp", CodeWord::kCode},
    {"kode verifikasi", CodeWord::kCode},
    {"kode rahasia", CodeWord::kCode},
    {"kata sandi", CodeWord::kMaybe},
    {"mã", CodeWord::kMaybe},
    {"mã otp", CodeWord::kCode},
    {"mã pin", CodeWord::kCode},
    {"mã xác", CodeWord::kCode},
    {"mã kích hoạt", CodeWord::kCode},
    {"ma otp", CodeWord::kCode},
    {"ma xac", CodeWord::kCode},
    {"รหัส", CodeWord::kMaybe},
    {"รหัสผ่าน", CodeWord::kMaybe},
    {"รหัสลับ", CodeWord::kCode},
    {"รหัสยืนยัน", CodeWord::kCode},
    {"รหัส otp", CodeWord::kCode},
    {"รหัสotp", CodeWord::kCode},
    {"รหัสไปรษณีย์", CodeWord::kOther},
    {"โอทีพี", CodeWord::kCode},
    {"验证码", CodeWord::kCode},
    {"校验码", CodeWord::kCode},
    {"动态码", CodeWord::kCode},
    {"动态密码", CodeWord::kCode},
    {"认证码", CodeWord::kCode},
    {"确认码", CodeWord::kCode},
    {"密码", CodeWord::kMaybe},
    {"인증번호", CodeWord::kCode},
    {"인증코드", CodeWord::kCode},
    {"認証コード", CodeWord::kCode},
    {"ລະຫັດ", CodeWord::kMaybe},
    {"លេខកូដ", CodeWord::kMaybe},
    {"ကုဒ်", CodeWord::kMaybe},
    {"zip code", CodeWord::kOther},
    {"postal code", CodeWord::kOther},
    {"promo code", CodeWord::kOther},
    {"qr code", CodeWord::kOther},
    {"kode pos", CodeWord::kOther},
    {"kode negara", CodeWord::kOther},
    {"claim code", CodeWord::kOther},
    {"prize code", CodeWord::kOther},
    {"reference code", CodeWord::kOther},
    {"voucher code", CodeWord::kOther},
    {"discount code", CodeWord::kOther},
    {"referral code", CodeWord::kOther},
    {"country code", CodeWord::kOther},
    {"area code", CodeWord::kOther},
    {"hotline", CodeWord::kOther},
    {"dial", CodeWord::kOther},
    {"to", CodeWord::kOther},
    {"kode unik", CodeWord::kOther},
    {"ref", CodeWord::kOther},
    {"reference", CodeWord::kOther},
    {"อ้างอิง", CodeWord::kOther},
    {"ลงท้าย", CodeWord::kOther},
    {"ending", CodeWord::kOther},
    {"尾号", CodeWord::kOther},
    {"call", CodeWord::kOther},
    {"โทร", CodeWord::kOther},
});

// What may stand between "code" and the code, in either order.
constexpr auto kLinks = front_words<bool>({
    {"is", true},
    {"your", true},
    {"คือ", true},
    {"ของคุณ", true},
    {"ของท่าน", true},
    {"ของคุณคือ", true},
    {"เป็น", true},
    {"是", true},
    {"为", true},
    {"您的", true},
    {"adalah", true},
    {"anda", true},
    {"là", true},
    {"của bạn", true},
    {"cua ban", true},
    {"la", true},
    {"ay", true},
    {"mo", true},
});

// Of these, what says that a code comes next.
constexpr auto kIs = back_words<bool>({{"is", true},
                                       {"คือ", true},
                                       {"是", true},
                                       {"为", true},
                                       {"adalah", true},
                                       {"là", true},
                                       {"ay", true}});

size_t count_chars(std::string_view text) {
  const auto tails = std::count_if(text.begin(), text.end(), is_utf8_tail);
  return text.size() - static_cast<size_t>(tails);
}

// Whether `text` is made of links, spaces and punctuation only.
bool only_links(std::string_view text) {
  if (text.size() > kLinkBytesMax) return false;
  for (size_t at = 0; at < text.size();) {
    const auto* link = kLinks.find(text, at);
    if (link != nullptr) {
      at += link->word.size();
    } else if (is_ascii_word(text[at]) || static_cast<unsigned char>(text[at]) >= 0x80 ||
               text[at] == '+') {
      return false;
    } else {
      ++at;
    }
  }
  return true;
}

// "code of your account is: "
bool ends_in_is(std::string_view text) {
  while (text.ends_with(' ') || text.ends_with(':')) text.remove_suffix(1);
  return kIs.find(text, text.size()) != nullptr;
}

struct Word {
  size_t begin;
  size_t end;
  CodeWord kind;
};

// Words of kWords in a text, the first of them.
struct Words {
  std::array<Word, limits::kUrlsPerMessageMax> words;
  size_t count = 0;
};

// Behind the ASCII letters at `at`, or the one character of another kind.
size_t skip_word(std::string_view text, size_t at) {
  if (!is_ascii_lower(text[at])) return at + utf8_size_of_lead(text[at]);
  while (at < text.size() && is_ascii_lower(text[at])) ++at;
  return at;
}

Words find_words(std::string_view text) {
  Words out;
  for (size_t at = 0; at < text.size() && out.count < out.words.size();) {
    const CodeRow* row = kWords.find(text, at);
    if (row == nullptr) {
      at = skip_word(text, at);
      continue;
    }
    out.words[out.count++] = {at, at + row->word.size(), row->value};
    at += row->word.size();
  }
  return out;
}

// Digits that can be a code: one group, or two of three.
struct Candidate {
  size_t first;
  size_t last;
  size_t begin;
  size_t end;
};

bool is_year(std::string_view digits) {
  if (digits.size() != 4) return false;
  return digits.starts_with("19") || digits.starts_with("20") || digits.starts_with("25");
}

class CodeScanner {
 public:
  CodeScanner(std::string_view text, TextMarks& marks) : text_(text), marks_(marks) {}

  // Whether any group is free and can be a code.
  bool has_candidate() const {
    for (size_t i = 0; i < marks_.group_count; ++i) {
      if (candidate_at(i)) return true;
    }
    return false;
  }

  // The code that `word` stands for; `words` tells what else is near.
  std::optional<Candidate> nearest(const Word& word, const Words& words) const {
    std::optional<Candidate> best;
    size_t best_distance = kBytesMax + 1;
    for (size_t i = 0; i < marks_.group_count; ++i) {
      const auto candidate = candidate_at(i);
      if (!candidate) continue;
      if (candidate->begin > word.end + kBytesMax) break;
      const bool behind = candidate->begin >= word.end;
      const size_t distance = behind ? candidate->begin - word.end : word.begin - candidate->end;
      if (distance >= best_distance || !holds(word, *candidate)) continue;
      if (is_something_else(*candidate, words)) continue;
      best = candidate;
      best_distance = distance;
      i = candidate->last;
    }
    return best;
  }

  void take(const Candidate& code) {
    for (size_t i = code.first; i <= code.last; ++i) marks_.groups[i].taken = true;
  }

 private:
  std::optional<Candidate> candidate_at(size_t i) const {
    const DigitGroup& group = marks_.groups[i];
    if (group.taken || group.size() < kGroupedDigits || group.size() > kCodeDigitsMax) return {};
    Candidate out{i, i, group.begin, group.end};
    if (group.size() < kCodeDigitsMin) {
      if (i + 1 == marks_.group_count) return {};
      const DigitGroup& next = marks_.groups[i + 1];
      const bool paired = !next.taken && next.size() == kGroupedDigits &&
                          next.begin == group.end + 1 &&
                          (text_[group.end] == ' ' || text_[group.end] == '-');
      if (!paired) return {};
      out.last = i + 1;
      out.end = next.end;
    }
    if (is_joined_before(out.begin) || is_joined_behind(out.end)) return {};
    return out;
  }

  // Whether the digits go on, in a longer number, a date, a time or a name.
  bool is_joined_before(size_t begin) const {
    if (begin == 0) return false;
    const char c = text_[begin - 1];
    if (is_ascii_lower(c) || c == '_' || c == '@' || c == '*' || c == '/') return true;
    const bool joins = c == '-' || c == '.' || c == ',' || c == ':';
    if (!joins || begin < 2) return false;
    const char before = text_[begin - 2];
    if (c == '-' && before == 'g') return false;  // G-123456.
    return c == ':' || c == '.' ? is_ascii_digit(before) : is_ascii_word(before);
  }

  bool is_joined_behind(size_t end) const {
    if (end == text_.size()) return false;
    const char c = text_[end];
    if (is_ascii_lower(c) || c == '_' || c == '@' || c == '*' || c == '/' || c == '%') return true;
    const bool joins = c == '-' || c == '.' || c == ',' || c == ':';
    return joins && end + 1 < text_.size() && is_ascii_digit(text_[end + 1]);
  }

  bool holds(const Word& word, const Candidate& candidate) const {
    const bool behind = candidate.begin >= word.end;
    const std::string_view between = behind
                                         ? text_.substr(word.end, candidate.begin - word.end)
                                         : text_.substr(candidate.end, word.begin - candidate.end);
    const std::string_view digits = text_.substr(candidate.begin, candidate.end - candidate.begin);
    if (count_chars(between) > (behind ? kCharsBehindMax : kCharsBeforeMax)) return false;
    const bool strict = word.kind == CodeWord::kMaybe || is_year(digits);
    if (!strict || only_links(between)) return true;
    return behind && word.kind == CodeWord::kMaybe && !is_year(digits) && ends_in_is(between);
  }

  static bool is_something_else(const Candidate& candidate, const Words& words) {
    for (size_t i = 0; i < words.count; ++i) {
      const Word& word = words.words[i];
      const bool right_before = word.end <= candidate.begin && candidate.begin - word.end <= 3;
      if (word.kind == CodeWord::kOther && right_before) return true;
    }
    return false;
  }

  std::string_view text_;
  TextMarks& marks_;
};

}  // namespace

void find_codes(std::string_view text, TextMarks& marks, Entities& out) {
  CodeScanner scanner(text, marks);
  if (!scanner.has_candidate()) return;
  const Words words = find_words(text);
  for (size_t i = 0; i < words.count; ++i) {
    if (words.words[i].kind == CodeWord::kOther) continue;
    const auto code = scanner.nearest(words.words[i], words);
    if (!code) continue;
    scanner.take(*code);
    out.codes.push_back({{static_cast<uint32_t>(code->begin), static_cast<uint32_t>(code->end)}});
  }
  std::sort(out.codes.begin(), out.codes.end(),
            [](const OneTimeCode& a, const OneTimeCode& b) { return a.span < b.span; });
}

}  // namespace sieve
