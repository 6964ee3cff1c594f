#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/json_writer.h"
#include "base/time.h"

namespace sieve {
namespace {

// Writes to standard error under a lock of its own; `%v` because the line is complete already.
spdlog::logger& stderr_logger() {
  static spdlog::logger logger = [] {
    spdlog::logger made("scamsieve", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made.set_pattern("%v");
    return made;
  }();
  return logger;
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

}  // namespace

void set_log_level(LogLevel level) { stderr_logger().set_level(spdlog_level(level)); }

void write_log(LogLevel level, std::string_view component, std::string_view event,
               std::string_view details) {
  const std::string line =
      fmt::format("ts={} level={} component={} event={}{}{}", format_rfc3339(wall_clock_now()),
                  name_of(level), component, event, details.empty() ? "" : " ", details);
  stderr_logger().log(spdlog_level(level), spdlog::string_view_t(line));
}

std::string log_value(std::string_view text) {
  const bool bare = !text.empty() && text.find_first_of(" \"=\\\t\r\n") == std::string_view::npos;
  if (bare) return std::string(text);
  std::string quoted;
  JsonWriter(quoted).string(text);
  return quoted;
}

}  // namespace sieve
