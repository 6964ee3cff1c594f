// How much a test may do: sanitizers, and builds without optimisation, are several times slower,
// and what they look for is found in fewer rounds.
#pragma once

namespace sieve::testing {

#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__clang__)
inline constexpr bool kIsFast = true;
#else
inline constexpr bool kIsFast = false;
#endif

// `rounds`, or `rounds_slow` where everything is slow.
constexpr int effort(int rounds, int rounds_slow) { return kIsFast ? rounds : rounds_slow; }

}  // namespace sieve::testing
