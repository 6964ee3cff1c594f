#include "record/field_values.h"

namespace sieve {
namespace {

constexpr RecordKind kKind = RecordKind::kReport;

using Context = FieldContext;

constexpr FieldRow kRows[] = {
    {{"report.id", FieldType::kString, kKind, true, "id of the record"},
     [](const Record& r, const Context&) { return value_of(r.report.id); }},
    {{"report.ts", FieldType::kTime, kKind, true, "event time"},
     [](const Record& r, const Context&) { return value_of(r.report.ts); }},
    {{"report.source", FieldType::kString, kKind, true,
      "where it was reported: 7726, 1441, app, honeypot"},
     [](const Record& r, const Context&) { return value_of(r.report.source); }},
    {{"report.from", FieldType::kString, kKind, true,
      "reported sender: the number in E.164, or the address as received"},
     [](const Record& r, const Context&) { return value_of(r.report.from.key()); }},
    {{"report.from.raw", FieldType::kString, kKind, true, "reported sender, as received"},
     [](const Record& r, const Context&) { return value_of(r.report.from.raw); }},
    {{"report.from.type", FieldType::kString, kKind, true,
      "kind of the reported sender: msisdn, alpha, short, unknown"},
     [](const Record& r, const Context&) { return type_of(r.report.from); }},
    {{"report.from.country", FieldType::kString, kKind, false,
      "country of the number of the reported sender"},
     [](const Record& r, const Context&) { return value_of(r.report.from.country); }},
    {{"report.to", FieldType::kString, kKind, true,
      "reporting recipient: the number in E.164, or the address as received"},
     [](const Record& r, const Context&) { return value_of(r.report.to.key()); }},
    {{"report.to.raw", FieldType::kString, kKind, true, "reporting recipient, as received"},
     [](const Record& r, const Context&) { return value_of(r.report.to.raw); }},
    {{"report.to.type", FieldType::kString, kKind, true,
      "kind of the reporting recipient: msisdn, alpha, short, unknown"},
     [](const Record& r, const Context&) { return type_of(r.report.to); }},
    {{"report.to.country", FieldType::kString, kKind, false,
      "country of the number of the reporting recipient"},
     [](const Record& r, const Context&) { return value_of(r.report.to.country); }},
    {{"report.text", FieldType::kString, kKind, true, "reported text"},
     [](const Record& r, const Context&) {
       return FieldValue{true, 0, r.report.text};
     }},
    {{"report.text_cut", FieldType::kBool, kKind, true,
      "the text was longer than the limit and was cut"},
     [](const Record& r, const Context&) { return value_of(r.report.text_cut); }},
    {{"report.received_at", FieldType::kTime, kKind, false, "when the reported message arrived"},
     [](const Record& r, const Context&) { return value_of(r.report.received_at); }},
    {{"report.cell.id", FieldType::kString, kKind, false, "cell that served the subscriber"},
     [](const Record& r, const Context&) { return value_of(r.report.cell.id); }},
    {{"report.cell.lat", FieldType::kNumber, kKind, false, "latitude of the cell, degrees"},
     [](const Record& r, const Context&) { return value_of(r.report.cell.lat); }},
    {{"report.cell.lon", FieldType::kNumber, kKind, false, "longitude of the cell, degrees"},
     [](const Record& r, const Context&) { return value_of(r.report.cell.lon); }},
    {{"report.cell.border", FieldType::kBool, kKind, false, "the cell lies at a border"},
     [](const Record& r, const Context&) { return value_of(r.report.cell.border); }},
};

}  // namespace

std::span<const FieldRow> report_field_rows() { return kRows; }

}  // namespace sieve
