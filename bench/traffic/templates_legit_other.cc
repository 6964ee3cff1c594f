// English, Chinese, Indonesian, Vietnamese and Filipino.
#include "traffic/templates.h"

namespace sieve::traffic {
namespace {

using enum LegitKind;

constexpr LegitSentence kEn[] = {
    {kChat,
     "[On my way|Running late|Almost there], [see you at {place}|traffic is bad|start without me]"},
    {kChat, "[Want|Fancy|How about] {food} {day}? [{time} at {place}|{name} is coming too]"},
    {kChat, "[ok|sure|sounds good|haha yes] [see you|call you later|thanks|no worries]"},
    {kChat, "Can you pick up {food} on the way home? [Thanks|And milk]"},
    {kChat, "Meeting moved to {time} at {place}, please tell {name}"},
    {kChat, "Happy birthday {name}! [Hope you have a great day|See you {day}]"},
    {kChat, "Did you see the {item} I sent? [Too expensive?|On sale now]"},
    {kChat, "I paid you back {small} for the {food}, [check please|thanks again]"},
    {kRisky, "Won {amount} in the office raffle, {food} on me {day}"},
    {kRisky, "Someone texted me about a part-time job liking videos, it is a scam, right?"},
    {kRisky, "Poker night at {name}'s, no money, just chips. {time}?"},
    {kRisky, "Got the job! Start {day}, they pay for the visa and flight"},
    {kRisky, "My account was locked because I forgot the password, bank fixed it"},
    {kRisky, "Crypto is down {pct}% again, glad I sold"},
    {kOtp, "{code} is your {brand} verification code. [Do not share it|Valid {n} minutes]"},
    {kOtp, "{brand}: use {code} to sign in. We never ask for this code."},
    {kReceipt,
     "{brand}: {amount}.00 THB paid with card x{acct} {date} {time}. [Questions? {phone}|Thank "
     "you]"},
    {kReceipt, "{brand}: {amount}.00 THB received to x{acct} on {date}"},
    {kCourier, "{brand}: parcel {track} arrives today before {time}. Track {url}"},
    {kCourier, "{brand}: parcel {track} was delivered. Signed by {name}."},
    {kMarketing,
     "{brand}: {pct}% off {item} until {date}. [Free shipping|In store and online] {url}"},
    {kMarketing, "{brand}: double points {day} when you spend {amount} THB. Stop: {phone}"},
    {kGovernment, "{brand}: bill {amount}.00 THB due {date}. Pay by app or counter."},
    {kGovernment,
     "{brand} warns: officers never ask you to transfer money or add LINE. Info {phone}"},
    {kTelco, "{brand}: {pct}% of your data used. Valid until {date}. Dial *{acct}# for more"},
    {kTelco, "{brand}: top-up {small} THB successful."},
    {kReminder, "{brand}: appointment {day} {time}. [Call {phone} to change|Please arrive early]"},
};

constexpr LegitSentence kZh[] = {
    {kChat, "[到哪了|我快到了|堵车呢]，在{place}等你"},
    {kChat, "{day}一起吃{food}吗？[{time}见|{name}也来]"},
    {kChat, "[好的|收到|没问题]，[谢谢|晚点打给你|明天见]"},
    {kChat, "{name}，帮我买个{item}，回头转你{small}"},
    {kRisky, "昨天买彩票中了{amount}，{day}请你吃{food}"},
    {kRisky, "有人发短信说兼职日结，肯定是骗子，别点"},
};

constexpr LegitSentence kId[] = {
    {kChat, "[Sudah sampai mana|Otw ya|Macet nih], ketemu di {place}"},
    {kChat, "{day} makan {food} yuk, [jam {time}|ajak {name}]"},
    {kChat, "[Oke|Siap|Iya], [nanti telpon|makasih|sampai jumpa]"},
    {kRisky, "Jangan main slot, {name} rugi {amount}rb kemarin"},
    {kRisky, "Ada lowongan di {place}, gaji lumayan, mau coba?"},
};

constexpr LegitSentence kVi[] = {
    {kChat, "[Đến đâu rồi|Kẹt xe quá|Sắp tới rồi], gặp ở {place} nhé"},
    {kChat, "{day} đi ăn {food} không? [{time} nhé|rủ {name} nữa]"},
    {kChat, "[Ok|Được|Ừ], [lát gọi lại|cảm ơn nha|mai gặp]"},
    {kRisky, "Hôm qua trúng số {amount}k, mời {food} {day}"},
    {kRisky, "Tin nhắn việc nhẹ lương cao là lừa đảo đó, đừng bấm"},
};

constexpr LegitSentence kFil[] = {
    {kChat, "[Saan ka na|Traffic dito|Malapit na ako], kita tayo sa {place}"},
    {kChat, "Kain tayo ng {food} {day}, [{time} ha|isama si {name}]"},
    {kChat, "[Sige|Okay po|Oo], [tawag ako mamaya|salamat|ingat]"},
    {kRisky, "Nanalo si {name} sa raffle, P{amount}! Libre niya {day}"},
    {kRisky, "May nag-text na part-time daw, scam yan, huwag i-click"},
};

}  // namespace

constinit const std::span<const LegitSentence> kLegitEn = kEn;
constinit const std::span<const LegitSentence> kLegitZh = kZh;
constinit const std::span<const LegitSentence> kLegitId = kId;
constinit const std::span<const LegitSentence> kLegitVi = kVi;
constinit const std::span<const LegitSentence> kLegitFil = kFil;

}  // namespace sieve::traffic
