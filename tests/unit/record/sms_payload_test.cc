#include "record/sms_payload.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/utf8.h"
#include "golden/golden.h"

namespace sieve {
namespace {

// The lines of golden/payload are `octets dcs flags => coding | part | notes | text`. Octets are
// hexadecimal, `-` none; flags are what the record says: udhi, no_udhi, packed, unpacked,
// part=REF/TOTAL/SEQ. Of the text, \u{XX} is a code point.
struct GoldenCase {
  std::string name;
  std::string input;
  std::string want;
};

void PrintTo(const GoldenCase& c, std::ostream* out) { *out << c.name; }

std::string unescape(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t end = text.find('}');
    if (text.starts_with("\\u{") && end != std::string_view::npos) {
      const std::string hex(text.substr(3, end - 3));
      append_utf8(out, static_cast<char32_t>(std::stoul(hex, nullptr, 16)));
      text.remove_prefix(end + 1);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

std::vector<GoldenCase> read_golden_cases() {
  std::vector<GoldenCase> cases;
  for (const std::string& path : testing::golden_inputs("payload", "", ".txt")) {
    std::istringstream file(testing::golden_read(path));
    size_t line_number = 0;
    for (std::string line; std::getline(file, line);) {
      ++line_number;
      const size_t arrow = line.find(" => ");
      if (line.starts_with('#') || arrow == std::string::npos) continue;
      const std::string name = testing::golden_name(path, ".txt");
      cases.push_back({name + "_line_" + std::to_string(line_number), line.substr(0, arrow),
                       unescape(line.substr(arrow + 4))});
    }
  }
  return cases;
}

MessagePart part_of(const std::string& text) {
  MessagePart part;
  char slash = 0;
  std::istringstream in(text);
  in >> part.ref >> slash >> part.total >> slash >> part.seq;
  return part;
}

std::string describe(const std::optional<MessagePart>& part) {
  if (!part) return "";
  std::ostringstream out;
  out << part->ref << '/' << part->total << '/' << part->seq << std::hex << std::uppercase;
  if (part->head != 0) out << " head=" << unsigned{part->head};
  if (part->tail != 0) out << " tail=" << unsigned{part->tail};
  return out.str();
}

std::string describe(PayloadNotes notes) {
  std::string out;
  for (size_t i = 0; i < kPayloadNoteCount; ++i) {
    const auto note = static_cast<PayloadNote>(i);
    if (notes.has(note)) out += (out.empty() ? "" : " ") + std::string(name_of(note));
  }
  return out;
}

// Fields with ` | ` between them; an empty one leaves one space.
std::string describe(const Message& message) {
  std::string out(name_of(message.coding));
  for (const std::string& field : {describe(message.part), describe(message.payload_notes)}) {
    out += field.empty() ? " |" : " | " + field;
  }
  return out + (message.text.empty() ? " |" : " | " + std::string(message.text));
}

Message decode_hex(std::string_view hex, int64_t dcs, Arena& arena) {
  SmsPayload payload;
  payload.hex = hex;
  payload.dcs = dcs;
  Message message;
  EXPECT_EQ(decode_payload(payload, arena, message), DecodeError::kNone);
  return message;
}

std::string repeated(std::string_view text, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += text;
  return out;
}

class SmsPayloadGoldenTest : public ::testing::TestWithParam<GoldenCase> {};

TEST_P(SmsPayloadGoldenTest, IsReadAsTheLineSays) {
  std::istringstream in(GetParam().input);
  std::string octets;
  SmsPayload payload;
  in >> octets >> payload.dcs;
  if (octets == "-") octets.clear();
  payload.hex = octets;
  Message message;
  for (std::string flag; in >> flag;) {
    if (flag == "udhi") payload.udhi = Tristate::kTrue;
    if (flag == "no_udhi") payload.udhi = Tristate::kFalse;
    if (flag == "packed") payload.packed = Tristate::kTrue;
    if (flag == "unpacked") payload.packed = Tristate::kFalse;
    if (flag.starts_with("part=")) message.part = part_of(flag.substr(5));
  }
  Arena arena;
  ASSERT_EQ(decode_payload(payload, arena, message), DecodeError::kNone);
  EXPECT_EQ(describe(message), GetParam().want) << GetParam().input;
}

INSTANTIATE_TEST_SUITE_P(Golden, SmsPayloadGoldenTest, ::testing::ValuesIn(read_golden_cases()),
                         [](const auto& row) { return row.param.name; });

TEST(SmsPayloadTest, GoldenFilesAreFound) { EXPECT_GT(read_golden_cases().size(), 200U); }

TEST(SmsPayloadTest, OctetsThatAreNoneAreRefused) {
  Arena arena;
  Message message;
  for (const char* const hex : {"4", "4G", "4 1", "0x41", "é"}) {
    SmsPayload payload;
    payload.hex = hex;
    EXPECT_EQ(decode_payload(payload, arena, message), DecodeError::kBadPayload) << hex;
  }
  for (const char* const b64 : {"A", "SGk*", "SGk=A", "é"}) {
    SmsPayload payload;
    payload.b64 = b64;
    EXPECT_EQ(decode_payload(payload, arena, message), DecodeError::kBadPayload) << b64;
  }
}

TEST(SmsPayloadTest, Base64IsTakenWhereBothAreGiven) {
  SmsPayload payload;
  payload.b64 = "SGk";
  payload.hex = "41";
  Arena arena;
  Message message;
  EXPECT_EQ(decode_payload(payload, arena, message), DecodeError::kNone);
  EXPECT_EQ(message.text, "Hi");
}

TEST(SmsPayloadTest, TextOfMaximumSizeIsWhole) {
  Arena arena;
  const Message message = decode_hex(repeated("0E01", limits::kTextBytesMax / 3), 8, arena);
  EXPECT_EQ(message.text.size(), limits::kTextBytesMax / 3 * 3);
  EXPECT_FALSE(message.text_cut);
}

TEST(SmsPayloadTest, LongerTextIsCutBeforeTheCharacterThatDoesNotFit) {
  Arena arena;
  const Message message = decode_hex(repeated("0E01", limits::kTextBytesMax / 3 + 1), 8, arena);
  EXPECT_EQ(message.text.size(), limits::kTextBytesMax / 3 * 3);
  EXPECT_TRUE(message.text_cut);
  EXPECT_TRUE(is_valid_utf8(message.text));
}

TEST(SmsPayloadTest, OctetsBeyondTheMaximumAreCut) {
  Arena arena;
  // No text in them, so that only the octets can be too many.
  EXPECT_FALSE(decode_hex(repeated("FE", limits::kPayloadBytesMax), 4, arena).text_cut);
  EXPECT_TRUE(decode_hex(repeated("FE", limits::kPayloadBytesMax + 1), 4, arena).text_cut);
}

TEST(SmsPayloadTest, AHalfThatWasCutOffWaitsForNobody) {
  Arena arena;
  SmsPayload payload;
  const std::string hex = repeated("0E01", limits::kTextBytesMax / 3) + "D83C";
  payload.hex = hex;
  payload.dcs = 8;
  Message message;
  message.part = MessagePart{7, 2, 1};
  ASSERT_EQ(decode_payload(payload, arena, message), DecodeError::kNone);
  EXPECT_TRUE(message.text_cut);
  EXPECT_EQ(message.part->tail, 0);
}

}  // namespace
}  // namespace sieve
