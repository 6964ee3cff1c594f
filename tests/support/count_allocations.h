// Counts the allocations of the test program that includes it, which must be in exactly one of its
// files: all forms of operator new are replaced, so that what one of them took is never given to
// another's counterpart.
//
// Thread safety: all functions.
#pragma once

#include <atomic>
#include <cstdlib>
#include <new>

namespace sieve::testing {

inline std::atomic<size_t> allocations{0};

// For libraries that take an allocator.
inline void* counted_malloc(size_t size) {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}

}  // namespace sieve::testing

#if defined(__has_feature)
#define SIEVE_TEST_HAS_TSAN __has_feature(thread_sanitizer)
#else
#define SIEVE_TEST_HAS_TSAN 0
#endif

#if !SIEVE_TEST_HAS_TSAN
void* operator new(size_t size) {
  if (void* memory = sieve::testing::counted_malloc(size)) return memory;
  std::abort();
}
void* operator new[](size_t size) { return operator new(size); }
void* operator new(size_t size, const std::nothrow_t&) noexcept { return operator new(size); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept { return operator new(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
#endif
