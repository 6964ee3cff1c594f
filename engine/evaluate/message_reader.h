// A MessageReader tells about the text of a message: what it offers and asks for, which is searched
// for once and only when asked (links alone, or all there is), whom its links imitate, and what the
// fold undid.
//
// Thread safety: none. Lifetime: refers to the folded text until the next set_text(). Allocates
// nothing after warm-up.
#pragma once

#include <span>

#include "evaluate/link_imitations.h"
#include "record/fields.h"
#include "text/entities.h"

namespace sieve {

class MessageReader final : public TextReader {
 public:
  // National numbers are read as of this country; null: only numbers with a calling code are.
  void set_default_plan(const NumberingPlan* plan) { options_.default_plan = plan; }
  // Whom links may imitate; null: nobody.
  void set_brands(const BrandTable* brands) { imitations_.set_brands(brands); }
  void set_text(const FoldedText& folded) {
    folded_ = &folded;
    has_urls_ = false;
    imitations_.clear();
    is_counted_ = false;
  }

  // All of these REQUIRE: set_text() was called. What they return is valid until the next.
  std::span<const Url> urls();
  // What is asked for of the link `url`, by its index.
  std::optional<LookAlike> imitation(size_t url, const LookAlikeQuestion& question);
  const Entities& all();
  const FoldedText& folded() const { return *folded_; }
  int64_t url_count() override { return static_cast<int64_t>(urls().size()); }
  const EntityCounts& entities() override;
  FoldCounts fold() override;

  // False: the message has more links than are looked at.
  bool has_all_urls() { return urls().empty() || entities_.urls_left_out == 0; }
  // It is known already that there are no links.
  bool has_no_urls() const { return has_urls_ && entities_.urls.empty(); }
  // What was beyond the limits, of what was looked for.
  uint32_t left_out() const;

 private:
  const FoldedText* folded_ = nullptr;
  bool has_urls_ = false;
  bool is_counted_ = false;
  EntityOptions options_;
  Entities entities_;
  EntityCounts counts_;
  LinkImitations imitations_;
};

}  // namespace sieve
