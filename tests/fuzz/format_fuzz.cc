// Any bytes are refused with a reason or formatted, and what is formatted stays as it is. That it
// says the same is checked by format_rule_file itself.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rule/format.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto once = sieve::format_rule_file("fuzz.yaml", text);
  if (!once) return 0;
  const auto twice = sieve::format_rule_file("fuzz.yaml", *once);
  if (!twice || *twice != *once) std::abort();
  return 0;
}
