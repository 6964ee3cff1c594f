#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "cli/verbs.h"
#include "correlate/snapshot_directory.h"
#include "correlate/snapshot_inspection.h"

namespace sieve {
namespace {

struct StateArguments {
  std::string path;
  std::string key_file;
  bool json = false;
};

using Summary = Expected<SnapshotSummary, SnapshotFault>;
struct SnapshotRow {
  std::string path;
  Summary summary;
};

// The snapshots that `path` names: itself, or those in it.
Expected<std::vector<std::string>, EngineError> files_at(const std::string& path) {
  std::error_code ignored;  // Reading it tells.
  if (!std::filesystem::is_directory(path, ignored)) return std::vector<std::string>{path};
  const auto names = list_snapshots(path);
  if (!names) {
    return Unexpected<EngineError>(
        {ExitCode::kInputOutput, fmt::format("error[file_unreadable]: {}\n", names.error())});
  }
  std::vector<std::string> files;
  for (const SnapshotName& name : *names) files.push_back(path + "/" + to_file_name(name));
  return files;
}

Expected<SnapshotKeys, EngineError> keys_in(const std::string& path) {
  if (path.empty()) return SnapshotKeys();
  auto keys = read_snapshot_keys(path);
  if (keys) return std::move(*keys);
  const bool unreadable = keys.error().is_unreadable;
  return Unexpected<EngineError>(
      {unreadable ? ExitCode::kInputOutput : ExitCode::kConfiguration,
       fmt::format("error[{}]: {}\n", unreadable ? "file_unreadable" : "bad_key",
                   keys.error().message)});
}

std::string encryption_of(const SnapshotHeader& header) {
  if (header.cipher == SnapshotCipher::kNone) return "in clear";
  return "encrypted with the key " + snapshot_key_name(header.key_id);
}

Duration age_of(const SnapshotHeader& header) {
  const int64_t age_ms = (wall_clock_now() - header.taken_at).ms;
  return {age_ms / 1'000 * 1'000};
}

void print_summary(const std::string& path, const SnapshotSummary& summary) {
  const SnapshotHeader& header = summary.header;
  fmt::print("{}\n", path);
  fmt::print("  taken     {}, {} ago, by scamsieve {}\n", format_rfc3339(header.taken_at),
             format_duration(age_of(header)), header.engine_version);
  fmt::print("  state     facts partition {} of {}, exchange {}, pipeline {}\n",
             header.facts_partition, header.facts_partition_count, header.exchange,
             header.pipeline);
  fmt::print("  clock     {}\n", format_rfc3339(header.clock));
  fmt::print("  rules     {}\n", header.bundle);
  fmt::print("  content   {} frames, {} bytes, version {}\n", summary.frame_count,
             summary.content_bytes, header.content_version);
  fmt::print("  file      {} bytes, sequence {}, format {}, {}\n", summary.file_bytes,
             header.sequence, header.format, encryption_of(header));
}

void write_summary(JsonWriter& json, const SnapshotSummary& summary) {
  const SnapshotHeader& header = summary.header;
  json.key("format").unsigned_integer(header.format);
  json.key("engine_version").string(header.engine_version);
  json.key("exchange").string(header.exchange);
  json.key("pipeline").string(header.pipeline);
  json.key("bundle").string(header.bundle);
  json.key("facts_partition").integer(header.facts_partition);
  json.key("facts_partition_count").integer(header.facts_partition_count);
  json.key("sequence").integer(header.sequence);
  json.key("taken_at").string(format_rfc3339(header.taken_at));
  json.key("age_seconds").integer(age_of(header).ms / 1'000);
  json.key("clock").string(format_rfc3339(header.clock));
  json.key("content_version").unsigned_integer(header.content_version);
  json.key("encrypted").boolean(header.cipher != SnapshotCipher::kNone);
  if (header.cipher != SnapshotCipher::kNone) {
    json.key("key_id").string(snapshot_key_name(header.key_id));
  }
  json.key("frames").unsigned_integer(summary.frame_count);
  json.key("content_bytes").unsigned_integer(summary.content_bytes);
  json.key("file_bytes").unsigned_integer(summary.file_bytes);
}

void write_fault(JsonWriter& json, const SnapshotFault& fault) {
  json.key("fault").begin_object();
  json.key("reason").string(snapshot_fault_name(fault.reason));
  json.key("offset").unsigned_integer(fault.offset);
  json.key("detail").string(fault.detail);
  json.key("advice").string(snapshot_fault_advice(fault.reason));
  json.end_object();
}

void print_json(const std::vector<SnapshotRow>& rows) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const SnapshotRow& row : rows) {
    json.begin_object().key("file").string(row.path).key("ok").boolean(row.summary.has_value());
    if (row.summary) {
      write_summary(json, *row.summary);
    } else {
      write_fault(json, row.summary.error());
    }
    json.end_object();
  }
  json.end_array();
  fmt::print("{}\n", out);
}

// What cannot be read outweighs what is damaged: trying again may tell more.
ExitStatus status_of(const std::vector<SnapshotRow>& rows) {
  ExitCode code = ExitCode::kOk;
  for (const SnapshotRow& row : rows) {
    if (row.summary) continue;
    if (row.summary.error().reason == SnapshotFaultReason::kUnreadable) {
      return static_cast<int>(ExitCode::kInputOutput);
    }
    code = ExitCode::kFailed;
  }
  return static_cast<int>(code);
}

// What `look` finds in each of `files`.
template <class Look>
std::vector<SnapshotRow> look_at(const StateArguments& arguments,
                                 const std::vector<std::string>& files, Look look) {
  std::vector<SnapshotRow> rows;
  for (const std::string& file : files) {
    SnapshotRow row{file, look(file)};
    std::error_code ignored;
    const bool gone = !row.summary && !std::filesystem::exists(file, ignored);
    // An engine at work removes old files of its directory.
    if (gone && file != arguments.path) continue;
    rows.push_back(std::move(row));
  }
  return rows;
}

ExitStatus inspect(const StateArguments& arguments) {
  const auto files = files_at(arguments.path);
  if (!files) return end_with(files.error());
  const std::vector<SnapshotRow> rows = look_at(arguments, *files, inspect_snapshot);
  if (arguments.json) {
    print_json(rows);
    return status_of(rows);
  }
  if (rows.empty()) fmt::print("{} has no snapshots\n", arguments.path);
  for (const SnapshotRow& row : rows) {
    if (row.summary) print_summary(row.path, *row.summary);
    if (!row.summary) fmt::print("{}\n", describe(row.summary.error()));
  }
  return status_of(rows);
}

ExitStatus verify(const StateArguments& arguments) {
  const auto files = files_at(arguments.path);
  if (!files) return end_with(files.error());
  const auto keys = keys_in(arguments.key_file);
  if (!keys) return end_with(keys.error());
  const std::vector<SnapshotRow> rows = look_at(
      arguments, *files, [&](const std::string& file) { return verify_snapshot(file, *keys); });
  if (arguments.json) print_json(rows);
  for (const SnapshotRow& row : rows) {
    if (arguments.json) break;
    if (row.summary) fmt::print("{}: ok, {} frames\n", row.path, row.summary->frame_count);
    if (!row.summary) fmt::print("{}\n", describe(row.summary.error()));
  }
  if (!rows.empty()) return status_of(rows);
  fmt::print(stderr, "{} has no snapshots\n", arguments.path);
  return static_cast<int>(ExitCode::kFailed);
}

}  // namespace

void add_state(CLI::App& app, ExitStatus& status) {
  CLI::App* verb = app.add_subcommand("state", "Look at snapshots of state.");
  verb->require_subcommand(1);
  auto arguments = std::make_shared<StateArguments>();
  CLI::App* inspect_verb = verb->add_subcommand(
      "inspect", "Show what snapshots say of themselves; needs no key, and checks little.");
  CLI::App* verify_verb = verb->add_subcommand(
      "verify", "Read snapshots to their ends: whether all is as it was written.");
  for (CLI::App* each : {inspect_verb, verify_verb}) {
    each->add_option("path", arguments->path, "A snapshot, or a directory of them")->required();
    each->add_flag("--json", arguments->json, "The same as JSON");
  }
  verify_verb->add_option("--key-file", arguments->key_file,
                          "Keys of encrypted snapshots: 64 hexadecimal digits a line");
  inspect_verb->callback([arguments, &status] { status = inspect(*arguments); });
  verify_verb->callback([arguments, &status] { status = verify(*arguments); });
}

}  // namespace sieve
