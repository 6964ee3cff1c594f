#include "traffic/template.h"

#include <array>

#include "base/check.h"
#include "traffic/words.h"

namespace sieve::traffic {
namespace {

// In the order of Slot.
constexpr std::array<std::string_view, 34> kSlots = {
    "name", "place",   "food",  "item",   "day",    "border", "game",  "kin", "team",
    "app",  "cur",     "small", "amount", "big",    "pct",    "dots",  "n",   "min",
    "code", "voucher", "acct",  "track",  "time",   "date",   "brand", "url", "line",
    "tg",   "phone",   "link",  "meet",   "invite", "handle", "mobile"};
static_assert(kSlots.size() == static_cast<size_t>(Slot::kMobile) + 1);

constexpr std::string_view kPathLetters = "abcdefghijkmnpqrstuvwxyz23456789";
constexpr std::string_view kVoucherLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

// In the order of Lang. The # of a mobile number are digits.
constexpr std::array<std::string_view, kLangCount> kMobiles = {
    "08#-###-####", "+6681#######", "13#########", "0812-####-####", "09########", "09#########"};
constexpr std::array<std::string_view, kLangCount> kTrackingEnds = {"TH", "TH", "CN",
                                                                    "ID", "VN", "PH"};

int16_t slot_index(std::string_view name) {
  for (size_t i = 0; i < kSlots.size(); ++i) {
    if (kSlots[i] == name) return static_cast<int16_t>(i);
  }
  SIEVE_CHECK(false, "no slot is called '{}'", name);
}

}  // namespace

void append_digits(std::string& out, uint64_t value, size_t width) {
  std::array<char, 20> buffer;
  size_t at = buffer.size();
  do {
    buffer[--at] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  while (buffer.size() - at < width) buffer[--at] = '0';
  out.append(buffer.data() + at, buffer.size() - at);
}

void append_grouped(std::string& out, int64_t value) {
  if (value >= 1'000'000) {
    append_digits(out, static_cast<uint64_t>(value / 1'000'000));
    out += ',';
    append_digits(out, static_cast<uint64_t>(value / 1'000 % 1'000), 3);
  } else if (value >= 1'000) {
    append_digits(out, static_cast<uint64_t>(value / 1'000));
  }
  if (value >= 1'000) out += ',';
  append_digits(out, static_cast<uint64_t>(value % 1'000), value >= 1'000 ? 3 : 1);
}

void Text::clear() {
  bytes.clear();
  contacts.clear();
  url = {};
}

TextTemplate::TextTemplate(std::string_view source) {
  size_t at = 0;
  while (at < source.size()) {
    const size_t open = source.find('[', at);
    parse_flat(source.substr(at, open - at), tokens_);
    if (open == std::string_view::npos) return;
    const size_t close = source.find(']', open);
    SIEVE_CHECK(close != std::string_view::npos, "unclosed choice in '{}'", source);
    parse_choice(source.substr(open + 1, close - open - 1));
    at = close + 1;
  }
}

void TextTemplate::parse_flat(std::string_view source, std::vector<Token>& tokens) {
  size_t at = 0;
  while (at < source.size()) {
    const size_t open = source.find('{', at);
    const std::string_view literal = source.substr(at, open - at);
    if (!literal.empty()) tokens.push_back({.literal = literal});
    if (open == std::string_view::npos) return;
    const size_t close = source.find('}', open);
    SIEVE_CHECK(close != std::string_view::npos, "unclosed slot in '{}'", source);
    tokens.push_back({.slot = slot_index(source.substr(open + 1, close - open - 1))});
    at = close + 1;
  }
}

void TextTemplate::parse_choice(std::string_view source) {
  Token token;
  token.choice_begin = static_cast<uint16_t>(choices_.size());
  size_t at = 0;
  while (at <= source.size()) {
    const size_t bar = std::min(source.find('|', at), source.size());
    const auto begin = static_cast<uint16_t>(inner_.size());
    parse_flat(source.substr(at, bar - at), inner_);
    choices_.push_back({begin, static_cast<uint16_t>(inner_.size())});
    ++token.choice_count;
    at = bar + 1;
  }
  tokens_.push_back(token);
}

void TextWriter::write(const TextTemplate& form, const Voice& voice, Text& text) {
  text.clear();
  for (const TextTemplate::Token& token : form.tokens_) {
    if (token.choice_count == 0) {
      write_token(token, voice, text);
      continue;
    }
    const auto& range = form.choices_[token.choice_begin + random_.below(token.choice_count)];
    for (size_t i = range.begin; i < range.end; ++i) write_token(form.inner_[i], voice, text);
  }
}

void TextWriter::write_token(const TextTemplate::Token& token, const Voice& voice, Text& text) {
  if (token.slot < 0) {
    text.bytes += token.literal;
  } else {
    write_slot(static_cast<Slot>(token.slot), voice, text);
  }
}

void TextWriter::write_slot(Slot slot, const Voice& voice, Text& text) {
  switch (slot) {
    case Slot::kName:
    case Slot::kPlace:
    case Slot::kFood:
    case Slot::kItem:
    case Slot::kDay:
    case Slot::kBorder:
    case Slot::kGame:
    case Slot::kKin:
    case Slot::kTeam:
    case Slot::kApp:
    case Slot::kCurrency:
      text.bytes += random_.pick(words_for(slot, voice.lang));
      return;
    case Slot::kBrand:
      text.bytes += voice.brand;
      return;
    case Slot::kUrl:
    case Slot::kLine:
    case Slot::kTelegram:
    case Slot::kPhone:
    case Slot::kLink:
    case Slot::kMeet:
    case Slot::kInvite:
    case Slot::kHandle:
    case Slot::kMobile:
      write_contact(slot, voice, text);
      return;
    default:
      write_number(slot, voice, text.bytes);
      return;
  }
}

void TextWriter::write_contact(Slot slot, const Voice& voice, Text& text) {
  std::string& out = text.bytes;
  const size_t begin = out.size();
  if (slot == Slot::kUrl) {
    if (voice.scheme) out += "https://";
    out += voice.host;
    out += '/';
    const uint64_t bits = random_.next();
    const size_t size = 4 + bits % 4;
    for (size_t i = 0; i < size; ++i) out += kPathLetters[(bits >> (5 * i + 8)) & 31];
    if (text.url.end == 0) text.url = {begin, out.size()};
  } else if (slot == Slot::kLine) {
    out += voice.line;
  } else if (slot == Slot::kTelegram) {
    out += voice.telegram;
  } else if (slot == Slot::kPhone) {
    out += voice.phone;
  } else {
    write_shared(slot, voice.lang, out);
    if (slot <= Slot::kInvite && text.url.end == 0) text.url = {begin, out.size()};
  }
  text.contacts.push_back({begin, out.size()});
}

void TextWriter::write_shared(Slot slot, Lang lang, std::string& out) {
  if (slot == Slot::kMobile) {
    for (const char c : kMobiles[static_cast<size_t>(lang)]) {
      out += c == '#' ? static_cast<char>('0' + random_.below(10)) : c;
    }
    return;
  }
  if (slot == Slot::kHandle) {
    out += random_.pick(handle_names());
    return append_digits(out, random_.below(1'000));
  }
  if (random_.chance(0.7)) out += "https://";
  out += random_.pick(shared_links(slot));
  for (int i = 0; i < 9; ++i) {
    out += kPathLetters[random_.below(static_cast<uint32_t>(kPathLetters.size()))];
  }
}

void TextWriter::write_date(Lang lang, std::string& out) {
  const uint32_t day = 1 + random_.below(28);
  const uint32_t month = 1 + random_.below(12);
  const bool chinese = lang == Lang::kZh;
  append_digits(out, chinese ? month : day);
  out += chinese ? "月" : "/";
  append_digits(out, chinese ? day : month);
  if (chinese) out += "日";
}

void TextWriter::write_number(Slot slot, const Voice& voice, std::string& out) {
  switch (slot) {
    case Slot::kSmall:
      return append_digits(out, 10 + random_.below(90));
    case Slot::kAmount:
      return append_grouped(out, voice.amount > 0 ? voice.amount : random_.range(100, 9'000));
    case Slot::kBig:
      return append_grouped(out, random_.range(10, 900) * 1'000);
    case Slot::kPercent:
      return append_digits(out, 5 * (1 + random_.below(14)));
    case Slot::kDots:
      append_digits(out, 10 + random_.below(890));
      out += '.';
      return append_digits(out, 100 * random_.below(10), 3);
    case Slot::kCount:
      return append_digits(out, 2 + random_.below(8));
    case Slot::kMinutes:
      return append_digits(out, 5 * (1 + random_.below(12)));
    case Slot::kCode:
      return append_digits(out, random_.below(1'000'000), 6);
    case Slot::kVoucher:
      for (int i = 0; i < 6; ++i) {
        out += kVoucherLetters[random_.below(static_cast<uint32_t>(kVoucherLetters.size()))];
      }
      return;
    case Slot::kAccount:
      return append_digits(out, random_.below(10'000), 4);
    case Slot::kTracking:
      out += "TX";
      append_digits(out, random_.below(1'000'000'000), 9);
      out += kTrackingEnds[static_cast<size_t>(voice.lang)];
      return;
    case Slot::kTime:
      append_digits(out, 7 + random_.below(15), 2);
      out += random_.chance(0.5) ? ':' : '.';
      return append_digits(out, 5 * random_.below(12), 2);
    case Slot::kDate:
      return write_date(voice.lang, out);
    default:
      SIEVE_CHECK(false, "slot {} is no number", static_cast<int>(slot));
  }
}

}  // namespace sieve::traffic
