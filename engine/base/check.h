// SIEVE_CHECK aborts, with the values, when an invariant of our own code is broken. It must never
// be reachable from input, rules or configuration: those have diagnostics and reasons.
#pragma once

#include <fmt/format.h>

#include <string>

namespace sieve {

// Prints `file:line: check failed: condition: message` and aborts.
[[noreturn]] void check_failed(const char* file, int line, const char* condition,
                               const std::string& message);

}  // namespace sieve

// SIEVE_CHECK(condition, "format {}", value...)
#define SIEVE_CHECK(condition, ...)                                                    \
  do {                                                                                 \
    if (!(condition)) [[unlikely]] {                                                   \
      ::sieve::check_failed(__FILE__, __LINE__, #condition, fmt::format(__VA_ARGS__)); \
    }                                                                                  \
  } while (false)
