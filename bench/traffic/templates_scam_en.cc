#include "traffic/templates.h"

namespace sieve::traffic {
namespace {

using enum ScamClass;

constexpr ScamSentence kSentences[] = {
    {kGambling,
     "[Congrats|Good news|Hot]! {amount} THB free credit is waiting, [no deposit needed|claim "
     "before midnight]: {url}"},
    {kGambling,
     "New {game} site, [welcome bonus {pct}0%|daily cashback {pct}%], deposit {small} play with "
     "{amount}. Join {url}"},
    {kGambling,
     "VIP agent wanted you back: {pct}% rebate on losses, [instant withdrawal|auto payout], LINE "
     "{line}"},
    {kGambling,
     "{game} jackpot hits every {min} min. Free credit {amount} for new members only [today|this "
     "week] {url}"},
    {kTask,
     "Hi, I am {name}, HR of {brand}. Part-time remote job, [like videos|rate products] {min} "
     "minutes a day, earn {amount} THB daily. Reply on Telegram {tg}"},
    {kTask,
     "Earn {amount}-{big} per day from your phone. [No experience|Training provided], daily "
     "payout. Contact WhatsApp {phone}"},
    {kTask,
     "We reviewed your resume for an online assistant role: optimise product data, {pct}% "
     "commission. Message {tg}"},
    {kRecruitment,
     "Hiring [chat support|data entry|customer service] in {border}. Salary {big} THB, free flight "
     "and accommodation, no experience, [leave {day}|come on tourist visa]. LINE {line}"},
    {kRecruitment,
     "Urgent: {n} encoders for {border} office, [typing 30 wpm|English ok], visa and ticket paid "
     "by company. Telegram {tg}"},
    {kInvestment,
     "Our analyst {name} shares VIP signals, guaranteed daily return {pct}%. Join the group [free "
     "today|only {n} seats left] {url}"},
    {kInvestment,
     "Turn {amount} into {big} in {n} days with [gold|crypto|forex] copy trading. Start: {url}"},
    {kInvestment,
     "My uncle's trading platform pays {pct}% daily in USDT, I can teach you. Add me on Telegram "
     "{tg}"},
    {kMining,
     "Cloud mining: rent hash power from {amount} THB, daily payout in USDT, [withdraw any "
     "time|free trial node] {url}"},
    {kMining, "Activate your mining node now and earn {pct}% per day. {url}"},
    {kBank,
     "{brand}: your account is [locked|limited|suspended]. Verify now within {min} minutes: {url}"},
    {kBank,
     "{brand} alert: unusual sign-in from {place}. If this was not you, [cancel here|secure your "
     "account] {url}"},
    {kBank, "Transfer of {big} THB is pending. Not you? [Stop it|Dispute] at {url}"},
    {kOtp,
     "This is {brand} support. To cancel the transfer, [reply with|tell us] the 6-digit code we "
     "just sent you or call {phone}"},
    {kOtp,
     "Sorry, I registered with your number by mistake. Can you send me the code you received? "
     "[Thanks|It is urgent] {phone}"},
    {kTelco, "{brand}: {amount} points expire today. Redeem for [headphones|a voucher]: {url}"},
    {kTelco, "Your SIM will be disconnected in {n} hours, registration incomplete. Update: {url}"},
    {kGovernment,
     "Final notice: your ID is linked to [money laundering|a drug parcel]. Contact the officer on "
     "LINE {line} or a warrant will be issued"},
    {kGovernment,
     "Revenue office: tax refund of {amount} THB approved. Submit your bank details before {date}: "
     "{url}"},
    {kToll, "Unpaid toll {small} THB. [Final notice|Avoid a late fee], pay before {date}: {url}"},
    {kToll,
     "Traffic fine {amount} THB recorded for your vehicle. [View the photo|Settle] at {url}"},
    {kParcel,
     "{brand}: parcel {track} is [on hold|held at customs], address incomplete. Update within {n} "
     "days: {url}"},
    {kParcel, "Your package could not be delivered. Pay the {small} THB redelivery fee: {url}"},
    {kLoan,
     "Instant loan up to {big} THB, [no collateral|no credit check], approved in {min} minutes. "
     "LINE {line}"},
    {kLoan, "You are pre-approved for {big} THB. [Low interest|Zero documents]. Apply: {url}"},
    {kPrize,
     "Your number won [a gold bar|{big} THB|a new phone] in the {brand} lucky draw. Claim on LINE "
     "{line}"},
    {kPrize, "{brand} anniversary: free voucher {amount} THB, only {small} left. {url}"},
    {kFamily,
     "Hi [mum|dad], my phone is broken and this is my new number. Can you [text me on WhatsApp "
     "{phone}|send {amount} today]?"},
    {kFamily,
     "It's {name}, I lost my phone. Save this number. I need {amount} for a bill, will pay back "
     "{day}"},
    {kWrongNumber, "Hi {name}, are we still on for {food} {day}?"},
    {kWrongNumber,
     "Is this [Dr|Mr] {name}? My assistant gave me this number for the [horse riding|golf] lesson"},
    {kRemoteApp,
     "Refund department: install AnyDesk and call {phone} so that we can return {amount} THB to "
     "you"},
    {kRemoteApp, "Security update for {brand}: download the .apk at {url} to keep using the app"},
    {kRecovery,
     "We can recover your lost funds from scammers, {pct}% success. [Free consultation|Lawyer "
     "{name}] {url}"},
    {kRecovery,
     "Victim compensation: {big} THB seized money is ready for you. Contact LINE {line}"},
};

}  // namespace

constinit const std::span<const ScamSentence> kScamEn = kSentences;

}  // namespace sieve::traffic
