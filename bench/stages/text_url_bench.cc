// What it costs to find URLs, per kind of text. The floor is BM_UrlMarks: one pass over the text
// for places where a URL may be.
#include <benchmark/benchmark.h>

#include <string_view>

#include "text/entities.h"
#include "text/fold.h"
#include "text/host_dot.h"
#include "text/registrable_domain.h"
#include "text/urls.h"

namespace {

constexpr std::string_view kSentences =
    "Your parcel TH2291 is waiting at the depot. Confirm the address and pay the fee of 35.50 baht "
    "today. Office hours: 9.00 to 17.30, closed on Sunday.";
constexpr std::string_view kThai = "พัสดุของท่านรอการจัดส่งที่ศูนย์กระจายสินค้า กรุณายืนยันที่อยู่ภายในวันนี้นะ ";
constexpr std::string_view kLink =
    "Your parcel TH2291 is waiting at the depot. Confirm the address: https://parcel.example/Kq77";
constexpr std::string_view kBare = "รับเครดิตฟรี100บาท สมัครเลยที่win99.vip/a1 วันนี้เท่านั้น";
constexpr std::string_view kDressed = "join hxxps://bank.com@win[.]bet/x or w i n 8 8 . c o m now";
constexpr std::string_view kUnicode = "เข้าชม https://ตัวอย่าง.ไทย/x";

void find(benchmark::State& state, std::string_view text) {
  sieve::Folder folder;
  sieve::Entities entities;
  const sieve::FoldedText& folded = folder.fold(text);
  for (auto _ : state) {
    sieve::find_urls(folded, entities);
    benchmark::DoNotOptimize(entities.urls.data());
  }
}

void BM_UrlMarks(benchmark::State& state) {
  for (auto _ : state) {
    for (size_t at = 0; at < kSentences.size(); ++at) {
      at = sieve::find_url_mark(kSentences, at);
      benchmark::DoNotOptimize(at);
    }
  }
}

void BM_UrlsInSentences(benchmark::State& state) { find(state, kSentences); }
void BM_UrlsInThai(benchmark::State& state) { find(state, kThai); }
void BM_UrlsLink(benchmark::State& state) { find(state, kLink); }
void BM_UrlsBareHost(benchmark::State& state) { find(state, kBare); }
void BM_UrlsDressed(benchmark::State& state) { find(state, kDressed); }
void BM_UrlsUnicodeHost(benchmark::State& state) { find(state, kUnicode); }

// A host that was not seen before.
void BM_RegistrableDomain(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(sieve::registrable_domain_size("www.shop.example.co.th"));
  }
}

BENCHMARK(BM_UrlMarks);
BENCHMARK(BM_UrlsInSentences);
BENCHMARK(BM_UrlsInThai);
BENCHMARK(BM_UrlsLink);
BENCHMARK(BM_UrlsBareHost);
BENCHMARK(BM_UrlsDressed);
BENCHMARK(BM_UrlsUnicodeHost);
BENCHMARK(BM_RegistrableDomain);

}  // namespace
