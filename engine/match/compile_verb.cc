// What the child does: limits itself, reads the request, compiles, answers.
#include "match/compile_verb.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <new>

#include "base/descriptor.h"
#include "base/limits.h"
#include "match/compile_child.h"
#include "match/compile_here.h"

// A sanitizer maps terabytes of shadow, so that the size of the address space says nothing.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SIEVE_HAS_SHADOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SIEVE_HAS_SHADOW 1
#endif
#endif

namespace sieve {
namespace {

constexpr int kFailedStatus = 1;

#ifdef SIEVE_HAS_SHADOW
constexpr bool kLimitsMemory = false;
#else
constexpr bool kLimitsMemory = true;
#endif

// The address space that the binary and its libraries take already.
uint64_t mapped_bytes() {
  uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

// At `most` a child is told by a signal, a step beyond it is killed. A limit that cannot be set is
// one that is lower already.
void limit(__rlimit_resource resource, uint64_t most) {
  const rlimit limit{most, most + 1};
  ::setrlimit(resource, &limit);
}

void apply(const ChildLimits& limits) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, limits.cpu_seconds);
  if (kLimitsMemory) limit(RLIMIT_AS, mapped_bytes() + limits.memory_bytes);
}

int answer_request() {
  const auto bytes = read_all(STDIN_FILENO, limits::kCompileRequestBytesMax);
  const auto request = bytes ? decode_request(*bytes) : std::nullopt;
  if (!request) return kFailedStatus;
  apply(request->limits);
  const CompileAnswer answer = compile_here(request->input);
  return write_all(STDOUT_FILENO, encode_answer(answer)) ? 0 : kFailedStatus;
}

}  // namespace

bool is_compile_child(int argc, const char* const* argv) {
  return argc == 2 && argv[1] == kCompileVerb;
}

int run_compile_child() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  try {
    return answer_request();
  } catch (const std::bad_alloc&) {
    return kCompileNoMemoryStatus;
  }
}

}  // namespace sieve
