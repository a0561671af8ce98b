#include "sync/merge/field_merge.hpp"

#include <chrono>

namespace ruhu {
namespace {

/// Rank of who said it; smaller is better. Booklet and ID card weigh the same (domain rule for differing sources).
int rank_of(Source source) {
  switch (source) {
    case Source::booklet:
    case Source::idcard: return 0;
    case Source::self: return 1;
    case Source::family: return 2;
    case Source::landlord: return 3;
    case Source::committee: return 4;
    case Source::neighbour: return 5;
    case Source::import_: return 6;
    case Source::derived: return 7;
    case Source::none: return 8;
  }
  return 8;
}

/// The day that a statement speaks of; the day it was made when none is stated.
std::int64_t day_of(const Stamp& stamp) {
  if (stamp.provenance.as_of_day != 0) return stamp.provenance.as_of_day;
  const auto local = stamp.made_at.instant() + kChinaOffset;
  return std::chrono::floor<std::chrono::days>(local).time_since_epoch().count();
}

int sign_of(std::int64_t difference) { return difference > 0 ? 1 : (difference < 0 ? -1 : 0); }

/// The field's value once the edit is in: a set change is played on what is there.
Value value_after(const Value& current, const Value& edit) {
  const auto* delta = std::get_if<SetDelta>(&edit);
  if (delta == nullptr) return edit;
  const auto* set = std::get_if<TextSet>(&current);
  TextSet result = apply(set == nullptr ? TextSet{} : *set, *delta);
  return result.items.empty() ? Value{} : Value{std::move(result)};
}

FieldVerdict takes(FieldOutcome outcome, Value value) { return {outcome, std::move(value), true}; }
FieldVerdict keeps(FieldOutcome outcome, const FieldState& current) { return {outcome, current.value, false}; }

bool is_stronger(MergeRule rule, const Stamp& edit, const Stamp& current) {
  if (rule == MergeRule::latest) return is_later(edit, current);
  return rule == MergeRule::source && compare_evidence(edit, current) > 0;
}

/// The worker had not seen the present value: the field's rule decides.
FieldVerdict merge_by_rule(const FieldDef& field, const FieldState& current, const ArrivingEdit& edit) {
  switch (field.merge) {
    case MergeRule::set:
      if (std::holds_alternative<SetDelta>(edit.value) && !is_gap(current.value))
        return takes(FieldOutcome::merged, value_after(current.value, edit.value));
      [[fallthrough]];  // "refused" or "does not apply" against a set: the later statement stands
    case MergeRule::latest:
      return is_later(edit.stamp, current.stamp) ? takes(FieldOutcome::applied, value_after(current.value, edit.value))
                                                 : keeps(FieldOutcome::superseded, current);
    case MergeRule::source: {
      const int better = compare_evidence(edit.stamp, current.stamp);
      if (better > 0) return takes(FieldOutcome::applied, value_after(current.value, edit.value));
      return keeps(better < 0 ? FieldOutcome::superseded : FieldOutcome::conflict, current);
    }
    case MergeRule::ask: return keeps(FieldOutcome::conflict, current);
  }
  return keeps(FieldOutcome::conflict, current);
}

}  // namespace

int compare_evidence(const Stamp& a, const Stamp& b) {
  const auto& pa = a.provenance;
  const auto& pb = b.provenance;
  if (pa.verified != pb.verified) return pa.verified > pb.verified ? 1 : -1;
  if (const int by_source = sign_of(rank_of(pb.source) - rank_of(pa.source)); by_source != 0) return by_source;
  return sign_of(day_of(a) - day_of(b));
}

bool is_later(const Stamp& a, const Stamp& b) {
  if (a.made_at != b.made_at) return a.made_at > b.made_at;
  return a.op > b.op;
}

FieldVerdict merge_field(const FieldDef& field, const FieldState& current, const ArrivingEdit& edit) {
  Value after = value_after(current.value, edit.value);
  const bool saw_current = current.stamp.version <= edit.base;
  if (after == current.value) {
    // The same value said again keeps the stronger of its two witnesses, in whatever order they arrive.
    const bool confirms = saw_current ? edit.stamp.provenance != current.stamp.provenance
                                      : is_stronger(field.merge, edit.stamp, current.stamp);
    return confirms ? takes(FieldOutcome::applied, std::move(after)) : keeps(FieldOutcome::equal, current);
  }
  if (saw_current) return takes(FieldOutcome::applied, std::move(after));
  return merge_by_rule(field, current, edit);
}

}  // namespace ruhu
