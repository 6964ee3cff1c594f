// Trying a configuration's mapping on real lines: what each record becomes, field by field, or why
// it cannot be read.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/expected.h"
#include "run/config.h"
#include "run/engine_error.h"

namespace sieve {

struct SampleOptions {
  std::string file;
  std::string source;    // Name of a source; empty: the first.
  size_t lines_max = 5;  // Records shown in full; all are counted.
};

struct SampleLine {
  int64_t line = 0;
  std::string error;  // Empty: decoded.
  std::vector<std::pair<std::string, std::string>>
      fields;  // Name and value of fields that are there.
};

struct Sample {
  std::string source;
  uint64_t decoded = 0;
  uint64_t failed = 0;
  std::vector<SampleLine> lines;
};

Expected<Sample, EngineError> read_sample(const Config& config, const SampleOptions& options);
std::string render_sample(const Sample& sample);

}  // namespace sieve
