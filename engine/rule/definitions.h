// What a set of rules gives names to beside its rules: lists, brands and macros. They stand at the
// top of any rule file and are known to every rule of the set.
//
// Thread safety: plain data. The reference for authors is rules/README.md.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "base/packed_strings.h"
#include "base/yaml_reader.h"
#include "rule/expression.h"

namespace sieve {

// What the entries of a list are, and so what may be looked up in it.
enum class ListType : uint8_t {
  kText,    // Text, compared after folding.
  kDomain,  // Hosts: lower case, A-labels.
  kNumber,  // Telephone numbers: E.164 with `+`.
  kSender,  // Sender ids, short codes and numbers: lower case, E.164 with `+`.
};
std::string_view name_of(ListType type);
std::vector<std::string_view> list_type_names();

// How the file of a list is written.
enum class ListFormat : uint8_t { kPlain, kHosts, kCsv, kJsonLines };
std::vector<std::string_view> list_format_names();

// A column of a feed, by its name in the first line (CSV) or in each object (JSON lines).
struct ListColumn {
  std::string name;
  bool is_written = false;  // The rule file names it; else it may be missing.
};
struct ListColumns {
  ListColumn value{"value"};
  ListColumn expires{"expires"};
  ListColumn source{"source"};
};

inline constexpr Date kNoLastDay{std::numeric_limits<int32_t>::max()};

// What an entry of a list says beside its value.
struct ListNote {
  uint32_t place = 0;          // Of its value, in ListEntries::values.
  uint32_t source = 0;         // In ListEntries::sources.
  Date last_day = kNoLastDay;  // On which it counts, by the time of the record.
};

// The entries of a list, packed: there may be millions.
struct ListEntries {
  PackedStringSet values;            // Canonical: see ListType.
  std::vector<ListNote> notes;       // Of the entries that have one, in the order of their places.
  std::vector<std::string> sources;  // The first is of entries that name none; may be empty.
  uint64_t skipped = 0;              // Bad ones that were left out: ListDef::skips_bad.
};

struct ListDef {
  std::string name;
  ListType type = ListType::kText;
  bool subdomains = false;     // Of kDomain: an entry stands for all hosts below it, too.
  bool keep_previous = false;  // When it comes out empty, the entries of the running set stay.
  bool may_be_empty = false;
  bool skips_bad = false;  // Bad entries are left out, told and counted; else the load fails.
  uint64_t entries_max = 0;
  std::string country;  // Of kNumber and kSender: whose national numbers are read; may be empty.
  std::string file;     // As written; empty: none.
  SourceSpan file_span;
  ListFormat format = ListFormat::kPlain;
  ListColumns columns;  // Of kCsv and kJsonLines.
  std::string source;   // Of entries that name none.
  ListEntries entries;
  SourceSpan span;            // Of the name.
  std::string rule_file;      // Where it is defined.
  mutable bool used = false;  // An expression names it: noted while rules are parsed.
};

struct BrandDef {
  std::string name;
  std::vector<std::string> official;  // Canonical hosts; they and what is below them are genuine.
  std::vector<std::string> aliases;   // Other ways to write the name, as written.
  SourceSpan span;
  std::string rule_file;
  mutable bool used = false;
};

struct MacroDef {
  std::string name;
  YamlNode condition;                      // As written.
  Expression expression;                   // Empty until it is read, and when it has errors.
  RecordKind kind = RecordKind::kMessage;  // Of the records that it is about.
  SourceSpan span;
  std::string rule_file;
  mutable bool used = false;
};

struct Definitions {
  std::vector<ListDef> lists;
  std::vector<BrandDef> brands;
  std::vector<MacroDef> macros;
  std::string engine;  // Its version, for what rules require; empty: this one.
  Date today;          // By which authors are told what expired, or soon will; Date(): not known.

  std::optional<uint32_t> find_list(std::string_view name) const;
  std::optional<uint32_t> find_brand(std::string_view name) const;
};

// The keys at the top of a rule file below which definitions stand.
inline constexpr std::array<std::string_view, 3> kDefinitionSections = {"lists", "brands",
                                                                        "macros"};

// Adds what the rule file `document` defines. Names that are taken, within the file or by an
// earlier one, are reported with both places (R082). List files are not read: see
// list_file.h. `today`: list entries that expired before are warned of.
void parse_definitions(const YamlDocument& document, Date today, Definitions& definitions,
                       Diagnostics& diagnostics);

// Warns of what no rule names (R083), where `diagnostics` has no errors.
void check_definitions_used(const Definitions& definitions, Diagnostics& diagnostics);

}  // namespace sieve
