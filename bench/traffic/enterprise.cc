#include <array>

#include "traffic/words.h"

namespace sieve::traffic {
namespace {

using List = std::span<const std::string_view>;

// Invented companies; agencies are described, not named.
constexpr Enterprise kHome[] = {
    {"SIAMTHARA", "ธนาคารสยามธารา", "bank", LegitKind::kReceipt, "siamtharaqbank.co.th",
     "027770101"},
    {"BAANTHONG", "Baanthong Bank", "bank", LegitKind::kReceipt, "baanthongzbank.co.th",
     "027770202"},
    {"PAYKLA", "PayKla", "wallet", LegitKind::kReceipt, "paykla-wallet.co.th", "027770303"},
    {"RIMNAMCARD", "Rimnam Card", "bank", LegitKind::kReceipt, "rimnamcardz.com", "027770404"},
    {"KAOMAI", "KaoMai Save", "bank", LegitKind::kReceipt, "kaomaisave.co.th", "027770505"},
    {"SIAMTHARA", "ธนาคารสยามธารา", "bank", LegitKind::kOtp, "siamtharaqbank.co.th", "027770101"},
    {"PAYKLA", "PayKla", "wallet", LegitKind::kOtp, "paykla-wallet.co.th", "027770303"},
    {"TALADNOK", "Taladnok", "retail", LegitKind::kOtp, "taladnokz.co.th", "027771101"},
    {"CHATJANG", "Chatjang", "social", LegitKind::kOtp, "chatjangz.com", ""},
    {"RODDUAN", "RodDuan", "transport", LegitKind::kOtp, "rodduanz.com", ""},
    {"VERIFY", "Authentik", "cpaas", LegitKind::kOtp, "authentikz.com", ""},
    {"SONGSAI", "Songsai Express", "courier", LegitKind::kCourier, "songsaiexpressz.co.th",
     "027772101"},
    {"RUAMPOST", "รวมโพสต์", "courier", LegitKind::kCourier, "ruampostz.co.th", "027772202"},
    {"WAIDELIVER", "Wai Deliver", "courier", LegitKind::kCourier, "waideliverz.com", "027772303"},
    {"TALADNOK", "Taladnok", "retail", LegitKind::kMarketing, "taladnokz.co.th", "027771101"},
    {"MAIKRAPAO", "Maikrapao", "retail", LegitKind::kMarketing, "maikrapaoz.com", "027771202"},
    {"ROMBAAN", "ร่มบ้าน", "retail", LegitKind::kMarketing, "rombaanz.co.th", "027771303"},
    {"FITLAND", "FitLand Gym", "leisure", LegitKind::kMarketing, "fitlandz.co.th", "027771404"},
    {"KRUAYAI", "ครัวยาย", "food", LegitKind::kMarketing, "kruayaiz.com", "027771505"},
    {"SAMNAKTHAI", "สำนักงานเขต", "government", LegitKind::kGovernment, "samnakz.go.th",
     "022220101"},
    {"NGANNAM", "การประปา", "utility", LegitKind::kGovernment, "ngannamz.go.th", "022220202"},
    {"FAIBAAN", "การไฟฟ้า", "utility", LegitKind::kGovernment, "faibaanz.go.th", "022220303"},
    {"NORTHSTAR", "Northstar", "telco", LegitKind::kTelco, "northstarmobilez.co.th", "1601"},
    {"NSBILL", "Northstar", "telco", LegitKind::kTelco, "northstarmobilez.co.th", "1601"},
    {"MORDEE", "คลินิกหมอดี", "health", LegitKind::kReminder, "mordeez.com", "027773101"},
    {"FUNYIM", "FunYim Dental", "health", LegitKind::kReminder, "funyimz.com", "027773202"},
    {"RIANGENG", "โรงเรียนเรียนเก่ง", "education", LegitKind::kReminder, "riangengz.ac.th",
     "027773303"},
};

constexpr Enterprise kEn[] = {
    {"HARBORLITE", "Harborlight Bank", "bank", LegitKind::kReceipt, "harborlightbankz.com",
     "027774101"},
    {"HARBORLITE", "Harborlight Bank", "bank", LegitKind::kOtp, "harborlightbankz.com",
     "027774101"},
    {"BAANTHONG", "Baanthong Bank", "bank", LegitKind::kReceipt, "baanthongzbank.co.th",
     "027770202"},
    {"PAYKLA", "PayKla", "wallet", LegitKind::kReceipt, "paykla-wallet.co.th", "027770303"},
    {"PAYKLA", "PayKla", "wallet", LegitKind::kOtp, "paykla-wallet.co.th", "027770303"},
    {"RIMNAMCARD", "Rimnam Card", "bank", LegitKind::kReceipt, "rimnamcardz.com", "027770404"},
    {"VERIFY", "Authentik", "cpaas", LegitKind::kOtp, "authentikz.com", ""},
    {"CHATJANG", "Chatjang", "social", LegitKind::kOtp, "chatjangz.com", ""},
    {"SONGSAI", "Songsai Express", "courier", LegitKind::kCourier, "songsaiexpressz.co.th",
     "027772101"},
    {"WAIDELIVER", "Wai Deliver", "courier", LegitKind::kCourier, "waideliverz.com", "027772303"},
    {"MERLOO", "Merloo", "retail", LegitKind::kMarketing, "merlooz.com", "027774202"},
    {"MERLOO", "Merloo", "retail", LegitKind::kOtp, "merlooz.com", "027774202"},
    {"CARTIGO", "Cartigo", "retail", LegitKind::kMarketing, "cartigoz.com", "027774303"},
    {"FITLAND", "FitLand Gym", "leisure", LegitKind::kMarketing, "fitlandz.co.th", "027771404"},
    {"CITYHALL", "City Hall", "government", LegitKind::kGovernment, "cityhallz.go.th", "022220101"},
    {"WATERWORKS", "Waterworks", "utility", LegitKind::kGovernment, "ngannamz.go.th", "022220202"},
    {"REVENUE", "Revenue Office", "government", LegitKind::kGovernment, "revenuez.go.th",
     "022220404"},
    {"NORTHSTAR", "Northstar", "telco", LegitKind::kTelco, "northstarmobilez.co.th", "1601"},
    {"BLUEWAVE", "BlueWave Mobile", "telco", LegitKind::kTelco, "bluewavez.com", "1602"},
    {"FUNYIM", "FunYim Dental", "health", LegitKind::kReminder, "funyimz.com", "027773202"},
    {"STMARYHOSP", "St Mary Hospital", "health", LegitKind::kReminder, "stmaryhospz.org",
     "027774404"},
    {"GREENHILL", "Greenhill School", "education", LegitKind::kReminder, "greenhillz.ac.th",
     "027774505"},
};

constexpr Enterprise kZh[] = {
    {"YUNDUBANK", "【云渡银行】", "bank", LegitKind::kReceipt, "yundubankz.cn", "955091"},
    {"YUNDUBANK", "【云渡银行】", "bank", LegitKind::kOtp, "yundubankz.cn", "955091"},
    {"MIDAIPAY", "【米袋支付】", "wallet", LegitKind::kReceipt, "midaipayz.cn", "955092"},
    {"MIDAIPAY", "【米袋支付】", "wallet", LegitKind::kOtp, "midaipayz.cn", "955092"},
    {"YOUSHIGOU", "【优拾购】", "retail", LegitKind::kMarketing, "youshigouz.cn", "4007770101"},
    {"YOUSHIGOU", "【优拾购】", "retail", LegitKind::kOtp, "youshigouz.cn", "4007770101"},
    {"LEYING", "【乐映视频】", "leisure", LegitKind::kMarketing, "leyingz.cn", "4007770202"},
    {"KUAIDAEX", "【快达速递】", "courier", LegitKind::kCourier, "kuaidaexz.cn", "955093"},
    {"LINLIYZ", "【邻里驿站】", "courier", LegitKind::kCourier, "linliyizhanz.cn", "4007770303"},
    {"SHUIWU", "【税务服务】", "government", LegitKind::kGovernment, "shuiwufuwuz.gov.cn", "12360"},
    {"GONGDIAN", "【城市供电】", "utility", LegitKind::kGovernment, "gongdianz.gov.cn", "95590"},
    {"BEICHENTEL", "【北辰移动】", "telco", LegitKind::kTelco, "beichenz.cn", "10060"},
    {"KANGNING", "【康宁医院】", "health", LegitKind::kReminder, "kangningz.cn", "4007770404"},
    {"YUCAI", "【育才学校】", "education", LegitKind::kReminder, "yucaiz.edu.cn", "4007770505"},
};

constexpr Enterprise kId[] = {
    {"NUSAKITA", "Bank Nusakita", "bank", LegitKind::kReceipt, "nusakitabankz.co.id", "1500701"},
    {"NUSAKITA", "Bank Nusakita", "bank", LegitKind::kOtp, "nusakitabankz.co.id", "1500701"},
    {"DOMPETRIA", "DompetKu Ria", "wallet", LegitKind::kReceipt, "dompetriaz.co.id", "1500702"},
    {"DOMPETRIA", "DompetKu Ria", "wallet", LegitKind::kOtp, "dompetriaz.co.id", "1500702"},
    {"TOKOSARI", "Tokosari", "retail", LegitKind::kMarketing, "tokosariz.co.id", "1500703"},
    {"TOKOSARI", "Tokosari", "retail", LegitKind::kOtp, "tokosariz.co.id", "1500703"},
    {"LAYARIN", "Layarin", "leisure", LegitKind::kMarketing, "layarinz.com", "1500704"},
    {"KILATEX", "Kilat Ekspres", "courier", LegitKind::kCourier, "kilatexz.co.id", "1500705"},
    {"ANTARAJA", "Antar Cepat", "courier", LegitKind::kCourier, "antarcepatz.co.id", "1500706"},
    {"DINASPAJAK", "Dinas Pajak", "government", LegitKind::kGovernment, "pajakz.go.id", "1500707"},
    {"LISTRIKKOTA", "Listrik Kota", "utility", LegitKind::kGovernment, "listrikkotaz.go.id",
     "1500708"},
    {"BINTANGSEL", "Bintang Seluler", "telco", LegitKind::kTelco, "bintangselz.co.id", "188"},
    {"KLINIKSEHAT", "Klinik Sehat Bunda", "health", LegitKind::kReminder, "sehatbundaz.co.id",
     "1500709"},
    {"SDMELATI", "SD Melati", "education", LegitKind::kReminder, "sdmelatiz.sch.id", "1500710"},
};

constexpr Enterprise kVi[] = {
    {"SONGVIET", "NH Sông Việt", "bank", LegitKind::kReceipt, "songvietbankz.vn", "19007701"},
    {"SONGVIET", "NH Sông Việt", "bank", LegitKind::kOtp, "songvietbankz.vn", "19007701"},
    {"VISEN", "Ví Sen", "wallet", LegitKind::kReceipt, "visenz.vn", "19007702"},
    {"VISEN", "Ví Sen", "wallet", LegitKind::kOtp, "visenz.vn", "19007702"},
    {"CHOXINH", "Chợ Xinh", "retail", LegitKind::kMarketing, "choxinhz.vn", "19007703"},
    {"CHOXINH", "Chợ Xinh", "retail", LegitKind::kOtp, "choxinhz.vn", "19007703"},
    {"PHIMNHA", "Phim Nhà", "leisure", LegitKind::kMarketing, "phimnhaz.vn", "19007704"},
    {"GIAOMAU", "Giao Mau", "courier", LegitKind::kCourier, "giaomauz.vn", "19007705"},
    {"BUUTOC", "Bưu Tốc", "courier", LegitKind::kCourier, "buutocz.vn", "19007706"},
    {"THUEVU", "Chi cục Thuế", "government", LegitKind::kGovernment, "thuevuz.gov.vn", "19007707"},
    {"DIENLUC", "Điện lực", "utility", LegitKind::kGovernment, "dienlucz.vn", "19007708"},
    {"SAOMAI", "Sao Mai Mobile", "telco", LegitKind::kTelco, "saomaiz.vn", "198"},
    {"ANBINH", "BV An Bình Tâm", "health", LegitKind::kReminder, "anbinhtamz.vn", "19007709"},
    {"THHOASEN", "TH Hoa Sen", "education", LegitKind::kReminder, "hoasenz.edu.vn", "19007710"},
};

constexpr Enterprise kFil[] = {
    {"BKLUNTIAN", "Bangko Luntian", "bank", LegitKind::kReceipt, "luntianbankz.ph", "0287770101"},
    {"BKLUNTIAN", "Bangko Luntian", "bank", LegitKind::kOtp, "luntianbankz.ph", "0287770101"},
    {"PERAPO", "PeraPo", "wallet", LegitKind::kReceipt, "perapoz.ph", "0287770202"},
    {"PERAPO", "PeraPo", "wallet", LegitKind::kOtp, "perapoz.ph", "0287770202"},
    {"TINDAHUB", "Tindahub", "retail", LegitKind::kMarketing, "tindahubz.ph", "0287770303"},
    {"TINDAHUB", "Tindahub", "retail", LegitKind::kOtp, "tindahubz.ph", "0287770303"},
    {"SINEPLUS", "Sinehan Plus", "leisure", LegitKind::kMarketing, "sineplusz.ph", "0287770404"},
    {"HATIDEX", "Hatid Express", "courier", LegitKind::kCourier, "hatidexz.ph", "0287770505"},
    {"PADALAGO", "PadalaGo", "courier", LegitKind::kCourier, "padalagoz.ph", "0287770606"},
    {"CITYHALL", "City Hall", "government", LegitKind::kGovernment, "cityhallz.gov.ph",
     "0287770707"},
    {"KURYENTE", "Kuryente Co-op", "utility", LegitKind::kGovernment, "kuryentecoopz.ph",
     "0287770808"},
    {"TALATEL", "TalaTel", "telco", LegitKind::kTelco, "talatelz.ph", "8888"},
    {"KLINIKA", "Klinika ni Doc", "health", LegitKind::kReminder, "klinikaz.ph", "0287770909"},
    {"MABINIHS", "Mabini High", "education", LegitKind::kReminder, "mabinihsz.edu.ph",
     "0287771010"},
};

constexpr std::string_view kBankSenders[] = {"SIAMTHARA-", "TH-BANK", "PAYKLA1", "BANKALERT",
                                             "Baanthng"};
constexpr std::string_view kParcelSenders[] = {"SONGSAl", "TH-POST24", "RUAMP0ST", "EXPRESSTH"};
constexpr std::string_view kOfficeSenders[] = {"GOV-TH", "E-LAND", "METER-TH", "TOLLTH",
                                               "DIGITALTH"};
constexpr std::string_view kPlaySenders[] = {"LUCKY88", "VIPCLUB", "PGWIN", "SLOTTH", "GOLDBET"};
constexpr std::string_view kOtherSenders[] = {"INFO",    "NOTICE",   "SMSPROMO",
                                              "HR-TEAM", "EASYCASH", "MYGIFT"};

constexpr std::string_view kBankBrands[] = {"ธนาคารสยามธารา", "Baanthong Bank", "PayKla",
                                            "KaoMai Save"};
constexpr std::string_view kParcelBrands[] = {"Songsai Express", "รวมโพสต์", "Wai Deliver"};
constexpr std::string_view kTelcoBrands[] = {"Northstar", "Northstar Mobile"};
constexpr std::string_view kRetailBrands[] = {"Taladnok", "Maikrapao", "RodDuan"};

}  // namespace

std::span<const Enterprise> enterprises(Lang lang) {
  switch (lang) {
    case Lang::kTh:
      return kHome;
    case Lang::kEn:
      return kEn;
    case Lang::kZh:
      return kZh;
    case Lang::kId:
      return kId;
    case Lang::kVi:
      return kVi;
    case Lang::kFil:
      return kFil;
  }
  return {};
}

std::string_view impostor_sender(Random& random, ScamClass scam) {
  switch (scam) {
    case ScamClass::kGambling:
      return random.pick(List(kPlaySenders));
    case ScamClass::kBank:
    case ScamClass::kOtp:
      return random.pick(List(kBankSenders));
    case ScamClass::kParcel:
      return random.pick(List(kParcelSenders));
    case ScamClass::kGovernment:
    case ScamClass::kToll:
    case ScamClass::kRecovery:
      return random.pick(List(kOfficeSenders));
    default:
      return random.pick(List(kOtherSenders));
  }
}

std::string_view impostor_brand(Random& random, ScamClass scam) {
  switch (scam) {
    case ScamClass::kParcel:
      return random.pick(List(kParcelBrands));
    case ScamClass::kTelco:
      return random.pick(List(kTelcoBrands));
    case ScamClass::kTask:
    case ScamClass::kPrize:
    case ScamClass::kRecruitment:
      return random.pick(List(kRetailBrands));
    default:
      return random.pick(List(kBankBrands));
  }
}

}  // namespace sieve::traffic
