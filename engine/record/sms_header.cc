#include "record/sms_header.h"

namespace sieve {
namespace {

enum Element : uint8_t {
  kConcatenated8 = 0x00,  // Reference, total, number.
  kPorts8 = 0x04,
  kPorts16 = 0x05,
  kConcatenated16 = 0x08,  // The same with a reference of two octets.
  kSingleShift = 0x24,
  kLockingShift = 0x25,
};

// Octets that an element has to have; -1: one that we do not read.
int size_of(uint8_t id) {
  switch (id) {
    case kConcatenated8:
      return 3;
    case kPorts8:
      return 2;
    case kPorts16:
    case kConcatenated16:
      return 4;
    case kSingleShift:
    case kLockingShift:
      return 1;
    default:
      return -1;
  }
}

uint8_t octet(std::string_view data, size_t at) { return static_cast<uint8_t>(data[at]); }

bool same_part(const MessagePart& a, const MessagePart& b) {
  return a.ref == b.ref && a.total == b.total && a.seq == b.seq;
}

// `body` is the element's, of the right size, from the reference on.
void take_part(std::string_view body, SmsHeader& header) {
  MessagePart part;
  const size_t ref_size = body.size() - 2;
  for (size_t i = 0; i < ref_size; ++i) part.ref = part.ref << 8 | octet(body, i);
  part.total = octet(body, ref_size);
  part.seq = octet(body, ref_size + 1);
  if (part.total == 0 || part.seq == 0 || part.seq > part.total) {
    header.notes.add(PayloadNote::kBadPart);
    return;
  }
  // Of elements that may not be repeated the last one counts (9.2.3.24).
  if (header.part && !same_part(*header.part, part)) header.notes.add(PayloadNote::kBadHeader);
  header.part = part;
}

void take_language(uint8_t id, uint8_t& language, PayloadNotes& notes) {
  if (id < kGsmLanguageCount) {
    language = id;
  } else {
    notes.add(PayloadNote::kUncommonCoding);
  }
}

void take_element(uint8_t id, std::string_view body, SmsHeader& header) {
  const int size = size_of(id);
  if (size < 0) return;
  if (body.size() != static_cast<size_t>(size)) return header.notes.add(PayloadNote::kBadHeader);
  switch (id) {
    case kConcatenated8:
    case kConcatenated16:
      return take_part(body, header);
    case kSingleShift:
      return take_language(octet(body, 0), header.languages.shift, header.notes);
    case kLockingShift:
      return take_language(octet(body, 0), header.languages.locking, header.notes);
    default:
      return;
  }
}

// What the elements of a header are, seen as a whole.
struct Shape {
  bool fills = false;   // They end where its length says.
  bool known = false;   // There are some, all of kinds that we read and of the right size.
  bool begins = false;  // The first is a concatenation of the right size.
};

// REQUIRES: the header is within `data`.
Shape shape_of(std::string_view data) {
  const size_t end = size_t{1} + octet(data, 0);
  Shape shape;
  shape.known = end > 1;
  size_t at = 1;
  while (at + 2 <= end) {
    const uint8_t id = octet(data, at);
    const uint8_t size = octet(data, at + 1);
    const bool known = size_of(id) == size;
    const bool part = id == kConcatenated8 || id == kConcatenated16;
    if (at == 1) shape.begins = known && part && at + 2 + size <= end;
    shape.known = shape.known && known;
    at += size_t{2} + size;
  }
  shape.fills = at == end;
  return shape;
}

// Whether there is a header, by what the record says and by what its octets look like.
bool has_header(std::string_view data, Tristate stated) {
  const bool inside = data.size() > octet(data, 0);
  if (!inside || octet(data, 0) == 0) return false;
  const Shape shape = shape_of(data);
  if (stated == Tristate::kTrue) return shape.fills || shape.begins;
  return shape.fills && shape.known;
}

}  // namespace

SmsHeader read_sms_header(std::string_view data, Tristate stated) {
  SmsHeader header;
  const bool found = !data.empty() && has_header(data, stated);
  // A record that does not say has not lied.
  if (stated != Tristate::kAbsent && found != (stated == Tristate::kTrue)) {
    header.notes.add(PayloadNote::kBadHeader);
  }
  if (!found) return header;
  header.size = size_t{1} + octet(data, 0);
  size_t at = 1;
  while (at < header.size) {
    const size_t size = at + 1 < header.size ? octet(data, at + 1) : header.size;
    if (at + 2 + size > header.size) {
      header.notes.add(PayloadNote::kBadHeader);
      break;
    }
    take_element(octet(data, at), data.substr(at + 2, size), header);
    at += 2 + size;
  }
  return header;
}

}  // namespace sieve
