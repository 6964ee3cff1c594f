// Payload decoding against slow, obvious models: septets bit by bit, and an encoder whose texts
// have to come back. SIEVE_SEED replays a failure.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "record/sms_payload.h"
#include "record/sms_text.h"
#include "unit/record/decoded.h"
#include "unit/record/sms_encode.h"

namespace sieve {
namespace {

using testing::encode_gsm;
using testing::encode_utf16;
using testing::hex_of;
using testing::pack_septets;

class Random {
 public:
  explicit Random(uint64_t seed) : random_(seed) {}

  size_t pick(size_t below) { return random_() % below; }
  std::string octets(size_t size) {
    std::string out;
    while (out.size() < size) out += static_cast<char>(pick(256));
    return out;
  }
  // Characters of `table`, with letters and spaces among them.
  std::string text_of(const GsmTable& table, size_t size) {
    std::string out;
    while (size > 0) {
      const char16_t c = pick(4) == 0 ? u' ' : table[pick(table.size())];
      if (c == 0) continue;
      append_utf8(out, c);
      --size;
    }
    return out;
  }

 private:
  std::mt19937_64 random_;
};

TEST(SmsModelTest, SeptetsAreUnpackedAsBitByBit) {
  const uint64_t seed = testing::seed();
  SCOPED_TRACE("SIEVE_SEED=" + std::to_string(seed));
  Random random(seed);
  Arena arena;
  for (int round = 0; round < 20'000; ++round) {
    const std::string octets = random.octets(random.pick(40));
    const size_t header_size = random.pick(octets.size() + 1);
    std::string bits = testing::bits_of(octets, 8);
    bits.erase(0, std::min(bits.size(), (header_size * 8 + 6) / 7 * 7));
    std::string want = testing::codes_of_bits(bits, 7);
    if (octets.size() % 7 == 0 && want.ends_with('\0')) want.pop_back();
    ASSERT_EQ(unpack_septets(octets, header_size, arena), want)
        << hex_of(octets) << ' ' << header_size;
    arena.reset();
  }
}

// What `payload` is read as, with what was noted.
std::string read(const std::string& octets, int64_t dcs, Tristate packed, Arena& arena) {
  SmsPayload payload;
  const std::string hex = hex_of(octets);
  payload.hex = hex;
  payload.dcs = dcs;
  payload.packed = packed;
  Message message;
  EXPECT_EQ(decode_payload(payload, arena, message), DecodeError::kNone);
  return std::string(message.text) + (message.payload_notes.any() ? " (noted)" : "");
}

TEST(SmsModelTest, TextsOfEveryLanguageComeBack) {
  const uint64_t seed = testing::seed();
  SCOPED_TRACE("SIEVE_SEED=" + std::to_string(seed));
  Random random(seed);
  Arena arena;
  for (uint8_t language = 1; language < kGsmLanguageCount; ++language) {
    for (int round = 0; round < 500; ++round) {
      const GsmTable& table =
          random.pick(2) == 0 ? kGsmLockingTables[language] : kGsmShiftTables[language];
      // A letter at the end, which no padding looks like.
      const std::string text = random.text_of(table, 1 + random.pick(60)) + "1";
      const std::string codes = encode_gsm(text, {language, language});
      const std::string header = {6, 0x24, 1, char(language), 0x25, 1, char(language)};
      ASSERT_EQ(read(header + codes, 0, Tristate::kFalse, arena), text) << hex_of(codes);
      const std::string packed = pack_septets(header, codes);
      ASSERT_EQ(read(packed, 0, Tristate::kTrue, arena), text) << hex_of(packed);
      arena.reset();
    }
  }
}

TEST(SmsModelTest, SmallLettersAreFoundToBePackedOrNot) {
  const uint64_t seed = testing::seed();
  SCOPED_TRACE("SIEVE_SEED=" + std::to_string(seed));
  Random random(seed);
  Arena arena;
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    for (size_t size = 24 + random.pick(130); size > 0; --size) {
      text += random.pick(6) == 0 ? ' ' : static_cast<char>('a' + random.pick(26));
    }
    ASSERT_EQ(read(text, 0, Tristate::kAbsent, arena), text);
    ASSERT_EQ(read(pack_septets("", text), 0, Tristate::kAbsent, arena), text);
    arena.reset();
  }
}

// Letters of one script at random, some spaces: harder than what people write.
TEST(SmsModelTest, Ucs2TextsOfEveryScriptComeBack) {
  struct Script {
    char32_t first;
    char32_t last;
  };
  constexpr Script kScripts[] = {
      {'a', 'z'},         {0xC0, 0xD6},     {0x1EA0, 0x1EF9}, {0x391, 0x3A1},   {0x410, 0x44F},
      {0x5D0, 0x5EA},     {0x621, 0x63A},   {0x915, 0x939},   {0x995, 0x9A8},   {0xB95, 0xB9A},
      {0xE01, 0xE2E},     {0xE81, 0xE82},   {0x1000, 0x1021}, {0x1780, 0x17A2}, {0x3041, 0x3096},
      {0x30A1, 0x30FA},   {0x4E00, 0x9FA5}, {0xAC00, 0xD7A3}, {0xFF21, 0xFF5A}, {0x1F600, 0x1F64F},
      {0x1D400, 0x1D433},
  };
  const uint64_t seed = testing::seed();
  SCOPED_TRACE("SIEVE_SEED=" + std::to_string(seed));
  Random random(seed);
  Arena arena;
  for (const Script& script : kScripts) {
    int wrong = 0;
    for (int round = 0; round < 2'000; ++round) {
      std::string text;
      for (size_t size = 1 + random.pick(67); size > 0; --size) {
        append_utf8(text, random.pick(8) == 0
                              ? U' '
                              : script.first + static_cast<char32_t>(
                                                   random.pick(script.last - script.first + 1)));
      }
      wrong += read(encode_utf16(text), 8, Tristate::kAbsent, arena) != text;
      arena.reset();
    }
    // Some Han and Hangul texts are ASCII by chance: about one of 30,000.
    EXPECT_LE(wrong, 2) << "script from U+" << std::hex << uint32_t{script.first};
  }
}

}  // namespace
}  // namespace sieve
