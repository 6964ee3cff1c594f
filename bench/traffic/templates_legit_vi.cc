#include "traffic/templates.h"

namespace sieve::traffic {
namespace {

using enum LegitKind;

constexpr LegitSentence kSentences[] = {
    {kChat, "[Đến đâu rồi|Kẹt xe quá|Sắp tới rồi], gặp ở {place} nhé"},
    {kChat, "{day} đi ăn {food} không? [{time} nhé|rủ {name} nữa]"},
    {kChat, "[Ok|Được|Ừ], [lát gọi lại|cảm ơn nha|mai gặp] [{name}|nha|]"},
    {kChat,
     "[Mẹ ơi|Ba ơi|Chị ơi], con {name} nè, số mới của con {mobile}, [máy cũ hư rồi|sim cũ mất ở "
     "{place}], [lưu giúp con|lát con gọi]"},
    {kChat,
     "{kin} ơi chuyển con {small}0k [đóng tiền trọ|mua {item}|đóng học phí] với, [hạn {day}|con "
     "cảm ơn ❤️]"},
    {kChat,
     "em ck {dots}đ tiền [{food}|góp quà {name}|thuê sân] rồi nha, [check giúp em|bill trong "
     "nhóm]"},
    {kChat,
     "[Ảnh|Video] [đám cưới|lễ tốt nghiệp|đi biển] của {name} đây {link} [tải trước {date}|xinh "
     "xỉu 😍]"},
    {kChat,
     "tối [gọi video|call] đi, {kin} [nhớ con|muốn coi em bé|hỏi hoài], [{time} nha|ăn cơm xong]"},
    {kChat,
     "nhớ [em|anh] quá ❤️ [ăn gì chưa|{day} gặp nha|ngủ ngon|tới {place} nhắn "
     "anh]"},
    {kChat,
     "Anh/chị {name}, em gửi hóa đơn {voucher} số tiền {dots}đ, [nhờ thanh toán trước {date}|stk "
     "như tháng trước|xác nhận giúp em]"},
    {kChat, "Họp lúc {time}, link {meet} mật khẩu {code}, [{name} trình bày|bật cam nha|đừng trễ]"},
    {kChat, "[File báo cáo|Lịch ca|Bản vẽ] ở đây {link} [điền trước {day}|trang {n} của {name}]"},
    {kChat, "Nhóm zalo lớp {n}A: {invite} [vào đi|họp lớp {date}|trưởng nhóm {name}]"},
    {kChat, "zalo mình {mobile}, [gửi vị trí cho|hình nặng quá sms ko gửi đc], id tele {handle}"},
    {kChat,
     "haha [xỉu|trời ơi|đỉnh] 🤣 [{name} lầy thiệt|chụp màn hình rồi|kể nghe "
     "{day}|hết "
     "cứu]"},
    {kChat, "m đang đâu z, t ở {place} [{min}p nữa|đói quá|lẹ lên] [nha|🥲]"},
    {kChat,
     "chào bạn, mình là {name}, [hôm qua match á|bạn của {name}], [cũng thích {food} hả|cà phê "
     "{day} không|làm gần {place} à]"},
    {kChat, "Đá banh {day} {time} ở {place}, [thiếu {n} người|tiền sân {small}k|mặc áo đỏ]"},
    {kChat,
     "[Chùa|Nhà thờ|Khu phố] có [lễ|buổi phát quà] {date} {time}, [ai rảnh tới phụ|góp tùy "
     "tâm|{name} chở]"},
    {kChat,
     "Anh tài xế ơi, em ở [cổng {place}|sảnh {n}], [áo đen|ghim đây {link}], [trả tiền mặt|trả qua "
     "app rồi]"},
    {kChat,
     "Phòng trọ {day} coi được lúc {time}, [{n} triệu bao nước|cọc 1 tháng], [gặp {name} lấy "
     "chìa|gọi {mobile}]"},
    {kChat, "Mua giùm {item} ở {place} nha, [lát trả tiền|{kin} gửi {small}k]"},
    {kChat,
     "[xinh quá|đỉnh nóc|ghen tị|cố lên|mệt ghê] [🔥🔥|😭|🙏|👏] [{item} mua đâu z|tag {name}|{place} "
     "phải ko]"},
    {kChat,
     "[Lương|Tiền hàng|Tạm ứng] {dots}đ chi {day}, [{name} duyệt lệnh trên ngân hàng giúp|hóa đơn "
     "nộp trước {time}]"},
    {kChat,
     "vé {small}0k nha cưng, [đặt trước đi|ck nửa cho em], [tới {date} {time}|đón ở {place} "
     "❤️]"},
    {kChat,
     "Ban quản lý: [phí dịch vụ {small}0k|cúp thang máy {day}|xe {voucher} chắn lối], [gặp "
     "{name}|gọi {mobile}]"},
    {kChat,
     "pass {item} [mới {n} lần xài|còn tem], {small}0k [fix nhẹ|ship cod|gặp ở {place}], [ib|zalo "
     "{mobile}]"},
    {kChat, "e dag [o|tren duong toi] {place} ne, [{min}p nua|doi xiu nha|lay gium {food}]"},
    {kChat, "con [toi truong|tan hoc] roi [me oi|ba oi], [don con {time}|con di voi {name}]"},
    {kChat,
     "Quán mở lại rồi nha, đặt {food} zalo {mobile}, [free ship {place}|đơn từ {small}k|{day} "
     "nghỉ]"},
    {kRisky, "Hôm qua trúng số {small}0k, mời {food} {day}"},
    {kRisky, "Tin nhắn việc nhẹ lương cao là lừa đảo đó, đừng bấm"},
    {kRisky,
     "nhận tin 'trúng thưởng {amount} triệu, bấm link nhận quà' [haha lừa quá lộ|xóa đi|ai tin "
     "trời]"},
    {kRisky,
     "{kin} suýt đọc mã otp cho người xưng nhân viên {app}, [may mà con thấy|đổi mật khẩu "
     "rồi|{day} ra ngân hàng]"},
    {kRisky, "cá {small}k, {team} thắng {n}-1 [thua bao {food}|dám không|chơi]"},
    {kRisky, "kèo {team} {n}.{small}, [coi chơi thôi đừng bắt|{name} thua hoài|đá lúc {time}]"},
    {kRisky,
     "cờ bạc online hại lắm, {name} [bán xe rồi|nợ {small}0k|bị vợ bỏ], [đừng dính vô|khuyên nó "
     "đi]"},
    {kRisky,
     "đi casino {border} chơi {n} ngày, [thua {small}0k thôi|chỉ coi cho biết|{name} thắng "
     "{game}], [buffet ngon|không đi nữa]"},
    {kRisky,
     "dò vé số chưa, [đài {place}|số cuối {small}|tui trật hết], [chiều xổ|trúng chia đôi]"},
    {kRisky,
     "quay gacha {n} lần ra [SSR|tướng vàng] 🎉 [nhân phẩm|{name} nạp {small}0k trắng tay|event tới "
     "{date}]"},
    {kRisky,
     "trong game có [vòng quay|máy slot] tặng {amount} xu nếu [đăng nhập {n} ngày|vào trước "
     "{time}], [ko phải tiền thật|vô bang tui đi]"},
    {kRisky,
     "ngân hàng duyệt vay mua nhà rồi, {n} trăm triệu, lãi {n}.{small}% [{day} ký|mừng quá]"},
    {kRisky,
     "cho mượn {small}0k được không, [{day} trả|xe hư|cuối tháng có lương], [kẹt quá|không có cũng "
     "ko sao]"},
    {kRisky,
     "app vay gì gọi réo tui vì {name} nợ '[trả ngay|bóc phốt]' [chặn đi|báo công an|khùng]"},
    {kRisky, "cổ phiếu [xanh|đỏ] {pct}%, [cổ tức {date} về|bán chưa|{name} nói giữ]"},
    {kRisky, "coin [sập|bay] {pct}% nữa, [tui còn {small}0k|cắt lỗ rồi|gồng tới {date}]"},
    {kRisky,
     "quán ở {place} tuyển part time, [{small}k/giờ|bao cơm], [cuối tuần cũng đc|hỏi {name} "
     "{mobile}]"},
    {kRisky,
     "đậu phỏng vấn rồi! lương {n} triệu rưỡi, {date} đi làm, [có chỗ ở|có bảo hiểm|ở {place}]"},
    {kRisky,
     "chú làm trên du thuyền, [công ty xuất khẩu có giấy phép|hợp đồng {n} tháng], [lương đô|đang "
     "tuyển], [hỏi {name}|học tiếng Anh trước]"},
    {kRisky,
     "cần {n} bạn phụ sự kiện {day}, {small}0k/ngày trả liền, [{time} ở {place}|sinh viên ok]"},
    {kRisky,
     "cái nhóm like video kiếm {small}k là lừa, [bạn tui mất {small}0k|lúc đầu trả sau bắt nạp|out "
     "đi]"},
    {kRisky,
     "trúng [{item}|xe máy|voucher {small}0k] ở siêu thị bốc thăm 😱 [{date} ra lấy|{kin} vui xỉu]"},
    {kRisky,
     "có người gọi xưng công an nói {kin} [liên quan ma túy|bị phạt nguội] kêu chuyển tiền, [cúp "
     "máy rồi|lừa đó|đừng sợ]"},
    {kRisky, "tới lượt {name} hốt hụi {small}0k, [tháng sau tới em|đóng cho {kin} nha]"},
    {kRisky,
     "{name} rủ đầu tư nhóm zalo lãi {pct}%/tháng, [nghe là thấy đa cấp|mình từ chối rồi|bạn thấy "
     "sao]"},
    {kRisky,
     "tin nhắn 'nạp {small}k tặng {small}0k' [casino gì đâu|mỗi ngày {n} cái|chặn hoài ko hết]"},
    {kRisky, "nó nói lãi chắc {pct}% mỗi tuần 😂 [ponzi|hỏi giấy phép là lặn|đừng đưa đồng nào]"},
    {kRisky, "chung kết esport {day}, {team} [{n}-0|toang], [coi ở {place} không|cược skin thôi]"},
    {kRisky,
     "môi giới nói qua {border} làm lương {amount} đô, [đừng đi|lừa bán đó|công an cảnh báo rồi], "
     "[báo {kin}|{name} suýt dính]"},
    {kRisky,
     "thẻ tín dụng nợ {small}0k rồi, [trả góp {n} tháng|{date} lãnh lương trả|đừng quẹt nữa]"},
    {kRisky,
     "việc online thật nha, [ký hợp đồng rồi|lương đầu {n} triệu về|ko bắt đóng tiền], làm từ "
     "{day}"},
    {kRisky,
     "tk {kin} mất {small}0k vì bấm link [bưu điện|thuế] giả, [khóa thẻ rồi|trình báo {day}|{app} "
     "đang tra soát]"},
    {kRisky, "gắp gấu ở {place} hết {small}k, [được {n} con|y như đánh bạc|{name} ghiền]"},
    {kRisky,
     "vàng [lên|xuống] nữa rồi, [mua chỉ cưới|bán bớt|{kin} giữ], [{small}0k một phân|mai coi]"},
    {kOtp,
     "{brand}: Ma OTP cua quy khach la {code}, hieu luc {n} phut. [KHONG cung cap cho bat ky "
     "ai|Nhan vien khong bao gio hoi ma nay]."},
    {kOtp,
     "{code} là mã xác thực {brand} của bạn. [Không chia sẻ mã này|Hết hạn {time}]. [Ref "
     "{voucher}|]"},
    {kOtp,
     "{brand}: GD {dots}VND tai {app} the x{acct}. OTP: {code}. [Khong phai ban? Goi {phone}|Canh "
     "giac lua dao]"},
    {kOtp,
     "<#> Nhập {code} để đăng nhập {brand}. [Bỏ qua nếu không phải bạn|Đừng đưa mã cho người gọi "
     "điện]."},
    {kOtp,
     "Yêu cầu [đổi mật khẩu|đổi số điện thoại|thêm thiết bị] {brand}: {code}. Không phải bạn? "
     "[Khóa tại {url}|Gọi {phone}]"},
    {kOtp,
     "Mã nhận hàng {brand}: {code}. Đưa cho nhân viên [tại {place}|khi nhận hàng], đến {date}."},
    {kOtp,
     "{brand}: {code} de chuyen {dots}VND cho {name}. [Kiem tra ten nguoi nhan|Coi chung gia danh "
     "ngan hang]. Ref {acct}"},
    {kReceipt,
     "{brand}: TK x{acct} -{dots}VND {date} {time}. SD: {dots}VND. [ND: {name} chuyen tien|ND: "
     "tien {food}|Ref {voucher}]"},
    {kReceipt,
     "{brand}: TK x{acct} +{dots}VND {date} {time}. [ND: luong thang {n}|ND: hoan tien|Tu {name}]"},
    {kReceipt,
     "{brand}: Thẻ x{acct} thanh toán {dots}đ tại {app} {date} {time}. [Không phải bạn? "
     "{phone}|Hạn mức còn {dots}đ]"},
    {kReceipt,
     "{brand}: Sao kê thẻ tín dụng {dots}đ, tối thiểu {dots}đ, đến hạn {date}. [Xem: {url}|Bỏ qua "
     "nếu đã trả]"},
    {kReceipt,
     "{brand}: Đăng nhập từ thiết bị mới {date} {time}. [Không phải bạn? Khóa tại {url}|Không phải "
     "bạn? gọi {phone}]"},
    {kReceipt,
     "{brand}: Số dư x{acct} dưới {dots}đ. [Nạp thêm trong app|Phí {small}k có thể phát sinh]."},
    {kReceipt,
     "{brand}: Quý khách được duyệt trước khoản vay đến {big}k, lãi từ {n}.{small}%/năm. [Đăng ký "
     "trong app|Chi tiết {url}] đến {date}. [Điều kiện áp dụng|Từ chối: soạn TC]"},
    {kReceipt,
     "{brand}: Hoàn tiền {n}% [tại {app}|ăn uống|siêu thị] khi quẹt thẻ từ {dots}đ đến {date}. "
     "[Thể lệ {url}|Soạn UD {acct}]"},
    {kReceipt,
     "{brand}: Khoản vay x{acct} đến hạn {date}, {dots}đ. [Tự động trừ tài khoản|Trễ hạn phí "
     "{small}k]."},
    {kReceipt,
     "{brand}: Quỹ của bạn chia cổ tức {dots}đ ngày {date}. [Báo cáo: {url}|Đầu tư có rủi ro]."},
    {kReceipt,
     "{brand}: Chuyển {dots}đ mua tại {app} thành trả góp 0% {n} tháng. [Soạn TG {acct}|Chọn trong "
     "app], đến {date}."},
    {kReceipt,
     "{brand}: Rút {dots}VND tại ATM {place} {date} {time}. [Phí {small}00đ|SD {dots}VND]"},
    {kReceipt,
     "{brand}: Vui lòng cập nhật sinh trắc học/CCCD trước {date} [tại quầy|trong app]. Ngân hàng "
     "không gửi link cho việc này."},
    {kReceipt,
     "{brand} Chứng khoán: khớp mua {small}00 cp giá {dots}. [Xác nhận {url}|Không phải bạn? "
     "{phone}]"},
    {kCourier, "{brand}: Đơn {track} đang giao, {name} {mobile}. [Dự kiến {time}|Thu hộ {dots}đ]"},
    {kCourier, "{brand}: Đơn {track} đã giao cho {name} {date} {time}. [Cảm ơn|Đánh giá {url}]"},
    {kCourier,
     "{brand}: Giao không thành công {track}, [không liên lạc được|nhà đóng cửa]. [Giao lại "
     "{day}|Hẹn lại {url}], không thu phí."},
    {kCourier, "{brand}: Nhận hàng {track} tại tủ {place}, mã {code}, [trước {date}|mở 24/7]."},
    {kCourier,
     "{brand}: Hàng quốc tế {track} chịu thuế nhập khẩu {dots}đ. [Trả khi nhận|Nộp tại bưu cục "
     "hoặc {url}], biên lai hải quan kèm theo. {phone}"},
    {kCourier, "Tài xế {name} [đã tới|còn {min} phút] giao {food}. [Mã {acct}|Biển 59{acct}]"},
    {kCourier,
     "{brand}: Xác nhận địa chỉ {track} trước {date}: [trả lời 1|sửa tại {url}]. Người gửi {app}."},
    {kCourier,
     "{brand}: Bồi thường đơn hư {track} {dots}đ đã duyệt, [hoàn về thẻ trong {n} ngày|mã "
     "{voucher}]."},
    {kMarketing,
     "{brand}: FLASH SALE {day} {time}! {item} giảm {pct}%, [freeship|số lượng có hạn]. [Bấm|Xem] "
     "{url}"},
    {kMarketing,
     "{brand}: Tặng mã {voucher} giảm {small}k, [đơn từ {small}0k|khách mới], HSD {date}. {url}"},
    {kMarketing,
     "{brand}: {amount} điểm hết hạn {date}! Đổi [{item}|thẻ nạp|{food}] tại [app|{url}|quầy]"},
    {kMarketing,
     "Chúc mừng khách hàng trúng thưởng {brand}: {name} (x{acct}), {name} (x{acct}). [Nhận quà tại "
     "{place} đến {date}, mang CCCD|Danh sách {url}]"},
    {kMarketing,
     "{brand}: Mời bạn bè, mỗi người nhận {small}k! Mã {voucher}. [Tối đa {n} bạn|Khách mới] "
     "{url}"},
    {kMarketing,
     "{name} ơi, {brand} chúc mừng sinh nhật! Nhận quà miễn phí, [đưa mã {voucher}|đến {date}]."},
    {kMarketing,
     "{brand}: Gia hạn gói {small}k không thành công. [Cập nhật thẻ trong app|{url}] trước {date} "
     "để xem tiếp."},
    {kMarketing,
     "{brand}: Việc mới gần {place}: [thu ngân|kế toán|tài xế|phụ bếp] lương từ {n} triệu. "
     "[Ứng tuyển {url}|PV {date} {time}]"},
    {kMarketing,
     "{brand}: Sự kiện [Tết|mùa {n}|sinh nhật] từ {date}, đăng nhập nhận [{amount} kim cương|lượt "
     "quay miễn phí|skin]! {url}"},
    {kMarketing,
     "{brand}: Mua {small}0k trúng [ô tô|vàng|tour Nhật]! Quay số {date}. [Thể lệ {url}|GP "
     "{acct}/2025]"},
    {kMarketing,
     "{brand} tuyển [part-time {small}k/giờ|kho công nhật {small}0k|đầu bếp du thuyền]. [PV "
     "{place} {date}|{url}] Không thu phí."},
    {kMarketing, "{brand}: Khảo sát {n} phút nhận {small} điểm {url} [đến {date}|thành viên]"},
    {kMarketing,
     "{brand} Xổ số: kỳ {acct} kết quả {code}. [Dò vé {url}|Nhận thưởng tại đại lý]. Vé số là trò "
     "vui, chơi có trách nhiệm"},
    {kMarketing,
     "{brand}: Quan tâm Zalo OA {line} [nhận mã {small}k|xem điểm và ưu đãi], [đến {date}|bạn "
     "mới]. Từ chối: {phone}"},
    {kGovernment,
     "{brand}: Hạn nộp [tờ khai thuế|quyết toán] {date}. [Nộp qua cổng {url}|Tại cơ quan đến "
     "{time}|Hỏi {phone}]"},
    {kGovernment,
     "{brand}: Tiền hoàn thuế {dots}đ đã chuyển vào tài khoản đăng ký {date}. [Không cần làm gì "
     "thêm|Không yêu cầu thông tin]."},
    {kGovernment,
     "{brand}: Tiền [điện|nước] kỳ {n} {dots}đ, hạn {date}. [Thanh toán tại quầy hoặc app|Cảm "
     "ơn]."},
    {kGovernment,
     "{brand}: CẢNH BÁO LỪA ĐẢO! Ngân hàng không gửi link. Không bấm '[nhận quà miễn phí|việc nhẹ "
     "lương cao {small}0k/ngày|cập nhật căn cước|vay nhanh không thế chấp]'. Báo {phone}"},
    {kGovernment,
     "{brand}: Vi phạm giao thông biên bản {voucher}, phạt {dots}đ. [Nộp tại kho bạc hoặc trụ "
     "sở|Hạn {date}]. Mang theo giấy tờ."},
    {kGovernment,
     "CẢNH BÁO [bão|mưa lớn|lũ|nắng nóng] tại {place} từ {time} {date}. [Không ra đường|Di dời "
     "theo hướng dẫn]. SOS 112. {brand}"},
    {kGovernment,
     "{brand}: [Cúp điện|Cúp nước] khu {place} {date} {time}, [khoảng {n} tiếng|sửa đường ống]. "
     "[Mong thông cảm|Hỏi {phone}]"},
    {kGovernment,
     "{brand}: [Tiêm vaccine|Tiêm nhắc|Bầu cử] {date} {time} tại {place}. [Mang CCCD|Đăng ký "
     "{url}]"},
    {kGovernment,
     "{brand}: Trợ cấp {dots}đ đã chi {date}, [nhận tại bưu điện|qua tài khoản]. Không đăng ký qua "
     "link, không thu phí."},
    {kGovernment,
     "{brand}: Danh sách bầu cử niêm yết tại {place}, [tra cứu {url}|gọi {phone}] trước {date}."},
    {kTelco, "{brand}: Da dung {pct}% data, [con {n}GB|han {date}]. Mua them bam *{acct}#"},
    {kTelco, "{brand}: Nạp {small}.000đ thành công. [HSD {date}|TK chính {dots}đ]"},
    {kTelco, "{brand}: Gói cước hết hạn {date} {time}. Gia hạn {n}GB {small}k: [*{acct}#|{url}]"},
    {kTelco,
     "{brand}: Chuẩn hóa thông tin thuê bao trước {date} [tại cửa hàng|qua app], [miễn phí|quá hạn "
     "khóa 1 chiều]."},
    {kTelco,
     "{brand}: Bạn có {amount} điểm, đổi [data|{food}|quay thưởng {item}] trước {date}. *{acct}#"},
    {kTelco,
     "{brand}: Nâng cấp [5G|trả sau|gói gia đình] tiết kiệm {pct}%, [tháng đầu miễn phí|tặng "
     "modem]. {url}"},
    {kTelco,
     "{brand}: Cẩn thận số lạ +{small}. Chặn miễn phí [*{acct}#|trong app]. Nhân viên không hỏi "
     "OTP."},
    {kTelco, "{brand}: Cước tháng {n} {dots}đ hạn {date}. [Thanh toán {url}|Tự động trừ]."},
    {kReminder,
     "{brand}: Lịch [tái khám|khám răng|tiêm chủng] {date} {time}. [Đổi lịch {phone}|Đến sớm {min} "
     "phút]"},
    {kReminder, "{brand}: Đã có kết quả [xét nghiệm|chụp phim], [nhận tại quầy {n}|xem {url}]."},
    {kReminder,
     "Kính gửi phụ huynh, [học phí {dots}đ hạn {date}|trường nghỉ {date}|họp {date} {time}]. [Trân "
     "trọng|LH {phone}] - {brand}"},
    {kReminder,
     "{brand} Nhân sự: mời {name} phỏng vấn {date} {time} [tại {place}|online {url}], vị trí [thực "
     "tập|thu ngân|nhân viên]. [Không thu phí|Vui lòng xác nhận]"},
    {kReminder,
     "{brand}: Cảm ơn bạn ủng hộ {dots}đ cho [đồng bào vùng lũ|trẻ mồ côi|quỹ học bổng]. [Biên "
     "nhận {voucher}|{url}]"},
    {kReminder,
     "{brand}: Phí bảo hiểm {dots}đ đến hạn {date}, HĐ x{acct}. [Đóng qua app|Đóng tại {url}]"},
    {kReminder,
     "{brand}: Đến hạn [cạo vôi răng|đo mắt|tiêm mũi {n}]. Đặt lịch {url} hoặc {phone}."},
    {kReminder, "{brand}: Buổi khám {day} thế nào? Đánh giá {url}, [{n} câu hỏi|cảm ơn bạn]"},
};

}  // namespace

constinit const std::span<const LegitSentence> kLegitVi = kSentences;

}  // namespace sieve::traffic
