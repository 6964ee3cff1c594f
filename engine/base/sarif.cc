#include "base/sarif.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/json_writer.h"

namespace sieve {
namespace {

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

// A path as a URI reference (RFC 3986): relative as it is, absolute with its scheme.
std::string uri_of(std::string_view path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string_view level_of(Severity severity) {
  return severity == Severity::kError ? "error" : "warning";
}

// What `render` says around the snippet.
std::string message_of(const Diagnostic& diagnostic) {
  std::string text = diagnostic.title;
  if (!diagnostic.label.empty()) text += fmt::format(": {}", diagnostic.label);
  for (const std::string& note : diagnostic.notes) text += fmt::format("\nnote: {}", note);
  if (!diagnostic.help.empty()) text += fmt::format("\nhelp: {}", diagnostic.help);
  return text;
}

class SarifWriter {
 public:
  SarifWriter(const Diagnostics& diagnostics, std::span<const DiagnosticCode> codes);
  std::string write(std::string_view version);

 private:
  void write_driver(std::string_view version);
  void write_code(const std::string& code);
  void write_result(const Diagnostic& diagnostic);
  void write_related(const Diagnostic& diagnostic);
  void write_fix(const Diagnostic& diagnostic);
  void write_place(std::string_view file, SourceSpan span);
  void write_artifact(std::string_view file);
  void write_region(SourceSpan span);
  void write_text(std::string_view key, std::string_view text);

  const Diagnostics& diagnostics_;
  std::span<const DiagnosticCode> codes_;
  std::vector<std::string> used_;  // Codes, sorted.
  std::string out_;
  JsonWriter json_{out_};
};

SarifWriter::SarifWriter(const Diagnostics& diagnostics, std::span<const DiagnosticCode> codes)
    : diagnostics_(diagnostics), codes_(codes) {
  for (const Diagnostic& diagnostic : diagnostics) used_.push_back(diagnostic.code);
  std::sort(used_.begin(), used_.end());
  used_.erase(std::unique(used_.begin(), used_.end()), used_.end());
}

std::string SarifWriter::write(std::string_view version) {
  json_.begin_object();
  json_.key("$schema").string(kSchema);
  json_.key("version").string("2.1.0");
  json_.key("runs").begin_array().begin_object();
  write_driver(version);
  json_.key("columnKind").string("unicodeCodePoints");
  json_.key("results").begin_array();
  for (const Diagnostic& diagnostic : diagnostics_) write_result(diagnostic);
  json_.end_array().end_object().end_array().end_object();
  return std::move(out_);
}

void SarifWriter::write_driver(std::string_view version) {
  json_.key("tool").begin_object().key("driver").begin_object();
  json_.key("name").string("scamsieve");
  json_.key("version").string(version);
  json_.key("rules").begin_array();
  for (const std::string& code : used_) write_code(code);
  json_.end_array().end_object().end_object();
}

void SarifWriter::write_code(const std::string& code) {
  json_.begin_object().key("id").string(code);
  const auto info = std::find_if(codes_.begin(), codes_.end(),
                                 [&code](const DiagnosticCode& c) { return c.code == code; });
  if (info != codes_.end()) {
    write_text("shortDescription", info->about);
    json_.key("defaultConfiguration").begin_object();
    json_.key("level").string(level_of(info->severity)).end_object();
  }
  json_.end_object();
}

void SarifWriter::write_result(const Diagnostic& diagnostic) {
  const auto index = std::lower_bound(used_.begin(), used_.end(), diagnostic.code) - used_.begin();
  json_.begin_object();
  json_.key("ruleId").string(diagnostic.code);
  json_.key("ruleIndex").integer(index);
  json_.key("level").string(level_of(diagnostic.severity));
  write_text("message", message_of(diagnostic));
  json_.key("locations").begin_array();
  if (!diagnostic.file.empty()) {
    json_.begin_object();
    write_place(diagnostic.file, diagnostic.span);
    json_.end_object();
  }
  json_.end_array();
  if (!diagnostic.related.empty()) write_related(diagnostic);
  if (!diagnostic.replacement.empty() && diagnostic.span.line > 0) write_fix(diagnostic);
  json_.end_object();
}

void SarifWriter::write_related(const Diagnostic& diagnostic) {
  json_.key("relatedLocations").begin_array();
  int64_t id = 0;
  for (const DiagnosticLabel& label : diagnostic.related) {
    json_.begin_object().key("id").integer(++id);
    write_place(label.file.empty() ? diagnostic.file : label.file, label.span);
    write_text("message", label.text);
    json_.end_object();
  }
  json_.end_array();
}

void SarifWriter::write_fix(const Diagnostic& diagnostic) {
  json_.key("fixes").begin_array().begin_object();
  if (!diagnostic.help.empty()) write_text("description", diagnostic.help);
  json_.key("artifactChanges").begin_array().begin_object();
  write_artifact(diagnostic.file);
  json_.key("replacements").begin_array().begin_object();
  json_.key("deletedRegion");
  write_region(diagnostic.span);
  write_text("insertedContent", diagnostic.replacement);
  json_.end_object().end_array().end_object().end_array().end_object().end_array();
}

void SarifWriter::write_place(std::string_view file, SourceSpan span) {
  json_.key("physicalLocation").begin_object();
  write_artifact(file);
  if (span.line > 0) {
    json_.key("region");
    write_region(span);
  }
  json_.end_object();
}

void SarifWriter::write_artifact(std::string_view file) {
  json_.key("artifactLocation").begin_object().key("uri").string(uri_of(file)).end_object();
}

void SarifWriter::write_region(SourceSpan span) {
  json_.begin_object();
  json_.key("startLine").unsigned_integer(span.line);
  json_.key("startColumn").unsigned_integer(span.column);
  json_.key("endColumn").unsigned_integer(uint64_t{span.column} + span.size);
  json_.end_object();
}

void SarifWriter::write_text(std::string_view key, std::string_view text) {
  json_.key(key).begin_object().key("text").string(text).end_object();
}

}  // namespace

std::string render_sarif(const Diagnostics& diagnostics, std::span<const DiagnosticCode> codes,
                         std::string_view version) {
  return SarifWriter(diagnostics, codes).write(version);
}

}  // namespace sieve
