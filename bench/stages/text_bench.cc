// What it costs to fold a message and to find its URLs, per kind of text, and beside it what other
// work on the same bytes costs: Copy copies and lower-cases them (vectorised by the compiler, see
// bench/CMakeLists.txt), Icu does what Unicode calls NFKC_Casefold, which is a part of the fold.
//
//   SIEVE_BENCH_TEXTS=texts.txt build/bench/text_bench   # Also over a file, one text a line.
//
// Time is per text: Copy/ascii, Fold/ascii and Icu/ascii are comparable, and so are */file.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "text/entities.h"
#include "text/fold.h"

#ifdef SIEVE_HAVE_ICU
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#endif

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

using Texts = std::vector<std::string>;

size_t bytes_of(const Texts& texts) {
  size_t size = 0;
  for (const std::string& text : texts) size += text.size();
  return size;
}

// Runs `work` on one text after the other; each counts as an iteration.
template <typename Work>
void run(benchmark::State& state, const Texts& texts, Work work) {
  size_t at = 0;
  for (auto _ : state) {
    std::string_view text = texts[at];
    if (++at == texts.size()) at = 0;
    benchmark::DoNotOptimize(text);
    work(text);
  }
  const double mean = static_cast<double>(bytes_of(texts)) / static_cast<double>(texts.size());
  state.SetBytesProcessed(static_cast<int64_t>(static_cast<double>(state.iterations()) * mean));
}

void copy(benchmark::State& state, const Texts& texts) {
  std::vector<char> out(bytes_of(texts));
  run(state, texts, [&out](std::string_view text) {
    char* to = out.data();
    std::memcpy(to, text.data(), text.size());
    for (size_t i = 0; i < text.size(); ++i) {
      const bool upper = to[i] >= 'A' && to[i] <= 'Z';
      to[i] = static_cast<char>(to[i] + (upper ? 'a' - 'A' : 0));
    }
    benchmark::DoNotOptimize(to);
    benchmark::ClobberMemory();
  });
}

void fold(benchmark::State& state, const Texts& texts) {
  sieve::Folder folder;
  run(state, texts, [&folder](std::string_view text) {
    benchmark::DoNotOptimize(folder.fold(text).words.data());
  });
}

#ifdef SIEVE_HAVE_ICU
void icu_casefold(benchmark::State& state, const Texts& texts) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::vector<char> out(bytes_of(texts) * 20 + 1'000);
  run(state, texts, [&](std::string_view text) {
    icu::CheckedArrayByteSink sink(out.data(), static_cast<int32_t>(out.size()));
    const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
    casefold->normalizeUTF8(0, piece, sink, nullptr, status);
    benchmark::DoNotOptimize(sink.NumberOfBytesWritten());
  });
  if (U_FAILURE(status)) state.SkipWithError(u_errorName(status));
}
#endif

void add(const std::string& name, const Texts& texts) {
  const auto bench = [&name, &texts](const char* what, auto work) {
    const std::string full = std::string(what) + "/" + name;
    benchmark::RegisterBenchmark(full.c_str(), [work, texts](auto& state) { work(state, texts); });
  };
  bench("Copy", copy);
  bench("Fold", fold);
#ifdef SIEVE_HAVE_ICU
  bench("Icu", icu_casefold);
#endif
}

Texts read_lines(const char* path) {
  std::ifstream file(path);
  Texts lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

const bool kAdded = [] {
  add("ascii", {std::string(kAscii)});
  add("thai", {std::string(kThai)});
  add("mixed", {std::string(kMixed)});
  add("vietnamese", {std::string(kVietnamese)});
  add("chinese", {std::string(kChinese)});
  add("evasive", {std::string(kEvasive)});
  const char* path = std::getenv("SIEVE_BENCH_TEXTS");
  const Texts texts = path != nullptr ? read_lines(path) : Texts();
  if (!texts.empty()) add("file", texts);
  return true;
}();

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

BENCHMARK(BM_OriginalSpan);
BENCHMARK(BM_Entities);
BENCHMARK(BM_EntitiesAscii);
BENCHMARK(BM_EntitiesNone);

}  // namespace
