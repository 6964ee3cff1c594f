// Decoding one record: ours against a bare use of simdjson::ondemand that takes the same fields, in
// document order, and neither checks them nor reads times nor canonicalises numbers.
#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <array>
#include <string>
#include <vector>

#include "base/arena.h"
#include "base/base64.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "record/address.h"
#include "record/decoder.h"

namespace sieve {
namespace {

using simdjson::ondemand::object;

constexpr size_t kRecords = 512;  // A batch: what is decoded between two resets of the arena.

std::string digits(uint64_t value, size_t size) {
  std::string out(size, '0');
  for (size_t i = size; i-- > 0; value /= 10) out[i] = static_cast<char>('0' + value % 10);
  return out;
}

std::string message_json(uint64_t i) {
  return R"({"schema":"message.v1","id":"m-)" + digits(i * 7'919, 12) +
         R"(","ts":"2026-01-05T08:)" + digits(i / 60 % 60, 2) + ":" + digits(i % 60, 2) +
         R"(.250Z","channel":"sms","direction":"mo","from":{"addr":"+668)" +
         digits(i * 104'729, 8) + R"(","type":"msisdn"},"to":{"addr":"08)" +
         digits(i * 15'485'863, 8) +
         R"(","type":"msisdn"},"text":"พัสดุของคุณถูกระงับ กรุณาชำระค่าธรรมเนียมที่ parcel)" + digits(i, 4) +
         R"(.example/pay ภายในวันนี้","lang":"th","route":{"peer":"agg-1","smsc":"+66810000001",)"
         R"("intl":false},"sim":{"imsi":"52001)" +
         digits(i, 10) + R"(","imei":"35)" + digits(i, 13) +
         R"(","prepaid":true},"cell":{"id":"520-01-1234-)" + digits(i % 9'999, 4) + R"("}})";
}

// The same with its text as the octets of the network: UCS-2 behind a header, in base64.
std::string payload_json(uint64_t i) {
  std::string json = message_json(i);
  const size_t begin = json.find(R"("text":")");
  const size_t end = json.find(R"(","lang")");
  std::string octets = {5, 0, 3, static_cast<char>(i), 2, 1};
  for (size_t at = begin + 8; at < end;) {
    const Utf8Char c = decode_utf8(std::string_view(json).substr(0, end), at);
    octets += static_cast<char>(c.code_point >> 8);
    octets += static_cast<char>(c.code_point & 0xFF);
    at += c.size;
  }
  return json.replace(
      begin, end + 1 - begin,
      R"("payload":{"b64":")" + encode_base64(octets) + R"(","dcs":8,"udhi":true})");
}

std::string call_json(uint64_t i) {
  return R"({"schema":"call.v1","id":"c-)" + digits(i * 7'919, 12) + R"(","ts":)" +
         std::to_string(1'767'600'000'000 + i * 137) + R"(,"kind":"mo","from":{"addr":"+668)" +
         digits(i * 104'729, 8) + R"(","type":"msisdn"},"to":{"addr":"+668)" +
         digits(i * 15'485'863, 8) + R"(","type":"msisdn"},"duration":)" + std::to_string(i % 300) +
         R"(,"ring":6.5,"cause":16,"imsi":"52001)" + digits(i, 10) + R"(","imei":"35)" +
         digits(i, 13) + R"(","cell":{"id":"520-01-1234-)" + digits(i % 9'999, 4) +
         R"(","lat":13.75,"lon":100.5},"call_ref":"r-)" + digits(i, 10) + R"("})";
}

// Records side by side as a batch holds them.
struct Records {
  explicit Records(std::string (*make)(uint64_t)) {
    std::vector<size_t> ends;
    for (uint64_t i = 0; i < kRecords; ++i) {
      bytes += make(i);
      ends.push_back(bytes.size());
    }
    bytes.append(limits::kPaddingBytes, '\0');
    size_t begin = 0;
    for (const size_t end : ends) {
      views.push_back(std::string_view(bytes).substr(begin, end - begin));
      begin = end;
    }
  }
  size_t size() const { return bytes.size() - limits::kPaddingBytes; }

  std::string bytes;
  std::vector<std::string_view> views;
};

void report(benchmark::State& state, const Records& records) {
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * kRecords));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * records.size()));
}

void decode(benchmark::State& state, RecordKind kind, std::string (*make)(uint64_t)) {
  const Records records(make);
  const Mapping mapping = native_mapping(kind, "TH");
  Decoder decoder(mapping);
  Arena arena;
  Record record;
  for (auto _ : state) {
    arena.reset();
    for (const std::string_view view : records.views) {
      const DecodeFailure failure = decoder.decode(view, arena, record);
      if (failure.error != DecodeError::kNone) state.SkipWithError("a record was not decoded");
      benchmark::DoNotOptimize(record);
    }
  }
  report(state, records);
}

void BM_DecodeMessage(benchmark::State& state) {
  decode(state, RecordKind::kMessage, message_json);
}
BENCHMARK(BM_DecodeMessage);

void BM_DecodePayload(benchmark::State& state) {
  decode(state, RecordKind::kMessage, payload_json);
}
BENCHMARK(BM_DecodePayload);

void BM_DecodeCall(benchmark::State& state) { decode(state, RecordKind::kCall, call_json); }
BENCHMARK(BM_DecodeCall);

// The fields of message_json and call_json, as ondemand gives them in document order.
struct Fields {
  std::array<std::string_view, 20> texts;
  std::array<double, 4> numbers;
  std::array<bool, 2> flags;
};

// Whether all of `names` were there as texts, which are put at `out`.
bool take_texts(object& from, std::initializer_list<std::string_view> names,
                std::string_view* out) {
  bool ok = true;
  for (const std::string_view name : names) {
    ok &= from.find_field(name).get_string().get(*out++) == simdjson::SUCCESS;
  }
  return ok;
}

bool take_object(object& from, std::string_view name, object& out) {
  return from.find_field(name).get_object().get(out) == simdjson::SUCCESS;
}

bool parse_message(object& root, Fields& out) {
  std::string_view* const text = out.texts.data();
  object inner;
  bool ok = take_texts(root, {"schema", "id", "ts", "channel", "direction"}, text);
  ok = ok && take_object(root, "from", inner) && take_texts(inner, {"addr", "type"}, text + 5);
  ok = ok && take_object(root, "to", inner) && take_texts(inner, {"addr", "type"}, text + 7);
  ok = ok && take_texts(root, {"text", "lang"}, text + 9);
  ok = ok && take_object(root, "route", inner) && take_texts(inner, {"peer", "smsc"}, text + 11) &&
       inner.find_field("intl").get_bool().get(out.flags[0]) == simdjson::SUCCESS;
  ok = ok && take_object(root, "sim", inner) && take_texts(inner, {"imsi", "imei"}, text + 13) &&
       inner.find_field("prepaid").get_bool().get(out.flags[1]) == simdjson::SUCCESS;
  return ok && take_object(root, "cell", inner) && take_texts(inner, {"id"}, text + 15);
}

bool parse_call(object& root, Fields& out) {
  std::string_view* const text = out.texts.data();
  const auto number = [](object& from, std::string_view name, double& into) {
    return from.find_field(name).get_double().get(into) == simdjson::SUCCESS;
  };
  object inner;
  int64_t ts = 0;
  bool ok = take_texts(root, {"schema", "id"}, text) &&
            root.find_field("ts").get_int64().get(ts) == simdjson::SUCCESS &&
            take_texts(root, {"kind"}, text + 2);
  ok = ok && take_object(root, "from", inner) && take_texts(inner, {"addr", "type"}, text + 3);
  ok = ok && take_object(root, "to", inner) && take_texts(inner, {"addr", "type"}, text + 5);
  ok = ok && number(root, "duration", out.numbers[0]) && number(root, "ring", out.numbers[1]) &&
       number(root, "cause", out.numbers[2]) && take_texts(root, {"imsi", "imei"}, text + 7);
  ok = ok && take_object(root, "cell", inner) && take_texts(inner, {"id"}, text + 9) &&
       number(inner, "lat", out.numbers[2]) && number(inner, "lon", out.numbers[3]);
  return ok && take_texts(root, {"call_ref"}, text + 10);
}

void parse_only(benchmark::State& state, std::string (*make)(uint64_t),
                bool (*parse)(object&, Fields&)) {
  const Records records(make);
  simdjson::ondemand::parser parser;
  Fields fields;
  for (auto _ : state) {
    for (const std::string_view view : records.views) {
      simdjson::ondemand::document document;
      object root;
      const bool ok = parser.iterate(view.data(), view.size(), view.size() + limits::kPaddingBytes)
                              .get(document) == simdjson::SUCCESS &&
                      document.get_object().get(root) == simdjson::SUCCESS && parse(root, fields);
      if (!ok) state.SkipWithError("a record was not parsed");
      benchmark::DoNotOptimize(fields);
    }
  }
  report(state, records);
}

void BM_ParseOnlyMessage(benchmark::State& state) {
  parse_only(state, message_json, parse_message);
}
BENCHMARK(BM_ParseOnlyMessage);

void BM_ParseOnlyCall(benchmark::State& state) { parse_only(state, call_json, parse_call); }
BENCHMARK(BM_ParseOnlyCall);

void BM_CanonicalAddress(benchmark::State& state) {
  const NumberingPlan* const plan = find_plan("TH");
  Arena arena;
  for (auto _ : state) {
    arena.reset();
    for (const std::string_view raw : {"+66812345678", "0812345678"}) {
      Address address = canonical_address(raw, AddressType::kMsisdn, plan, arena);
      benchmark::DoNotOptimize(address);
    }
  }
  state.SetItemsProcessed(state.iterations() * 2);
}
BENCHMARK(BM_CanonicalAddress);

}  // namespace
}  // namespace sieve
