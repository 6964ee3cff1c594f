// `measure:` of a rule that counts: a map from names to what is measured of the records of a key.
//
//   count([condition])            ratio(condition)
//   distinct(field[, error=0.02][, where condition])
//   sum|mean|min|max|spread(field[, where condition])
//   seen(field[, where condition])
//   active_hours()  hour_entropy()  since_first()  since_last()
//
// Thread safety: pure functions.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "base/yaml_reader.h"
#include "rule/model.h"

namespace sieve {

// Reads the map. `scope`: of conditions on the counted records. Reports R003 no map, R036 what is
// no measure, R037 fields that cannot be measured so, R044 too many, R158 errors of distinct
// counts.
std::vector<MeasureDef> parse_measures(const YamlNode& node, const ExpressionScope& scope,
                                       const YamlContext& context);

// The field `name` of the records of `scope`, which is of one of `types`; reports R037 or R159
// otherwise.
std::optional<FieldId> find_measured_field(std::string_view name, SourceSpan span,
                                           std::initializer_list<FieldType> types,
                                           const ExpressionScope& scope,
                                           const YamlContext& context);

// The place of a measure among those of a scope, and their names.
std::optional<uint32_t> index_of(const std::vector<MeasureName>& measures, std::string_view name);
std::vector<std::string_view> names_of(const std::vector<MeasureName>& measures);

// How the measure is written: `count`, `active_hours`.
std::string_view name_of(MeasureKind kind);

}  // namespace sieve
