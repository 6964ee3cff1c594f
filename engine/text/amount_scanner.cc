#include "text/amount_scanner.h"

#include <algorithm>
#include <optional>

#include "base/limits.h"
#include "base/numbering_plans.h"
#include "text/ascii.h"
#include "text/currency_words.h"
#include "text/number_text.h"

namespace sieve {
namespace {

// "P50 load" in the Philippines, where "P1" is the first of several things.
constexpr double kSmallestPesos = 20;

// Between the ends of a range.
constexpr auto kRangeWords = front_words<bool>({{"-", true},
                                                {"~", true},
                                                {"ถึง", true},
                                                {"到", true},
                                                {"至", true},
                                                {"to", true},
                                                {"đến", true},
                                                {"sampai", true},
                                                {"hingga", true}});

size_t skip_space(std::string_view text, size_t at) {
  return at < text.size() && text[at] == ' ' ? at + 1 : at;
}

// What stands behind a number.
struct Suffix {
  double factor = 1;
  std::string_view currency;
  size_t end = 0;  // Behind what was read.
};

// Whether the currency at `begin`, behind a number, is the next number's: "10 rp 5000", but not
// "10$ 20$".
bool belongs_to_next(std::string_view text, size_t begin, const WordRow<Currency>& row) {
  const size_t end = begin + row.word.size();
  const size_t next = skip_space(text, end);
  if ((row.value.use & kLeading) == 0 || next == text.size()) return false;
  const bool glued_before = text[begin - 1] != ' ';
  return is_ascii_digit(text[next]) && (next == end || !glued_before);
}

// Digit groups that together are a number, and what was read around them.
struct Candidate {
  WrittenNumber number;
  size_t first = 0;
  size_t begin = 0;  // With a currency before it.
  size_t end = 0;    // With whatever belongs to it behind.
  double factor = 1;
  std::string_view currency;

  double value() const { return number.value * factor; }
};

class AmountScanner {
 public:
  AmountScanner(std::string_view text, const NumberingPlan* plan, TextMarks& marks, Entities& out)
      : text_(text), marks_(marks), out_(out) {
    if (plan != nullptr) country_ = plan->country;
  }

  void scan() {
    for (size_t i = 0; i < marks_.group_count; ++i) {
      if (!may_begin(i) || !is_near_money(i)) continue;
      const auto first = read(i);
      if (!first) continue;
      i = first->number.last_group;
      const auto second = other_end_of_range(*first);
      if (second) {
        i = second->number.last_group;
        if (!add(share(*first, *second)) || !add(share(*second, *first))) return;
      } else if (!first->currency.empty() && !add(*first)) {
        return;
      }
    }
  }

 private:
  // Whether a number may begin with group `i`: it is no end of something longer.
  bool may_begin(size_t i) const {
    const size_t begin = marks_.groups[i].begin;
    if (begin == 0) return true;
    const char c = text_[begin - 1];
    if (c == '#' || c == '_' || c == '@') return false;
    return (c != '.' && c != ',') || begin < 2 || !is_ascii_digit(text_[begin - 2]);
  }

  // Whether anything that speaks of money, or the other end of a range, is next to the digits that
  // begin with group `i`: most do not need to be read as a number.
  bool is_near_money(size_t i) const {
    const size_t begin = marks_.groups[i].begin;
    if (currency_before(text_, begin - (begin > 0 && text_[begin - 1] == ' ' ? 1 : 0)) != nullptr) {
      return true;
    }
    for (const size_t last = std::min(i + kNumberGroupsMax, marks_.group_count); i < last; ++i) {
      const size_t end = marks_.groups[i].end;
      const size_t behind = skip_space(text_, end);
      if (currency_behind(text_, behind) != nullptr || kRangeWords.find(text_, behind) != nullptr ||
          multiplier_behind(text_, behind) != nullptr) {
        return true;
      }
      const bool joined = i + 1 < last && marks_.groups[i + 1].begin == end + 1;
      if (!joined) return false;
    }
    return false;
  }

  std::optional<Candidate> read(size_t first) const {
    const auto number = read_written_number(text_, marks_, first, PointBeforeThree::kThousands);
    if (!number) return {};
    Candidate out;
    out.number = *number;
    out.first = first;
    out.begin = marks_.groups[first].begin;
    out.end = marks_.groups[number->last_group].end;
    read_before(out);
    read_behind(out);
    if (out.currency == "USDT") {
      out.number = *read_written_number(text_, marks_, first, PointBeforeThree::kDecimal);
    }
    return out;
  }

  void read_before(Candidate& out) const {
    const bool space = out.begin > 0 && text_[out.begin - 1] == ' ';
    const size_t at = out.begin - (space ? 1 : 0);
    const auto* row = currency_before(text_, at);
    if (row == nullptr || !holds(row->value, out, space)) return;
    const size_t begin = at - row->word.size();
    // "10$ 20$": the sign of the number before.
    if (space && begin > 0 && is_ascii_digit(text_[begin - 1])) return;
    out.currency = meant(row->value.code);
    out.begin = begin;
  }

  void read_behind(Candidate& out) const {
    const size_t at = skip_space(text_, out.end);
    if (const auto* row = multiplier_behind(text_, at)) {
      if (!row->value.glued || at == out.end) {
        read_currency_behind(row->value.factor, at + row->word.size(), out);
        if (out.currency.empty()) out.currency = implied_by(*row);
        return;
      }
    }
    read_currency_behind(1, out.end, out);
  }

  // Reads a currency at or after `at`, behind the number and a word for `factor`.
  void read_currency_behind(double factor, size_t at, Candidate& out) const {
    const size_t begin = skip_space(text_, at);
    const auto* row = currency_behind(text_, begin);
    if (row != nullptr && begin == at && is_glued_word(out.begin, *row)) return;
    const bool is_own = row != nullptr && holds(row->value, out, begin > at) &&
                        !belongs_to_next(text_, begin, *row);
    if (is_own &&
        (out.currency.empty() || out.currency == "USD" || out.currency == meant(row->value.code))) {
      out.currency = meant(row->value.code);
      at = begin + row->word.size();
    }
    out.factor = factor;
    out.end = at;
  }

  // "ab2rs": letters on both sides of a number are one word with it.
  bool is_glued_word(size_t begin, const WordRow<Currency>& row) const {
    return begin > 0 && is_ascii_lower(text_[begin - 1]) && is_ascii_lower(row.word[0]);
  }

  bool holds(const Currency& currency, const Candidate& candidate, bool spaced) const {
    if ((currency.use & kThousands) == 0) return true;
    const bool at_home =
        currency.code == "PHP" && country_ == "PH" && candidate.number.value >= kSmallestPesos;
    return !spaced && (candidate.number.has_thousands || at_home);
  }

  // What a word for a large number means where no currency stands by it.
  std::string_view implied_by(const WordRow<Multiplier>& row) const {
    if (row.word != "k") return row.value.currency;
    return country_ == "VN" ? "VND" : country_ == "ID" ? "IDR" : "";
  }

  // The currency that a sign of several countries stands for here.
  std::string_view meant(std::string_view code) const {
    if (code != "CNY") return code;
    return country_ == "JP" ? "JPY" : country_ == "TW" ? "TWD" : code;
  }

  // The number that is the upper end of a range that begins with `from`: "100-200 baht".
  std::optional<Candidate> other_end_of_range(const Candidate& from) const {
    const size_t next = from.number.last_group + 1;
    const size_t at = skip_space(text_, from.end);
    const auto* to = next < marks_.group_count ? kRangeWords.find(text_, at) : nullptr;
    if (to == nullptr) return {};
    const auto other = read(next);
    // Nothing may follow but the other end, with its currency perhaps: "100 - ₱200".
    if (!other || skip_space(text_, at + to->word.size()) != other->begin) return {};
    if (from.currency.empty() && other->currency.empty()) return {};
    const bool same =
        from.currency.empty() || other->currency.empty() || from.currency == other->currency;
    return same && from.number.value <= other->value() ? other : std::nullopt;
  }

  // `one` end of a range, with what only the `other` says.
  static Candidate share(Candidate one, const Candidate& other) {
    if (one.currency.empty()) one.currency = other.currency;
    const bool spread = one.factor == 1 && one.number.value <= other.number.value;
    if (spread) one.factor = other.factor;
    return one;
  }

  // False when there is no more room.
  bool add(const Candidate& amount) {
    if (out_.amounts.size() == limits::kUrlsPerMessageMax) {
      ++out_.left_out;
      return false;
    }
    out_.amounts.push_back(
        {amount.value(),
         amount.currency,
         {static_cast<uint32_t>(amount.begin), static_cast<uint32_t>(amount.end)}});
    for (size_t i = amount.first; i <= amount.number.last_group; ++i) {
      marks_.groups[i].taken = true;
    }
    return true;
  }

  std::string_view text_;
  TextMarks& marks_;
  Entities& out_;
  std::string_view country_;
};

}  // namespace

void find_amounts(std::string_view text, const NumberingPlan* plan, TextMarks& marks,
                  Entities& out) {
  AmountScanner(text, plan, marks, out).scan();
}

}  // namespace sieve
