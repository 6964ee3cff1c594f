// A few messages as most are, in the languages of the shipped packs, to measure patterns on. They
// are made up.
//
// Thread safety: constants.
#pragma once

#include <array>
#include <string_view>

namespace sieve {

inline constexpr std::array<std::string_view, 12> kOrdinaryTexts = {
    "Running ten minutes late, please order me an iced tea and start without me.",
    "Your order 48213 has left our shop. It should be with you on Thursday between 9:00 and 12:00.",
    "Mum, the school wants the signed form by Friday. Can you put it in my bag? Thanks, see you at "
    "5",
    "583920 is your sign-in code. It is valid for 10 minutes. We never ask you for it.",
    "พรุ่งนี้ประชุมเลื่อนเป็นบ่ายสองนะคะ ห้องเดิม ฝากบอกทีมด้วยค่ะ",
    "แม่ถึงบ้านแล้ว ซื้อผลไม้มาฝากด้วย เย็นนี้กลับมากินข้าวด้วยกันไหม",
    "明天早上八点半在图书馆门口集合，记得带上身份证和水。",
    "Bu, besok saya antar adik ke sekolah dulu, jadi sampai kantor sekitar jam sembilan ya.",
    "Con đã mua vé tàu rồi, chuyến 7 giờ tối thứ sáu, mẹ không cần ra ga đón đâu nhé.",
    "Kuya, pakikuha naman yung payong ko sa sala, umuulan na dito sa terminal. Salamat!",
    "မနက်ဖြန် ဈေးသွားမယ်။ ငါးနဲ့ ဟင်းသီးဟင်းရွက် ဝယ်ခဲ့မယ်နော်။",
    "ស្អែកម៉ោងប្រាំបីព្រឹក យើងជួបគ្នានៅផ្សារ កុំភ្លេចយកឆ័ត្រមកផង។"};

}  // namespace sieve
