// The words of our enumerations, as they stand in records, rules and metrics.
//
// Thread safety: immutable.
#pragma once

#include <optional>

#include "record/key_table.h"
#include "record/record.h"

namespace sieve {

// The names of an enumeration, in the order of its values from `kFirst` on.
template <class Enum, size_t kSize, size_t kFirst = 0>
class EnumNames {
 public:
  consteval explicit EnumNames(const std::string_view (&names)[kSize]) : table_(names) {}

  std::string_view name(Enum value) const {
    return table_.name(static_cast<size_t>(value) - kFirst);
  }
  std::optional<Enum> find(std::string_view name) const { return value_at(table_.find(name)); }
  // The same, faster. REQUIRES: kKeyBytesMax readable bytes from name.data() on.
  std::optional<Enum> find_padded(std::string_view name) const {
    return value_at(table_.find_padded(name));
  }

 private:
  static std::optional<Enum> value_at(int at) {
    if (at < 0) return {};
    return static_cast<Enum>(static_cast<size_t>(at) + kFirst);
  }

  KeyTable<kSize> table_;
};

inline constexpr EnumNames<RecordKind, 3> kRecordKindNames({"message", "call", "report"});
inline constexpr EnumNames<AddressType, 4> kAddressTypeNames({"unknown", "msisdn", "alpha",
                                                              "short"});
inline constexpr EnumNames<Channel, 5> kChannelNames({"sms", "mms", "rcs", "ott", "ussd"});
inline constexpr EnumNames<Direction, 4, 1> kDirectionNames({"mo", "mt", "a2p", "p2a"});
inline constexpr EnumNames<TextCoding, 9> kTextCodingNames({"text", "gsm7", "ascii", "latin1",
                                                            "iso_8859_5", "iso_8859_8", "ucs2",
                                                            "utf8", "binary"});
inline constexpr EnumNames<CallKind, 8> kCallKindNames({"mo", "mt", "gateway_in", "gateway_out",
                                                        "transit", "roaming", "attempt", "sip"});

}  // namespace sieve
