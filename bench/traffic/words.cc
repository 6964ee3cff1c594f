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
constexpr std::string_view kNamesEn[] = {"Anna",      "Mark", "Joy",  "Ben",   "Ploy", "Tom",
                                         "Sara",      "Nick", "Fern", "Dave",  "May",  "Chris",
                                         "Aunty Lim", "Raj",  "Siti", "Grace", "Omar", "Jin"};
constexpr std::string_view kNamesZh[] = {"小李", "阿明", "王姐", "陈哥", "小芳", "老张",
                                         "阿杰", "小雨", "丽丽", "李哥", "刘姐", "志强",
                                         "佳佳", "大伟", "阿玲", "小王", "晓东"};
constexpr std::string_view kNamesId[] = {
    "Budi",  "Sari",      "Dewi",    "Agus",     "Rina",   "Joko",  "Putri", "Andi",
    "Rizky", "Mbak Yuni", "Mas Eko", "Pak Hadi", "Bu Sri", "Fajar", "Nisa",  "Dimas"};
constexpr std::string_view kNamesVi[] = {"Lan",      "Hùng",     "Mai",   "Tuấn", "Hoa",  "Minh",
                                         "anh Dũng", "chị Hạnh", "Thảo",  "Quân", "Ngọc", "Phương",
                                         "cô Yến",   "Khoa",     "Trang", "Bảo"};
constexpr std::string_view kNamesFil[] = {
    "Jun",      "Ate Liza", "Kuya Boy", "Maricel",   "Nene",      "Paolo",   "Tita Baby", "Jessa",
    "Mang Rey", "Bea",      "Joshua",   "Ate Grace", "Kuya Mike", "Camille", "Ian",       "Ella"};
constexpr Lists kNames = {kNamesTh, kNamesEn, kNamesZh, kNamesId, kNamesVi, kNamesFil};

constexpr std::string_view kPlacesTh[] = {"ลาดพร้าว", "รังสิต",   "บางนา",     "ขอนแก่น",
                                          "เชียงใหม่", "หาดใหญ่", "สยาม",      "อโศก",
                                          "ศรีราชา",  "โคราช",  "หน้าปากซอย", "ตลาดนัด"};
constexpr std::string_view kPlacesEn[] = {
    "Asok",        "the office", "Silom",          "Phuket", "the airport", "Ari",   "the mall",
    "the station", "Terminal 2", "the usual cafe", "campus", "Penang",      "Makati"};
constexpr std::string_view kPlacesZh[] = {"曼谷",     "公司",   "机场",   "市中心",
                                          "学校门口", "地铁站", "楼下",   "老地方",
                                          "新加坡",   "体育馆", "火车站", "清迈"};
constexpr std::string_view kPlacesId[] = {"kantor",  "stasiun",   "mall",    "rumah",
                                          "kampus",  "alun-alun", "bandara", "warung Bu Sri",
                                          "Bandung", "masjid",    "Blok M",  "sekolah"};
constexpr std::string_view kPlacesVi[] = {"công ty", "sân bay",     "chợ",       "trường",
                                          "quán cũ", "cổng trường", "bến xe",    "nhà ngoại",
                                          "Đà Nẵng", "quận 3",      "bệnh viện", "siêu thị"};
constexpr std::string_view kPlacesFil[] = {"opisina", "palengke", "bahay", "terminal",
                                           "mall",    "simbahan", "Cubao", "airport",
                                           "school",  "kanto",    "Cebu",  "Davao"};
constexpr Lists kPlaces = {kPlacesTh, kPlacesEn, kPlacesZh, kPlacesId, kPlacesVi, kPlacesFil};

constexpr std::string_view kFoodTh[] = {"ส้มตำ", "ก๋วยเตี๋ยว", "หมูกระทะ", "ข้าวมันไก่",
                                        "ชาบู",  "กาแฟ",    "ชานมไข่มุก"};
constexpr std::string_view kFoodEn[] = {"noodles", "pizza",     "coffee", "som tam",
                                        "sushi",   "dumplings", "laksa",  "fried chicken",
                                        "burgers", "milk tea",  "ramen"};
constexpr std::string_view kFoodZh[] = {"火锅",   "饺子", "奶茶", "米线", "烤鱼",
                                        "麻辣烫", "咖啡", "早茶", "烧烤", "酸菜鱼"};
constexpr std::string_view kFoodId[] = {"nasi goreng", "bakso",    "sate",   "kopi",   "mie ayam",
                                        "ayam geprek", "martabak", "seblak", "es teh", "rendang"};
constexpr std::string_view kFoodVi[] = {"phở", "bún chả", "cà phê", "bánh mì", "trà sữa",
                                        "lẩu", "cơm tấm", "bún bò", "gà rán",  "ốc"};
constexpr std::string_view kFoodFil[] = {"adobo",    "lugaw",     "pancit",        "kape",
                                         "sisig",    "halo-halo", "fried chicken", "milk tea",
                                         "sinigang", "barbecue"};
constexpr Lists kFood = {kFoodTh, kFoodEn, kFoodZh, kFoodId, kFoodVi, kFoodFil};

constexpr std::string_view kItemsTh[] = {"รองเท้าวิ่ง", "หม้อทอด", "หูฟัง",  "กระเป๋า",
                                         "ครีมกันแดด", "พัดลม",   "เสื้อยืด"};
constexpr std::string_view kItemsEn[] = {"running shoes", "air fryer",   "headphones", "backpack",
                                         "sunscreen",     "rice cooker", "phone case", "laptop bag",
                                         "desk lamp",     "sneakers"};
constexpr std::string_view kItemsZh[] = {"手机壳", "耳机",   "背包", "风扇",  "电饭锅",
                                         "运动鞋", "充电宝", "雨伞", "羽绒服"};
constexpr std::string_view kItemsId[] = {"sepatu", "tas",   "kipas",     "headset", "rice cooker",
                                         "kemeja", "jaket", "powerbank", "sandal"};
constexpr std::string_view kItemsVi[] = {
    "giày", "balo", "tai nghe", "quạt", "nồi cơm", "áo khoác", "sạc dự phòng", "váy", "nồi chiên"};
constexpr std::string_view kItemsFil[] = {"sapatos",  "bag",         "electric fan",
                                          "headset",  "rice cooker", "powerbank",
                                          "tsinelas", "payong",      "t-shirt"};
constexpr Lists kItems = {kItemsTh, kItemsEn, kItemsZh, kItemsId, kItemsVi, kItemsFil};

constexpr std::string_view kDaysTh[] = {"วันนี้", "พรุ่งนี้", "วันเสาร์", "วันอาทิตย์", "วันศุกร์", "มะรืน"};
constexpr std::string_view kDaysEn[] = {"today",     "tomorrow",    "Saturday",  "Sunday",
                                        "on Friday", "tonight",     "next week", "this weekend",
                                        "on Monday", "next Tuesday"};
constexpr std::string_view kDaysZh[] = {"今天", "明天",   "周六", "周日", "今晚",
                                        "后天", "下周一", "周末", "中午", "礼拜五"};
constexpr std::string_view kDaysId[] = {"hari ini", "besok", "Sabtu",       "Minggu", "nanti malam",
                                        "lusa",     "Senin", "akhir pekan", "Jumat",  "nanti sore"};
constexpr std::string_view kDaysVi[] = {"hôm nay", "ngày mai", "thứ bảy", "chủ nhật",
                                        "tối nay", "ngày mốt", "thứ hai", "cuối tuần",
                                        "thứ sáu", "chiều nay"};
constexpr std::string_view kDaysFil[] = {"ngayon",    "bukas",       "sa Sabado",     "sa Linggo",
                                         "mamaya",    "sa Biyernes", "mamayang gabi", "sa Lunes",
                                         "next week", "this weekend"};
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

constexpr std::string_view kKinTh[] = {"แม่", "พ่อ", "ยาย", "ป้า", "น้า", "พี่", "น้อง", "อา", "ปู่"};
constexpr std::string_view kKinEn[] = {"mum",   "dad", "grandma", "auntie",
                                       "uncle", "sis", "bro",     "my cousin"};
constexpr std::string_view kKinZh[] = {"妈", "爸",   "奶奶", "外婆", "姐",
                                       "哥", "舅舅", "小姨", "表弟"};
constexpr std::string_view kKinId[] = {"mama", "bapak", "nenek", "tante",
                                       "om",   "kakak", "adik",  "pakde"};
constexpr std::string_view kKinVi[] = {"mẹ",  "ba",      "bà ngoại", "dì",
                                       "chú", "chị hai", "em út",    "cậu"};
constexpr std::string_view kKinFil[] = {"mama", "papa", "lola", "tita",
                                        "tito", "ate",  "kuya", "bunso"};
constexpr Lists kKin = {kKinTh, kKinEn, kKinZh, kKinId, kKinVi, kKinFil};

constexpr std::string_view kTeamsTh[] = {"ทีมหงส์", "ปีศาจแดง", "บุรีใหญ่", "ทีมชาติ", "สิงห์เหนือ", "ปืนโต"};
constexpr std::string_view kTeamsEn[] = {"the Reds", "the Blues",  "United",
                                         "City",     "the Tigers", "the national team"};
constexpr std::string_view kTeamsZh[] = {"国足", "红军", "蓝月亮", "白衣军团", "老虎队", "国乒"};
constexpr std::string_view kTeamsId[] = {"timnas", "si Merah", "Maung", "Setan Merah",
                                         "Singo Edan"};
constexpr std::string_view kTeamsVi[] = {"tuyển", "Quỷ đỏ", "đội nhà", "U23", "Pháo thủ"};
constexpr std::string_view kTeamsFil[] = {"Gilas", "Blue Hawks", "Maroons", "Tigers", "Kings"};
constexpr Lists kTeams = {kTeamsTh, kTeamsEn, kTeamsZh, kTeamsId, kTeamsVi, kTeamsFil};

constexpr std::string_view kAppsTh[] = {"PayKla", "Taladnok",       "RodDuan", "KaoMai",
                                        "ซีรีดี",    "ธนาคารสยามธารา", "หางานดี"};
constexpr std::string_view kAppsEn[] = {"PayKla",    "Merloo",  "RodDuan", "Harborlight",
                                        "Streamora", "JobNest", "Cartigo"};
constexpr std::string_view kAppsZh[] = {"云渡银行", "优拾购",   "快达",
                                        "乐映视频", "聘多多网", "米袋支付"};
constexpr std::string_view kAppsId[] = {"DompetKu Ria",  "Tokosari", "Ojeku",
                                        "Bank Nusakita", "Layarin",  "KerjaYuk"};
constexpr std::string_view kAppsVi[] = {"Ví Sen",   "Chợ Xinh", "Xe Êm", "Ngân hàng Sông Việt",
                                        "Phim Nhà", "ViệcGần"};
constexpr std::string_view kAppsFil[] = {"PeraPo",         "Tindahub",     "SakayNa",
                                         "Bangko Luntian", "Sinehan Plus", "TrabahoKo"};
constexpr Lists kApps = {kAppsTh, kAppsEn, kAppsZh, kAppsId, kAppsVi, kAppsFil};

constexpr std::string_view kCurrencyTh[] = {"บาท", "บ.", "฿", "THB"};
constexpr std::string_view kCurrencyEn[] = {"THB", "PHP", "RM", "SGD", "HKD"};
constexpr std::string_view kCurrencyZh[] = {"元", "泰铢", "新币", "马币", "港币"};
constexpr std::string_view kCurrencyId[] = {"rb", "ribu", "k"};
constexpr std::string_view kCurrencyVi[] = {"k", "ngàn", "nghìn"};
constexpr std::string_view kCurrencyFil[] = {"pesos", "php", "PHP", "piso"};
constexpr Lists kCurrencies = {kCurrencyTh, kCurrencyEn, kCurrencyZh,
                               kCurrencyId, kCurrencyVi, kCurrencyFil};

constexpr const Lists* kBySlot[] = {&kNames, &kPlaces, &kFood,  &kItems, &kDays,      &kBorder,
                                    &kGames, &kKin,    &kTeams, &kApps,  &kCurrencies};
static_assert(std::size(kBySlot) == static_cast<size_t>(Slot::kCurrency) + 1);

// Invented services, and the messengers that everybody has.
constexpr std::string_view kLinks[] = {
    "drive.folderlyz.com/s/", "maps.waypinz.com/p/",  "photos.albumlyz.com/a/",
    "youvidz.tv/watch?v=",    "docs.sheetlyz.com/d/", "vt.clipclapz.com/",
    "form.askitz.net/f/"};
constexpr std::string_view kMeetings[] = {"meet.talkroomz.com/", "us.vidroomz.com/j/",
                                          "teams.workhallz.com/l/"};
constexpr std::string_view kInvitations[] = {"line.me/ti/g/", "t.me/+", "chat.whatsapp.com/",
                                             "invite.grouppaz.com/"};

constexpr std::string_view kHandleNames[] = {
    "mint_",    "beam", "ploy.s", "jay_r",  "budi.s", "sari_",   "minh",    "xiaoyu",
    "kuya_boy", "tong", "nok.n",  "may_th", "anna.w", "coffee_", "teacher", "bank_za"};

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
  SIEVE_CHECK(slot <= Slot::kCurrency, "slot {} has no word list", static_cast<int>(slot));
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

std::span<const std::string_view> shared_links(Slot slot) {
  if (slot == Slot::kMeet) return kMeetings;
  return slot == Slot::kInvite ? List(kInvitations) : List(kLinks);
}

std::span<const std::string_view> handle_names() { return kHandleNames; }

std::span<const std::string_view> nonsense_syllables() { return kSyllables; }

}  // namespace sieve::traffic
