// What it costs to fold a message and to find its URLs, per kind of text. The floor is BM_Copy: the
// same bytes copied and lower-cased.
#include <benchmark/benchmark.h>

#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "text/entities.h"
#include "text/fold.h"

namespace {

// As long as one SMS of eight-bit characters.
constexpr std::string_view kAscii =
    "Your parcel TH2291 is waiting at the depot. Confirm the address and pay the fee of 35 baht "
    "today: https://parcel.example/Kq77 or it returns.";
static_assert(kAscii.size() == 140);

// About as long as a Thai SMS is on average.
constexpr std::string_view kThai = "พัสดุของท่านรอการจัดส่งที่ศูนย์กระจายสินค้า กรุณายืนยันที่อยู่ภายในวันนี้นะ ";
static_assert(kThai.size() == 224);

constexpr std::string_view kMixed =
    "ยินดีต้อนรับคุณ Somchai! รับโบนัส 500 บาท กดลิงก์ https://gift.example/x9 ก่อน 18:00 น. "
    "วันนี้เท่านั้น";

constexpr std::string_view kVietnamese =
    "Tài khoản của bạn đã được cộng 500.000đ. Vui lòng truy cập để xác nhận trước 18 giờ hôm nay "
    "nhé!";

constexpr std::string_view kChinese =
    "您的包裹已到达配送中心，请在今天之内确认地址并支付手续费，否则将退回寄件人，谢谢您的配合";

constexpr std::string_view kEvasive = "𝗙𝗥𝗘𝗘 𝗦𝗟𝗢𝗧 🆅🅸🅿 ｗｗｗ．ｗｉｎ．example ѕрin tоdау f r e e";

void fold(benchmark::State& state, std::string_view text) {
  sieve::Folder folder;
  for (auto _ : state) {
    benchmark::DoNotOptimize(text);
    benchmark::DoNotOptimize(folder.fold(text).words.data());
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}

void BM_Copy(benchmark::State& state) {
  std::array<char, 256> out{};
  std::string_view text = kAscii;
  for (auto _ : state) {
    benchmark::DoNotOptimize(text);
    for (size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      out[i] = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}

void BM_FoldAscii(benchmark::State& state) { fold(state, kAscii); }
void BM_FoldThai(benchmark::State& state) { fold(state, kThai); }
void BM_FoldMixed(benchmark::State& state) { fold(state, kMixed); }
void BM_FoldVietnamese(benchmark::State& state) { fold(state, kVietnamese); }
void BM_FoldChinese(benchmark::State& state) { fold(state, kChinese); }
void BM_FoldEvasive(benchmark::State& state) { fold(state, kEvasive); }

void BM_OriginalSpan(benchmark::State& state) {
  sieve::Folder folder;
  for (auto _ : state) {
    folder.fold(kMixed);
    benchmark::DoNotOptimize(folder.original_span(sieve::View::kWords, {5, 20}));
  }
}

void extract(benchmark::State& state, std::string_view text) {
  sieve::Folder folder;
  sieve::Entities entities;
  const sieve::FoldedText& folded = folder.fold(text);
  for (auto _ : state) {
    sieve::extract_entities(folded, entities);
    benchmark::DoNotOptimize(entities.urls.data());
  }
}

void BM_Entities(benchmark::State& state) { extract(state, kMixed); }
void BM_EntitiesAscii(benchmark::State& state) { extract(state, kAscii); }
void BM_EntitiesNone(benchmark::State& state) { extract(state, kThai); }

BENCHMARK(BM_Copy);
BENCHMARK(BM_FoldAscii);
BENCHMARK(BM_FoldThai);
BENCHMARK(BM_FoldMixed);
BENCHMARK(BM_FoldVietnamese);
BENCHMARK(BM_FoldChinese);
BENCHMARK(BM_FoldEvasive);
BENCHMARK(BM_OriginalSpan);
BENCHMARK(BM_Entities);
BENCHMARK(BM_EntitiesAscii);
BENCHMARK(BM_EntitiesNone);

}  // namespace
