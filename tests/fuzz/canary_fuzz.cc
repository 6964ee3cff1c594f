// A bug on purpose. The fuzzer must find it and the replay of its corpus must crash; a harness that
// does not see this one would not see a real one.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3 || data[0] != 's' || data[1] != 'o' || data[2] != 's') return 0;
  std::fprintf(stderr, "canary: the bug is reached\n");
  std::abort();
}
