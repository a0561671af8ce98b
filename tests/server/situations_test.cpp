// The thirty situations of two people who recorded differently, 1-16: people and households. Each goes through the ops
// of two tablets, in both orders where the order could matter.
#include "storage/dictionary/citizen_id.hpp"
#include "tests/server/desk_world.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace p = kinds::person;
namespace r = kinds::residency;
namespace m = kinds::membership;
namespace h = kinds::household;
namespace d = kinds::dwelling;
namespace v = kinds::visit;

namespace {

constexpr const char* kNumber = "11010519491231002X";
constexpr Provenance kHeard{Source::neighbour, Verified::declared, 0};
constexpr Provenance kCard{Source::idcard, Verified::seen, 0};
constexpr Provenance kFamilySays{Source::family, Verified::confirmed, 0};

/// A man at home, whom both tablets know.
struct Home : DeskWorld {
  RecordRef house = building(one);
  RecordRef door = dwelling(one, house, "502");
  RecordRef man = person(one, "张三");
};

Instant hours_before(Home& w, int hours) { return w.clock.now() - std::chrono::hours{hours}; }

/// Both sides are told with who said it, when and on what evidence.
void check_context(const server::DeskCase& one, std::size_t sides) {
  REQUIRE(one.sides.size() == sides);
  for (const server::CaseSide& side : one.sides) {
    CHECK(!side.fields.empty());
    for (const server::CaseField& field : side.fields) {
      CHECK(field.stamp.op.counter != 0);
      CHECK(field.stamp.made_at.packed != 0);
    }
  }
}

}  // namespace

TEST_CASE("Situation 1: two visits of one day both stay, equal values collapse", "[desk][situations]") {
  const auto phone = in_both_orders<Home>(
      [](Home& w, bool swapped) {
        const Change first = w.visit(w.one, w.door, w.man, hours_before(w, 3));
        const Change second = w.visit(w.two, w.door, w.man, hours_before(w, 1));
        w.take_both(first, second, swapped);
        w.take_both(w.one.edit(w.man, {text_says(p::phone, "13800138000", seen(1))}),
                    w.two.edit(w.man, {text_says(p::phone, "13800138000", seen(1))}), swapped);
        CHECK(w.store().begin().value()->count_records(v::kKind).value() == 2);
      },
      [](Home& w) {
        CHECK(w.conflicts().empty());
        CHECK(w.cases().empty());
        return w.value(w.man, p::phone);
      });
  CHECK(phone == "13800138000");
}

TEST_CASE("Situation 2: two phone numbers are a conflict with both, whichever came first", "[desk][situations]") {
  for (const bool swapped : {false, true}) {
    Home w;
    w.take_both(w.one.edit(w.man, {text_says(p::phone, "13800138001", own(3))}),
                w.two.edit(w.man, {text_says(p::phone, "13800138002", seen(1))}), swapped);
    REQUIRE(w.conflicts().size() == 1);
    const auto conflict = w.conflicts().front();
    std::vector<Value> both = {conflict.mine, conflict.theirs};
    std::sort(both.begin(), both.end());
    CHECK(both == std::vector<Value>{std::string("13800138001"), std::string("13800138002")});
  }
}

TEST_CASE("Situation 3: of two main homes the one with the hukou stays it, else the older", "[desk][situations]") {
  const auto play = [](Home& w, bool swapped, std::vector<FieldEdit> of_parents) {
    const RecordRef parents = w.dwelling(w.one, w.house, "301");
    const Change own_flat = w.stay(w.one, w.man, w.door, "2015-01-01");
    const Change with_parents = w.stay(w.two, w.man, parents, "2019-06-01", std::move(of_parents));
    w.take_both(own_flat, with_parents, swapped);
    return std::vector<bool>{bool_of(w.record(own_flat.record).get(r::primary)),
                             bool_of(w.record(with_parents.record).get(r::primary))};
  };
  for (const bool swapped : {false, true}) {
    Home by_age;
    CHECK(play(by_age, swapped, {}) == std::vector<bool>{true, false});
    Home by_hukou;
    CHECK(play(by_hukou, swapped, {says(r::registered_here, true)}) == std::vector<bool>{false, true});
    CHECK(by_hukou.audit().empty());
    CHECK(by_hukou.cases().empty());
  }
}

TEST_CASE("Situation 3: one person recorded in two grids is found by the number", "[desk][situations]") {
  for (const bool swapped : {false, true}) {
    Home w;
    w.take_both(w.make(w.one, p::kKind, {text_says(p::name, "李四"), text_says(p::id_no, kNumber)}),
                w.make(w.two, p::kKind, {text_says(p::name, "李四"), text_says(p::id_no, kNumber)}), swapped);
    const auto found = w.open("duplicate");
    REQUIRE(found.size() == 1);
    CHECK(found[0].situation == 3);
    CHECK(found[0].score == 100);
    check_context(found[0], 2);
  }
}

TEST_CASE("Situation 4: a stay ends on the earlier day, and what was written to it meanwhile is asked about",
          "[desk][situations]") {
  const auto until = in_both_orders<Home>(
      [](Home& w, bool swapped) {
        const Change stay = w.stay(w.one, w.man, w.door, "2020-01-01");
        REQUIRE(w.take_one(stay).is_placed());
        const Change gone = w.one.edit(
            stay.record, {text_says(r::status, "closed", seen(1)), text_says(r::until, "2026-02-10", seen(1))});
        const Change edited =
            w.two.edit(stay.record, {text_says(r::until, "2026-02-20", seen(1)), text_says(r::lodging, "02", seen(1))});
        w.take_both(gone, edited, swapped);
        CHECK(w.value(stay.record, r::status) == "closed");
        CHECK(w.value(stay.record, r::until) == "2026-02-10");
      },
      [](Home& w) {
        const auto found = w.open("written_beside_end");
        REQUIRE(found.size() == 1);
        CHECK(found[0].situation == 4);
        check_context(found[0], 1);
        std::vector<ColumnNo> columns;
        for (const auto& field : found[0].sides[0].fields) columns.push_back(field.column);
        return columns;
      });
  CHECK(until == std::vector<ColumnNo>{r::status, r::lodging});
}

TEST_CASE("Situation 5: a new main home in another grid ends the old one on the day before", "[desk][situations]") {
  in_both_orders<Home>(
      [](Home& w, bool swapped) {
        const RecordRef elsewhere =
            w.made(w.of_lead, d::kKind, {says(d::building_id, w.house.id), text_says(d::room_no, "101")}, kOtherGrid);
        const Change old = w.stay(w.one, w.man, w.door, "2015-01-01");
        const Change fresh = w.stay(w.of_lead, w.man, elsewhere, "2026-03-01", {}, kOtherGrid);
        w.take_both(old, fresh, swapped);
        CHECK(w.value(old.record, r::status) == "closed");
        CHECK(w.value(old.record, r::until) == "2026-02-28");
        CHECK(bool_of(w.record(fresh.record).get(r::primary)));
      },
      [](Home& w) {
        const auto found = w.open("moved_away");  // the old worker may object
        REQUIRE(found.size() == 1);
        CHECK(found[0].situation == 5);
        check_context(found[0], 2);
        return found[0].subject;
      });
}

TEST_CASE("Situation 5: the same when the other grid recorded the person anew, if the number is one",
          "[desk][situations]") {
  in_both_orders<Home>(
      [](Home& w, bool swapped) {
        const RecordRef here = w.person(w.one, "李四", {text_says(p::id_no, kNumber)});
        const RecordRef there = w.person(w.of_lead, "李四", {text_says(p::id_no, kNumber)}, kOtherGrid);
        const RecordRef elsewhere =
            w.made(w.of_lead, d::kKind, {says(d::building_id, w.house.id), text_says(d::room_no, "101")}, kOtherGrid);
        const Change old = w.stay(w.one, here, w.door, "2015-01-01");
        const Change fresh = w.stay(w.of_lead, there, elsewhere, "2026-03-01", {}, kOtherGrid);
        w.take_both(old, fresh, swapped);
        CHECK(w.value(old.record, r::until) == "2026-02-28");
      },
      [](Home& w) { return w.open("moved_away").size() + w.open("duplicate").size(); });
}

TEST_CASE("Situation 6: two valid numbers with swapped digits are asked about, an invalid one never gets in",
          "[desk][situations]") {
  Home w;
  w.person(w.one, "李四", {text_says(p::id_no, "350582196001010016"), text_says(p::birth_date, "1960-01-01")});
  w.person(w.two, "李四", {text_says(p::id_no, "350502196001018016"), text_says(p::birth_date, "1960-01-01")});
  const auto found = w.open("duplicate");
  REQUIRE(found.size() == 1);
  CHECK(found[0].situation == 6);
  CHECK(w.take_one(w.make(w.one, p::kKind, {text_says(p::name, "李四"), text_says(p::id_no, "110105194912310092")}))
            .outcome == OpOutcome::quarantined);
}

TEST_CASE("Situation 7: two people with one number are never merged, and both are marked as in doubt",
          "[desk][situations]") {
  for (const bool swapped : {false, true}) {
    Home w;
    const Change a =
        w.make(w.one, p::kKind,
               {text_says(p::name, "李四"), text_says(p::id_no, kNumber), text_says(p::birth_date, "1949-12-31")});
    const Change b =
        w.make(w.two, p::kKind,
               {text_says(p::name, "王秀英"), text_says(p::id_no, kNumber), text_says(p::birth_date, "1962-03-01")});
    w.take_both(a, b, swapped);
    const auto found = w.open("duplicate");
    REQUIRE(found.size() == 1);
    CHECK(found[0].situation == 7);
    CHECK(w.decide(DeskWorld::say(found[0].no, "merge")).error().code == Errc::invalid_value);
    REQUIRE(w.decide(DeskWorld::say(found[0].no, "not_same")).ok());
    for (const Change& one : {a, b}) CHECK(bool_of(w.record(one.record).get(p::id_in_doubt)));
    CHECK(w.open("duplicate").empty());
    CHECK(w.audit().empty());
  }
}

TEST_CASE("Situation 8: an old number is stored in its 18-digit form and never clashes with it", "[desk][situations]") {
  const auto number = in_both_orders<Home>(
      [](Home& w, bool swapped) {
        const Change old_form = w.one.edit(w.man, {text_says(p::id_no, "110105491231002", seen(1))});
        w.take_both(old_form, w.two.edit(w.man, {text_says(p::id_no, kNumber, seen(1))}), swapped);
        const auto kept = w.store().begin().value()->find_op(old_form.id).value();
        CHECK(kept->change == old_form);  // the 15 digits stay in the history
      },
      [](Home& w) {
        CHECK(w.conflicts().empty());
        return w.value(w.man, p::id_no);
      });
  CHECK(number == kNumber);
}

TEST_CASE("Situation 9: the name on the card stands, the other becomes an alias", "[desk][situations]") {
  const auto stands = in_both_orders<Home>(
      [](Home& w, bool swapped) {
        w.take_both(w.one.edit(w.man, {says(p::name, std::string("张叁"), seen(1), kCard)}),
                    w.two.edit(w.man, {says(p::name, std::string("章三"), seen(1), kHeard)}), swapped);
      },
      [](Home& w) { return std::pair(w.value(w.man, p::name), w.record(w.man).get(p::alias)); });
  CHECK(stands.first == "张叁");
  CHECK(stands.second == Value{TextSet{{"章三"}}});
}

TEST_CASE("Situation 9: without a card nobody's name becomes an alias", "[desk][situations]") {
  Home w;
  w.take_both(w.one.edit(w.man, {says(p::name, std::string("张叁"), seen(1), kHeard)}),
              w.two.edit(w.man, {says(p::name, std::string("章三"), seen(1))}), false);
  CHECK(is_empty(w.record(w.man).get(p::alias)));
}

TEST_CASE("Situation 10: a lunar birthday against the number is asked about, and the digits can win",
          "[desk][situations]") {
  const char* number = "350582194709291005";
  const std::string id = std::string(number).substr(0, 17);
  in_both_orders<Home>(
      [&](Home& w, bool swapped) {
        w.take_both(w.one.edit(w.man, {text_says(p::birth_date, "1947-08-15", seen(1))}),
                    w.two.edit(w.man, {text_says(p::id_no, id + citizen_id_check_digit(id), seen(1))}), swapped);
      },
      [](Home& w) {
        const auto found = w.open("number_and_birth");
        REQUIRE(found.size() == 1);
        CHECK(found[0].situation == 10);
        check_context(found[0], 1);
        REQUIRE(w.decide(DeskWorld::say(found[0].no, "number")).ok());
        CHECK(w.open("number_and_birth").empty());
        return w.value(w.man, p::birth_date) + w.value(w.man, p::lunar_birthday);
      });
}

TEST_CASE("Situation 11: twins are never asked about", "[desk][situations]") {
  Home w;
  const auto child = [&](OpMaker& by, const char* name, const char* number) {
    return w.person(by, name,
                    {text_says(p::id_no, number), text_says(p::birth_date, "1990-01-01"),
                     text_says(p::phone, "13800138000"), says(p::guardian_id, w.man.id)});
  };
  child(w.one, "张大宝", "350599199001010017");
  child(w.two, "张小宝", "350599199001010033");
  CHECK(w.cases().empty());
}

TEST_CASE("Situation 12: a newborn entered by two workers is suggested, and merged into one", "[desk][situations]") {
  for (const bool swapped : {false, true}) {
    Home w;
    const auto infant = [&](OpMaker& by, const char* name) {
      return w.make(by, p::kKind,
                    {text_says(p::name, name), text_says(p::birth_date, "2026-02-01"), text_says(p::gender, "1"),
                     says(p::guardian_id, w.man.id)});
    };
    const Change a = infant(w.one, "张三之子(未命名)");
    const Change b = infant(w.two, "张三之子");
    w.take_both(a, b, swapped);
    const auto found = w.open("duplicate");
    REQUIRE(found.size() == 1);
    CHECK(found[0].situation == 12);
    REQUIRE(w.decide(DeskWorld::say(found[0].no, "merge", a.record.id)).ok());
    CHECK(w.value(b.record, p::status) == "void");
    CHECK(w.record(b.record).uuid(p::merged_into) == a.record.id);
    CHECK(w.audit().empty());
  }
}

namespace {

struct Family : Home {
  RecordRef woman = person(one, "李芳");
  RecordRef home = household(one, door, man);
  RecordRef husband = member(one, home, man, "02");
  RecordRef wife = member(one, home, woman, "12");
};

}  // namespace

TEST_CASE("Situation 13: two heads are one case with the household and both, and one of them is chosen",
          "[desk][situations]") {
  const auto heads = in_both_orders<Family>(
      [](Family& w, bool swapped) {
        const Change second = w.two.edit(w.wife, {text_says(m::relation, "02", seen(1))});
        const RecordRef son = w.person(w.one, "张小明");
        const Change added =
            w.make(w.one, m::kKind,
                   {says(m::household_id, w.home.id), says(m::person_id, son.id), text_says(m::relation, "22")});
        w.take_both(second, added, swapped);
      },
      [](Family& w) {
        const auto found = w.open("two_heads");
        REQUIRE(found.size() == 1);
        CHECK(found[0].situation == 13);
        check_context(found[0], 3);
        REQUIRE(w.decide(DeskWorld::say(found[0].no, "head", w.woman.id)).ok());
        CHECK(w.open("two_heads").empty());
        CHECK(w.record(w.home).uuid(h::head_person_id) == w.woman.id);
        return w.value(w.wife, m::relation) + w.value(w.husband, m::relation);
      });
  CHECK(heads.substr(0, 2) == "02");
  CHECK(heads.substr(2) != "02");
}

TEST_CASE("Situation 13: a second head that goes by itself takes the case along", "[desk][situations]") {
  Family w;
  w.take_one(w.two.edit(w.wife, {text_says(m::relation, "02", seen(1))}));
  REQUIRE(w.open("two_heads").size() == 1);
  w.take_one(w.one.edit(w.wife, {text_says(m::relation, "12", seen(2))}));
  CHECK(w.open("two_heads").empty());
  REQUIRE(w.cases().size() == 1);
  CHECK(w.cases()[0].state == server::kGone);
  CHECK(w.cases()[0].note == "desk.no_longer_holds");
  w.take_one(w.two.edit(w.wife, {text_says(m::relation, "02", seen(3))}));
  CHECK(w.open("two_heads").size() == 1);
}

TEST_CASE("Situation 14: edits follow the person through a split of the household", "[desk][situations]") {
  const auto stands = in_both_orders<Family>(
      [](Family& w, bool swapped) {
        const Change leaves =
            w.one.edit(w.wife, {text_says(m::status, "closed", seen(1)), text_says(m::until, "2026-03-01", seen(1))});
        const Change phone = w.two.edit(w.woman, {text_says(p::phone, "13800138009", seen(1))});
        w.take_both(leaves, phone, swapped);
        w.take_one(w.two.edit(w.home, {text_says(h::best_time, "周末", seen(1))}));
      },
      [](Family& w) {
        CHECK(w.cases().empty());
        return w.value(w.woman, p::phone) + w.value(w.home, h::best_time);
      });
  CHECK(stands == "13800138009周末");
}

TEST_CASE("Situation 15: two households that went into each other, and one person in both", "[desk][situations]") {
  in_both_orders<Family>(
      [](Family& w, bool swapped) {
        const RecordRef parents = w.household(w.one, w.door, w.woman);
        const auto into = [&](OpMaker& by, const RecordRef& gone, const RecordRef& kept) {
          return by.edit(gone, {text_says(h::status, "closed", seen(1)), says(h::merged_into, kept.id, seen(1))});
        };
        w.take_both(into(w.one, w.home, parents), into(w.two, parents, w.home), swapped);
        const auto found = w.open("merged_in_circle");
        REQUIRE(found.size() == 1);
        CHECK(found[0].situation == 15);
        REQUIRE(w.decide(DeskWorld::say(found[0].no, "reopen", w.home.id)).ok());
        CHECK(w.value(w.home, h::status) == "active");
        CHECK(w.value(parents, h::status) == "closed");
        CHECK(w.open("merged_in_circle").empty());
      },
      [](Family& w) { return w.value(w.home, h::status); });
  Family w;
  const RecordRef second = w.household(w.two, w.door, w.man);
  const RecordRef again = w.member(w.two, second, w.woman, "12");
  const auto found = w.open("two_memberships");
  REQUIRE(found.size() == 1);
  REQUIRE(w.decide(DeskWorld::say(found[0].no, "end", w.wife.id)).ok());
  CHECK(w.value(again, m::status) == "closed");
  CHECK(w.value(w.wife, m::status) == "active");
}

TEST_CASE("Situation 16: who was met after the day of the report is asked about first, and can be alive again",
          "[desk][situations]") {
  in_both_orders<Home>(
      [](Home& w, bool swapped) {
        const Change report = w.one.edit(w.man, {says(p::died_on, std::string("2026-03-01"), seen(1), kHeard),
                                                 says(p::death_source, std::string("neighbour"), seen(1), kHeard)});
        w.take_both(report, w.visit(w.two, w.door, w.man, hours_before(w, 2)), swapped);
      },
      [](Home& w) {
        const auto found = w.open("contact_after_death");
        REQUIRE(found.size() == 1);
        CHECK(found[0].situation == 16);
        check_context(found[0], 2);
        REQUIRE(w.decide(DeskWorld::say(found[0].no, "alive")).ok());
        CHECK(w.value(w.man, p::died_on).empty());
        CHECK(w.open("contact_after_death").empty());
        return w.value(w.man, p::death_disproved_on);
      });
}
