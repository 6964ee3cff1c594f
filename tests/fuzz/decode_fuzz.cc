// Records from outside: nothing crashes, and what is read is what the engine relies on. The first
// byte selects what is decoded: 0 to 2 our own JSON by kind, 3 an operator's JSON, 4 CSV, 5 a CSV
// header.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/limits.h"
#include "base/utf8.h"
#include "record/decoder.h"
#include "record/fields.h"

namespace sieve {
namespace {

constexpr const char* kColumns[] = {"id", "at", "kind", "from", "to", "secs"};

void require(bool condition) {
  if (!condition) std::abort();
}

FieldMapping field_of(const char* field, std::vector<std::string> path) {
  FieldMapping mapping;
  mapping.field = field;
  mapping.path = std::move(path);
  return mapping;
}

Mapping mapped(RecordFormat format) {
  const bool csv = format == RecordFormat::kCsv;
  Mapping mapping = native_mapping(RecordKind::kCall, "TH");
  mapping.native = false;
  mapping.format = format;
  mapping.header = false;
  if (csv) mapping.columns.assign(std::begin(kColumns), std::end(kColumns));
  const auto path = [csv](const char* column) {
    return csv ? std::vector<std::string>{column} : std::vector<std::string>{"cdr", column};
  };
  mapping.fields = {field_of("id", path("id")),      field_of("ts", path("at")),
                    field_of("kind", path("kind")),  field_of("from.addr", path("from")),
                    field_of("to.addr", path("to")), field_of("duration", path("secs"))};
  mapping.fields[2].values = {{"0", "mo"}, {"1", "mt"}};
  mapping.fields[2].otherwise = "transit";
  return mapping;
}

struct Target {
  Mapping mapping;
  Decoder decoder;
  explicit Target(Mapping m) : mapping(std::move(m)), decoder(mapping) {}
};

void check_record(const Record& record) {
  require(!record.id().empty());
  require(record.kind != RecordKind::kMessage ||
          (!record.message.to.empty() && record.message.text.size() <= limits::kTextBytesMax));
  const FieldContext context;
  for (size_t i = 0; i < all_fields().size(); ++i) {
    const FieldId id(static_cast<uint16_t>(i));
    if (info_of(id).kind != record.kind) continue;
    require(is_valid_utf8(field_value(id, record, context).text));
  }
}

void decode(uint8_t selector, std::string_view bytes) {
  static Target targets[] = {
      Target(native_mapping(RecordKind::kMessage, "TH")),
      Target(native_mapping(RecordKind::kCall, "KH")),
      Target(native_mapping(RecordKind::kReport, "")),
      Target(mapped(RecordFormat::kJson)),
      Target(mapped(RecordFormat::kCsv)),
  };
  constexpr size_t kHeader = std::size(targets);
  const size_t index = selector % (kHeader + 1);
  if (index == kHeader) {
    Target target(mapped(RecordFormat::kCsv));
    target.decoder.set_header(bytes);
    return;
  }
  std::string padded(bytes);
  padded.append(limits::kPaddingBytes, '}');
  Arena arena;
  Record record;
  const DecodeFailure failure = targets[index].decoder.decode(
      std::string_view(padded).substr(0, bytes.size()), arena, record);
  if (failure.error == DecodeError::kNone) check_record(record);
}

}  // namespace
}  // namespace sieve

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 0) sieve::decode(data[0], {reinterpret_cast<const char*>(data + 1), size - 1});
  return 0;
}
