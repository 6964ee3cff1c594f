#include "traffic/templates.h"

namespace sieve::traffic {
namespace {

using enum LegitKind;

constexpr LegitSentence kSentences[] = {
    {kChat, "[Saan ka na|Traffic dito|Malapit na ako], kita tayo sa {place}"},
    {kChat, "Kain tayo ng {food} {day}, [{time} ha|isama si {name}]"},
    {kChat, "[Sige|Okay po|Oo], [tawag ako mamaya|salamat|ingat] [{name}|po|]"},
    {kChat,
     "[Ma|Pa|Ate], si {name} to, new number ko {mobile}, [nawala yung luma sa {place}|nagpalit ng "
     "network], [save nyo po|text back pls]"},
    {kChat,
     "{kin}, pahingi po {amount} pang [tuition|boarding house|project], [hanggang {day} lang|sa "
     "e-wallet na lang po|tnx po ❤️]"},
    {kChat,
     "nagsend na ko P{amount} para sa [{food}|regalo ni {name}|ambagan], [check mo|nasa gc yung "
     "resibo]"},
    {kChat,
     "[Pics|Videos] nung [kasal|grad|outing] ni {name} andito {link} [download before {date}|ang "
     "ganda 😍]"},
    {kChat, "vc tayo [mamaya|{time}], [miss ka na ni {kin}|gusto makita si baby|may chika ako]"},
    {kChat,
     "miss [you|kita] [babe|mahal|langga] ❤️ [kumain ka na?|kita tayo {day} ha|goodnight "
     "po|text "
     "pag nasa {place} ka na]"},
    {kChat,
     "Hi Sir/Ma'am {name}, invoice {voucher} P{big} na-email ko na po, [due {date}|same bank "
     "details|pa-confirm po]"},
    {kChat,
     "Meeting {time}, link {meet} passcode {code}, [si {name} mag-present|cam on po|wag late]"},
    {kChat,
     "[Schedule|Report|Lesson plan] andito {link} [pakifill up till {day}|page {n} kay {name}]"},
    {kChat, "Viber/messenger gc ng batch natin: {invite} [join na|reunion {date}|admin si {name}]"},
    {kChat, "add mo ko sa telegram {handle}, [dun ko send location|malaki kasi files]"},
    {kChat,
     "HAHAHAHA [grabe|beh|luh] 😭😂 [si {name} talaga|screenshot ko yan|kwento mo {day}|charot]"},
    {kChat, "asan na u? d2 na me sa {place} [{min} mins pa|gutom na q|bilis] [pls|🥺]"},
    {kChat,
     "hello, si {name} pala, [nagmatch tayo|friend ni {name}], [mahilig ka rin sa {food}?|coffee "
     "{day}?|malapit ka sa {place}?]"},
    {kChat, "Practice {day} {time} sa {place}, [kulang {n}|ambag {small} each|dalhin jersey]"},
    {kChat,
     "[Simbang gabi|Bible study|Fiesta] {day} {time}, [potluck, dala {food}|love offering "
     "lang|sabay kay {name}]"},
    {kChat,
     "Kuya nasa [gate ng {place}|lobby|tapat ng bakery], [naka-black|pin {link}], [cash po|paid na "
     "sa app]"},
    {kChat,
     "Pwede po tingnan yung room {day} {time}, [{amount} monthly|1 month deposit], [kay {name} "
     "susi|text {mobile}]"},
    {kChat, "Pasabay ng {item} sa {place}, [bayaran kita mamaya|nasa {kin} yung {small}]"},
    {kChat,
     "[ganda|sana all|iyak|laban lang|shet] [🔥🔥|😭|🙏|👏] [san mo nabili {item}|tag mo si {name}|sa "
     "{place} ba yan]"},
    {kChat,
     "Team, [payroll|bayad sa supplier|reimbursement] P{big} release {day}, [{name} pa-approve sa "
     "online banking|resibo before {time}]"},
    {kChat,
     "love ticket ko {amount}, [pa-book muna|hati tayo], [dating ko {date} {time}|sunduin mo ko sa "
     "{place} ❤️]"},
    {kChat,
     "Brgy: [hakot ng basura {day}|libreng gupit|zumba {time}], [hanapin si {name}|sa covered "
     "court], "
     "[salamat po|paki-share]"},
    {kChat,
     "for sale {item} [brand new|{n} mos used], P{amount} [nego|meetup {place}|COD], [pm|text "
     "{mobile}]"},
    {kChat, "D2 na po [aq|me] sa {place}, [antay lang poh|w8 u {time}|muzta nmn]"},
    {kChat,
     "padala ni {kin} galing abroad P{big}, [kunin mo sa {place} bukas|pang-tuition ni bunso|ref "
     "no. {code}]"},
    {kChat,
     "Open na po kami, order {food} text {mobile}, [free deliver sa {place}|min {small}|sarado "
     "{day}]"},
    {kRisky, "Nanalo si {name} sa raffle, P{amount}! Libre niya {day}"},
    {kRisky, "May nag-text na part-time daw, scam yan, huwag i-click"},
    {kRisky,
     "natanggap ko 'congrats u won P{amount}, claim here' [lol di naman ako sumali|block mo|daming "
     "ganyan]"},
    {kRisky,
     "muntik na ibigay ni {kin} OTP nya sa nagpakilalang taga {app} 😱 [buti nakita ko|change pass "
     "na|punta kami bank {day}]"},
    {kRisky, "pusta {small}, {team} mananalo by {n} [talo libre {food}|game?|wag na lang haha]"},
    {kRisky,
     "odds ng {team} {n}.{small}, [tumaya si {name} ng {small}|nood lang ako|{time} ang laro]"},
    {kRisky,
     "tigilan mo na yang {game}, [ubos sweldo ni {name}|baon sa utang {amount}|pati {item} "
     "naisanla], [please lang|para sa mga bata]"},
    {kRisky,
     "Macau trip {date}: [casino tour lang|flight {amount}|si {name} mahilig sa {game}], [sama "
     "ka?|buffet habol ko]"},
    {kRisky,
     "lotto bola {time}, [tinaya ko {small}-{small}-{small}|pa-taya ng {small}|jackpot {n}0M na], "
     "[hati tayo|pag nanalo ako resign]"},
    {kRisky,
     "nakuha ko [SSR|mythic skin] sa {n} pulls 🎉 [swerte|si {name} {amount} nagastos wala|event "
     "till {date}]"},
    {kRisky,
     "yung spin the wheel sa game may free {amount} coins pag [login {n} days|bago {time}], [di "
     "totoong pera|sali ka sa guild]"},
    {kRisky,
     "approved na housing loan namin! {big}, {n}.{small}% [pirmahan {day}|thank you Lord|sa "
     "wakas]"},
    {kRisky,
     "pautang muna {amount} bes, [balik ko {day}|nasira motor|sweldo sa {date}], [emergency "
     "lang|ok lang kung wala]"},
    {kRisky,
     "yung lending app tinatawagan ako dahil kay {name} '[magbayad ka|ipapahiya ka]' [report mo sa "
     "SEC|block|illegal yan]"},
    {kRisky, "UITF ko +{pct}%, [dividend {date}|benta na ba|sabi ni {name} hold]"},
    {kRisky,
     "bitcoin [bagsak|lipad] {pct}%, [{amount} lang puhunan ko|nag-cut loss na|hodl till {date}]"},
    {kRisky,
     "hiring yung milk tea sa {place}, part-time, [{small}/hour|free meal], [weekends ok|hanapin "
     "si {name}]"},
    {kRisky,
     "natanggap na ko! {small}k monthly, start {date}, [may HMO|libre tirahan|sa {place}], "
     "[salamat "
     "sa dasal|inom tayo]"},
    {kRisky,
     "si {kin} sa barko nagtatrabaho, [legit agency sa {place}|{n} months kontrata], [dollar "
     "sahod|hiring pa daw], [tanong mo si {name}|training muna]"},
    {kRisky,
     "need {n} tao para sa event {day}, {amount}/day cash, [calltime {time} sa {place}|students "
     "ok]"},
    {kRisky,
     "yung like and follow na trabaho {small} kada like scam yan, [na-scam pinsan ko "
     "{amount}|papa-depositin ka after|leave mo gc]"},
    {kRisky,
     "nabunot ako sa raffle ng mall! [{item}|motor|GC {amount}] 😱 [claim ko {date}|iyak si {kin}]"},
    {kRisky,
     "may tumawag pulis daw, nahuli si {kin} at magpadala ng P{big}, [modus yan|tinawagan ko ok "
     "naman|binabaan ko]"},
    {kRisky, "paluwagan: sahod ni {name} {amount} ngayon, [ikaw next month|hulog kay {kin} ha]"},
    {kRisky,
     "inaalok ako ni {name} ng investment {pct}% per month, [too good to be true|networking "
     "ata|tinanggihan ko]"},
    {kRisky,
     "text ng text yung casino '[free {amount} pag nag-register|deposit {small} get {amount}]' "
     "[nakakasawa|san nila nakuha number ko|binlock ko na]"},
    {kRisky, "guaranteed daw {pct}% weekly 😂 [ponzi yan|walang SEC license|wag kang papadala]"},
    {kRisky, "esports finals {day}, {team} [{n}-0|tagilid], [nood sa {place}?|pustahan load lang]"},
    {kRisky,
     "agent daw papuntang {border} sahod {amount} dollars, [illegal recruiter|check sa DMW|muntik "
     "na si {name}]"},
    {kRisky, "lubog na ko sa paylater {amount}, [bayaran ko {date}|{n} gives pa|wag gagaya]"},
    {kRisky,
     "VA job legit naman pala, [pumirma na contract|unang sahod {amount} pasok na|walang hininging "
     "bayad], start {day}"},
    {kRisky,
     "nabiktima si {kin} ng {amount} sa link na kunwari [delivery|toll], [na-block na card|report "
     "sa PNP|{app} nag-iimbestiga]"},
    {kRisky, "claw machine sa {place} inubos {small} ko, [{n} nakuha|parang sugal|adik si {name}]"},
    {kRisky,
     "MP2 dividend {n}.{small}% [not bad|hulog ulit {date}|mas ok kaysa crypto], [sali ka|safe "
     "yan]"},
    {kRisky,
     "bingo night sa {place} {day}, [card {small} lang|para sa simbahan|premyo {item}], [tara|sama "
     "si {kin}]"},
    {kOtp,
     "{brand}: Ang OTP mo ay {code}. HUWAG ibigay kahit kanino[, kahit taga-{brand}|]. Valid {n} "
     "mins."},
    {kOtp,
     "{code} is your {brand} code. [Wag i-share|Never share this]. [Ref {voucher}|Expires {time}]"},
    {kOtp,
     "{brand}: P{amount}.00 sa {app} gamit card x{acct}. OTP: {code}. [Hindi ikaw? Tawag "
     "{phone}|Ingat sa scam]"},
    {kOtp,
     "<#> Ilagay ang {code} para mag-login sa {brand}. [I-ignore kung hindi ikaw|Hindi namin "
     "hinihingi ang code na ito]."},
    {kOtp,
     "Request na [palitan ang MPIN|palitan ang mobile no.|mag-link ng device] sa {brand}: {code}. "
     "Hindi ikaw? [I-lock sa {url}|Call {phone}]"},
    {kOtp,
     "{brand} pick-up code: {code}. Ipakita lang sa staff [sa {place}|pag claim], till {date}."},
    {kOtp,
     "{brand}: {code} para mag-send ng P{amount} kay {name}. [I-check ang pangalan|Mag-ingat sa "
     "nagpapanggap na CS]. Ref {acct}"},
    {kReceipt,
     "{brand}: Nagpadala ka ng P{amount}.00 kay {name} {date} {time}. [Ref {voucher}|Bal "
     "P{big}.00|Info {phone}]"},
    {kReceipt, "{brand}: Natanggap mo P{amount}.00 mula kay {name} sa acct x{acct}, {date}."},
    {kReceipt,
     "{brand}: Card x{acct} ginamit P{amount}.00 sa {app} {date} {time}. [Di ikaw? "
     "{phone}|Available limit P{big}.00]"},
    {kReceipt,
     "{brand}: Ready na SOA mo. Total P{amount}.00, min P{small}.00, due {date}. [View "
     "{url}|Ignore kung bayad na]"},
    {kReceipt,
     "{brand}: May bagong login sa account mo {date} {time}. [Kung di ikaw, i-lock: {url}|Kung di "
     "ikaw, call {phone}]"},
    {kReceipt,
     "{brand}: Mababa na balance ng x{acct}, below P{amount}. [Cash in na sa app|Maintaining "
     "balance P{amount}]."},
    {kReceipt,
     "{brand}: Pre-approved ka sa personal loan hanggang P{big}, {n}.{small}% add-on rate. [Apply "
     "sa app|Apply {url}] hanggang {date}. Regulated by the central bank."},
    {kReceipt,
     "{brand}: Get {n}% cashback [sa {app}|sa groceries|sa dining] pag gumastos ng P{amount} "
     "gamit credit card till {date}. [Terms {url}|Reg: text CB {acct}]"},
    {kReceipt,
     "{brand}: Hulog mo na P{amount}.00 sa loan x{acct} ay due {date}. [Auto-debit|May penalty na "
     "P{small}]."},
    {kReceipt,
     "{brand}: Pumasok ang dividend P{amount}.{small} ng fund mo {date}. [Report {url}|Past "
     "performance is not a guarantee]."},
    {kReceipt,
     "{brand}: Gawing {n} gives 0% ang P{amount} sa {app}. [Reply YES {acct}|Tap sa app] hanggang "
     "{date}."},
    {kReceipt,
     "{brand}: ATM withdrawal P{amount} {place} {date} {time}. [Fee P{small}|Bal P{big}.00]"},
    {kReceipt,
     "{brand}: Paki-update ang ID mo bago {date} [sa branch|sa app, Profile]. Hindi kami "
     "nagpapadala ng link para dito."},
    {kReceipt,
     "{brand} Securities: nabili {small} shares @ {n}.{small}. [Confirmation {url}|Di ikaw? "
     "{phone}]"},
    {kCourier,
     "{brand}: Parcel {track} out for delivery, rider {name} {mobile}. [ETA {time}|COD P{amount}, "
     "exact amount po]"},
    {kCourier,
     "{brand}: Delivered na ang {track} kay {name} {date} {time}. [Salamat|Rate us {url}]"},
    {kCourier,
     "{brand}: Hindi na-deliver ang {track}, [walang tao|di ma-contact]. [Balik {day}|Resched "
     "{url}], walang bayad."},
    {kCourier,
     "{brand}: Pick up {track} sa {place} locker, code {code}, [hanggang {date}|24 hrs bukas]."},
    {kCourier,
     "{brand}: Galing abroad ang {track}, customs duty P{amount}.00. [Bayaran sa rider|Bayad sa "
     "post office o {url}], may OR mula customs. {phone}"},
    {kCourier,
     "Si {name} ang rider mo, [andyan na|{min} mins na lang] dala ang {food}. [Order {acct}|Plate "
     "{voucher}]"},
    {kCourier,
     "{brand}: Paki-confirm ang address ng {track} bago {date}: [reply 1|edit {url}]. Sender "
     "{app}."},
    {kCourier,
     "{brand}: Approved refund P{amount} sa sirang {track}, [balik sa wallet in {n} days|voucher "
     "{voucher}]."},
    {kMarketing,
     "{brand}: FLASH SALE {day} {time}! {item} {pct}% off, [free shipping|limited stocks]. "
     "[Tap|Click] {url}"},
    {kMarketing,
     "{brand}: Voucher {voucher} less P{small}, [min spend {amount}|new users only] till {date}. "
     "{url}"},
    {kMarketing,
     "{brand}: Mag-e-expire {date} ang {amount} points mo! Ipalit sa [{item}|load|{food}] sa "
     "[app|{url}|kahit saang branch]"},
    {kMarketing,
     "Congrats sa winners ng {brand} raffle: {name} (x{acct}), {name} (x{acct}). [Claim sa {place} "
     "till {date}, dala valid ID|List {url}]. Permit {acct} s2025"},
    {kMarketing,
     "{brand}: Mag-invite ng friend, may P{small} kayo pareho! Code {voucher}. [Hanggang {n} "
     "friends|T&C] {url}"},
    {kMarketing,
     "Happy bday {name}! May free gift ka sa {brand}, [show code {voucher}|till {date}]."},
    {kMarketing,
     "{brand}: Di na-renew subscription mo (P{small}9). [Update payment sa app|Update: {url}] bago "
     "{date} para tuloy ang nood."},
    {kMarketing,
     "{brand}: New jobs malapit sa {place}: [cashier|call center|driver|nurse] P{small},000/mo. "
     "[Apply "
     "{url}|Walk-in {date} {time}]"},
    {kMarketing,
     "{brand}: [Christmas|Season {n}|Anniv] event starts {date}, login for [{amount} diamonds|free "
     "spin|free skin]! {url}"},
    {kMarketing,
     "{brand}: Mamili ng P{amount} at manalo ng [kotse|house and lot|{item}]! Bola {date}. [Per "
     "DTI permit {acct}|{url}]"},
    {kMarketing,
     "{brand} hiring: [part-time crew P{small}/hr|warehouse P{amount}/day|cruise ship cook]. "
     "[Walk-in {place} {date}|{url}] No placement fee."},
    {kMarketing,
     "{brand}: Sagutan ang {n}-min survey, may {small} points {url} [till {date}|members only]"},
    {kMarketing,
     "{brand} Lotto result {date}: {small}-{small}-{small}-{small}. [Check ticket sa "
     "outlet|{url}]. Maglaro nang responsable, 18+"},
    {kMarketing,
     "{brand}: Add us sa Viber {line} [may P{small} voucher|check points at promo], [till "
     "{date}|new friends only]. Stop: {phone}"},
    {kGovernment,
     "{brand}: Deadline ng [ITR|RPT|business permit] {date}. [File online {url}|Bukas hanggang "
     "{time}|Tanong: {phone}]"},
    {kGovernment,
     "{brand}: Na-credit na ang refund P{amount}.00 sa registered account mo {date}. [Wala nang "
     "kailangang gawin|Di kami humihingi ng detalye]."},
    {kGovernment, "{brand}: Bill mo P{amount}.00 due {date}. Bayad sa [app|bayad center|counter]."},
    {kGovernment,
     "{brand}: BABALA sa scam! Di nagpapadala ng link ang bangko. Wag i-click ang '[free P{amount} "
     "bonus|claim ayuda|verify your account|work from home {amount}/day]'. Report {phone}"},
    {kGovernment,
     "{brand}: Traffic violation {voucher}, multa P{amount}. [Bayad sa city hall window {n}|Within "
     "{n} days]. Dalhin ang lisensya."},
    {kGovernment,
     "[BAGYO|BAHA|LINDOL|HEAT INDEX] alert sa {place} {date} {time}. [Lumikas kung mababa ang "
     "lugar|Manatili sa loob|Walang pasok]. 911. {brand}"},
    {kGovernment,
     "{brand}: [Brownout|Water interruption] sa {place} {date} {time}, [mga {n} oras|maintenance]. "
     "[Pasensya na po|Info {phone}]"},
    {kGovernment,
     "{brand}: [Libreng bakuna|Booster|Voter registration] {date} {time} sa {place}. [Dala "
     "ID|Register {url}]"},
    {kGovernment,
     "{brand}: Ayuda P{amount} na-credit na {date}, [kunin sa munisipyo|sa cash card]. Walang "
     "link, walang bayad."},
    {kGovernment,
     "{brand}: Botohan sa {date} 7AM-3PM, {place} precinct {acct}. [Dala ID|Check name {url}]"},
    {kTelco,
     "{brand}: Nagamit mo na {pct}% ng data, [{n}GB na lang|valid till {date}]. Dial *{acct}#"},
    {kTelco, "{brand}: P{small} load received. [Valid till {date}|Bal P{amount}]. Salamat!"},
    {kTelco, "{brand}: Mag-e-expire promo mo {date} {time}. {n}GB for P{small}: [*{acct}#|{url}]"},
    {kTelco,
     "{brand}: I-register ang SIM bago {date} [sa app|sa {url}|sa store], [libre|made-deactivate "
     "pag hindi]. Wag magbigay ng OTP."},
    {kTelco,
     "{brand}: May {amount} points ka, redeem [data|{food}|raffle entry sa {item}] till {date}. "
     "*{acct}#"},
    {kTelco,
     "{brand}: Upgrade sa [5G|postpaid|family plan], tipid ng {pct}%, [free first month|free "
     "modem]. {url}"},
    {kTelco,
     "{brand}: Mag-ingat sa tawag mula +{small}. Block libre [*{acct}#|sa app]. Di kami humihingi "
     "ng OTP."},
    {kTelco, "{brand}: Bill P{amount} due {date}. [Auto-pay|Bayad {url} o bayad center]."},
    {kReminder, "{brand}: Appointment mo {date} {time}. [Palitan: {phone}|Agahan ng {min} mins]"},
    {kReminder, "{brand}: Ready na [lab results|x-ray] mo, [kunin sa window {n}|view {url}]."},
    {kReminder,
     "Dear parents, [tuition P{amount} due {date}|walang pasok {date}|PTA meeting {date} {time}]. "
     "[Salamat po|Info {phone}] - {brand}"},
    {kReminder,
     "{brand} HR: Hi {name}, interview mo {date} {time} [sa {place}|online {url}], "
     "[intern|cashier|encoder]. [No fees|Reply YES]. Dala resume."},
    {kReminder,
     "{brand}: Salamat sa donasyon P{amount} para sa [nasalanta|ampunan|feeding program]. [OR "
     "{voucher}|{url}]"},
    {kReminder,
     "{brand}: Premium ng insurance P{amount} due {date}, policy x{acct}. [Bayad sa app|{url}]"},
    {kReminder,
     "{brand}: Due na ang [cleaning|eye check-up|bakuna dose {n}]. Book {url} o {phone}."},
    {kReminder,
     "{brand}: Kumusta ang visit mo {day}? Rate kami {url}, [{n} tanong lang|salamat po]"},
};

}  // namespace

constinit const std::span<const LegitSentence> kLegitFil = kSentences;

}  // namespace sieve::traffic
