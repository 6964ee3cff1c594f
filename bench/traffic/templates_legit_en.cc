#include "traffic/templates.h"

namespace sieve::traffic {
namespace {

using enum LegitKind;

constexpr LegitSentence kSentences[] = {
    {kChat,
     "[On my way|Running late|Almost there], [see you at {place}|traffic is bad|start without me]"},
    {kChat, "[Want|Fancy|How about] {food} {day}? [{time} at {place}|{name} is coming too]"},
    {kChat, "[ok|sure|sounds good|haha yes] [see you|call you later|thanks|no worries] [{name}|]"},
    {kChat, "Can you pick up {food} on the way home? [Thanks|And milk]"},
    {kChat, "Meeting moved to {time} at {place}, please tell {name}"},
    {kChat, "Happy birthday {name}! [Hope you have a great day|See you {day}]"},
    {kChat, "Did you see the {item} I sent? [Too expensive?|On sale now]"},
    {kChat, "I paid you back {small} for the {food}, [check please|thanks again]"},
    {kChat,
     "[hi|hey|Hello] {name}, this is my new number {mobile}, [lost the old sim at {place}|changed "
     "network]. [save it ya|pls update]"},
    {kChat,
     "[mum|dad], can send me {cur} {amount}? {item} for school [due {day}|n bus card finish liao], "
     "[love u|thanks]"},
    {kChat,
     "transferred {cur} {amount} to ur acct for {kin}'s [medicine|birthday|rent], [pls "
     "check|screenshot in the group]"},
    {kChat,
     "[Photos|Videos] from {name}'s [wedding|party|graduation]: {link} [link works till {date}|so "
     "many nice ones 😍]"},
    {kChat,
     "[video call tonight?|can video call now?] {kin} wants to see [the baby|you|the new house] "
     "[{time}|after dinner]"},
    {kChat,
     "miss u [so much|already|baby] ❤️ [counting days till {date}|good night, sweet dreams|did "
     "you eat?|call me when u reach {place}]"},
    {kChat,
     "hi [dear|babe], [meeting ran over|just got off work], [movie at {time} still on?|sorry for "
     "today 😢|bringing {food}]"},
    {kChat,
     "Hi {name}, invoice INV-{acct} for {cur} {big} attached, [payment by {date} please|bank "
     "details same as last month|kindly confirm]"},
    {kChat,
     "[Standup|Client call|Interview debrief] at {time}: {meet} passcode {code}, [{name} will "
     "share screen|cameras on pls]"},
    {kChat,
     "Shared the [budget|roster|slides] here {link} - [comment by {day}|edit access for all|{name} "
     "owns page {n}]"},
    {kChat,
     "Class of {n}B whatsapp group: {invite} [join before {date}|{name} is admin, say your name "
     "when "
     "you join]"},
    {kChat, "add me on line, id {handle}, [will send location|the project files too big for sms]"},
    {kChat,
     "Telegram group for [the condo|carpool|badminton]: {invite} [mute it if noisy lol|intro "
     "urself "
     "ok]"},
    {kChat,
     "lol [same|bruh|omg no way|ikr] 😂😂 [{name} is so done|im dead|send pics|tell me everything "
     "{day}]"},
    {kChat,
     "wru [im at {place}|waiting {min} mins alr|the queue damn long] [hurry|faster la|no rush]"},
    {kChat,
     "nice to match with u :) [i'm {name}|so u work near {place}?], [coffee {day}?|do u like "
     "{food} too|what do u do for fun]"},
    {kChat,
     "Practice moved to {time} {day} at {place}, [bring both jerseys|{n} of us so far|coach says "
     "no excuses]. [Fees {small} each|]"},
    {kChat,
     "church [potluck|choir|youth camp] {day} {time}, [bring {food}|{name} drives|offering for the "
     "flood families, any amount]"},
    {kChat, "[cab|car|driver] outside? plate {acct}, white car, [im at gate {n}|pin: {link}]"},
    {kChat,
     "Viewing for the {place} room is {day} {time}. [Rent {cur} {amount} incl wifi|Two months "
     "deposit, {name} has the keys]"},
    {kChat,
     "[yesss|nooo|wait what|slay|goals] [🔥🔥|😭|💀|👏👏] [where did u get that {item}|tag {name}|this "
     "is so {place} coded]"},
    {kChat,
     "pls [dun|dont] forget pay ur share {small} for [movie night|the beach house|{name}'s gift] "
     "k, [transfer me|i send qr later|{n} ppl havent pay]"},
    {kChat,
     "Team, [payroll|the supplier transfer|reimbursement] of {cur} {big} goes out {day}. [{name} "
     "please approve in the bank portal|Send receipts before {time}]"},
    {kChat,
     "babe flight is {cur} {amount}, can u [book first|send half], [land {date} {time}|meet me at "
     "{place} ❤️]"},
    {kChat,
     "Dear brothers and sisters, [tithes|mission pledge] can be given by transfer to the church "
     "account ending {acct} or in the box {day}. God bless"},
    {kChat,
     "{name} here from the [condo|school] office, [your parcel is at the desk|the car {voucher} "
     "blocks the gate|keys are ready], call {mobile}"},
    {kChat,
     "selling my {item}, [almost new|used {n} times], {cur} {amount} [nego|firm|free delivery near "
     "{place}], [dm me|whatsapp {mobile}]"},
    {kChat, "[teh|teh bus|bsu] is [laet|lte] agn, [b there {time}|strt w/o me|ordr me {food} plz]"},
    {kRisky, "Won {amount} in the office raffle, {food} on me {day}"},
    {kRisky, "Someone texted me about a part-time job liking videos, it is a scam, right?"},
    {kRisky, "Poker night at {name}'s, no money, just chips. {time}?"},
    {kRisky, "Got the job! Start {day}, they pay for the visa and flight"},
    {kRisky, "My account was locked because I forgot the password, bank fixed it"},
    {kRisky,
     "Crypto is down {pct}% again, [glad I sold|im holding till {date}|told u to take profit]"},
    {kRisky,
     "got this text 'your parcel is held, pay {small} at the link' [lol i ordered nothing|is it "
     "real?|reported it as spam]"},
    {kRisky,
     "{kin} almost gave her otp to a fake bank officer 😱 [told her to hang up|changing all "
     "passwords {day}|bank blocked the card in time]"},
    {kRisky, "bet u {small} {team} win {n}-1 [loser buys {food}|odds are rubbish tho|deal?]"},
    {kRisky,
     "{team} at {n}.{small} odds, [should have put {small} on it|bookies never learn|i only bet "
     "for fun]"},
    {kRisky,
     "Vegas trip {date}: [flights {cur} {big}|hotel has free casino shuttle], [budget {amount} for "
     "slots max|{name} only wants the buffet]"},
    {kRisky,
     "lost {cur} {amount} on {game} last night never again [dont tell {kin}|deleted the app]"},
    {kRisky,
     "lottery draw is {day}, [my number {code}|share a ticket?], [jackpot {n} million!!|{kin} "
     "dreamt of {small}]"},
    {kRisky,
     "pulled the [5-star|SSR|legendary] in {n} pulls 🎰✨ [gacha gods love me|{name} spent {cur} "
     "{amount} and got nothing]"},
    {kRisky,
     "the slot machine in the [fishing|farm|pirate] game gives {amount} free coins if u [spin "
     "before {time}|log in {n} days], [not real money dw|join my guild]"},
    {kRisky, "bank approved our home loan!! {big} at {n}.{small}% [signing {day}|so many forms]"},
    {kRisky,
     "can lend me {cur} {amount} till payday? [{day} latest i return|car repair 😭|{name} said u "
     "may have]"},
    {kRisky,
     "how's your fund doing, mine's up {pct}% this yr, [dividend out {date}|adviser says "
     "hold|think of selling half]"},
    {kRisky,
     "cafe at {place} hiring part time, {cur} {small}/hr, [weekends ok|free meals], [pm "
     "{name}|walk in {day} {time}]"},
    {kRisky,
     "uncle's cruise ship is hiring waiters, [real agency at {place}|contract {n} months], [salary "
     "ok plus room and food|interview {date}]"},
    {kRisky,
     "who's free to help at the fair {day}? paid {cur} {amount}/day, cash, [{time} to evening|need "
     "{n} ppl]"},
    {kRisky,
     "lol 'hi dear, are you free to earn {amount} a day from home' [blocked|from a +44 number|how "
     "do they get our numbers]"},
    {kRisky,
     "bought {small} dollars of bitcoin just to learn, wallet app asked for [id and selfie|a seed "
     "phrase, wrote it on paper], [normal right?|fees are crazy]"},
    {kRisky,
     "police scam call again, said im involved in money laundering 🙄 [put {name} on speaker, so "
     "funny|hung up|real police never ask for transfer]"},
    {kRisky,
     "free credit {amount} my foot, [these casino texts come every day|who even clicks|{name} "
     "clicked once and now gets {n} a day]"},
    {kRisky,
     "guaranteed profit {pct}% a week he says 😂 [every ponzi ever|i asked for the licence and he "
     "blocked me|dont give him a cent]"},
    {kRisky,
     "telegram 'teacher' giving stock tips wants {cur} {amount} for vip room, [nope|{kin} nearly "
     "paid|reported the group]"},
    {kRisky,
     "esports final {day}! {team} [3-{n} easy|will choke], [watch at {place}?|prize pool {big} "
     "lol|skin bet only]"},
    {kRisky,
     "the remote data entry job was real haha, [contract came|first pay {cur} {amount} in|they "
     "never asked for money], start {date}"},
    {kRisky,
     "agent at {place} says maid/driver job abroad pays {cur} {amount}, [checked the licence with "
     "the ministry|fee only after visa|dont go via {border} ok]"},
    {kRisky,
     "won {small} on scratch card, [lost {small} on the next ten|buying {food}], [quit while ahead "
     "lol|gambling is bad kids]"},
    {kRisky,
     "ur card got cloned? call {app} now, [block it in the app|dont trust any text with link|they "
     "refunded me {amount} last yr]"},
    {kRisky,
     "exchange finally did my kyc, withdrew {cur} {amount} to bank, [took {n} days|fee "
     "{small}|never leaving coins there again]"},
    {kOtp, "{code} is your {brand} verification code. [Do not share it|Valid {n} minutes]"},
    {kOtp, "{brand}: use {code} to sign in. We never ask for this code."},
    {kOtp,
     "Your {brand} OTP is {code}. NEVER share it with anyone, [not even our staff|including "
     "callers who say they are from {brand}]. Expires {time}."},
    {kOtp,
     "OTP {code} for online purchase of {cur} {amount}.00 at {app} with card ending {acct}. [Not "
     "you? Call {phone}|Ref {voucher}]"},
    {kOtp,
     "<#> {code} is the code to reset your {brand} password. [Ignore if you did not request it.|Do "
     "not click links from others.]"},
    {kOtp,
     "{brand} security code: {code}. [Requested from a new device|Login from {place}]. If this "
     "wasn't you, change your password at {url}"},
    {kOtp,
     "C-{code} [is your code|confirms your number] for {brand}. [Don't give it out.|It works "
     "once.]"},
    {kOtp,
     "You are adding payee {name}, {cur} {amount}.00. Enter {code} in the {brand} app. Scammers "
     "ask for OTPs: don't tell anyone."},
    {kReceipt,
     "{brand}: {amount}.00 THB paid with card x{acct} {date} {time}. [Questions? {phone}|Thank "
     "you]"},
    {kReceipt, "{brand}: {amount}.00 THB received to x{acct} on {date}"},
    {kReceipt,
     "{brand}: your [e-statement|credit card statement] is ready. [Total due {cur} {amount}.00, "
     "pay by {date}.|Minimum {cur} {small}.00.] View it at {url}"},
    {kReceipt,
     "{brand}: [new login|sign-in from a new phone] {date} {time}. Was it you? [If not, lock your "
     "account at {url}|If not, call {phone} now]."},
    {kReceipt,
     "{brand}: balance of x{acct} is below {cur} {amount}. [Top up to avoid fees.|Turn off this "
     "alert in the app.]"},
    {kReceipt,
     "{brand}: you sent {cur} {amount}.00 to {name} on {date} {time}. Ref {voucher}. [Not you? "
     "{phone}|Balance {big}.00]"},
    {kReceipt,
     "Dear customer, you are pre-approved for a {brand} personal loan up to {cur} {big} from "
     "{n}.{small}% p.a. [Apply in the app|Apply at {url}] by {date}. T&C apply."},
    {kReceipt,
     "{brand} Card: spend {cur} {amount} by {date} and get {n}% cashback [on dining|on travel|at "
     "{app}]. Register: SMS CB {acct} to {phone}. Terms: {url}"},
    {kReceipt,
     "{brand}: payment of {cur} {amount}.00 on loan x{acct} is due {date}. [Already paid? Ignore "
     "this.|Late fee {small}.00 applies.]"},
    {kReceipt,
     "{brand}: card x{acct} was declined at {app} for {cur} {amount}.00, [wrong PIN|limit "
     "reached|card blocked for overseas use]. Unblock in the app or call {phone}"},
    {kReceipt,
     "{brand} Invest: dividend {cur} {amount}.{small} of your fund was credited on {date}. [Fund "
     "report: {url}|Past returns do not guarantee future returns.]"},
    {kReceipt,
     "{brand}: your card x{acct} expires {date}. A new one is on its way to your registered "
     "address. [Activate it in the app|Activate: {url}]"},
    {kReceipt,
     "{brand}: convert your {cur} {amount} purchase at {app} to 0% instalments x {n} months. Reply "
     "YES {acct} or tap Pay Later in the app by {date}."},
    {kReceipt,
     "{brand} Securities: bought {small} units at {n}.{small}, fee {small}.00. [Contract note: "
     "{url}|Margin call? None]. Not you? {phone}"},
    {kReceipt,
     "{brand}: please update your ID details by {date} [at any branch|in the app under Profile]. "
     "We never send a link for this."},
    {kReceipt,
     "{brand}: cash withdrawal {cur} {amount} at ATM {place} {date} {time}. [Fee {small}.00|Bal "
     "{big}.00]. Card lost? {phone}"},
    {kCourier, "{brand}: parcel {track} arrives today before {time}. Track {url}"},
    {kCourier, "{brand}: parcel {track} was delivered. Signed by {name}."},
    {kCourier,
     "{brand}: we missed you {date} {time}. [Rebook delivery of {track} at {url}|We will try again "
     "{day}]. No fee."},
    {kCourier,
     "{brand}: parcel {track} is at the {place} locker. PIN {code}, [collect by {date}|open 24h]."},
    {kCourier,
     "{brand}: your shipment {track} from abroad is in customs. Duty {cur} {amount}.00, [pay the "
     "driver or at {url}|receipt from customs enclosed]. Help {phone}"},
    {kCourier,
     "{brand}: cash on delivery {track}, {cur} {amount}.00. [Please prepare exact amount|Rider "
     "{name} {mobile}], {time} {day}"},
    {kCourier,
     "Your {app} rider {name} is [{min} min away|at the door] with your {food}. [Tip in the "
     "app|Order #{acct}]"},
    {kCourier,
     "{brand}: please confirm the address for {track} by {date}: [reply 1 if correct|change it in "
     "the app|{url}]. Sender: {app}."},
    {kCourier,
     "{brand}: refund of {cur} {amount} for damaged parcel {track} was approved, [to your original "
     "card in {n} days|voucher {voucher}]."},
    {kMarketing,
     "{brand}: {pct}% off {item} until {date}. [Free shipping|In store and online] {url}"},
    {kMarketing,
     "{brand}: double points {day} when you spend {amount} THB. [Stop: {phone}|Add us on LINE "
     "{line} for "
     "coupons]"},
    {kMarketing,
     "{brand} FLASH SALE {day} {time}! [Up to {pct}% OFF|Everything from {small}] + voucher "
     "{voucher}. [Shop now|Click] {url} Reply STOP to end"},
    {kMarketing,
     "{brand}: {amount} points expire {date}! Redeem for [a free gift|{food} vouchers|{item}] at "
     "{url} or any branch"},
    {kMarketing,
     "Congratulations to the winners of the {brand} lucky draw: {name} x{acct}, {name} x{acct}. "
     "[Prizes at the counter till {date}, bring your ID.|Full list: {url}]"},
    {kMarketing,
     "{brand}: refer a friend, you both get {cur} {small}! Your code {voucher}. [Min spend "
     "{amount}|New members only] {url}"},
    {kMarketing,
     "{name}, claim your free birthday gift at {brand}! Show code {voucher} by {date}. [No "
     "purchase needed|One per member]"},
    {kMarketing,
     "{brand}: buy {cur} {amount} and win [a car|gold|a trip to Japan]! Draw {date} at {place}. "
     "Licence {acct}/24. {url}"},
    {kMarketing,
     "We could not renew your {brand} subscription ({cur} {small}.90). [Update payment in the "
     "app|Update your card at {url}] before {date} to keep watching."},
    {kMarketing,
     "{app} Jobs via {brand}: {n} new jobs near {place}: [barista|accounts clerk|driver|nurse] "
     "{cur} {small}00/month. Apply {url} Unsubscribe in settings"},
    {kMarketing,
     "{brand} Games: [Lunar event|Season {n}|Double EXP weekend] starts {date}! Log in daily for "
     "[free spins|{amount} gems|a 10x summon ticket] {url}"},
    {kMarketing,
     "{brand}: take our {n}-minute survey and get {small} points: {url} [Ends {date}|Members "
     "only]"},
    {kMarketing,
     "Last call! {brand} {food} 1-for-1 {day} till {time}. [Show this SMS|Code {voucher}]. T&Cs "
     "apply. Opt out: {phone}"},
    {kMarketing,
     "{brand} is hiring! [Part-time crew {cur} {small}/hour|Cruise ship cooks, contract {n} "
     "months|Warehouse, daily pay {amount}]. [Walk in {place} {date}|Apply {url}]. We never charge "
     "fees."},
    {kMarketing,
     "{brand} Lottery (licensed): draw {date} numbers {code}, bonus {small}. [Check tickets at any "
     "outlet|Results {url}]. Play responsibly, 18+"},
    {kGovernment, "{brand}: bill {amount}.00 THB due {date}. Pay by app or counter."},
    {kGovernment,
     "{brand} warns: officers never ask you to transfer money or add LINE. Info {phone}"},
    {kGovernment,
     "{brand} SCAM ALERT: banks never text links. Do not click on '[free credit|claim your "
     "refund|verify your account now|easy job {amount} a day]'. [Report: {phone}|Forward to "
     "{acct}]"},
    {kGovernment,
     "{brand}: file your tax return by {date}. [E-filing: {url}|Counters open till {time}]. Late "
     "filing: fine of {cur} {amount}"},
    {kGovernment,
     "{brand}: your tax refund of {cur} {amount}.00 was paid to the account you registered, "
     "{date}. [No action needed.|Details in your e-tax inbox.]"},
    {kGovernment,
     "{brand}: traffic fine {voucher}, {cur} {amount}, [pay at any police counter or post office "
     "by {date}|contest it within {small} days]. Bring this number."},
    {kGovernment,
     "{brand}: [water|power] will be off in {place} {date} {time} for repairs. [Sorry for the "
     "trouble|Updates: {url}]"},
    {kGovernment,
     "[FLOOD|STORM|HEAT|EARTHQUAKE] WARNING for {place}. [Move to high ground|Stay indoors]. "
     "Shelter at the school. Hotline {phone}. {brand}"},
    {kGovernment,
     "{brand}: free [flu|measles|booster] vaccination {date} {time} at {place}. [Bring ID.|Book "
     "{url}]"},
    {kGovernment,
     "{brand}: voting is {date}, 8.00-17.00 at {place} school. [Bring ID.|Check your name: {url}]"},
    {kGovernment,
     "{brand}: your [child|elderly|cost-of-living] allowance of {cur} {amount} was credited on "
     "{date}. No registration, no link, no fee."},
    {kTelco, "{brand}: {pct}% of your data used. Valid until {date}. Dial *{acct}# for more"},
    {kTelco, "{brand}: top-up {small} THB successful."},
    {kTelco,
     "{brand}: your package ends {date} {time}. Renew {n}GB for {cur} {small}: dial *{acct}# or "
     "{url}"},
    {kTelco,
     "{brand}: register your SIM with ID by {date} or service stops. [At any shop, free.|Only in "
     "our app or {url}]"},
    {kTelco,
     "{brand}: upgrade to [5G Max|Unlimited|Family] and save {pct}%! [Free router.|First month "
     "free.] See {url} or call {phone}"},
    {kTelco,
     "{brand}: you have {amount} points. Redeem [bonus data|{food}|movie tickets] before {date}: "
     "*{acct}*{n}#"},
    {kTelco,
     "Welcome to {place}! {brand} roaming: {cur} {small}/day for {n}GB. [Data is off until you "
     "dial *{acct}#|Emergency: 112]"},
    {kTelco,
     "{brand}: suspicious calls? Block numbers starting +{small} in our app. [Free.|Dial "
     "*{acct}#]. We never call to cut off your line."},
    {kTelco,
     "{brand}: bill {cur} {amount}.{small} due {date}. [Auto-pay on|Pay in app or {url}]. Late fee "
     "{small}."},
    {kReminder, "{brand}: appointment {day} {time}. [Call {phone} to change|Please arrive early]"},
    {kReminder,
     "{brand}: your [lab|blood test|X-ray] results are ready. [Log in at {url}|Collect at counter "
     "{n}]."},
    {kReminder,
     "Dear parents, [school is closed {date}|fees of {cur} {amount} are due {date}|sports day is "
     "{date} {time}]. [Pay at the office|Details {url}] - {brand}"},
    {kReminder,
     "Hi {name}, you are invited to an interview on {date} {time} [at our office, {place}|online: "
     "{url}]. Position: [intern|cashier|analyst]. Reply YES. {brand} HR"},
    {kReminder,
     "{brand}: insurance premium {cur} {amount}.00 is due {date}. [Pay in the app or at "
     "{url}|Policy x{acct} lapses after 30 days]."},
    {kReminder,
     "{brand}: thank you for your gift of {cur} {amount} to [the flood fund|the orphanage|the new "
     "wing]. Receipt {voucher}. [Tax deductible|Give again: {url}]"},
    {kReminder,
     "{brand}: how was your visit {day}? Rate us in {n} questions {url} [and enter the draw for a "
     "{item}|Thank you]"},
    {kReminder,
     "{brand}: [vaccine dose {n}|dental cleaning|eye test] is due. Book {url} or {phone}. "
     "[Walk-ins till {time}|Bring your card]"},
    {kReminder,
     "{brand}: questions about your visit? Chat with us on LINE {line} [or call "
     "{phone}|8.00-{time}]."},
};

}  // namespace

constinit const std::span<const LegitSentence> kLegitEn = kSentences;

}  // namespace sieve::traffic
