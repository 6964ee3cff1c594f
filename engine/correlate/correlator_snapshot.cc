// Snapshots of a Correlator: what they hold beside windows, and how it comes back.

#include "correlate/correlator_impl.h"

namespace sieve {

void Correlator::Impl::save_marks(std::string& out) const {
  const SnapshotRecord record(SnapshotTag::kMarks, out);
  put_varint(out, marks.size());
  for (const auto& [source, mark] : marks) {
    put_fixed64(out, source);
    put_varint(out, mark.incarnation);
    put_signed(out, mark.offset);
  }
}

void Correlator::Impl::restore_marks(ByteReader& in) {
  for (uint64_t left = in.varint(); left > 0 && !in.failed(); --left) {
    const uint64_t source = in.fixed64();
    Mark mark;
    mark.incarnation = static_cast<uint32_t>(in.varint());
    mark.offset = in.signed_varint();
    if (!in.failed()) marks[source] = mark;
  }
}

void Correlator::Impl::save_plans(std::string& out) const {
  for (const KnownPlan& plan : known_plans) {
    const SnapshotRecord record(SnapshotTag::kPlans, out);
    put_varint(out, plan.record.digest);
    append_plan_record(plan.record, out);
  }
}

void Correlator::Impl::restore_plan(ByteReader& in) {
  const auto digest = static_cast<uint32_t>(in.varint());
  const auto plan = parse_plan_record(in.bytes(in.size()), digest);
  if (!plan) return in.fail();
  learn(*plan);
}

// States come numbered, one after another.
void Correlator::Impl::restore_state(ByteReader& in) {
  if (in.varint() != restored.size()) return in.fail();
  const std::string_view definition = in.text();
  restored.push_back(find_state(definition).get());
}

WindowState* Correlator::Impl::restored_at(uint64_t number) const {
  return number < restored.size() ? restored[number] : nullptr;
}

void Correlator::begin_snapshot(std::string& out) {
  impl_->saving = 0;
  impl_->save_marks(out);
  impl_->save_plans(out);
  uint32_t number = 0;
  for (const auto& state : impl_->states) {
    {
      const SnapshotRecord record(SnapshotTag::kState, out);
      put_varint(out, number);
      put_text(out, state->definition);
    }
    std::string head;
    put_varint(head, number);
    state->cooldown.save(SnapshotTag::kCooldown, head, out);
    state->calls.begin_snapshot(head, out);
    state->table.begin_snapshot(number++, out);
  }
}

bool Correlator::continue_snapshot(size_t keys_max) {
  if (impl_->saving == impl_->states.size()) return true;
  WindowState& state = *impl_->states[impl_->saving];
  if (!state.calls.continue_snapshot(keys_max)) return false;
  if (state.table.continue_snapshot(keys_max)) ++impl_->saving;
  return impl_->saving == impl_->states.size();
}

void Correlator::cancel_snapshot() {
  for (const auto& state : impl_->states) {
    state->calls.cancel_snapshot();
    state->table.cancel_snapshot();
  }
}

void Correlator::restore(SnapshotTag tag, ByteReader& in) {
  if (tag == SnapshotTag::kMarks) return impl_->restore_marks(in);
  if (tag == SnapshotTag::kPlans) return impl_->restore_plan(in);
  if (tag == SnapshotTag::kState) return impl_->restore_state(in);
  WindowState* state = impl_->restored_at(in.varint());
  if (state == nullptr) return;
  if (tag == SnapshotTag::kWindows) return state->table.restore(in);
  if (tag == SnapshotTag::kCooldown) return state->cooldown.restore(in);
  if (tag == SnapshotTag::kCalls) return state->calls.restore(in);
  in.fail();
}

RestoredWindows Correlator::finish_restore() {
  RestoredWindows windows;
  for (WindowState* state : impl_->restored) {
    if (state == nullptr) {
      ++windows.left_over;
    } else {
      state->table.finish_restore();
      ++windows.restored;
    }
  }
  windows.missing = impl_->states.size() - windows.restored;
  impl_->restored.clear();
  return windows;
}

}  // namespace sieve
