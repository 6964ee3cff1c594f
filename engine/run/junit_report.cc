#include "run/junit_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace sieve {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// XML 1.0, production 2.
bool is_xml_char(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

// `text` as the value of an attribute or as content; line breaks survive in both.
std::string escaped(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const Utf8Char c = decode_utf8(text, at);
    const std::string_view bytes = text.substr(at, c.size);
    at += c.size;
    if (!c.valid || !is_xml_char(c.code_point)) {
      out += kReplacement;
    } else if (std::string_view("<>&\"'\t\n\r").find(bytes) != std::string_view::npos) {
      out += fmt::format("&#{};", static_cast<uint32_t>(c.code_point));
    } else {
      out += bytes;
    }
  }
  return out;
}

using Results = std::vector<RuleTestResult>;

size_t count_failures(Results::const_iterator begin, Results::const_iterator end) {
  return static_cast<size_t>(
      std::count_if(begin, end, [](const auto& result) { return result.failed(); }));
}

size_t count_skipped(Results::const_iterator begin, Results::const_iterator end) {
  return static_cast<size_t>(
      std::count_if(begin, end, [](const auto& result) { return result.skipped; }));
}

std::string counts(Results::const_iterator begin, Results::const_iterator end) {
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"", end - begin,
                     count_failures(begin, end), count_skipped(begin, end));
}

std::string case_of(const CompiledRule& rule, const RuleTestResult& result) {
  std::string out = fmt::format(
      "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"", escaped(rule.full_id),
      escaped(result.test->name), escaped(rule.rule->file), result.test->span.line);
  if (result.passed) return out + "/>\n";
  if (result.skipped) {
    return out + fmt::format(">\n      <skipped message=\"{}\"/>\n    </testcase>\n",
                             escaped(result.explanation));
  }
  std::string_view first = result.explanation;
  first = first.substr(0, first.find('\n'));
  first.remove_prefix(std::min(first.find_first_not_of(' '), first.size()));
  return out + fmt::format(
                   ">\n      <failure type=\"failed\" message=\"{}\">{}</failure>\n"
                   "    </testcase>\n",
                   escaped(first), escaped(result.explanation));
}

}  // namespace

std::string render_junit(const RuleSet& rules, const Results& results) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"scamsieve rules\" {}>\n",
      counts(results.begin(), results.end()));
  for (auto begin = results.begin(); begin != results.end();) {
    const CompiledRule& rule = rules.rule(begin->rule);
    const auto end = std::find_if(
        begin, results.end(), [begin](const auto& result) { return result.rule != begin->rule; });
    out += fmt::format("  <testsuite name=\"{}\" {}>\n", escaped(rule.full_id), counts(begin, end));
    for (; begin != end; ++begin) out += case_of(rule, *begin);
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace sieve
