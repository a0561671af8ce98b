#include "tests/server/desk_world.hpp"

namespace ruhu::test {

FieldEdit text_says(ColumnNo column, const std::string& value, Base base) { return says(column, value, base); }

std::vector<server::DeskCase> DeskWorld::cases() { return store().begin().value()->cases().value(); }

std::vector<server::DeskCase> DeskWorld::open(std::string_view rule) {
  auto all = cases();
  std::erase_if(all, [&](const server::DeskCase& c) { return c.rule != rule || c.state != server::kOpen; });
  return all;
}

Status DeskWorld::decide(server::CaseDecision decision) {
  const auto tx = store().begin().value();
  RUHU_TRY_DONE(server::decide_case(*tx, dictionary, clock, decision));
  return tx->commit();
}

Status DeskWorld::undo(std::uint64_t no) {
  const auto tx = store().begin().value();
  RUHU_TRY_DONE(server::undo_case(*tx, dictionary, clock, say(no, "")));
  return tx->commit();
}

Change DeskWorld::make(OpMaker& by, KindNo kind, std::vector<FieldEdit> fields, ScopeCode grid) {
  fields.push_back(says(kinds::person::grid_id, to_string(grid)));
  fields.push_back(says(kinds::person::status, std::string("active")));
  return by.edit({kind, make_uuid_v7(clock, random)}, std::move(fields));
}

RecordRef DeskWorld::made(OpMaker& by, KindNo kind, std::vector<FieldEdit> fields, ScopeCode grid) {
  const Change change = make(by, kind, std::move(fields), grid);
  const OpResult result = take_one(change);
  INFO(result.reason);
  REQUIRE(result.is_placed());
  return change.record;
}

RecordRef DeskWorld::person(OpMaker& by, const std::string& name, std::vector<FieldEdit> more, ScopeCode grid) {
  more.push_back(says(kinds::person::name, name));
  return made(by, kinds::person::kKind, std::move(more), grid);
}

RecordRef DeskWorld::building(OpMaker& by) {
  return made(by, kinds::building::kKind,
              {text_says(kinds::building::std_address, "灵源街道和平路12号"), text_says(kinds::building::kind, "2"),
               text_says(kinds::building::use_state, "in_use")});
}

RecordRef DeskWorld::dwelling(OpMaker& by, const RecordRef& building, const std::string& room_no) {
  return made(by, kinds::dwelling::kKind,
              {says(kinds::dwelling::building_id, building.id), text_says(kinds::dwelling::room_no, room_no)});
}

RecordRef DeskWorld::household(OpMaker& by, const RecordRef& dwelling, const RecordRef& head) {
  return made(by, kinds::household::kKind,
              {says(kinds::household::dwelling_id, dwelling.id), says(kinds::household::head_person_id, head.id)});
}

RecordRef DeskWorld::member(OpMaker& by, const RecordRef& household, const RecordRef& person,
                            const std::string& relation) {
  return made(by, kinds::membership::kKind,
              {says(kinds::membership::household_id, household.id), says(kinds::membership::person_id, person.id),
               text_says(kinds::membership::relation, relation)});
}

Change DeskWorld::visit(OpMaker& by, const RecordRef& dwelling, const RecordRef& respondent, Instant when,
                        std::vector<FieldEdit> more) {
  namespace v = kinds::visit;
  more.insert(more.end(), {says(v::dwelling_id, dwelling.id), says(v::started_at, to_ms(when)),
                           text_says(v::purpose, "02"), text_says(v::outcome, "01")});
  if (!respondent.id.is_nil()) more.push_back(says(v::respondent_id, respondent.id));
  return make(by, v::kKind, std::move(more));
}

Change DeskWorld::stay(OpMaker& by, const RecordRef& person, const RecordRef& dwelling, const std::string& since,
                       std::vector<FieldEdit> more, ScopeCode grid) {
  namespace r = kinds::residency;
  more.insert(more.end(), {says(r::person_id, person.id), says(r::dwelling_id, dwelling.id), text_says(r::since, since),
                           text_says(r::kind, "1"), says(r::lives_here, true), says(r::primary, true)});
  return make(by, r::kKind, std::move(more), grid);
}

void DeskWorld::take_both(const Change& a, const Change& b, bool swapped) {
  for (const Change* change : {swapped ? &b : &a, swapped ? &a : &b}) REQUIRE(take_one(*change).is_placed());
}

}  // namespace ruhu::test
