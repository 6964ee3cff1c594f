// What tests of the verbs share: running the binary in a directory of its own.
//
// Thread safety: none.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/process.h"
#include "unit/run/engine_fixture.h"

namespace sieve {

class CliTest : public ::testing::Test {
 protected:
  CliTest() { rules_ = directory_.write("test.rules.yaml", kTestRules); }

  struct Result {
    int exit_code = -1;
    std::string out;
    std::string err;
  };
  Result run(std::vector<std::string> arguments, const std::string& input = "/dev/null") const {
    arguments.insert(arguments.begin(), SIEVE_BINARY);
    Process process(std::move(arguments), directory_.path("log"), input);
    const std::optional<int> code = process.wait(std::chrono::seconds(60));
    return {code.value_or(-1), process.out(), process.err()};
  }

  TemporaryDirectory directory_;
  std::string rules_;
};

}  // namespace sieve
