#include <array>

#include "traffic/words.h"

namespace sieve::traffic {
namespace {

using List = std::span<const std::string_view>;

// Invented companies; agencies are described, not named.
constexpr Enterprise kEnterprises[] = {
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

std::span<const Enterprise> enterprises() { return kEnterprises; }

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
