// The decoder against a slow, obvious model on simdjson's document tree: equal on generated
// records, and never more lenient where it reads. SIEVE_SEED replays a failure.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "unit/record/decoded.h"

namespace sieve {
namespace {

using simdjson::dom::element;
using testing::decoded;
using testing::Decoded;

constexpr int kGenerated = 2'000;
constexpr int kMutated = 50'000;

// Writes messages: required fields always, others sometimes, in any order and spacing.
class MessageWriter {
 public:
  explicit MessageWriter(uint64_t seed) : random_(seed) {}

  std::string next() {
    std::vector<std::string> fields = {
        R"("schema":"message.v1")",
        R"("id":")" + text() + "x\"",
        pick(2) ? R"("ts":)" + std::to_string(1'700'000'000'000 + pick(100'000'000'000))
                : R"("ts":"2026-0)" + std::to_string(1 + pick(9)) + R"(-11T0)" +
                      std::to_string(pick(10)) + R"(:30:00.5+07:00")",
        R"("channel":")" + one_of({"sms", "mms", "rcs", "ott", "ussd"}) + '"',
        R"("from":)" + address(),
        pick(2) ? R"("to":)" + address() : R"("to":[)" + address() + ',' + address() + ']',
        R"("text":")" + text() + '"'};
    maybe(fields, R"("lang":")" + text() + '"');
    maybe(fields, R"("direction":")" + one_of({"mo", "mt", "a2p", "p2a"}) + '"');
    maybe(fields,
          R"("route":{"peer":")" + text() + R"(","intl":)" + one_of({"true", "false"}) + '}');
    maybe(fields, R"("part":{"total":9,"ref":)" + std::to_string(pick(65'536)) + R"(,"seq":3})");
    maybe(fields,
          R"("cell":{"id":")" + text() + R"(","lat":)" + one_of({"1.25", "-3e1", "0"}) + '}');
    maybe(fields, R"("labels":{"a":[{"text":")" + text() + R"("},null,-1.5e3,[]]})");
    maybe(fields, R"("unknown":")" + text() + '"');
    std::shuffle(fields.begin(), fields.end(), random_);
    std::string json = "{";
    for (const std::string& field : fields) json += (json.size() > 1 ? "," : "") + space() + field;
    return json + space() + '}';
  }

  uint64_t pick(uint64_t below) { return random_() % below; }

 private:
  std::string one_of(std::initializer_list<const char*> words) {
    return words.begin()[pick(words.size())];
  }
  void maybe(std::vector<std::string>& fields, std::string field) {
    if (pick(2) == 0) fields.push_back(std::move(field));
  }
  std::string space() { return one_of({"", "", "", " ", "\t", "\r\n  "}); }
  std::string address() {
    const std::string addr = one_of({"+66812345678", "0898765432", "Bank", "1441", "", "?"});
    return R"({"addr":")" + addr + (pick(2) ? R"(","type":"unknown"})" : "\"}");
  }
  std::string text() {
    std::string out;
    for (uint64_t size = pick(8); size > 0; --size) {
      out += one_of(
          {"a", "ก", "\\n", "\\u0e01", "\\ud83d\\ude00", "\\\"", "\\\\", "😀", " ", "}", ",", "0"});
    }
    return out;
  }

  std::mt19937_64 random_;
};

std::string_view text_at(element root, const char* pointer) {
  std::string_view text;
  return root.at_pointer(pointer).get(text) == simdjson::SUCCESS ? text : std::string_view();
}

int64_t time_at(element root) {
  int64_t ms = 0;
  if (root.at_key("ts").get(ms) == simdjson::SUCCESS) return ms;
  return parse_rfc3339(text_at(root, "/ts")).value_or(Timestamp{}).ms;
}

// What is wrong with `got` by the model, one line a difference.
std::string differences(element root, const Message& got) {
  std::string out;
  const auto expect = [&out](bool same, const char* what) {
    if (!same) out += std::string(what) + "\n";
  };
  expect(got.id == text_at(root, "/id"), "id");
  expect(got.ts.ms == time_at(root), "ts");
  expect(name_of(got.channel) == text_at(root, "/channel"), "channel");
  expect(name_of(got.direction) == text_at(root, "/direction"), "direction");
  expect(got.text == text_at(root, "/text"), "text");
  expect(got.lang == text_at(root, "/lang"), "lang");
  expect(got.from.raw == text_at(root, "/from/addr"), "from");
  expect(got.route.peer == text_at(root, "/route/peer"), "route.peer");
  expect(got.cell.id == text_at(root, "/cell/id"), "cell.id");
  simdjson::dom::array list;
  const bool many = root.at_key("to").get(list) == simdjson::SUCCESS;
  expect(got.to.size() == (many ? list.size() : 1), "to");
  const std::string last = many ? "/to/" + std::to_string(got.to.size() - 1) + "/addr" : "/to/addr";
  expect(got.to.back().raw == text_at(root, last.c_str()), "to.addr");
  bool intl = false;
  const bool has_intl = root.at_pointer("/route/intl").get(intl) == simdjson::SUCCESS;
  expect(got.route.intl == (!has_intl ? Tristate::kAbsent
                            : intl    ? Tristate::kTrue
                                      : Tristate::kFalse),
         "route.intl");
  double lat = 0;
  const bool has_lat = root.at_pointer("/cell/lat").get(lat) == simdjson::SUCCESS;
  expect(got.cell.lat.has_value() == has_lat && got.cell.lat.value_or(0) == lat, "cell.lat");
  int64_t ref = 0;
  const bool has_part = root.at_pointer("/part/ref").get(ref) == simdjson::SUCCESS;
  expect(got.part.has_value() == has_part && (!has_part || got.part->ref == ref), "part.ref");
  return out;
}

TEST(DecoderModelTest, GeneratedMessagesEqualTheModel) {
  MessageWriter writer(testing::seed());
  simdjson::dom::parser parser;
  for (int i = 0; i < kGenerated; ++i) {
    const std::string json = writer.next();
    const Decoded got = decoded(RecordKind::kMessage, json);
    ASSERT_EQ(got.why(), "none") << json << "\nseed " << testing::seed();
    ASSERT_EQ(differences(parser.parse(json).value(), got.message()), "")
        << json << "\nseed " << testing::seed();
  }
}

// One or a few bytes of `json` changed, added, moved or taken away.
std::string mutated(std::string json, MessageWriter& writer) {
  constexpr std::string_view kBytes = "{}[]:,\"\\ \n0-.eutfn\x01\x80\xFF\xE0";
  for (uint64_t count = 1 + writer.pick(3); count > 0 && !json.empty(); --count) {
    const size_t at = writer.pick(json.size());
    switch (writer.pick(4)) {
      case 0:
        json[at] = kBytes[writer.pick(kBytes.size())];
        break;
      case 1:
        json.insert(at, 1, kBytes[writer.pick(kBytes.size())]);
        break;
      case 2:
        json.erase(at, 1 + writer.pick(4));
        break;
      default:
        json.insert(at, json.substr(writer.pick(json.size()), writer.pick(20)));
        break;
    }
  }
  return json;
}

TEST(DecoderModelTest, MutatedMessagesNeitherCrashNorReadDifferently) {
  MessageWriter writer(testing::seed());
  simdjson::dom::parser parser;
  const Mapping mapping = native_mapping(RecordKind::kMessage, "TH");
  Decoder decoder(mapping);
  Arena arena;
  Record record;
  int read = 0;
  for (int i = 0; i < kMutated; ++i) {
    const std::string json = mutated(writer.next(), writer);
    const testing::Padded bytes(json);
    arena.reset();
    const DecodeError error = decoder.decode(bytes.view(), arena, record).error;
    // What we skip is not checked in full, and lone surrogates are read: there the tree says no.
    element root;
    if (error != DecodeError::kNone || parser.parse(json).get(root) != simdjson::SUCCESS) continue;
    ++read;
    ASSERT_EQ(differences(root, record.message), "") << json << "\nseed " << testing::seed();
  }
  EXPECT_GT(read, kMutated / 20);
}

}  // namespace
}  // namespace sieve
