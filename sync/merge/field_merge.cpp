#include "sync/merge/field_merge.hpp"

#include <compare>
#include <optional>

namespace ruhu {
namespace {

/// The field's value when the edit is taken at its word: a set change is played on what is there.
Value word_for_word(const Value& current, const Value& edit) {
  const auto* delta = std::get_if<SetDelta>(&edit);
  if (delta == nullptr) return edit;
  const auto* set = std::get_if<TextSet>(&current);
  TextSet result = apply(set == nullptr ? TextSet{} : *set, *delta);
  return result.items.empty() ? Value{} : Value{std::move(result)};
}

/// A set that only grows: what an edit would take out, stays. An answer that is no set never replaces a set.
Value grown(const Value& current, const Value& edit) {
  const auto* delta = std::get_if<SetDelta>(&edit);
  const auto* more = delta != nullptr ? &delta->added : std::get_if<TextSet>(&edit);
  const auto* present = std::get_if<TextSet>(&current);
  if (more == nullptr) return present != nullptr ? current : edit;
  if (more->items.empty()) return current;
  return apply(present == nullptr ? TextSet{} : *present, {*more, {}});
}

/// The field's value once the edit is in.
Value value_after(const FieldDef& field, const Value& current, const Value& edit) {
  return field.merge == MergeRule::append ? grown(current, edit) : word_for_word(current, edit);
}

int sign_of(std::partial_ordering order) { return order > 0 ? 1 : (order < 0 ? -1 : 0); }

std::optional<double> number_of(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

/// Which of two values is the greater. 0: equal, or values that have no order. Dates are texts in ISO form.
int compare_values(const Value& a, const Value& b) {
  const auto* text_a = std::get_if<std::string>(&a);
  const auto* text_b = std::get_if<std::string>(&b);
  if (text_a != nullptr && text_b != nullptr) return sign_of(*text_a <=> *text_b);
  const auto* whole_a = std::get_if<std::int64_t>(&a);
  const auto* whole_b = std::get_if<std::int64_t>(&b);
  if (whole_a != nullptr && whole_b != nullptr) return sign_of(*whole_a <=> *whole_b);
  const auto number_a = number_of(a);
  const auto number_b = number_of(b);
  return number_a && number_b ? sign_of(*number_a <=> *number_b) : 0;
}

/// Which of two statements stands under `append`, `max` and `min`, whoever came first: an answer before a gap, a gap
/// before nothing, then the order of the rule. 0: the rule does not tell them apart.
int compare_standing(MergeRule rule, const Value& a, const Value& b) {
  const auto weight = [](const Value& v) { return is_empty(v) ? 0 : (is_gap(v) ? 1 : 2); };
  if (weight(a) != weight(b)) return weight(a) > weight(b) ? 1 : -1;
  if (is_gap(a)) return sign_of(std::get<Gap>(a) <=> std::get<Gap>(b));
  if (rule == MergeRule::append) return 0;
  return rule == MergeRule::max ? compare_values(a, b) : compare_values(b, a);
}

FieldVerdict takes(FieldOutcome outcome, Value value) { return {outcome, std::move(value), true}; }
FieldVerdict keeps(FieldOutcome outcome, const FieldState& current) { return {outcome, current.value, false}; }

bool is_stronger(MergeRule rule, const Stamp& edit, const Stamp& current) {
  if (rule == MergeRule::latest) return is_later(edit, current);
  return rule == MergeRule::source && compare_evidence(edit, current) > 0;
}

FieldVerdict takes_if(bool wins, const FieldState& current, Value after) {
  return wins ? takes(FieldOutcome::applied, std::move(after)) : keeps(FieldOutcome::superseded, current);
}

bool is_step(const FieldDef& field, const Value& from, const Value& to) {
  return field.allows_step(text_of(from), text_of(to));
}

/// The worker had not seen the present value: the field's rule decides. `after` differs from what is there.
FieldVerdict merge_by_rule(const FieldDef& field, const FieldState& current, const ArrivingEdit& edit, Value after) {
  switch (field.merge) {
    case MergeRule::set:
      if (std::holds_alternative<SetDelta>(edit.value) && !is_gap(current.value))
        return takes(FieldOutcome::merged, std::move(after));
      [[fallthrough]];  // "refused" or "does not apply" against a set: the later statement stands
    case MergeRule::latest: return takes_if(is_later(edit.stamp, current.stamp), current, std::move(after));
    case MergeRule::source: {
      const int better = compare_evidence(edit.stamp, current.stamp);
      if (better == 0) return keeps(FieldOutcome::conflict, current);
      return takes_if(better > 0, current, std::move(after));
    }
    case MergeRule::append:
      if (std::holds_alternative<TextSet>(after)) return takes(FieldOutcome::merged, std::move(after));
      [[fallthrough]];  // neither side is a set
    case MergeRule::max:
    case MergeRule::min: {
      const int order = compare_standing(field.merge, after, current.value);
      return takes_if(order != 0 ? order > 0 : is_later(edit.stamp, current.stamp), current, std::move(after));
    }
    case MergeRule::flow:
      return is_step(field, current.value, after) ? takes(FieldOutcome::applied, std::move(after))
                                                  : keeps(FieldOutcome::conflict, current);
    case MergeRule::ask: return keeps(FieldOutcome::conflict, current);
  }
  return keeps(FieldOutcome::conflict, current);
}

}  // namespace

bool is_later(const Stamp& a, const Stamp& b) {
  if (a.made_at != b.made_at) return a.made_at > b.made_at;
  return a.op > b.op;
}

FieldVerdict merge_field(const FieldDef& field, const FieldState& current, const ArrivingEdit& edit) {
  Value after = value_after(field, current.value, edit.value);
  // What a set that only grows did not give up, its tablet must be told.
  const bool as_sent = after == word_for_word(current.value, edit.value);
  const FieldOutcome taken = as_sent ? FieldOutcome::applied : FieldOutcome::merged;
  const bool saw_current = current.stamp.version <= edit.base;
  if (after == current.value) {
    // The same value said again keeps the stronger of its two witnesses, in whatever order they arrive.
    const bool confirms = saw_current ? edit.stamp.provenance != current.stamp.provenance
                                      : is_stronger(field.merge, edit.stamp, current.stamp);
    return confirms ? takes(taken, std::move(after)) : keeps(FieldOutcome::equal, current);
  }
  if (saw_current) return takes(taken, std::move(after));
  return merge_by_rule(field, current, edit, std::move(after));
}

}  // namespace ruhu
