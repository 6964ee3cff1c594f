#include "text/currency_words.h"

#include "text/fold_table.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

using CurrencyRow = WordRow<Currency>;

// After a number.
constexpr auto kBehind = front_words<Currency>({
    {"บาท", {"THB"}},
    {"บ.", {"THB"}},
    {"บ", {"THB", kAlone}},
    {"฿", {"THB", kLeading}},
    {"thb", {"THB"}},
    {"baht", {"THB"}},
    {"bahts", {"THB"}},
    {"铢", {"THB"}},
    {"泰铢", {"THB"}},
    {"元", {"CNY"}},
    {"块", {"CNY"}},
    {"¥", {"CNY", kLeading}},
    {"rmb", {"CNY"}},
    {"cny", {"CNY"}},
    {"yuan", {"CNY"}},
    {"人民币", {"CNY"}},
    {"rp", {"IDR", kLeading}},
    {"idr", {"IDR"}},
    {"rupiah", {"IDR"}},
    {"₫", {"VND", kLeading}},
    {"đ", {"VND"}},
    {"d", {"VND", kThousands}},
    {"vnd", {"VND"}},
    {"vnđ", {"VND"}},
    {"đồng", {"VND"}},
    {"dong", {"VND"}},
    {"₱", {"PHP", kLeading}},
    {"php", {"PHP"}},
    {"peso", {"PHP"}},
    {"pesos", {"PHP"}},
    {"piso", {"PHP"}},
    {"$", {"USD", kLeading}},
    {"usd", {"USD"}},
    {"us$", {"USD", kLeading}},
    {"dollar", {"USD"}},
    {"dollars", {"USD"}},
    {"dolar", {"USD"}},
    {"đô", {"USD"}},
    {"ดอลลาร์", {"USD"}},
    {"ดอลล่าร์", {"USD"}},
    {"美元", {"USD"}},
    {"美金", {"USD"}},
    {"ដុល្លារ", {"USD"}},
    {"달러", {"USD"}},
    {"usdt", {"USDT"}},
    {"泰达币", {"USDT"}},
    {"sgd", {"SGD"}},
    {"s$", {"SGD", kLeading}},
    {"新币", {"SGD"}},
    {"rm", {"MYR", kLeading}},
    {"myr", {"MYR"}},
    {"ringgit", {"MYR"}},
    {"hkd", {"HKD"}},
    {"hk$", {"HKD", kLeading}},
    {"港币", {"HKD"}},
    {"港元", {"HKD"}},
    {"twd", {"TWD"}},
    {"ntd", {"TWD"}},
    {"nt$", {"TWD", kLeading}},
    {"台币", {"TWD"}},
    {"新台币", {"TWD"}},
    {"₩", {"KRW", kLeading}},
    {"won", {"KRW"}},
    {"krw", {"KRW"}},
    {"원", {"KRW"}},
    {"₹", {"INR", kLeading}},
    {"rs", {"INR", kLeading}},
    {"inr", {"INR"}},
    {"rupee", {"INR"}},
    {"rupees", {"INR"}},
    {"€", {"EUR", kLeading}},
    {"eur", {"EUR"}},
    {"euro", {"EUR"}},
    {"euros", {"EUR"}},
    {"ยูโร", {"EUR"}},
    {"欧元", {"EUR"}},
    {"£", {"GBP", kLeading}},
    {"gbp", {"GBP"}},
    {"英镑", {"GBP"}},
    {"円", {"JPY"}},
    {"yen", {"JPY"}},
    {"jpy", {"JPY"}},
    {"日元", {"JPY"}},
    {"ကျပ်", {"MMK"}},
    {"kyat", {"MMK"}},
    {"kyats", {"MMK"}},
    {"mmk", {"MMK"}},
    {"៛", {"KHR", kLeading}},
    {"រៀល", {"KHR"}},
    {"riel", {"KHR"}},
    {"₭", {"LAK", kLeading}},
    {"ກີບ", {"LAK"}},
    {"kip", {"LAK"}},
});

// Before one.
constexpr auto kBefore = back_words<Currency>({
    {"฿", {"THB"}},   {"thb", {"THB"}},
    {"¥", {"CNY"}},   {"rmb", {"CNY"}},
    {"cny", {"CNY"}}, {"人民币", {"CNY"}},
    {"rp", {"IDR"}},  {"rp.", {"IDR"}},
    {"idr", {"IDR"}}, {"₫", {"VND"}},
    {"vnd", {"VND"}}, {"₱", {"PHP"}},
    {"php", {"PHP"}}, {"p", {"PHP", kThousands}},
    {"$", {"USD"}},   {"us$", {"USD"}},
    {"usd", {"USD"}}, {"usdt", {"USDT"}},
    {"s$", {"SGD"}},  {"sgd", {"SGD"}},
    {"rm", {"MYR"}},  {"myr", {"MYR"}},
    {"hk$", {"HKD"}}, {"hkd", {"HKD"}},
    {"nt$", {"TWD"}}, {"twd", {"TWD"}},
    {"ntd", {"TWD"}}, {"₩", {"KRW"}},
    {"krw", {"KRW"}}, {"₹", {"INR"}},
    {"rs", {"INR"}},  {"rs.", {"INR"}},
    {"inr", {"INR"}}, {"€", {"EUR"}},
    {"eur", {"EUR"}}, {"£", {"GBP"}},
    {"gbp", {"GBP"}}, {"a$", {"AUD"}},
    {"aud", {"AUD"}}, {"jpy", {"JPY"}},
    {"៛", {"KHR"}},   {"mmk", {"MMK"}},
    {"₭", {"LAK"}},   {"lak", {"LAK"}},
});

constexpr auto kMultipliers = front_words<Multiplier>({
    {"k", {1e3, {}, true}},     {"m", {1e6, {}, true}},  {"mn", {1e6, {}, true}},
    {"bn", {1e9, {}, true}},    {"thousand", {1e3, {}}}, {"million", {1e6, {}}},
    {"millions", {1e6, {}}},    {"billion", {1e9, {}}},  {"lakh", {1e5, {}}},
    {"lakhs", {1e5, {}}},       {"crore", {1e7, {}}},    {"crores", {1e7, {}}},
    {"rb", {1e3, "IDR"}},       {"ribu", {1e3, "IDR"}},  {"rebu", {1e3, "IDR"}},
    {"jt", {1e6, "IDR"}},       {"juta", {1e6, "IDR"}},  {"jutaan", {1e6, "IDR"}},
    {"miliar", {1e9, "IDR"}},   {"nghìn", {1e3, "VND"}}, {"ngàn", {1e3, "VND"}},
    {"tr", {1e6, "VND", true}}, {"triệu", {1e6, "VND"}}, {"trieu", {1e6, "VND"}},
    {"tỷ", {1e9, "VND"}},       {"tỉ", {1e9, "VND"}},    {"libo", {1e3, {}}},
    {"milyon", {1e6, {}}},      {"ร้อย", {1e2, {}}},      {"พัน", {1e3, {}}},
    {"หมื่น", {1e4, {}}},         {"แสน", {1e5, {}}},      {"ล้าน", {1e6, {}}},
    {"百", {1e2, {}}},          {"千", {1e3, {}}},       {"万", {1e4, {}}},
    {"十万", {1e5, {}}},        {"百万", {1e6, {}}},     {"千万", {1e7, {}}},
    {"亿", {1e8, {}}},          {"천", {1e3, {}}},       {"만", {1e4, {}}},
    {"억", {1e8, {}}},          {"သောင်း", {1e4, {}}},    {"သိန်း", {1e5, "MMK"}},
    {"ພັນ", {1e3, {}}},          {"ແສນ", {1e5, {}}},      {"ລ້ານ", {1e6, {}}},
    {"ម៉ឺន", {1e4, {}}},          {"លាន", {1e6, {}}},
});

bool unspaced_begins_at(std::string_view text, size_t at) {
  return at < text.size() && props_of(decode_at(text.data(), at)).kind == CharKind::kUnspaced;
}

}  // namespace

const WordRow<Currency>* currency_behind(std::string_view text, size_t at) {
  const CurrencyRow* row = kBehind.find(text, at);
  if (row == nullptr || (row->value.use & kAlone) == 0) return row;
  return unspaced_begins_at(text, at + row->word.size()) ? nullptr : row;
}

const WordRow<Currency>* currency_before(std::string_view text, size_t at) {
  return kBefore.find(text, at);
}

const WordRow<Multiplier>* multiplier_behind(std::string_view text, size_t at) {
  return kMultipliers.find(text, at);
}

}  // namespace sieve
