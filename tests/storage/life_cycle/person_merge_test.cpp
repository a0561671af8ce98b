// Two records of one person become one, and two again.
#include "storage/model/life_cycle/person_merge.hpp"

#include <map>

#include "storage/model/life_cycle/merge_moves.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/community.hpp"
#include "tests/support/community_laws.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

namespace p = kinds::person;

struct Village : Community {
  RecordId house = building();
  Family zhang = family(dwelling(house, "501"), {{"张建国", "02", "1", "1960-05-01"}, {"王秀英", "12", "2", "1962"}});
  Family other =
      family(dwelling(house, "502"), {{"王秀瑛", "02", "2", "1962-08-12"}, {"陈七", "20", "1", "1990-01-01"}});
  RecordId clerk = new_id();

  Result<LifeCyclePlan> merged(const RecordId& survivor, const RecordId& loser) {
    return plan_persons_merged(reader().pair(survivor, loser).value(), {clerk, "同一人"}, occasion());
  }
  RecordId merge(const RecordId& survivor, const RecordId& loser) {
    carry_out(merged(survivor, loser));
    return all(kinds::merge_case::kKind).back().ref.id;
  }
  LifeCyclePlan undo(const RecordId& merge_case) {
    return carry_out(plan_merge_undone(reader().merge(merge_case).value(), {clerk, "不是同一人"}, occasion()));
  }
  /// Every field of every record but the merge cases.
  std::map<RecordRef, std::vector<Cell>> snapshot() {
    std::map<RecordRef, std::vector<Cell>> fields;
    for (const KindDef& kind : store().dictionary().kinds())
      if (kind.no != kinds::merge_case::kKind)
        for (const Record& record : all(kind.no)) fields[record.ref] = record.cells;
    return fields;
  }
};

Errc refusal(const Result<LifeCyclePlan>& plan) { return plan.ok() ? Errc::internal : plan.error().code; }

}  // namespace

TEST_CASE("Person merge: the survivor keeps, field by field, what has the better evidence", "[life]") {
  Village village;
  const RecordId survivor = village.zhang.people[1];
  const RecordId loser = village.other.people[0];
  village.save(
      {{p::kKind, survivor, {{p::phone, "13800138000"}, {p::employment, "80"}, {p::alias, TextSet::of({"秀英"})}}, {}}},
      {Source::neighbour, Verified::declared, 0});
  village.save(
      {{p::kKind,
        loser,
        {{p::phone, "13900139000"}, {p::name, "王秀瑛"}, {p::education, "70"}, {p::alias, TextSet::of({"阿英"})}},
        {}}},
      {Source::idcard, Verified::seen, 0});
  village.merge(survivor, loser);
  const Record person = village.get(p::kKind, survivor);
  CHECK(person.text(p::phone) == "13900139000");
  CHECK(person.meta.stamp_of(p::phone).provenance.verified == Verified::seen);
  CHECK(std::get<TextSet>(person.get(p::more_phones)).contains("13800138000"));
  CHECK(person.text(p::name) == "王秀瑛");
  CHECK(std::get<TextSet>(person.get(p::alias)) == TextSet::of({"秀英", "阿英", "王秀英"}));
  CHECK(person.text(p::employment) == "80");
  CHECK(person.text(p::education) == "70");
  CHECK(person.text(p::birth_date) == "1962");
  const Record gone = village.get(p::kKind, loser);
  CHECK(gone.text(p::status) == "void");
  CHECK(gone.uuid(p::merged_into) == survivor);
  CHECK(gone.text(p::name) == "王秀瑛");
}

TEST_CASE("Person merge: memberships, stays, visits, needs, labels, consents and wards go along", "[life]") {
  Village village;
  const RecordId survivor = village.zhang.people[1];
  const RecordId loser = village.other.people[0];
  const RecordId visit = village.promised_visit(village.other, loser);
  const RecordId need = village.need(village.other.household, loser);
  const RecordId consent = village.consent(loser);
  const RecordId label = village.label(loser, "E3", consent);
  const RecordId task = village.task(loser);
  village.set(p::kKind, village.other.people[1], p::guardian_id, loser);
  const auto plan = village.carry_out(village.merged(survivor, loser));
  CHECK(village.head(village.other.household) == survivor);
  CHECK(village.relation(village.other.household, survivor) == "02");
  CHECK(village.get(kinds::visit::kKind, visit).uuid(kinds::visit::respondent_id) == survivor);
  CHECK(village.get(kinds::need::kKind, need).uuid(kinds::need::for_person_id) == survivor);
  CHECK(village.get(kinds::consent::kKind, consent).uuid(kinds::consent::person_id) == survivor);
  CHECK(village.get(kinds::person_label::kKind, label).uuid(kinds::person_label::person_id) == survivor);
  CHECK(village.get(kinds::task::kKind, task).uuid(kinds::task::person_id) == survivor);
  CHECK(village.get(p::kKind, village.other.people[1]).uuid(p::guardian_id) == survivor);
  CHECK(village.open(kinds::residency::kKind, {kinds::residency::person_id, survivor}).size() == 2);
  CHECK(reminds(plan, "life.check_main_home", Audience::worker));
  CHECK(reminds(plan, "life.ask_hukou", Audience::worker));
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Person merge: twice in one household counts once, as the head where one of them was", "[life]") {
  Village village;
  const RecordId wife = village.zhang.people[1];
  const RecordId twice = village.person({"王秀英", "12", "2", "1962-08-12"});
  village.add(kinds::membership::kKind, {{kinds::membership::household_id, village.zhang.household},
                                         {kinds::membership::person_id, twice},
                                         {kinds::membership::relation, "12"}});
  village.stay(twice, village.zhang.dwelling, true);
  village.label(wife, "E3", village.consent(wife));
  village.label(twice, "E3", village.consent(twice));
  village.merge(twice, wife);
  CHECK(village.open(kinds::membership::kKind, {kinds::membership::household_id, village.zhang.household}).size() == 2);
  CHECK(village.open(kinds::residency::kKind, {kinds::residency::person_id, twice}).size() == 1);
  CHECK(village.open(kinds::person_label::kKind, {kinds::person_label::person_id, twice}).size() == 1);
  CHECK(broken_laws(village.store()).empty());
  village.merge(twice, village.zhang.people[0]);
  CHECK(village.head(village.zhang.household) == twice);
  CHECK(village.relation(village.zhang.household, twice) == "02");
  CHECK(broken_laws(village.store()).empty());
}

TEST_CASE("Person merge: two valid numbers are two people, a slip gives way to the valid number", "[life]") {
  Village village;
  const RecordId survivor = village.zhang.people[1];
  const RecordId loser = village.other.people[0];
  const auto number = [&](const RecordId& person, const char* id_no) {
    village.save({{p::kKind, person, {{p::id_type, "111"}, {p::id_no, id_no}}, {}}});
  };
  number(survivor, "350599199001010025");
  number(loser, "440524188001010014");
  CHECK(refusal(village.merged(survivor, loser)) == Errc::people_differ);
  number(loser, "350599199001010025");
  CHECK(village.merged(survivor, loser).ok());
  auto pair = village.reader().pair(survivor, loser).value();
  pair.survivor.person.set(p::id_no, "350599199001010026");  // the check digit is wrong
  const auto plan = plan_persons_merged(pair, {village.clerk, ""}, village.occasion());
  REQUIRE(plan.ok());
  bool taken = false;
  for (const RecordEdit& edit : plan->edits)
    for (const Cell& cell : edit.cells)
      if (edit.id == survivor && cell.column == p::id_no) taken = text_of(cell.value) == "350599199001010025";
  CHECK(taken);
}

TEST_CASE("Person merge: an old number of 15 digits is the same as its new form", "[life]") {
  Village village;
  auto pair = village.reader().pair(village.zhang.people[1], village.other.people[0]).value();
  pair.survivor.person.set(p::id_no, "11010519491231002X");
  pair.loser.person.set(p::id_no, "110105491231002");
  CHECK(plan_persons_merged(pair, {village.clerk, ""}, village.occasion()).ok());
}

TEST_CASE("Person merge: of one record, of void ones, of a dead and a living one, beyond the grids is refused",
          "[life]") {
  Village village;
  const RecordId survivor = village.zhang.people[1];
  const RecordId loser = village.other.people[0];
  CHECK(refusal(village.merged(survivor, survivor)) == Errc::nothing_to_change);
  auto pair = village.reader().pair(survivor, loser).value();
  pair.loser.person.set(p::died_on, "2026-01-01");
  CHECK(refusal(plan_persons_merged(pair, {village.clerk, ""}, village.occasion())) == Errc::deceased);
  pair = village.reader().pair(survivor, loser).value();
  pair.to_loser.front().from.set(p::grid_id, "350582006001009");
  CHECK(refusal(plan_persons_merged(pair, {village.clerk, ""}, village.occasion())) == Errc::out_of_scope);
  village.merge(survivor, loser);
  CHECK(refusal(village.merged(survivor, loser)) == Errc::already_ended);
}

TEST_CASE("Person merge: undone, every field of every record is what it was, evidence too", "[life]") {
  Village village;
  const RecordId survivor = village.zhang.people[1];
  const RecordId loser = village.other.people[0];
  village.save({{p::kKind, loser, {{p::phone, "13900139000"}, {p::alias, TextSet::of({"阿英"})}}, {}}},
               {Source::idcard, Verified::seen, 20'500});
  village.save({{p::kKind, survivor, {{p::phone, "13800138000"}}, {}}},
               {Source::neighbour, Verified::declared, 20'400});
  village.promised_visit(village.other, loser);
  village.label(loser, "E3", village.consent(loser));
  const auto before = village.snapshot();
  const Provenance evidence = village.get(p::kKind, survivor).meta.stamp_of(p::phone).provenance;
  const RecordId merge_case = village.merge(survivor, loser);
  CHECK(village.snapshot() != before);
  village.undo(merge_case);
  CHECK(village.snapshot() == before);
  CHECK(village.get(p::kKind, survivor).meta.stamp_of(p::phone).provenance == evidence);
  CHECK(village.get(kinds::merge_case::kKind, merge_case).text(kinds::merge_case::state) == "undone");
  CHECK(refusal(plan_merge_undone(village.reader().merge(merge_case).value(), {village.clerk, ""},
                                  village.occasion())) == Errc::already_ended);
}

TEST_CASE("Person merge: what was changed since stays when it is undone, and is asked about", "[life]") {
  Village village;
  const RecordId survivor = village.zhang.people[1];
  const RecordId loser = village.other.people[0];
  village.set(p::kKind, loser, p::education, "70");
  const RecordId merge_case = village.merge(survivor, loser);
  village.set(p::kKind, survivor, p::education, "20");
  const auto plan = village.undo(merge_case);
  CHECK(village.get(p::kKind, survivor).text(p::education) == "20");
  CHECK(reminds(plan, "life.changed_since_merge", Audience::worker));
  CHECK(village.head(village.other.household) == loser);
}

TEST_CASE("Person merge: can be undone for 90 days", "[life]") {
  Village village;
  const RecordId merge_case = village.merge(village.zhang.people[1], village.other.people[0]);
  const auto undo = [&] {
    return plan_merge_undone(village.reader().merge(merge_case).value(), {village.clerk, ""}, village.occasion());
  };
  village.pass_days(90);
  CHECK(undo().ok());
  village.pass_days(1);
  CHECK(refusal(undo()) == Errc::undo_expired);
}

TEST_CASE("Merge moves: come back from their text as they were, and damaged text is refused", "[life]") {
  Village village;
  const std::vector<MergeMove> moves = {
      {{p::kKind, village.new_id()},
       p::name,
       Value{std::string("张 三\n李四")},
       {Source::self, Verified::seen, 20'500},
       Value{}},
      {{p::kKind, village.new_id()}, p::alias, Value{}, {}, Value{TextSet::of({"a", "b"})}},
      {{kinds::residency::kKind, village.new_id()}, kinds::residency::primary, Value{true}, {}, Value{Gap::refused}}};
  const std::string text = text_of_moves(moves);
  CHECK(moves_of_text(text).value() == moves);
  CHECK(moves_of_text("").value().empty());
  for (std::size_t cut = 1; cut < text.size(); cut += 7) {
    const auto read = moves_of_text(text.substr(0, text.size() - cut));
    CHECK((!read.ok() || read->size() < moves.size() || read.value() != moves));
  }
  CHECK_FALSE(moves_of_text("10 nothing 3 0 0 0 - -").ok());
  CHECK_FALSE(moves_of_text("10 " + to_string(village.new_id()) + " 3 99 0 0 - -").ok());
  CHECK_FALSE(moves_of_text("10 " + to_string(village.new_id()) + " 3 0 0 0 zz -").ok());
}
