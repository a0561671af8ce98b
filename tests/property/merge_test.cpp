#include "sync/merge/field_merge.hpp"

#include <algorithm>

#include "tests/property/any_value.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

constexpr std::uint64_t kNewest = 5;

/// Few values and few sources, so that equal ones meet often.
rc::Gen<Value> few_values() {
  return rc::gen::oneOf(rc::gen::element(Value{}, Value{Gap::refused}, Value{std::string("甲")},
                                         Value{std::string("乙")}, Value{std::int64_t{3}}, Value{true}),
                        any_stored_value());
}

rc::Gen<Stamp> stamp_of(std::uint32_t tablet, std::uint64_t version) {
  return rc::gen::apply(
      [=](std::uint64_t counter, std::int64_t minutes, int source, int verified, int day) {
        const Instant at = from_ms(1'772'700'000'000 + minutes * 60'000);
        return Stamp{{version},
                     {{tablet}, counter},
                     HybridTime::from(at),
                     {tablet},
                     {static_cast<Source>(source), static_cast<Verified>(verified), day == 0 ? 0 : 20'000 + day}};
      },
      rc::gen::inRange<std::uint64_t>(1, 9), rc::gen::inRange<std::int64_t>(0, 4'000), rc::gen::inRange(0, 4),
      rc::gen::inRange(0, 4), rc::gen::inRange(0, 3));
}

FieldDef field_with(MergeRule rule) {
  FieldDef field;
  field.name = "thing";
  field.merge = rule;
  if (rule == MergeRule::flow) field.steps = {{"new", "open"}, {"open", "done"}, {"new", "done"}};
  return field;
}

rc::Gen<FieldDef> any_field() {
  return rc::gen::map(rc::gen::element(MergeRule::latest, MergeRule::ask, MergeRule::source, MergeRule::set,
                                       MergeRule::append, MergeRule::max, MergeRule::min, MergeRule::flow),
                      field_with);
}

/// Values of one field that has an order: dates, whole numbers or numbers, and answers that are none.
rc::Gen<Value> ordered_values(int family) {
  const auto none = rc::gen::element(Value{}, Value{Gap::refused}, Value{Gap::unknown});
  const auto dates = rc::gen::element<Value>(std::string("1947"), std::string("1947-08"), std::string("2026-03-05"));
  const auto wholes = rc::gen::map(rc::gen::inRange<std::int64_t>(-3, 4), [](std::int64_t n) { return Value{n}; });
  const auto reals = rc::gen::map(rc::gen::inRange(-3, 4), [](int n) { return Value{n / 2.0}; });
  return rc::gen::weightedOneOf<Value>({{1, none}, {3, family == 0 ? dates : (family == 1 ? wholes : reals)}});
}

/// What stands of two answers: an answer before a gap, a later gap of the list before an earlier one, the rule's end.
Value standing(MergeRule rule, const Value& a, const Value& b) {
  const auto weight = [](const Value& v) { return is_empty(v) ? 0 : (is_gap(v) ? 1 : 2); };
  if (weight(a) != weight(b)) return weight(a) > weight(b) ? a : b;
  const bool wants_greater = rule == MergeRule::max || is_gap(a);
  return wants_greater ? std::max(a, b) : std::min(a, b);
}

rc::Gen<Value> states() {
  return rc::gen::element<Value>(std::string("new"), std::string("open"), std::string("done"), std::string("odd"));
}

FieldState any_state() {
  return {*few_values(), *rc::gen::exec([] { return *stamp_of(1, *rc::gen::inRange<std::uint64_t>(0, kNewest + 1)); })};
}

ArrivingEdit any_edit(std::uint32_t tablet = 2) {
  const Value value = *rc::gen::weightedOneOf<Value>({{4, few_values()}, {1, any_value()}});
  return {value, {*rc::gen::inRange<std::uint64_t>(0, kNewest + 1)}, *stamp_of(tablet, kNewest + 1)};
}

bool same(const FieldVerdict& a, const FieldVerdict& b) {
  return a.outcome == b.outcome && a.value == b.value && a.writes == b.writes;
}

/// The field after the edit was merged into it as the record's next version.
struct Step {
  FieldState state;
  FieldOutcome outcome;
};
Step after(const FieldDef& field, const FieldState& state, ArrivingEdit edit, std::uint64_t version) {
  edit.stamp.version = {version};
  FieldVerdict verdict = merge_field(field, state, edit);
  if (!verdict.writes) return {state, verdict.outcome};
  return {{std::move(verdict.value), edit.stamp}, verdict.outcome};
}

struct Both {
  FieldState last;
  FieldOutcome first;
  FieldOutcome second;
  bool clashes() const { return second == FieldOutcome::conflict; }
};
Both in_order(const FieldDef& field, const FieldState& start, const ArrivingEdit& one, const ArrivingEdit& two) {
  const Step first = after(field, start, one, start.stamp.version.value + 1);
  const Step second = after(field, first.state, two, start.stamp.version.value + 2);
  return {second.state, first.outcome, second.outcome};
}

bool has_item(const Value& value, const std::string& item) {
  const auto* set = std::get_if<TextSet>(&value);
  return set != nullptr && set->contains(item);
}

/// Each item of the set, or the value that is none, was there or is in the edit.
bool comes_from(const Value& result, const Value& current, const Value& edit) {
  const auto* set = std::get_if<TextSet>(&result);
  if (set == nullptr) return result == current || result == edit;
  const auto* delta = std::get_if<SetDelta>(&edit);
  return std::all_of(set->items.begin(), set->items.end(), [&](const std::string& item) {
    return has_item(current, item) || has_item(edit, item) || (delta != nullptr && delta->added.contains(item));
  });
}

/// Two edits of two tablets that both saw `start` and both change it.
struct Concurrent {
  FieldState start = any_state();
  ArrivingEdit a{*few_values(), start.stamp.version, *stamp_of(2, 0)};
  ArrivingEdit b{*few_values(), start.stamp.version, *stamp_of(3, 0)};
  bool both_change() const { return a.value != start.value && b.value != start.value; }
};

}  // namespace

TEST_CASE("Merge: the same question has the same answer", "[property][merge]") {
  CHECK(holds([] {
    const FieldDef field = *any_field();
    const FieldState current = any_state();
    const ArrivingEdit edit = any_edit();
    RC_ASSERT(same(merge_field(field, current, edit), merge_field(field, current, edit)));
  }));
}

TEST_CASE("Merge: no value comes from nowhere", "[property][merge]") {
  CHECK(holds([] {
    const FieldDef field = *any_field();
    const FieldState current = any_state();
    const ArrivingEdit edit = any_edit();
    const FieldVerdict verdict = merge_field(field, current, edit);
    RC_ASSERT(!std::holds_alternative<SetDelta>(verdict.value));
    if (!verdict.writes) {
      RC_ASSERT(verdict.value == current.value);
    } else if (field.merge == MergeRule::append) {
      RC_ASSERT(comes_from(verdict.value, current.value, edit.value));
    } else if (const auto* delta = std::get_if<SetDelta>(&edit.value)) {
      const auto* set = std::get_if<TextSet>(&current.value);
      const TextSet played = apply(set == nullptr ? TextSet{} : *set, *delta);
      RC_ASSERT(verdict.value == (played.items.empty() ? Value{} : Value{played}));
    } else {
      RC_ASSERT(verdict.value == edit.value);
    }
  }));
}

TEST_CASE("Merge: equal values never clash, whoever wrote them and whenever", "[property][merge]") {
  CHECK(holds([] {
    const FieldState current = any_state();
    ArrivingEdit edit = any_edit();
    edit.value = current.value;
    const FieldVerdict verdict = merge_field(*any_field(), current, edit);
    RC_ASSERT(verdict.value == current.value);
    RC_ASSERT(verdict.outcome == FieldOutcome::equal || verdict.outcome == FieldOutcome::applied);
  }));
}

TEST_CASE("Merge: a value that the worker saw is replaced without a question", "[property][merge]") {
  CHECK(holds([] {
    const FieldState current = any_state();
    ArrivingEdit edit = any_edit();
    edit.base = {*rc::gen::inRange(current.stamp.version.value, kNewest + 1)};
    const FieldDef field = *any_field();
    RC_PRE(!std::holds_alternative<SetDelta>(edit.value) && edit.value != current.value);
    RC_PRE(field.merge != MergeRule::append);
    const FieldVerdict verdict = merge_field(field, current, edit);
    RC_ASSERT(verdict.writes);
    RC_ASSERT(verdict.outcome == FieldOutcome::applied);
    RC_ASSERT(verdict.value == edit.value);
  }));
}

TEST_CASE("Merge: ask never overwrites what the worker had not seen", "[property][merge]") {
  CHECK(holds([] {
    FieldState current = any_state();
    current.stamp.version = {*rc::gen::inRange<std::uint64_t>(1, kNewest + 1)};
    ArrivingEdit edit = any_edit();
    edit.base = {*rc::gen::inRange<std::uint64_t>(0, current.stamp.version.value)};
    RC_PRE(!std::holds_alternative<SetDelta>(edit.value) && edit.value != current.value);
    const FieldVerdict verdict = merge_field(field_with(MergeRule::ask), current, edit);
    RC_ASSERT(verdict.outcome == FieldOutcome::conflict);
    RC_ASSERT(!verdict.writes);
    RC_ASSERT(verdict.value == current.value);
  }));
}

TEST_CASE("Merge: of two concurrent latest edits the later one stands, in whatever order they arrive",
          "[property][merge]") {
  CHECK(holds([] {
    const Concurrent two;
    RC_PRE(two.both_change());
    const FieldDef field = field_with(MergeRule::latest);
    const Both ab = in_order(field, two.start, two.a, two.b);
    const Both ba = in_order(field, two.start, two.b, two.a);
    RC_ASSERT(ab.last.value == ba.last.value);
    RC_ASSERT(ab.last.value == (is_later(two.a.stamp, two.b.stamp) ? two.a.value : two.b.value));
    RC_ASSERT(!ab.clashes());
    RC_ASSERT(!ba.clashes());
  }));
}

TEST_CASE("Merge: two concurrent source edits clash in both orders or in neither", "[property][merge]") {
  CHECK(holds([] {
    const Concurrent two;
    RC_PRE(two.both_change());
    const FieldDef field = field_with(MergeRule::source);
    const Both ab = in_order(field, two.start, two.a, two.b);
    const Both ba = in_order(field, two.start, two.b, two.a);
    RC_ASSERT(ab.clashes() == ba.clashes());
    if (!ab.clashes()) RC_ASSERT(ab.last.value == ba.last.value);
  }));
}

TEST_CASE("Merge: two concurrent ask edits with different values clash in both orders", "[property][merge]") {
  CHECK(holds([] {
    const Concurrent two;
    RC_PRE(two.both_change());
    const FieldDef field = field_with(MergeRule::ask);
    const bool differ = two.a.value != two.b.value;
    RC_ASSERT(in_order(field, two.start, two.a, two.b).clashes() == differ);
    RC_ASSERT(in_order(field, two.start, two.b, two.a).clashes() == differ);
  }));
}

TEST_CASE("Merge: additions to a set of both sides stay, in whatever order they arrive", "[property][merge]") {
  CHECK(holds([] {
    const TextSet base = *any_set();
    const TextSet mine = *any_set();
    const TextSet theirs = *any_set();
    FieldState start{base.items.empty() ? Value{} : Value{base}, *stamp_of(1, 3)};
    const ArrivingEdit a{difference(base, mine), {3}, *stamp_of(2, 0)};
    const ArrivingEdit b{difference(base, theirs), {3}, *stamp_of(3, 0)};
    const FieldDef field = field_with(MergeRule::set);
    const Both ab = in_order(field, start, a, b);
    const Both ba = in_order(field, start, b, a);
    RC_ASSERT(ab.last.value == ba.last.value);
    RC_ASSERT(!ab.clashes());
    RC_ASSERT(!ba.clashes());
    const auto* set = std::get_if<TextSet>(&ab.last.value);
    const auto stays = [&](const std::string& item) { return set != nullptr && set->contains(item); };
    for (const SetDelta& delta : {difference(base, mine), difference(base, theirs)})
      for (const std::string& item : delta.added.items) RC_ASSERT(stays(item));
  }));
}

TEST_CASE("Merge: what one side took out of a set is gone, unless the other side put it in", "[property][merge]") {
  CHECK(holds([] {
    const TextSet base = *any_set();
    const TextSet mine = *any_set();
    const TextSet theirs = *any_set();
    const FieldState start{base, *stamp_of(1, 3)};
    const SetDelta removal = difference(base, mine);
    const Both both = in_order(field_with(MergeRule::set), start, {removal, {3}, *stamp_of(2, 0)},
                               {difference(base, theirs), {3}, *stamp_of(3, 0)});
    const auto* set = std::get_if<TextSet>(&both.last.value);
    // A function of its own: RapidCheck takes an expression apart and would evaluate both sides of an "or".
    const auto is_gone = [&](const std::string& item) { return set == nullptr || !set->contains(item); };
    for (const std::string& item : removal.removed.items) RC_ASSERT(is_gone(item));
  }));
}

TEST_CASE("Merge: append never gives up an item, whatever an edit says and whatever it had seen", "[property][merge]") {
  CHECK(holds([] {
    const FieldState current{*any_set(), *stamp_of(1, *rc::gen::inRange<std::uint64_t>(0, kNewest + 1))};
    const FieldVerdict verdict = merge_field(field_with(MergeRule::append), current, any_edit());
    for (const std::string& item : std::get<TextSet>(current.value).items) RC_ASSERT(has_item(verdict.value, item));
    RC_ASSERT(verdict.outcome != FieldOutcome::conflict);
  }));
}

TEST_CASE("Merge: additions under append commute, from whatever bases they were made", "[property][merge]") {
  CHECK(holds([] {
    const FieldDef field = field_with(MergeRule::append);
    const FieldState start{*any_set(), *stamp_of(1, 3)};
    const ArrivingEdit a{difference(*any_set(), *any_set()), {*rc::gen::inRange<std::uint64_t>(0, 4)}, *stamp_of(2, 0)};
    const ArrivingEdit b{difference(*any_set(), *any_set()), {*rc::gen::inRange<std::uint64_t>(0, 4)}, *stamp_of(3, 0)};
    const Value ab = in_order(field, start, a, b).last.value;
    RC_ASSERT(ab == in_order(field, start, b, a).last.value);
    for (const ArrivingEdit* edit : {&a, &b})
      for (const std::string& item : std::get<SetDelta>(edit->value).added.items) RC_ASSERT(has_item(ab, item));
  }));
}

TEST_CASE("Merge: a tablet is told when append kept what its edit took out", "[property][merge]") {
  CHECK(holds([] {
    const TextSet present = *any_set();
    const TextSet wanted = *any_set();
    const FieldState current{present, *stamp_of(1, 3)};
    const ArrivingEdit edit{difference(present, wanted), {3}, *stamp_of(2, 0)};
    const FieldVerdict verdict = merge_field(field_with(MergeRule::append), current, edit);
    const bool stands_as_sent = verdict.outcome == FieldOutcome::applied;
    const Value kept = verdict.value;
    if (stands_as_sent) RC_ASSERT(kept == (wanted.items.empty() ? Value{TextSet{}} : Value{wanted}));
  }));
}

TEST_CASE("Merge: of two concurrent max or min edits the rule's end stands, in whatever order they arrive",
          "[property][merge]") {
  CHECK(holds([] {
    const MergeRule rule = *rc::gen::element(MergeRule::max, MergeRule::min);
    const int family = *rc::gen::inRange(0, 3);
    Concurrent two;
    two.start.value = *ordered_values(family);
    two.a.value = *ordered_values(family);
    two.b.value = *ordered_values(family);
    RC_PRE(two.both_change());
    const Both ab = in_order(field_with(rule), two.start, two.a, two.b);
    const Both ba = in_order(field_with(rule), two.start, two.b, two.a);
    RC_ASSERT(ab.last.value == ba.last.value);
    RC_ASSERT(ab.last.value == standing(rule, two.a.value, two.b.value));
    RC_ASSERT(!ab.clashes());
    RC_ASSERT(!ba.clashes());
  }));
}

TEST_CASE("Merge: flow takes an unseen step when the list allows it, and asks about any other", "[property][merge]") {
  CHECK(holds([] {
    const FieldDef field = field_with(MergeRule::flow);
    const FieldState current{*states(), *stamp_of(1, 3)};
    const ArrivingEdit edit{*states(), {*rc::gen::inRange<std::uint64_t>(0, 3)}, *stamp_of(2, 0)};
    RC_PRE(edit.value != current.value);
    const FieldVerdict verdict = merge_field(field, current, edit);
    const bool allowed = field.allows_step(text_of(current.value), text_of(edit.value));
    RC_ASSERT(verdict.writes == allowed);
    RC_ASSERT(verdict.outcome == (allowed ? FieldOutcome::applied : FieldOutcome::conflict));
    RC_ASSERT(verdict.value == (allowed ? edit.value : current.value));
  }));
}

TEST_CASE("Merge: flow asks when either side is no state at all", "[property][merge]") {
  CHECK(holds([] {
    const Value none = *rc::gen::element(Value{}, Value{Gap::refused}, Value{std::int64_t{1}});
    const bool forth = *rc::gen::arbitrary<bool>();
    const Value state = *states();
    const FieldState current{forth ? none : state, *stamp_of(1, 3)};
    const ArrivingEdit edit{forth ? state : none, {2}, *stamp_of(2, 0)};
    RC_ASSERT(merge_field(field_with(MergeRule::flow), current, edit).outcome == FieldOutcome::conflict);
  }));
}

TEST_CASE("Merge: evidence is compared the same way round from both sides", "[property][merge]") {
  CHECK(holds([] {
    const Stamp a = *stamp_of(1, 0);
    const Stamp b = *stamp_of(2, 0);
    const Stamp c = *stamp_of(3, 0);
    RC_ASSERT(compare_evidence(a, b) == -compare_evidence(b, a));
    RC_ASSERT(compare_evidence(a, a) == 0);
    if (compare_evidence(a, b) >= 0 && compare_evidence(b, c) >= 0) RC_ASSERT(compare_evidence(a, c) >= 0);
  }));
}

TEST_CASE("Merge: of two different ops exactly one is later", "[property][merge]") {
  CHECK(holds([] {
    const Stamp a = *stamp_of(1, 0);
    const Stamp b = *stamp_of(2, 0);
    RC_ASSERT(is_later(a, b) != is_later(b, a));
    RC_ASSERT(!is_later(a, a));
  }));
}
