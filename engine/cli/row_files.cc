#include "cli/row_files.h"

#include <fmt/format.h>

#include <fstream>
#include <iostream>

namespace sieve {

std::string for_each_row(
    const std::vector<std::string>& files,
    const std::function<std::string(std::string_view line, const std::string& file)>& take) {
  for (const std::string& file : files) {
    std::ifstream opened;
    if (file != "-") opened.open(file);
    std::istream& input = file == "-" ? std::cin : opened;
    if (!input) return fmt::format("error: cannot read {}\n", file);
    std::string line;
    for (uint64_t number = 1; std::getline(input, line); ++number) {
      const std::string problem = take(line, file);
      if (!problem.empty()) return fmt::format("error: {}:{}: {}\n", file, number, problem);
    }
    if (input.bad()) return fmt::format("error: cannot read {}\n", file);
  }
  return {};
}

void add_budget(CLI::App& verb, std::optional<double>& budget, const std::string& about) {
  verb.add_option("--fp-budget", budget, about)->check(CLI::Range(0.0, 100.0));
}

}  // namespace sieve
