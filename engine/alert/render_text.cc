#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "alert/alert.h"
#include "base/display.h"
#include "base/utf8.h"

namespace sieve {
namespace {

// What was sent may hold terminal controls and characters that reorder the line: they are shown by
// their numbers.
std::string printable(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const Utf8Char c = decode_utf8(text, at);
    const bool breaks_line = c.code_point == '\n' || c.code_point == '\t';
    if (!c.valid || breaks_line || is_hidden_char(c.code_point)) {
      out += fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(c.code_point));
    } else {
      out += text.substr(at, c.size);
    }
    at += c.size;
  }
  return out;
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

int width_of(std::string_view text) {
  int width = 0;
  for (size_t at = 0; at < text.size();) {
    const Utf8Char c = decode_utf8(text, at);
    width += display_width(c.code_point);
    at += c.size;
  }
  return width;
}

void put_line(std::string& out, std::string_view name, std::string_view text) {
  out += fmt::format("  {:<9}{}\n", name, text);
}

void put_head(std::string& out, const Alert& alert) {
  const std::string_view title = alert.hits.empty() ? std::string_view() : alert.hits[0].title;
  out += fmt::format("{} {} [{}] {}\n", upper(name_of(alert.severity)), name_of(alert.verdict),
                     printable(alert.alert_class), printable(title));
}

void put_subject(std::string& out, const Alert& alert) {
  const std::string value = alert.subject.empty() ? "withheld" : printable(alert.subject);
  put_line(out, alert.kind == AlertKind::kContent ? "from" : "subject",
           fmt::format("{} ({})", value, printable(alert.subject_type)));
}

void put_why(std::string& out, const Alert& alert) {
  for (const AlertHit& hit : alert.hits) {
    put_line(out, "why",
             fmt::format("{} rev {}, score {}", printable(hit.rule), hit.rev, hit.score));
    for (const AlertScorePart& part : hit.score_parts) {
      put_line(out, "", fmt::format("  {:+} {}", part.add, printable(part.why)));
    }
    for (const AlertListEntry& entry : hit.lists) {
      const std::string source =
          entry.source.empty() ? "" : fmt::format(" from {}", printable(entry.source));
      put_line(out, "",
               fmt::format("  list {}: {}{}", printable(entry.list),
                           entry.value.empty() ? "withheld" : printable(entry.value), source));
    }
    int widest = 0;
    for (const AlertSignal& signal : hit.signals) {
      widest = std::max(widest, width_of(signal.pattern));
    }
    for (const AlertSignal& signal : hit.signals) {
      const auto padding = static_cast<size_t>(widest - width_of(signal.pattern));
      std::string text = signal.text.empty()
                             ? fmt::format("at {}-{}", signal.span.begin, signal.span.end)
                             : fmt::format("\"{}\"", printable(signal.text));
      if (!signal.brand.empty()) {
        text += fmt::format("  imitates {} ({})", printable(signal.brand), printable(signal.why));
      }
      put_line(
          out, "",
          fmt::format("  {}{}  {}", printable(signal.pattern), std::string(padding, ' '), text));
    }
  }
  std::string measures;
  for (const auto& [name, value] : alert.measures) {
    measures += fmt::format("{}{} {}", measures.empty() ? "" : ", ", printable(name), value);
  }
  if (!measures.empty()) put_line(out, "measured", measures);
}

void put_list(std::string& out, std::string_view name, const std::vector<std::string>& values) {
  for (const std::string& value : values) put_line(out, name, printable(value));
}

void put_origin(std::string& out, const Alert& alert) {
  if (alert.window) {
    put_line(out, "window",
             fmt::format("{} to {}", format_rfc3339(alert.window->begin),
                         format_rfc3339(alert.window->end)));
  }
  if (alert.source) {
    const std::string id =
        alert.record_id.empty() ? "" : fmt::format(" (id {})", printable(alert.record_id));
    put_line(out, "source",
             fmt::format("{}:{}:{}{}", printable(alert.source->origin), alert.source->partition,
                         alert.source->offset, id));
  }
}

}  // namespace

std::string render_text(const Alert& alert) {
  std::string out;
  put_head(out, alert);
  put_line(out, "at", format_rfc3339(alert.ts));
  put_subject(out, alert);
  if (!alert.summary.empty()) put_line(out, "summary", printable(alert.summary));
  put_line(out, "score", fmt::format("{}", alert.score));
  put_why(out, alert);
  put_list(out, "url", alert.urls);
  put_list(out, "contact", alert.handles);
  put_list(out, "phone", alert.phones);
  put_list(out, "amount", alert.amounts);
  put_list(out, "wallet", alert.crypto);
  if (!alert.text.empty()) put_line(out, "text", printable(alert.text));
  if (alert.parts_received < alert.parts_total) {
    put_line(out, "incomplete",
             fmt::format("{} of {} parts", alert.parts_received, alert.parts_total));
  }
  put_origin(out, alert);
  put_line(out, "alert", alert.id);
  return out;
}

}  // namespace sieve
