#include "traffic/words.h"

#include <array>

#include "base/check.h"

namespace sieve::traffic {
namespace {

using List = std::span<const std::string_view>;
using Lists = std::array<List, kLangCount>;  // In the order of Lang.

constexpr std::string_view kNamesTh[] = {"นิด", "แอน",   "ต้น",   "มิ้นท์", "โอ๊ต",  "ฝน",
                                         "เจ", "บีม",    "แพร",  "ก้อย", "ปอนด์", "หนุ่ย",
                                         "พี่ตู่", "ป้าแดง", "กานต์", "ออย"};
constexpr std::string_view kNamesEn[] = {"Anna", "Mark", "Joy",  "Ben",  "Ploy", "Tom",
                                         "Sara", "Nick", "Fern", "Dave", "May",  "Chris"};
constexpr std::string_view kNamesZh[] = {"小李", "阿明", "王姐", "陈哥", "小芳", "老张"};
constexpr std::string_view kNamesId[] = {"Budi", "Sari", "Dewi", "Agus", "Rina", "Joko"};
constexpr std::string_view kNamesVi[] = {"Lan", "Hùng", "Mai", "Tuấn", "Hoa", "Minh"};
constexpr std::string_view kNamesFil[] = {"Jun",     "Ate Liza", "Kuya Boy",
                                          "Maricel", "Nene",     "Paolo"};
constexpr Lists kNames = {kNamesTh, kNamesEn, kNamesZh, kNamesId, kNamesVi, kNamesFil};

constexpr std::string_view kPlacesTh[] = {"ลาดพร้าว", "รังสิต",   "บางนา",     "ขอนแก่น",
                                          "เชียงใหม่", "หาดใหญ่", "สยาม",      "อโศก",
                                          "ศรีราชา",  "โคราช",  "หน้าปากซอย", "ตลาดนัด"};
constexpr std::string_view kPlacesEn[] = {"Asok",   "the office",  "Silom",
                                          "Phuket", "the airport", "Ari"};
constexpr std::string_view kPlacesZh[] = {"曼谷", "公司", "机场", "市中心", "学校门口"};
constexpr std::string_view kPlacesId[] = {"kantor", "stasiun", "mall", "rumah", "kampus"};
constexpr std::string_view kPlacesVi[] = {"công ty", "sân bay", "chợ", "trường", "quán cũ"};
constexpr std::string_view kPlacesFil[] = {"opisina", "palengke", "bahay", "terminal", "mall"};
constexpr Lists kPlaces = {kPlacesTh, kPlacesEn, kPlacesZh, kPlacesId, kPlacesVi, kPlacesFil};

constexpr std::string_view kFoodTh[] = {"ส้มตำ", "ก๋วยเตี๋ยว", "หมูกระทะ", "ข้าวมันไก่",
                                        "ชาบู",  "กาแฟ",    "ชานมไข่มุก"};
constexpr std::string_view kFoodEn[] = {"noodles", "pizza", "coffee",
                                        "som tam", "sushi", "dumplings"};
constexpr std::string_view kFoodZh[] = {"火锅", "饺子", "奶茶", "米线"};
constexpr std::string_view kFoodId[] = {"nasi goreng", "bakso", "sate", "kopi"};
constexpr std::string_view kFoodVi[] = {"phở", "bún chả", "cà phê", "bánh mì"};
constexpr std::string_view kFoodFil[] = {"adobo", "lugaw", "pancit", "kape"};
constexpr Lists kFood = {kFoodTh, kFoodEn, kFoodZh, kFoodId, kFoodVi, kFoodFil};

constexpr std::string_view kItemsTh[] = {"รองเท้าวิ่ง", "หม้อทอด", "หูฟัง",  "กระเป๋า",
                                         "ครีมกันแดด", "พัดลม",   "เสื้อยืด"};
constexpr std::string_view kItemsEn[] = {"running shoes", "air fryer", "headphones", "backpack",
                                         "sunscreen"};
constexpr std::string_view kItemsZh[] = {"手机壳", "耳机", "背包", "风扇"};
constexpr std::string_view kItemsId[] = {"sepatu", "tas", "kipas", "headset"};
constexpr std::string_view kItemsVi[] = {"giày", "balo", "tai nghe", "quạt"};
constexpr std::string_view kItemsFil[] = {"sapatos", "bag", "electric fan", "headset"};
constexpr Lists kItems = {kItemsTh, kItemsEn, kItemsZh, kItemsId, kItemsVi, kItemsFil};

constexpr std::string_view kDaysTh[] = {"วันนี้", "พรุ่งนี้", "วันเสาร์", "วันอาทิตย์", "วันศุกร์", "มะรืน"};
constexpr std::string_view kDaysEn[] = {"today",  "tomorrow",  "Saturday",
                                        "Sunday", "on Friday", "tonight"};
constexpr std::string_view kDaysZh[] = {"今天", "明天", "周六", "周日", "今晚"};
constexpr std::string_view kDaysId[] = {"hari ini", "besok", "Sabtu", "Minggu", "nanti malam"};
constexpr std::string_view kDaysVi[] = {"hôm nay", "ngày mai", "thứ bảy", "chủ nhật", "tối nay"};
constexpr std::string_view kDaysFil[] = {"ngayon", "bukas", "sa Sabado", "sa Linggo", "mamaya"};
constexpr Lists kDays = {kDaysTh, kDaysEn, kDaysZh, kDaysId, kDaysVi, kDaysFil};

constexpr std::string_view kBorderTh[] = {"ปอยเปต",        "เมียวดี",   "ท่าขี้เหล็ก",
                                          "สามเหลี่ยมทองคำ", "ฝั่งแม่สอด", "บาเวต"};
constexpr std::string_view kBorderEn[] = {"Poipet", "Myawaddy", "Tachileik",
                                          "Bavet",  "Mae Sot",  "Sihanoukville"};
constexpr std::string_view kBorderZh[] = {"妙瓦底", "波贝", "大其力", "金三角", "西港"};
constexpr std::string_view kBorderId[] = {"Kamboja", "Poipet", "Myanmar", "Mae Sot"};
constexpr std::string_view kBorderVi[] = {"Campuchia", "Mộc Bài", "Bavet", "Tam Giác Vàng"};
constexpr std::string_view kBorderFil[] = {"Cambodia", "Myanmar", "Poipet", "Mae Sot"};
constexpr Lists kBorder = {kBorderTh, kBorderEn, kBorderZh, kBorderId, kBorderVi, kBorderFil};

constexpr std::string_view kGamesTh[] = {"สล็อต", "บาคาร่า", "ยิงปลา", "ไฮโล", "รูเล็ต", "เสือมังกร"};
constexpr std::string_view kGamesEn[] = {"slot", "baccarat", "live casino", "roulette",
                                         "fish shooting"};
constexpr std::string_view kGamesZh[] = {"百家乐", "电子游艺", "棋牌", "捕鱼", "真人视讯"};
constexpr std::string_view kGamesId[] = {"slot", "togel", "scatter", "tembak ikan"};
constexpr std::string_view kGamesVi[] = {"nổ hũ", "tài xỉu", "bắn cá", "xóc đĩa"};
constexpr std::string_view kGamesFil[] = {"slots", "sabong", "scatter", "online casino"};
constexpr Lists kGames = {kGamesTh, kGamesEn, kGamesZh, kGamesId, kGamesVi, kGamesFil};

constexpr const Lists* kBySlot[] = {&kNames, &kPlaces, &kFood, &kItems, &kDays, &kBorder, &kGames};
static_assert(std::size(kBySlot) == static_cast<size_t>(Slot::kGame) + 1);

constexpr std::string_view kSyllables[] = {
    "zun", "qai", "vox",  "jeq", "wib", "xar",  "yuq",  "noz",  "kiv", "zep",  "qom",  "vaj",
    "fuz", "lyx", "mezq", "duv", "hoq", "tazz", "bexi", "ruzo", "gyv", "pliq", "sazo", "cuxi"};

constexpr std::string_view kTlds[] = {"top",  "vip", "cc",   "xyz",  "bet",    "win",  "club",
                                      "live", "icu", "shop", "site", "online", "fun",  "com",
                                      "com",  "com", "net",  "co",   "me",     "info", "asia"};

constexpr std::string_view kDigits[] = {"88",  "99", "168", "365", "555", "789", "888",
                                        "777", "24", "66",  "191", "8",   "101", "456"};

constexpr std::string_view kGamblingStems[] = {"slot",   "bet", "win", "lucky",
                                               "casino", "pg",  "ufa", "joker"};
constexpr std::string_view kJobStems[] = {"job", "work", "hr", "task", "career"};
constexpr std::string_view kMoneyStems[] = {"invest", "fund", "trade", "gold",
                                            "coin",   "mine", "asset"};
constexpr std::string_view kBankStems[] = {"bank", "secure", "login", "verify",
                                           "pay",  "wallet", "point"};
constexpr std::string_view kOfficeStems[] = {"gov",   "th-tax", "e-land", "toll",
                                             "meter", "fine",   "digital"};
constexpr std::string_view kParcelStems[] = {"post",    "parcel",  "track",
                                             "express", "th-send", "cargo"};
constexpr std::string_view kLoanStems[] = {"loan", "cash", "easy", "credit", "money"};
constexpr std::string_view kOtherStems[] = {"gift", "prize", "help", "care", "app", "my"};

List stems_of(ScamClass scam) {
  switch (scam) {
    case ScamClass::kGambling:
      return kGamblingStems;
    case ScamClass::kTask:
    case ScamClass::kRecruitment:
      return kJobStems;
    case ScamClass::kInvestment:
    case ScamClass::kMining:
      return kMoneyStems;
    case ScamClass::kBank:
    case ScamClass::kOtp:
    case ScamClass::kTelco:
      return kBankStems;
    case ScamClass::kGovernment:
    case ScamClass::kToll:
      return kOfficeStems;
    case ScamClass::kParcel:
      return kParcelStems;
    case ScamClass::kLoan:
      return kLoanStems;
    default:
      return kOtherStems;
  }
}

}  // namespace

std::span<const std::string_view> words_for(Slot slot, Lang lang) {
  SIEVE_CHECK(slot <= Slot::kGame, "slot {} has no word list", static_cast<int>(slot));
  return (*kBySlot[static_cast<size_t>(slot)])[static_cast<size_t>(lang)];
}

std::string invented_host(Random& random, ScamClass scam) {
  std::string host(random.pick(stems_of(scam)));
  if (random.chance(0.3)) host += '-';
  host += random.pick(List(kSyllables));
  host += random.pick(List(kSyllables));
  if (random.chance(0.6)) host += random.pick(List(kDigits));
  host += '.';
  host += random.pick(List(kTlds));
  if (random.chance(0.1)) host.insert(0, random.chance(0.5) ? "m." : "www.");
  return host;
}

std::string invented_handle(Random& random) {
  std::string handle(random.pick(List(kSyllables)));
  if (random.chance(0.5)) append_digits(handle, random.below(1'000));
  handle += random.pick(List(kSyllables));
  if (random.chance(0.4)) append_digits(handle, random.below(100));
  return handle;
}

std::span<const std::string_view> nonsense_syllables() { return kSyllables; }

}  // namespace sieve::traffic
