#include "sync/merge/field_merge.hpp"

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
  return field;
}

rc::Gen<FieldDef> any_field() {
  return rc::gen::map(rc::gen::element(MergeRule::latest, MergeRule::ask, MergeRule::source, MergeRule::set),
                      field_with);
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
    RC_PRE(!std::holds_alternative<SetDelta>(edit.value) && edit.value != current.value);
    const FieldVerdict verdict = merge_field(*any_field(), current, edit);
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
