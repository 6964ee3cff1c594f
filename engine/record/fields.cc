#include "record/fields.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/check.h"
#include "record/field_values.h"

namespace sieve {
namespace {

constexpr std::array<std::string_view, 5> kTypeNames = {"string", "number", "bool", "duration",
                                                        "time"};

constexpr std::array<std::string_view, 7> kReadInText = {
    "msg.url.",  "msg.handle.", "msg.phone.", "msg.amount.",
    "msg.code.", "msg.crypto.", "msg.fold."};

constexpr std::array<std::string_view, 3> kOfParty = {"party", "other", "role"};

// All rows in the order of their ids, and the ids in the order of their names.
struct Tables {
  std::vector<FieldInfo> infos;
  std::vector<FieldGetter> getters;
  std::vector<FieldId> by_name;
};

Tables make_tables() {
  Tables tables;
  for (const auto rows : {message_field_rows(), call_field_rows(), report_field_rows()}) {
    for (const FieldRow& row : rows) {
      tables.by_name.push_back(FieldId(static_cast<uint16_t>(tables.infos.size())));
      tables.infos.push_back(row.info);
      tables.getters.push_back(row.get);
    }
  }
  std::ranges::sort(tables.by_name, {}, [&](FieldId id) { return tables.infos[id.index()].name; });
  return tables;
}

const Tables& tables() {
  static const Tables kTables = make_tables();
  return kTables;
}

}  // namespace

std::string_view name_of(FieldType type) { return kTypeNames[static_cast<size_t>(type)]; }

std::span<const FieldInfo> all_fields() { return tables().infos; }

std::optional<FieldId> find_field(std::string_view name) {
  const std::vector<FieldId>& ids = tables().by_name;
  const auto name_of_id = [](FieldId id) { return info_of(id).name; };
  const auto at = std::ranges::lower_bound(ids, name, {}, name_of_id);
  if (at == ids.end() || name_of_id(*at) != name) return {};
  return *at;
}

const FieldInfo& info_of(FieldId id) {
  SIEVE_CHECK(id.index() < tables().infos.size(), "field {}", id.value);
  return tables().infos[id.index()];
}

bool is_read_in_text(const FieldInfo& info) {
  return std::ranges::any_of(
      kReadInText, [&](std::string_view prefix) { return info.name.starts_with(prefix); });
}

bool is_of_party(const FieldInfo& info) {
  const std::string_view name = info.name.substr(info.name.find('.') + 1);
  return std::ranges::find(kOfParty, name) != kOfParty.end();
}

FieldValue field_value(FieldId id, const Record& record, const FieldContext& context) {
  return tables().getters[id.index()](record, context);
}

}  // namespace sieve
