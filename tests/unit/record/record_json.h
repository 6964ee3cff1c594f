// Records of our own JSON, for tests.
#pragma once

#include <string>

namespace sieve::testing {

// The required fields of a message, as the start of an object.
inline constexpr const char* kMessageStart =
    R"({"schema":"message.v1","id":"m1","ts":"2026-01-05T08:30:00Z","channel":"sms",)"
    R"("from":{"addr":"+66812345678"},"to":{"addr":"0898765432","type":"msisdn"})";
inline constexpr const char* kCallStart =
    R"({"schema":"call.v1","id":"c1","ts":1767601800000,"kind":"mo",)"
    R"("from":{"addr":"+66812345678"},"to":{"addr":"0898765432"},"duration":12)";
inline constexpr const char* kReportStart =
    R"({"schema":"report.v1","id":"r1","ts":1767601800000,"source":"7726",)"
    R"("from":{"addr":"BankSMS"},"to":{"addr":"0898765432"},"text":"won a prize")";

inline std::string message_with(const std::string& rest) { return kMessageStart + rest + "}"; }
inline std::string call_with(const std::string& rest) { return kCallStart + rest + "}"; }
inline std::string report_with(const std::string& rest) { return kReportStart + rest + "}"; }

inline std::string recipients(size_t count) {
  std::string list = R"({"schema":"message.v1","id":"m1","ts":1767601800000,"channel":"rcs",)"
                     R"("from":{"addr":"A"},"text":"x","to":[)";
  for (size_t i = 0; i < count; ++i) list += std::string(i > 0 ? "," : "") + R"({"addr":"123"})";
  return list + "]}";
}

}  // namespace sieve::testing
