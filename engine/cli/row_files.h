// Files of labelled rows as the input of a verb.
//
// Thread safety: called from main() only.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

// What people are told of a row's keys.
inline constexpr char kRowKeys[] =
    "JSON lines with id, text, expect (alert | clean | ignore), label, lang, corpus";

// Gives every line of the files (`-`: standard input) to `take`, which says what is wrong with it;
// empty: nothing. Ends at the first that is wrong, or that cannot be read: the text for people, or
// empty.
std::string for_each_row(
    const std::vector<std::string>& files,
    const std::function<std::string(std::string_view line, const std::string& file)>& take);

// Adds `--fp-budget PERCENT`.
void add_budget(CLI::App& verb, std::optional<double>& budget, const std::string& about);

}  // namespace sieve
