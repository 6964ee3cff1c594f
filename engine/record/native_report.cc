#include <memory>

#include "record/native_reader.h"

namespace sieve {
namespace {

enum ReportKey { kSchema, kId, kTs, kSource, kFrom, kTo, kText, kReceivedAt, kCell };

constexpr KeyTable<9> kKeys({"schema", "id", "ts", "source", "from", "to", "text", "received_at",
                             "cell"});
constexpr Report kEmpty;
constexpr uint32_t kRequired = key_bits(kSchema, kId, kTs, kSource, kFrom, kTo, kText);

constexpr AddressKeys kFromKeys({"from.addr", "from.type"}, KeyPart::kLast);
constexpr AddressKeys kToKeys({"to.addr", "to.type"}, KeyPart::kLast);

}  // namespace

DecodeError NativeReader::read_report(Report& report) {
  report = kEmpty;
  ObjectMarks marks;
  const DecodeError error = read_object(kKeys, root_order_, marks,
                                        [&](int key) { return read_report_field(key, report); });
  return error == DecodeError::kNone ? require(kKeys, marks, kRequired) : error;
}

DecodeError NativeReader::read_report_field(int key, Report& report) {
  switch (static_cast<ReportKey>(key)) {
    case kSchema:
      return read_schema(RecordKind::kReport);
    case kId:
      return read_name(report.id);
    case kTs:
      return read_time(report.ts);
    case kSource:
      return read_name(report.source);
    case kFrom:
      return read_address(kFromKeys, report.from);
    case kTo:
      return read_address(kToKeys, report.to);
    case kText:
      return read_text(report.text, report.text_cut);
    case kReceivedAt:
      return read_time(report.received_at);
    case kCell:
      return read_cell(report.cell);
  }
  return DecodeError::kNone;
}

}  // namespace sieve
