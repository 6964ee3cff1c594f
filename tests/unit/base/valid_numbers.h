// Telephone numbers that libphonenumber calls valid, to hold our reading of numbers against.
// SIEVE_SEED replays a failure.
#pragma once

#include <phonenumbers/phonenumberutil.h>

#include <cstdlib>
#include <random>
#include <string>

namespace sieve::testing {

using OraclesNumber = ::i18n::phonenumbers::PhoneNumber;

inline uint64_t phone_seed() {
  const char* const given = std::getenv("SIEVE_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'260'105;
}

// Random numbers of `country` that libphonenumber calls valid, of at least 7 digits: shorter ones
// are short codes to us, as they are to an SMSC.
class ValidNumbers {
 public:
  explicit ValidNumbers(const char* country)
      : country_(country), random_(phone_seed() + static_cast<uint64_t>(country[0])) {}

  bool next(OraclesNumber& out) {
    constexpr int kTriesMax = 400'000;
    const auto& util = *::i18n::phonenumbers::PhoneNumberUtil::GetInstance();
    for (int tries = 0; tries < kTriesMax; ++tries) {
      uint64_t national = 1 + random_() % 9;
      for (size_t size = 6 + random_() % 7; size > 0; --size) {
        national = national * 10 + random_() % 10;
      }
      out.Clear();
      out.set_country_code(util.GetCountryCodeForRegion(country_));
      out.set_national_number(national);
      if (util.IsValidNumberForRegion(out, country_)) return true;
    }
    return false;
  }

 private:
  std::string country_;
  std::mt19937_64 random_;
};

}  // namespace sieve::testing
