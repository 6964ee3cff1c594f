// The verb of the child process that compiles, for the files of this directory; compile_child.h
// says how it is used.
#pragma once

#include <string_view>

namespace sieve {

// The only argument of a child.
inline constexpr std::string_view kCompileVerb = "compile-database";

// How a child ends that had no memory left to answer.
inline constexpr int kCompileNoMemoryStatus = 12;

}  // namespace sieve
