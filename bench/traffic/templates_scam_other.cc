// Chinese, Indonesian, Vietnamese and Filipino.
#include "traffic/templates.h"

namespace sieve::traffic {
namespace {

using enum ScamClass;

constexpr ScamSentence kZh[] = {
    {kGambling, "[{game}|澳门新开{game}]注册送{amount}，首存送{pct}%，[秒到账|提款不限次] {url}"},
    {kGambling, "老会员回归返水{pct}%，[天天送彩金|每日红包]，官网 {url}"},
    {kTask, "[招兼职|宝妈可做]，手机点赞关注，日结{amount}，佣金秒到，加微信 {line}"},
    {kTask, "{brand}商家刷单，每单佣金{small}，[无需经验|足不出户]，日赚{amount}，TG {tg}"},
    {kRecruitment,
     "{border}高薪急招[打字员|客服|推广]，底薪{big}+提成，包吃包住包机票，[无需经验|可走小路]"
     "，联系 {tg}"},
    {kRecruitment, "东南亚{border}公司直招{n}人，月入过万，[报销路费|护照代办]，飞机 {tg}"},
    {kInvestment, "老师带单，内幕消息，稳赚{pct}%，[入群免费|名额{n}个] {url}"},
    {kMining, "云挖矿租算力，{amount}起投，日收益{pct}%，USDT提现 {url}"},
    {kBank, "【{brand}】您的账户异常已冻结，请于{min}分钟内[核验|解冻] {url}"},
    {kParcel, "您的包裹{track}因地址不详滞留，请[更新地址|补缴{small}元] {url}"},
    {kLoan, "贷款额度{big}，[无抵押秒批|黑户可做]，{min}分钟到账，微信 {line}"},
    {kGovernment, "公安通知：您涉嫌洗钱，请[立即联系专员|将资金转入安全账户] {phone}"},
    {kFamily, "[爸|妈]，我换号了，手机[摔坏了|进水了]，先转我{amount}急用"},
};

constexpr ScamSentence kId[] = {
    {kGambling,
     "[Slot gacor|Situs resmi] hari ini, bonus new member {pct}0%, depo {small}rb langsung "
     "[maxwin|wd cepat] {url}"},
    {kGambling, "RTP live {game} tinggi, anti rungkad, [daftar|link alternatif] {url}"},
    {kTask,
     "Kerja paruh waktu, [like dan subscribe|nonton video] komisi {amount}rb per hari, hubungi "
     "Telegram {tg}"},
    {kRecruitment,
     "Lowongan [CS|admin|operator] {border}, gaji {n}0 juta, tiket dan paspor ditanggung, mess "
     "gratis, tanpa pengalaman, WA {phone}"},
    {kLoan, "Pinjaman dana cepat cair {min} menit, tanpa agunan, bunga {n}%, minat WA {phone}"},
    {kBank,
     "{brand}: akun Anda diblokir. Tarif transfer baru Rp150.000/bln, [tolak|konfirmasi] di {url}"},
    {kParcel, "Paket {track} gagal kirim, buka file .apk untuk lihat foto resi {url}"},
    {kInvestment,
     "Profit harian {pct}% titip dana, [sinyal trading|robot trading] resmi, gabung {url}"},
};

constexpr ScamSentence kVi[] = {
    {kGambling,
     "[Nhà cái uy tín|Game bài đổi thưởng] {game}, nạp đầu tặng {pct}0%, [hoàn trả mỗi ngày|rút "
     "tiền 1 phút] {url}"},
    {kTask,
     "Việc nhẹ lương cao: [tăng like|thả tim] tại nhà, hoa hồng {pct}%, nhận {amount}k mỗi ngày, "
     "kết bạn zalo {phone}"},
    {kRecruitment,
     "Tuyển [đánh máy|cskh] tại {border}, lương {n}0 triệu, bao ăn ở, lo hộ chiếu, không cần bằng "
     "cấp, LH {phone}"},
    {kLoan,
     "Vay tiền nhanh {n}0 triệu, không thế chấp, giải ngân {min} phút, [zalo {phone}|đăng ký "
     "{url}]"},
    {kBank, "{brand}: tài khoản của quý khách bị [khóa|đăng nhập thiết bị lạ], xác minh tại {url}"},
    {kGovernment,
     "Công an thông báo phạt nguội {amount}k, [tra cứu|nộp phạt] trước {date} tại {url}"},
    {kInvestment, "Chuyên gia đọc lệnh miễn phí, lãi {pct}%/ngày, sàn quốc tế, tham gia {tg}"},
};

constexpr ScamSentence kFil[] = {
    {kGambling,
     "Libreng bonus P{amount} sa {game}! [Mag-register|I-claim na] deposit {small} get {amount} "
     "{url}"},
    {kTask,
     "Part-time homebased, kumita ng P{amount} araw-araw, [like lang ng videos|walang experience], "
     "mag-message sa Telegram {tg}"},
    {kRecruitment,
     "Encoder/CSR sa {border}, sahod P{big}, libre ticket at tirahan, tourist muna, [alis "
     "{day}|urgent]. Telegram {tg}"},
    {kBank, "{brand}: naka-lock ang account mo. I-verify bago mag-expire bukas {url}"},
    {kParcel, "Ang parcel mo {track} ay hindi na-deliver, bayaran ang P{small} fee {url}"},
    {kLoan, "Loan approved P{big}, [walang collateral|in {min} minutes], text {phone}"},
    {kFamily,
     "Ma, bagong number ko po ito, nasira yung phone. [Pahiram muna|Pa-send] ng P{amount}"},
};

}  // namespace

constinit const std::span<const ScamSentence> kScamZh = kZh;
constinit const std::span<const ScamSentence> kScamId = kId;
constinit const std::span<const ScamSentence> kScamVi = kVi;
constinit const std::span<const ScamSentence> kScamFil = kFil;

}  // namespace sieve::traffic
