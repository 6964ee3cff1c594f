// A MessageReader tells fields about the text of a message: what it offers and asks for, which is
// searched for once and only when asked, and what the fold undid.
//
// Thread safety: none. Lifetime: refers to the folded text until the next set_text(). Allocates
// nothing after warm-up.
#pragma once

#include "record/fields.h"
#include "text/entities.h"

namespace sieve {

class MessageReader final : public TextReader {
 public:
  // National numbers are read as of this country; null: only numbers with a calling code are.
  void set_default_plan(const NumberingPlan* plan) { options_.default_plan = plan; }
  void set_text(const FoldedText& folded) {
    folded_ = &folded;
    is_counted_ = false;
  }

  // REQUIRES: set_text() was called.
  const EntityCounts& entities() override;
  FoldCounts fold() override;
  // What was beyond the limits when it was counted; 0 when nobody asked.
  uint32_t left_out() const { return is_counted_ ? entities_.left_out : 0; }

 private:
  const FoldedText* folded_ = nullptr;
  bool is_counted_ = false;
  EntityOptions options_;
  Entities entities_;
  EntityCounts counts_;
};

}  // namespace sieve
