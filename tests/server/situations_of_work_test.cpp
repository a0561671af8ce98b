// The thirty situations, 17-30: care, places, work, and tablets themselves.
#include "tests/server/desk_world.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace p = kinds::person;
namespace r = kinds::residency;
namespace d = kinds::dwelling;
namespace b = kinds::building;
namespace v = kinds::visit;
namespace l = kinds::person_label;
namespace c = kinds::consent;
namespace e = kinds::enterprise;
namespace i = kinds::inspection;
namespace z = kinds::hazard;
namespace n = kinds::need;

namespace {

struct Street : DeskWorld {
  RecordRef house = building(one);
  RecordRef door = dwelling(one, house, "502");
  RecordRef man = person(one, "张三");

  RecordRef label_of(const RecordRef& whom, std::vector<FieldEdit> more = {}) {
    more.insert(more.end(), {says(l::person_id, whom.id), text_says(l::label, "E3"), text_says(l::basis, "独居"),
                             text_says(l::state, "confirmed"), text_says(l::since, "2026-01-01"),
                             text_says(l::review_on, "2026-07-01")});
    return made(one, l::kKind, std::move(more));
  }
  Change died(OpMaker& by, const RecordRef& whom) {
    return by.edit(whom, {text_says(p::died_on, "2026-03-05", seen(1)), text_says(p::death_source, "family", seen(1))});
  }
};

std::int64_t ms(const Street& w, int hours) { return to_ms(const_cast<Street&>(w).clock.now()) + hours * 3'600'000LL; }

}  // namespace

TEST_CASE("Situation 17: a death cancels care visits and labels, also those that arrive later", "[desk][situations]") {
  const auto stands = in_both_orders<Street>(
      [](Street& w, bool swapped) {
        const RecordRef label = w.label_of(w.man);
        const Change promised = w.visit(w.two, w.door, w.man, from_ms(ms(w, -5)),
                                        {text_says(v::next_action, "revisit"), text_says(v::next_on, "2026-03-20")});
        w.take_both(w.died(w.one, w.man), promised, swapped);
        CHECK(w.value(label, l::state) == "removed");
        CHECK(w.value(promised.record, v::next_action) == "none");
      },
      [](Street& w) {
        CHECK(w.cases().empty());
        const auto tx = w.store().begin().value();
        const auto log = tx->read_log({.scope = kGrid, .after = {}, .without = w.second.no}).value();
        CHECK(log.entries.back().op.tablet.value == 0);  // every tablet hears of it
        return log.entries.size();
      });
  CHECK(stands > 0);
}

TEST_CASE("Situation 18: one dwelling typed twice is suggested, and merging it moves who lives there",
          "[desk][situations]") {
  Street w;
  const RecordRef again = w.dwelling(w.two, w.house, "3单元502室");
  const auto found = w.open("duplicate");
  REQUIRE(found.size() == 1);
  CHECK(found[0].situation == 18);
  const Change stay = w.stay(w.two, w.man, again, "2020-01-01");
  w.take_one(stay);
  REQUIRE(w.decide(DeskWorld::say(found[0].no, "merge", w.door.id)).ok());
  CHECK(w.record(stay.record).uuid(r::dwelling_id) == w.door.id);
  CHECK(w.record(again).uuid(d::merged_into) == w.door.id);
  CHECK(w.record(w.door).get(d::room_aliases) == Value{TextSet{{"3单元502室"}}});
  CHECK(w.audit().empty());
  REQUIRE(w.undo(found[0].no).ok());
  CHECK(w.record(stay.record).uuid(r::dwelling_id) == again.id);
  CHECK(w.value(again, d::status) == "active");
  CHECK(is_empty(w.record(w.door).get(d::room_aliases)));
  CHECK(w.open("duplicate").size() == 1);
  CHECK(w.audit().empty());
}

TEST_CASE("Situation 19: rooms let separately are asked about once, and stay two for good", "[desk][situations]") {
  Street w;
  w.dwelling(w.one, w.house, "601A");
  const RecordRef second = w.dwelling(w.two, w.house, "601B");
  const auto found = w.open("duplicate");
  REQUIRE(found.size() == 1);
  CHECK(found[0].situation == 19);
  REQUIRE(w.decide(DeskWorld::say(found[0].no, "not_same")).ok());
  w.take_one(w.two.edit(second, {text_says(d::room_no, "601-B", seen(1))}));
  CHECK(w.open("duplicate").empty());
}

TEST_CASE("Situation 20: a visit to a demolished building stays, a stay in it is asked about", "[desk][situations]") {
  in_both_orders<Street>(
      [](Street& w, bool swapped) {
        const Change gone = w.of_lead.edit(w.house, {text_says(b::use_state, "demolished", seen(1))});
        const Change visit = w.visit(w.one, w.door, w.man, from_ms(ms(w, -5)));
        w.take_both(gone, visit, swapped);
        CHECK(w.record(visit.record).uuid(v::dwelling_id) == w.door.id);
        CHECK(w.cases().empty());
        const Change stay = w.stay(w.two, w.man, w.door, "2026-03-01");
        w.take_one(stay);
        const auto found = w.open("stay_at_gone_address");
        REQUIRE(found.size() == 1);
        CHECK(found[0].situation == 20);
        REQUIRE(w.decide(DeskWorld::say(found[0].no, "end")).ok());
        CHECK(w.value(stay.record, r::status) == "closed");
      },
      [](Street& w) { return w.open("stay_at_gone_address").size(); });
}

TEST_CASE("Situation 21: a border that moved between two syncs loses nobody's work", "[desk][situations]") {
  const auto stands = in_both_orders<Street>(
      [](Street& w, bool swapped) {
        const server::Tablet third = w.add_tablet('c', {kGrid, kOtherGrid, kCommunity});
        OpMaker three{w, third.no};
        const Change moved = w.of_lead.edit(w.man, {says(p::grid_id, to_string(kOtherGrid), seen(1))});
        w.take_both(moved, three.edit(w.man, {text_says(p::phone, "13800138000", seen(1))}), swapped);
      },
      [](Street& w) {
        CHECK(w.cases().empty());
        return w.value(w.man, p::grid_id) + w.value(w.man, p::phone);
      });
  CHECK(stands == to_string(kOtherGrid) + "13800138000");
}

TEST_CASE("Situation 22: a removed label stays removed, whoever renews it", "[desk][situations]") {
  const auto state = in_both_orders<Street>(
      [](Street& w, bool swapped) {
        const RecordRef label = w.label_of(w.man);
        const Change removed =
            w.of_lead.edit(label, {text_says(l::state, "removed", seen(1)), text_says(l::status, "closed", seen(1))});
        w.take_both(removed, w.two.edit(label, {text_says(l::review_on, "2026-12-01", seen(1))}), swapped);
        CHECK(w.value(label, l::state) == "removed");
        CHECK(w.value(label, l::status) == "closed");
      },
      [](Street& w) { return w.cases().size(); });
  CHECK(state == 0);
}

TEST_CASE("Situation 23: data without consent are cleared, and somebody sees to their erasure", "[desk][situations]") {
  const auto consent_of = [](Street& w) {
    return w.made(w.one, c::kKind,
                  {says(c::person_id, w.man.id), text_says(c::scope, "health"), text_says(c::given, "yes"),
                   says(c::given_at, ms(w, -100)), text_says(c::how, "oral")});
  };
  in_both_orders<Street>(
      [&](Street& w, bool swapped) {
        const RecordRef consent = consent_of(w);
        const RecordRef label = w.label_of(w.man, {says(l::consent_id, consent.id)});
        const Change withdrawn = w.one.edit(consent, {text_says(c::given, "withdrawn", seen(1))});
        w.take_both(withdrawn, w.two.edit(w.man, {text_says(p::health_note, "高血压", seen(1))}), swapped);
        CHECK(is_empty(w.record(w.man).get(p::health_note)));
        CHECK(w.value(label, l::state) == "removed");
      },
      [](Street& w) {
        const auto found = w.open("consent_withdrawn");
        REQUIRE(found.size() == 1);
        CHECK(found[0].situation == 23);
        for (const auto& field : found[0].sides[0].fields) CHECK(is_empty(field.value));  // what, never which
        return found[0].sides[0].record;
      });
}

TEST_CASE("Situation 24: a case reported twice is suggested, and the two become one with both reporters",
          "[desk][situations]") {
  namespace f = kinds::case_;
  Street w;
  const auto report = [&](OpMaker& by, const char* no, int hour) {
    return w.made(by, f::kKind,
                  {text_says(f::no, no), text_says(f::category, "22"), text_says(f::level, "1"),
                   text_says(f::source, "1"), text_says(f::text, "雨天北门外路面积水不退"),
                   text_says(f::state, "reported"), says(f::building_id, w.house.id), text_says(f::place, "北门"),
                   says(f::found_at, ms(w, hour)), says(f::reported_at, ms(w, hour))});
  };
  const RecordRef first = report(w.one, "350582006001003-20260305-A001", -20);
  const RecordRef second = report(w.two, "350582006001003-20260305-B001", -2);
  const auto found = w.open("duplicate");
  REQUIRE(found.size() == 1);
  CHECK(found[0].situation == 24);
  REQUIRE(w.decide(DeskWorld::say(found[0].no, "merge", first.id)).ok());
  CHECK(w.value(second, f::state) == "merged");
  CHECK(w.record(second).uuid(f::dup_of) == first.id);
  REQUIRE(w.undo(found[0].no).ok());
  CHECK(w.value(second, f::state) == "reported");
  CHECK(w.audit().empty());
}

TEST_CASE("Situation 25: a photo that comes after a case was closed is attached, and the case stays closed",
          "[desk][situations]") {
  namespace f = kinds::case_;
  const auto stands = in_both_orders<Street>(
      [](Street& w, bool swapped) {
        const RecordRef it = w.made(w.one, f::kKind,
                                    {text_says(f::no, "350582006001003-20260305-A001"), text_says(f::category, "22"),
                                     text_says(f::state, "verified")});
        const std::string photo(64, 'a');
        const Change closed =
            w.of_lead.edit(it, {text_says(f::state, "closed", seen(1)), text_says(f::result, "已疏通", seen(1))});
        const Change late = w.two.edit(it, {says(f::photos, SetDelta{{{photo}}, {}}, seen(1))});
        w.take_both(closed, late, swapped);
        CHECK(w.value(it, f::state) == "closed");
        CHECK(w.record(it).get(f::photos) == Value{TextSet{{photo}}});
      },
      [](Street& w) { return w.cases().size() + w.conflicts().size(); });
  CHECK(stands == 0);
}

TEST_CASE("Situation 26: one shop with two codes has changed hands, and is never merged", "[desk][situations]") {
  for (const bool swapped : {false, true}) {
    Street w;
    const auto shop = [&](OpMaker& by, const char* code) {
      return w.make(by, e::kKind,
                    {text_says(e::name, "阿明小吃店"), text_says(e::kind, "shop"), text_says(e::state, "open"),
                     says(e::building_id, w.house.id), text_says(e::uscc, code)});
    };
    w.take_both(shop(w.one, "91350582MA2Y00000U"), shop(w.two, "91350582MA2Y00001Y"), swapped);
    const auto found = w.open("duplicate");
    REQUIRE(found.size() == 1);
    CHECK(found[0].situation == 26);
    CHECK(w.decide(DeskWorld::say(found[0].no, "merge")).error().code == Errc::invalid_value);
  }
}

TEST_CASE("Situation 27: one inspection done twice: both stay, hazards are joined by item", "[desk][situations]") {
  const auto joined = in_both_orders<Street>(
      [](Street& w, bool swapped) {
        const RecordRef shop =
            w.made(w.one, e::kKind, {text_says(e::name, "阿明小吃店"), says(e::building_id, w.house.id)});
        const auto done = [&](OpMaker& by, int hour) {
          return w.make(by, i::kKind,
                        {text_says(i::kind, "2"), text_says(i::period, "2026-Q1"), says(i::done_at, ms(w, hour)),
                         says(i::enterprise_id, shop.id), text_says(i::outcome, "hazards_found")});
        };
        const auto hazard = [&](OpMaker& by, const Change& inspection) {
          return w.make(
              by, z::kKind,
              {says(z::inspection_id, inspection.record.id), says(z::enterprise_id, shop.id),
               text_says(z::item, "extinguisher"), text_says(z::severity, "low"), text_says(z::state, "open")});
        };
        const Change first = done(w.one, -10);
        const Change second = done(w.two, -3);
        w.take_both(first, second, swapped);
        const Change found_first = hazard(w.one, first);
        const Change found_again = hazard(w.two, second);
        w.take_both(found_first, found_again, swapped);
        CHECK(w.record(found_again.record).uuid(z::dup_of) == found_first.record.id);
        CHECK(w.record(found_first.record).uuid(z::dup_of).is_nil());
        CHECK(w.value(first.record, i::status) == "active");
        CHECK(w.value(second.record, i::status) == "active");
      },
      [](Street& w) { return w.cases().size(); });
  CHECK(joined == 0);
}

TEST_CASE("Situation 28: a team picked twice keeps its first need, a cause is booked once", "[desk][situations]") {
  namespace q = kinds::points_entry;
  for (const bool swapped : {false, true}) {
    Street w;
    const RecordRef team = w.made(w.one, kinds::service_team::kKind, {text_says(kinds::service_team::name, "疏通队")});
    const auto need = [&](OpMaker& by) {
      return w.make(by, n::kKind,
                    {text_says(n::text, "疏通下水"), text_says(n::category, "01"), text_says(n::mode, "M"),
                     text_says(n::state, "matched"), says(n::team_id, team.id)});
    };
    const Change a = need(w.one);
    const Change z2 = need(w.two);
    w.take_both(a, z2, swapped);
    CHECK(w.record((swapped ? z2 : a).record).uuid(n::team_id) == team.id);
    CHECK(w.value((swapped ? a : z2).record, n::state) == "classified");
    const auto points = [&](OpMaker& by) {
      return w.make(by, q::kKind,
                    {says(q::points, 12.0), text_says(q::reason, "beneficiaries"), text_says(q::cause_key, "A17"),
                     says(q::org_id, team.id), says(q::at, ms(w, -1))});
    };
    const Change sent = points(w.one);
    const Change again = points(w.two);
    w.take_both(sent, again, swapped);
    CHECK(w.value((swapped ? again : sent).record, q::status) == "active");
    CHECK(w.value((swapped ? sent : again).record, q::status) == "void");
    CHECK(w.cases().empty());
    CHECK(w.audit().empty());
  }
}

TEST_CASE("Situation 29: a visit of the future, and one before its place was known, are flagged",
          "[desk][situations]") {
  Street w;
  const Change ahead = w.visit(w.one, w.door, w.man, from_ms(ms(w, 72)));
  CHECK(w.take_one(ahead).is_clean());
  w.take_one(w.visit(w.two, w.door, w.man, from_ms(ms(w, -300))));
  const auto found = w.open("odd_moment");
  REQUIRE(found.size() == 2);
  CHECK(found[0].situation == 29);
  CHECK(found[0].reasons == std::vector<std::string>{"desk.in_the_future"});
  CHECK(found[1].reasons == std::vector<std::string>{"desk.before_the_place"});
  w.take_one(w.one.edit(ahead.record, {says(v::started_at, ms(w, -1), own(4))}));
  CHECK(w.open("odd_moment").size() == 1);
}

TEST_CASE("Situation 30: an old copy of a tablet replaces nothing, and its repeated numbers are refused",
          "[desk][situations]") {
  Street w;
  OpMaker copy = w.two;  // as it stood in the backup
  const Change sent = w.two.edit(w.man, {text_says(p::phone, "13800138000", seen(1))});
  const OpResult first = w.take_one(sent);
  CHECK(w.take_one(sent) == first);
  w.take_one(w.one.edit(w.man, {text_says(p::phone, "13900139000", seen(2))}));
  CHECK(w.take(w.second.no, {sent}).value().front().fields.front().current == Value{std::string("13900139000")});
  const Change other = copy.edit(w.man, {text_says(p::phone, "13700137000", seen(1))});
  REQUIRE(other.id == sent.id);
  CHECK(w.take(w.second.no, {other}).error().code == Errc::op_id_reused);
  CHECK(w.value(w.man, p::phone) == "13900139000");
}
