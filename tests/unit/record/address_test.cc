#include "record/address.h"

#include <gtest/gtest.h>

namespace sieve {
namespace {

struct PhoneRow {
  const char* name;
  const char* country;  // The default; empty: none.
  const char* raw;
  const char* number;  // Empty: not read as a number.
  const char* of;      // Its country.
  AddressType type;
};
class CanonicalAddressTest : public ::testing::TestWithParam<PhoneRow> {};

TEST_P(CanonicalAddressTest, ReadsTheNumber) {
  Arena arena;
  const Address got = canonical_address(GetParam().raw, AddressType::kUnknown,
                                        find_plan(GetParam().country), arena);
  EXPECT_EQ(got.raw, GetParam().raw);
  EXPECT_EQ(got.number, GetParam().number);
  EXPECT_EQ(got.country, GetParam().of);
  EXPECT_EQ(name_of(got.type), name_of(GetParam().type));
  EXPECT_EQ(got.key(), *GetParam().number != '\0' ? GetParam().number : GetParam().raw);
}

constexpr AddressType kMsisdn = AddressType::kMsisdn;
constexpr AddressType kUnknown = AddressType::kUnknown;
constexpr AddressType kAlpha = AddressType::kAlpha;
constexpr AddressType kShort = AddressType::kShort;

const PhoneRow kRows[] = {
    {"Plus", "TH", "+66812345678", "+66812345678", "TH", kMsisdn},
    {"PlusWithoutDefault", "", "+66812345678", "+66812345678", "TH", kMsisdn},
    {"PlusPunctuated", "TH", "+66 (81) 234-56.78", "+66812345678", "TH", kMsisdn},
    {"PlusAndTrunk", "", "+66 (0)81 234 5678", "+66812345678", "TH", kMsisdn},
    {"National", "TH", "0812345678", "+66812345678", "TH", kMsisdn},
    {"NationalPunctuated", "TH", "081-234 5678", "+66812345678", "TH", kMsisdn},
    {"NationalFixed", "TH", "021234567", "+6621234567", "TH", kMsisdn},
    {"NationalWithoutDefault", "", "0812345678", "", "", kUnknown},
    {"NationalWithoutTrunk", "TH", "812345678", "+66812345678", "TH", kMsisdn},
    {"TollFree", "TH", "1800123456", "+661800123456", "TH", kMsisdn},
    {"BareCallingCode", "TH", "66812345678", "+66812345678", "TH", kMsisdn},
    {"BareForeignCallingCode", "TH", "85512345678", "+85512345678", "KH", kMsisdn},
    {"BareWithoutDefault", "", "66812345678", "+66812345678", "TH", kMsisdn},
    {"DoubleZero", "TH", "0066812345678", "+66812345678", "TH", kMsisdn},
    {"DoubleZeroBeforeThaiPrefix", "TH", "0066618960612", "+66618960612", "TH", kMsisdn},
    {"DoubleZeroWithoutDefault", "", "0066812345678", "+66812345678", "TH", kMsisdn},
    {"ThaiPrefixBeforeSingapore", "TH", "0016591234567", "+6591234567", "SG", kMsisdn},
    {"ThaiPrefix009", "TH", "00985512345678", "+85512345678", "KH", kMsisdn},
    {"DoubleZeroForeignUnlisted", "TH", "004930123456", "+4930123456", "DE", kMsisdn},
    {"AmericanPrefix", "US", "01166812345678", "+66812345678", "TH", kMsisdn},
    {"JapanesePrefix", "JP", "01066812345678", "+66812345678", "TH", kMsisdn},
    {"SingaporePrefix", "SG", "01966812345678", "+66812345678", "TH", kMsisdn},
    {"AmericanNational", "US", "(212) 555-2368", "+12125552368", "US", kMsisdn},
    {"AmericanTrunk", "US", "1-212-555-2368", "+12125552368", "US", kMsisdn},
    {"Canadian", "", "+14165550123", "+14165550123", "CA", kMsisdn},
    {"Jamaican", "", "+18765550123", "+18765550123", "JM", kMsisdn},
    {"CambodianNational", "KH", "012345678", "+85512345678", "KH", kMsisdn},
    {"LaoNational", "LA", "02055512345", "+8562055512345", "LA", kMsisdn},
    {"MyanmarNational", "MM", "09421234567", "+959421234567", "MM", kMsisdn},
    {"MalaysianNational", "MY", "0123456789", "+60123456789", "MY", kMsisdn},
    {"HongKongNational", "HK", "91234567", "+85291234567", "HK", kMsisdn},
    {"SingaporeNational", "SG", "81234567", "+6581234567", "SG", kMsisdn},
    {"VietnameseNational", "VN", "0912345678", "+84912345678", "VN", kMsisdn},
    {"ChineseMobile", "CN", "13812345678", "+8613812345678", "CN", kMsisdn},
    {"IndonesianBare", "ID", "6281234567890", "+6281234567890", "ID", kMsisdn},
    {"UnlistedCountry", "TH", "+4930123456", "+4930123456", "DE", kMsisdn},
    {"SharedCode", "TH", "+80012345678", "+80012345678", "", kMsisdn},
    {"PlusOutsideKnownRanges", "TH", "+66512345678", "+66512345678", "TH", kMsisdn},
    {"PlusTooShort", "TH", "+66123", "", "", kUnknown},
    {"PlusMaximum", "TH", "+491234567890123", "+491234567890123", "DE", kMsisdn},
    {"PlusMaximumPlusOne", "TH", "+4912345678901234", "", "", kUnknown},
    {"FarTooLong", "TH", "123456789012345678901234567890", "", "", kUnknown},
    {"ThaiDisplay697", "TH", "+697812345678", "", "", kUnknown},
    {"ThaiDisplay698", "TH", "+698812345678", "", "", kUnknown},
    {"ThaiDisplay697Bare", "TH", "697812345678", "", "", kUnknown},
    {"UnassignedCode", "TH", "+999123456789", "", "", kUnknown},
    {"PlusZero", "TH", "+0812345678", "", "", kUnknown},
    {"PlusOnly", "TH", "+", "", "", kUnknown},
    {"TwoPlus", "TH", "++66812345678", "", "", kUnknown},
    {"PlusInside", "TH", "66+812345678", "", "", kUnknown},
    {"NationalOutsideKnownRanges", "TH", "0512345678", "", "", kUnknown},
    {"ShortMinimum", "TH", "191", "", "", kShort},
    {"ShortReport", "TH", "7726", "", "", kShort},
    {"ShortMaximum", "TH", "123456", "", "", kShort},
    {"ShortMaximumPlusOne", "TH", "4567890", "", "", kUnknown},
    {"ShortMinimumMinusOne", "TH", "19", "", "", kUnknown},
    {"ServiceCode", "TH", "*100#", "", "", kUnknown},
    {"Alpha", "TH", "MyBank", "", "", kAlpha},
    {"AlphaWithDigits", "TH", "Bank 24", "", "", kAlpha},
    {"AlphaThai", "TH", "ธนาคาร", "", "", kAlpha},
    {"TelUri", "TH", "tel:+66-81-234-5678;phone-context=x", "+66812345678", "TH", kMsisdn},
    {"SipUri", "TH", "sip:+66812345678@ims.example", "+66812345678", "TH", kMsisdn},
    {"SipUriOfName", "TH", "sip:alice@ims.example", "", "", kUnknown},
    {"Empty", "TH", "", "", "", kUnknown},
    {"Space", "TH", " ", "", "", kUnknown},
    {"InvalidUtf8", "TH", "08\xFF", "", "", kAlpha},
};
INSTANTIATE_TEST_SUITE_P(Rows, CanonicalAddressTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(CanonicalAddressTest, DeclaredAlphaAndShortAddressesAreNotRead) {
  Arena arena;
  const NumberingPlan* const thai = find_plan("TH");
  for (const AddressType declared : {AddressType::kAlpha, AddressType::kShort}) {
    const Address got = canonical_address("0812345678", declared, thai, arena);
    EXPECT_EQ(got.type, declared);
    EXPECT_EQ(got.number, "");
  }
  EXPECT_EQ(canonical_address("0812345678", AddressType::kMsisdn, thai, arena).key(),
            "+66812345678");
}

TEST(CanonicalAddressTest, ACleanNumberStaysWhereItIs) {
  Arena arena;
  const std::string raw = "+66812345678";
  EXPECT_EQ(canonical_address(raw, AddressType::kMsisdn, nullptr, arena).number.data(), raw.data());
}

}  // namespace
}  // namespace sieve
