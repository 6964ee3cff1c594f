// What it costs to find each kind of entity, on texts of about one SMS: without any (the usual
// message), with digits that are none, and with one of each. BM_Urls is the part of it that looks
// for URLs, BM_Marks the one pass that the other finders share.
#include <benchmark/benchmark.h>

#include <string_view>

#include "base/phone.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/text_marks.h"
#include "text/url_scanner.h"

namespace {

constexpr std::string_view kPlain =
    "Hello, thank you for dinner last night. We had a lovely time and hope to see all of you again "
    "at our place before the holidays begin, take care";

constexpr std::string_view kDigits =
    "Train 42 leaves platform 7 at 18.30 on 12/05 and arrives 21.45, seats 14 and 15 in car 3. The "
    "next one is train 46, please be there 20 min before.";

constexpr std::string_view kThai =
    "สวัสดีครับ ขอบคุณสำหรับอาหารเย็นเมื่อวานนี้ หวังว่าจะได้พบกันอีกเร็วๆ นี้ ดูแลสุขภาพด้วยนะครับ";

constexpr std::string_view kVietnamese =
    "Cảm ơn bạn về bữa tối hôm qua, chúng tôi rất vui và mong sớm gặp lại cả nhà trước kỳ nghỉ";

constexpr std::string_view kChinese =
    "谢谢昨晚的晚餐，我们过得很愉快，希望假期之前能再次见到你们，请多保重身体";

constexpr std::string_view kContacts =
    "New job in our office, training is free for all who start this week, add LINE: @shop88 or "
    "call 081-234-5678 today, places go fast, do not wait";

constexpr std::string_view kAmounts =
    "Earn 1,000-3,000 baht per day at home, the first 20 who join get a bonus of $50 and lunch, we "
    "train you, no experience needed, write us back";

constexpr std::string_view kCode =
    "Your verification code is 482913. It is valid for 5 minutes. Do not share it with anyone, our "
    "staff never ask for it. Ref 7741 for questions.";

constexpr std::string_view kCrypto =
    "Send to 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed today and get twice as much back";

void extract(benchmark::State& state, std::string_view text) {
  sieve::Folder folder;
  sieve::Entities entities;
  const sieve::EntityOptions options{sieve::find_plan("TH")};
  const sieve::FoldedText& folded = folder.fold(text);
  for (auto _ : state) {
    sieve::extract_entities(folded, entities, options);
    benchmark::DoNotOptimize(entities.handles.data());
  }
}

void BM_Urls(benchmark::State& state) {
  sieve::Folder folder;
  const sieve::FoldedText& folded = folder.fold(kPlain);
  for (auto _ : state) {
    sieve::UrlScanner scanner(folded.text, false);
    benchmark::DoNotOptimize(scanner.next());
  }
}

void BM_Marks(benchmark::State& state) {
  sieve::Folder folder;
  const sieve::Entities none;
  const sieve::FoldedText& folded = folder.fold(kPlain);
  for (auto _ : state) {
    sieve::TextMarks marks;
    sieve::mark_text(folded.text, none, marks);
    benchmark::DoNotOptimize(marks.place_count);
  }
}

BENCHMARK(BM_Urls);
BENCHMARK(BM_Marks);
BENCHMARK_CAPTURE(extract, none_plain, kPlain);
BENCHMARK_CAPTURE(extract, none_digits, kDigits);
BENCHMARK_CAPTURE(extract, none_thai, kThai);
BENCHMARK_CAPTURE(extract, none_vietnamese, kVietnamese);
BENCHMARK_CAPTURE(extract, none_chinese, kChinese);
BENCHMARK_CAPTURE(extract, contacts, kContacts);
BENCHMARK_CAPTURE(extract, amounts, kAmounts);
BENCHMARK_CAPTURE(extract, code, kCode);
BENCHMARK_CAPTURE(extract, crypto, kCrypto);

}  // namespace
