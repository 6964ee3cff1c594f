// Compiles a database in a child process: another run of our own binary, which may take so much
// time and memory and no more, and may crash.
//
//   int main(int argc, char** argv) {
//     if (is_compile_child(argc, argv)) return run_compile_child();   // Before anything else.
//
// The parent gives the request as the child's standard input, and reads the answer from its
// standard output. The child has no other descriptor, and dies with its parent.
//
// Thread safety: compile_in_child() from any thread; the process may have others. Starting a binary
// does not copy the page tables of a large process, nor locks that other threads hold, as fork()
// would (engine/ARCHITECTURE.md, "Matching").
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "match/compile_message.h"

namespace sieve {

struct ChildOptions {
  std::string executable;  // Whose main() is as above.
  Duration timeout;        // By the wall clock.
  uint64_t memory_bytes = 0;
};

// What compile_here() makes of `input`, or what went wrong with the child.
CompileAnswer compile_in_child(const DatabaseInput& input, const ChildOptions& options);

// The child's side.
bool is_compile_child(int argc, const char* const* argv);
int run_compile_child();

}  // namespace sieve
