// A ListValueReader makes entries of lists canonical: the one form in which records have them.
//
//   domain  "Shop.Example."    shop.example
//   number  "+66 81-234-5678"  +66812345678; "0812345678" in a list of `country: TH`
//   sender  "DemoBank"         demobank; what begins with `+` is a number, 3 to 6 digits a short
//   code text    "Ｄemo  Bank"       demo bank, as fold() has it
//
// Thread safety: none.
#pragma once

#include <string>
#include <string_view>

#include "base/expected.h"
#include "base/phone.h"
#include "rule/definitions.h"
#include "text/fold.h"
#include "text/host_memory.h"

namespace sieve {

// Why an entry cannot be in its list.
struct ValueFault {
  std::string title;
  std::string help;
  std::string replacement;  // Of the whole entry; may be empty.
};

class ListValueReader {
 public:
  // `country`: whose national numbers are read; empty: none are.
  ListValueReader(ListType type, std::string_view country);

  // The canonical form of `written`, which has neither spaces nor line breaks at its ends. Valid
  // until the next call.
  Expected<std::string_view, ValueFault> read(std::string_view written);

 private:
  Expected<std::string_view, ValueFault> read_domain(std::string_view written);
  Expected<std::string_view, ValueFault> read_number(std::string_view written);
  Expected<std::string_view, ValueFault> read_sender(std::string_view written);
  Expected<std::string_view, ValueFault> read_text(std::string_view written);
  Expected<std::string_view, ValueFault> in_a_labels(std::string_view host);

  ListType type_;
  const NumberingPlan* plan_;
  Folder folder_;
  HostMemory hosts_;
  std::string value_;
};

}  // namespace sieve
