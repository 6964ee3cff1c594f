// Log lines to standard error in logfmt: `ts=... level=info component=run event=started ...`. The
// log is for the control path: the data path counts, it does not log.
//
//   log_info("run", "started", "threads={} rules={}", threads, rules);
//
// Thread safety: all functions.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace sieve {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Lines below `level` are dropped. The default is kInfo.
void set_log_level(LogLevel level);

// Writes one line. `details` is logfmt text already (use log_value for free text).
void write_log(LogLevel level, std::string_view component, std::string_view event,
               std::string_view details);

// `text` quoted and escaped when it has spaces, quotes or control characters.
std::string log_value(std::string_view text);

template <class... Args>
void log_info(std::string_view component, std::string_view event,
              fmt::format_string<Args...> format, Args&&... args) {
  write_log(LogLevel::kInfo, component, event, fmt::format(format, std::forward<Args>(args)...));
}

template <class... Args>
void log_warning(std::string_view component, std::string_view event,
                 fmt::format_string<Args...> format, Args&&... args) {
  write_log(LogLevel::kWarning, component, event, fmt::format(format, std::forward<Args>(args)...));
}

template <class... Args>
void log_error(std::string_view component, std::string_view event,
               fmt::format_string<Args...> format, Args&&... args) {
  write_log(LogLevel::kError, component, event, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace sieve
