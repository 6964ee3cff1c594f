// Compiles a database in this process, without limits: see DatabaseCompiler for those.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "base/expected.h"
#include "base/hash.h"
#include "match/byte_pattern.h"

namespace sieve {

// The compiled database in Hyperscan's serialised form, which only machines like this one can read.
// REQUIRES: at least one pattern, none empty.
Expected<std::string, CompileFailure> compile_here(const DatabaseInput& input);

// The hash of everything that decides what compile_here() makes: of equal keys, equal databases.
Hash128 database_key(const DatabaseInput& input);

}  // namespace sieve
