#include "text/handle_words.h"

#include <algorithm>
#include <array>

namespace sieve {
namespace {

constexpr uint8_t kStrong = kAtSign | kNumber | kColon | kIdWord;
constexpr uint8_t kName = kStrong | kDigit;
// In scripts without spaces a Latin word after the name is no accident.
constexpr uint8_t kForeignName = kName | kBare;

constexpr auto kServices = back_words<ServiceWord>({
    {"line", {"line", kName}},
    {"lineid", {"line", kName | kBare}},
    {"line id", {"line", kName | kBare}},
    {"idline", {"line", kName}},
    {"id line", {"line", kName}},
    {"addline", {"line", kName}},
    {"add line", {"line", kName}},
    {"iine", {"line", kAtSign | kIdWord}},
    {"ไลน์", {"line", kForeignName}},
    {"ไลน", {"line", kForeignName}},
    {"ไอดี", {"line", kStrong | kWeak}},
    {"แอด", {"line", kAtSign | kWeak}},
    {"เพิ่มเพื่อน", {"line", kAtSign | kWeak}},
    {"ໄລ", {"line", kForeignName}},
    {"라인", {"line", kStrong}},
    {"ライン", {"line", kStrong}},
    {"ออนไลน์", {}},
    {"ออนไลน", {}},
    {"telegram", {"telegram", kName}},
    {"telegrm", {"telegram", kName}},
    {"telegam", {"telegram", kName}},
    {"tele", {"telegram", kAtSign}},
    {"tg", {"telegram", kStrong}},
    {"เทเลแกรม", {"telegram", kForeignName}},
    {"เทเลแกม", {"telegram", kForeignName}},
    {"电报", {"telegram", kForeignName}},
    {"飞机", {"telegram", kStrong}},
    {"纸飞机", {"telegram", kForeignName}},
    {"텔레그램", {"telegram", kForeignName}},
    {"텔레", {"telegram", kStrong}},
    {"តេឡេក្រាម", {"telegram", kForeignName}},
    {"តេលេក្រាម", {"telegram", kForeignName}},
    {"တယ်လီဂရမ်", {"telegram", kForeignName}},
    {"whatsapp", {"whatsapp", kNumber}},
    {"whats app", {"whatsapp", kNumber}},
    {"watsapp", {"whatsapp", kNumber}},
    {"whatsap", {"whatsapp", kNumber}},
    {"wasap", {"whatsapp", kNumber}},
    {"wasapp", {"whatsapp", kNumber}},
    {"wassap", {"whatsapp", kNumber}},
    {"wa", {"whatsapp", kNumber}},
    {"วอทส์แอป", {"whatsapp", kNumber}},
    {"วอตส์แอป", {"whatsapp", kNumber}},
    {"wechat", {"wechat", kName}},
    {"we chat", {"wechat", kName}},
    {"weixin", {"wechat", kName}},
    {"wx", {"wechat", kStrong | kDigit}},
    {"vx", {"wechat", kStrong | kDigit}},
    {"微信", {"wechat", kForeignName}},
    {"微 信", {"wechat", kForeignName}},
    {"薇信", {"wechat", kForeignName}},
    {"威信", {"wechat", kForeignName}},
    {"徽信", {"wechat", kForeignName}},
    {"v信", {"wechat", kForeignName}},
    {"加v", {"wechat", kForeignName}},
    {"加微", {"wechat", kForeignName}},
    {"加薇", {"wechat", kForeignName}},
    {"加vx", {"wechat", kForeignName}},
    {"加wx", {"wechat", kForeignName}},
    {"+v", {"wechat", kStrong | kDigit}},
    {"วีแชท", {"wechat", kForeignName}},
    {"위챗", {"wechat", kForeignName}},
    {"qq", {"qq", kAccount}},
    {"扣扣", {"qq", kAccount}},
    {"zalo", {"zalo", kName}},
    {"viber", {"viber", kName}},
    {"ဗိုက်ဘာ", {"viber", kForeignName}},
    {"messenger", {"messenger", kAtSign | kColon | kIdWord}},
    {"kakao", {"kakao", kName}},
    {"kakaotalk", {"kakao", kName}},
    {"카톡", {"kakao", kForeignName}},
    {"카카오톡", {"kakao", kForeignName}},
    {"signal", {"signal", kAtSign | kNumber | kIdWord}},
    {"instagram", {"instagram", kAtSign | kColon | kIdWord | kDigit}},
    {"ig", {"instagram", kAtSign | kColon | kIdWord}},
    {"insta", {"instagram", kAtSign | kColon | kIdWord}},
    {"ไอจี", {"instagram", kAtSign | kColon | kIdWord | kDigit | kBare}},
});

// Before "line" in English: it is a row, a limit or a telephone line.
constexpr auto kNoServiceLines = back_words<bool>({
    {"in", true},      {"on", true},      {"the", true},      {"hot", true},     {"bottom", true},
    {"subject", true}, {"first", true},   {"last", true},     {"phone", true},   {"help", true},
    {"credit", true},  {"product", true}, {"front", true},    {"air", true},     {"dead", true},
    {"land", true},    {"private", true}, {"chat", true},     {"claim", true},   {"claims", true},
    {"order", true},   {"care", true},    {"customer", true}, {"service", true}, {"support", true},
    {"direct", true},  {"info", true},    {"prize", true},    {"date", true},
});

constexpr auto kLinks = back_words<LinkWord>({
    {"id", LinkWord::kId},        {"ids", LinkWord::kId},         {"ไอดี", LinkWord::kId},
    {"ໄອດີ", LinkWord::kId},       {"号", LinkWord::kId},          {"账号", LinkWord::kId},
    {"号码", LinkWord::kId},      {"群", LinkWord::kId},          {"아이디", LinkWord::kId},
    {"username", LinkWord::kId},  {"me", LinkWord::kFiller},      {"us", LinkWord::kFiller},
    {"at", LinkWord::kFiller},    {"on", LinkWord::kFiller},      {"to", LinkWord::kFiller},
    {"is", LinkWord::kFiller},    {"no", LinkWord::kFiller},      {"number", LinkWord::kFiller},
    {"num", LinkWord::kFiller},   {"account", LinkWord::kFiller}, {"official", LinkWord::kFiller},
    {"oa", LinkWord::kFiller},    {"call", LinkWord::kFiller},    {"tel", LinkWord::kFiller},
    {"telp", LinkWord::kFiller},  {"sms", LinkWord::kFiller},     {"hp", LinkWord::kFiller},
    {"ke", LinkWord::kFiller},    {"di", LinkWord::kFiller},      {"nomor", LinkWord::kFiller},
    {"admin", LinkWord::kFiller}, {"số", LinkWord::kFiller},      {"sđt", LinkWord::kFiller},
    {"คือ", LinkWord::kFiller},    {"ที่", LinkWord::kFiller},       {"ได้ที่", LinkWord::kFiller},
    {"มาที่", LinkWord::kFiller},   {"เบอร์", LinkWord::kFiller},    {"โทร", LinkWord::kFiller},
    {"同号", LinkWord::kFiller},
});

constexpr auto kServicesBehind = front_words<std::string_view>({
    {"wa", "whatsapp"},
    {"whatsapp", "whatsapp"},
    {"line", "line"},
    {"ไลน์", "line"},
    {"zalo", "zalo"},
    {"viber", "viber"},
    {"telegram", "telegram"},
    {"tg", "telegram"},
    {"wechat", "wechat"},
    {"微信", "wechat"},
});

// In alphabetical order.
constexpr std::array<std::string_view, 74> kPlainWords = {
    "account",   "add",      "admin",    "after",   "all",      "and",      "app",      "apply",
    "available", "before",   "below",    "bonus",   "business", "call",     "channel",  "chat",
    "check",     "click",    "contact",  "daily",   "details",  "download", "email",    "follow",
    "for",       "free",     "friend",   "friends", "from",     "get",      "group",    "here",
    "http",      "https",    "info",     "install", "join",     "link",     "login",    "man",
    "message",   "messages", "mobile",   "name",    "need",     "notify",   "now",      "number",
    "official",  "only",     "open",     "oppa",    "pay",      "phone",    "please",   "point",
    "points",    "promo",    "register", "reply",   "scan",     "send",     "shopping", "sms",
    "sticker",   "text",     "that",     "the",     "this",     "today",    "update",   "via",
    "with",      "your"};
static_assert(std::is_sorted(kPlainWords.begin(), kPlainWords.end()));

}  // namespace

const WordRow<ServiceWord>* service_before(std::string_view text, size_t end) {
  const auto* row = kServices.find(text, end);
  if (row == nullptr || row->word != "line") return row;
  const size_t begin = end - row->word.size();
  const bool other =
      begin > 0 && text[begin - 1] == ' ' && kNoServiceLines.find(text, begin - 1) != nullptr;
  return other ? nullptr : row;
}

std::string_view service_behind(std::string_view text, size_t at) {
  if (at < text.size() && text[at] == ' ') ++at;
  if (at >= text.size() || text[at] != '(') return {};
  const auto* row = kServicesBehind.find(text, at + 1);
  return row == nullptr ? std::string_view() : row->value;
}

const WordRow<LinkWord>* link_before(std::string_view text, size_t end) {
  return kLinks.find(text, end);
}

bool is_plain_word(std::string_view word) {
  return std::binary_search(kPlainWords.begin(), kPlainWords.end(), word);
}

}  // namespace sieve
