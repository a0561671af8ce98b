#include <algorithm>

#include "app/commands/drafts.hpp"
#include "app/commands/place.hpp"
#include "app/queries/kept_texts.hpp"
#include "storage/model/stored_form.hpp"
#include "tests/app/session_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using test::SessionWorld;

namespace {

const std::vector<SessionWorld::Member> kZhang = {{"张建国", "02", "1", "1968-05-01"},
                                                  {"王秀英", "12", "2", "1970-08-12"}};

Value typed(const FormState& form, ColumnNo column) {
  const auto at =
      std::find_if(form.values.begin(), form.values.end(), [&](const Cell& cell) { return cell.column == column; });
  return at == form.values.end() ? Value{} : at->value;
}

bool is_touched(const FormState& form, ColumnNo column) {
  return std::find(form.touched.begin(), form.touched.end(), column) != form.touched.end();
}

}  // namespace

TEST_CASE("Place: every form is open again after a kill, on the pages below it, with what was typed", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  namespace p = kinds::person;
  world.handle(OpenHousehold{family.household});

  SECTION("a person") {
    world.handle(EditPerson{family.people[1], family.household});
    world.handle(KeepFormDraft{
        p::kKind, family.people[1], family.household, "", {{p::former_name, "王秀兰"}}, "idcard", "seen"});
    world.restart();
    CHECK(world.state().person.source == "idcard");
    CHECK(world.state().person.verified == "seen");
    CHECK(world.state().pages == std::vector<Page>{Page::household, Page::person});
    CHECK(world.state().person.id == family.people[1]);
    CHECK(typed(world.state().person, p::former_name) == Value{std::string("王秀兰")});
    CHECK(is_touched(world.state().person, p::former_name));
  }
  SECTION("a new person") {
    world.handle(AddPerson{family.household});
    world.handle(KeepFormDraft{p::kKind, std::nullopt, family.household, "21", {{p::name, "张小"}}});
    world.restart();
    CHECK(world.state().pages == std::vector<Page>{Page::household, Page::person});
    CHECK(world.state().person.relation == "21");
    CHECK_FALSE(world.state().person.newborn);
    CHECK(typed(world.state().person, p::name) == Value{std::string("张小")});
  }
  SECTION("a newborn") {
    world.handle(AddNewborn{family.household});
    world.handle(KeepFormDraft{p::kKind, std::nullopt, family.household, "", {{p::name, "张小"}}});
    world.restart();
    CHECK(world.state().person.newborn);
    CHECK(typed(world.state().person, p::name) == Value{std::string("张小")});
  }
  SECTION("a household") {
    namespace h = kinds::household;
    world.handle(EditRecord{{h::kKind, family.household}});
    world.handle(KeepFormDraft{h::kKind, family.household, {}, "", {{h::contact_phone, "13800138009"}}});
    world.restart();
    CHECK(world.state().pages == std::vector<Page>{Page::household, Page::record});
    CHECK(typed(world.state().record, h::contact_phone) == Value{std::string("13800138009")});
  }
  SECTION("a dwelling") {
    namespace d = kinds::dwelling;
    world.handle(EditRecord{{d::kKind, family.dwelling}});
    world.handle(KeepFormDraft{d::kKind, family.dwelling, {}, "", {{d::room_no, "502"}}});
    world.restart();
    CHECK(world.state().pages == std::vector<Page>{Page::household, Page::record});
    CHECK(world.state().record.kind == d::kKind);
    CHECK(typed(world.state().record, d::room_no) == Value{std::string("502")});
  }
  CHECK(world.state().household.household == family.household);
  CHECK(world.state().household.load.phase == Load::Phase::ready);
}

TEST_CASE("Place: a person changed in the middle of a visit leads back to person and visit", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(StartVisit{family.household});
  VisitInput input = world.visit_input();
  input.note = "写到一半";
  world.handle(KeepVisitDraft{input});
  world.handle(EditPerson{family.people[1], family.household});
  world.restart();
  CHECK(world.state().pages == std::vector<Page>{Page::household, Page::visit, Page::person});
  CHECK(world.state().visit.initial.note == "写到一半");
  CHECK(world.state().person.id == family.people[1]);
}

TEST_CASE("Place: a card that was read over a visit does not keep the visit from coming back", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(StartVisit{family.household});
  world.handle(KeepVisitDraft{world.visit_input()});
  world.handle(OpenCard{{kinds::person::kKind, family.people[1]}});
  REQUIRE(world.state().pages.back() == Page::card);
  world.restart();
  CHECK(world.state().pages == std::vector<Page>{Page::household, Page::visit});
}

TEST_CASE("Place: the tab is the one that was open", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(GoTo{Tab::search});
  world.handle(OpenHousehold{family.household});
  world.handle(StartVisit{family.household});
  world.restart();
  CHECK(world.state().tab == Tab::search);
  CHECK(world.state().pages.back() == Page::visit);
}

TEST_CASE("Place: a first member typed at a dwelling where nobody is known is open again there", "[app]") {
  SessionWorld world;
  const RecordId dwelling = world.dwelling("601");
  namespace p = kinds::person;
  world.handle(OpenDwelling{dwelling});
  world.handle(AddPerson{RecordId{}});
  world.handle(KeepFormDraft{p::kKind, std::nullopt, RecordId{}, "", {{p::name, "陈新"}}});
  world.restart();
  CHECK(world.state().pages == std::vector<Page>{Page::household, Page::person});
  CHECK(world.state().household.dwelling == dwelling);
  CHECK(typed(world.state().person, p::name) == Value{std::string("陈新")});
  const std::vector<Cell> cells = {{p::name, "陈新"},
                                   {p::gender, "1"},
                                   {p::birth_date, "1990"},
                                   {p::category, "02"},
                                   {p::hukou_division, "411721"},
                                   {p::id_no_reason, "refused"}};
  world.handle(SavePerson{std::nullopt, RecordId{}, "02", cells, {}});
  REQUIRE(world.all(kinds::household::kKind).size() == 1);
  CHECK(world.all(kinds::household::kKind)[0].uuid(kinds::household::dwelling_id) == dwelling);
}

TEST_CASE("Place: a new person's form without anything typed, and a form that was saved, are not opened again",
          "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(OpenHousehold{family.household});
  world.handle(AddPerson{family.household});
  world.restart();
  CHECK(world.state().pages.empty());
  namespace p = kinds::person;
  world.handle(OpenHousehold{family.household});
  world.handle(EditPerson{family.people[1], family.household});
  world.handle(SavePerson{family.people[1], family.household, "12", {{p::former_name, "王秀兰"}}, {}});
  world.restart();
  CHECK(world.state().pages.empty());
}

TEST_CASE("Place: bytes that are no place, or those of an older program, lead to the first tab", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  world.handle(StartVisit{family.household});
  const std::string place = world.store().text(kept::kPlace).value();
  REQUIRE(decode_place(place).has_value());
  for (std::size_t length = 0; length < place.size(); ++length) CHECK_FALSE(decode_place(place.substr(0, length)));
  CHECK_FALSE(decode_place(place + "x"));
  for (const std::string& other : {to_string(family.household), std::string("\x01\x09"), std::string(200, '\xFF')}) {
    REQUIRE(world.store().set_text(kept::kPlace, other).ok());
    world.restart();
    CHECK(world.state().pages.empty());
    CHECK(world.state().tab == Tab::today);
  }
}

TEST_CASE("Draft: a form's draft of an older program is read without its source", "[app]") {
  ByteWriter out;
  out.number(1);
  out.text("21");
  out.number(1);
  out.number(kinds::person::name.value);
  put_value(out, std::string("张小"));
  const auto draft = decode_form_draft(out.take());
  REQUIRE(draft.has_value());
  CHECK(draft->relation == "21");
  CHECK(draft->source.empty());
  CHECK(draft->cells == std::vector<Cell>{{kinds::person::name, std::string("张小")}});
}

TEST_CASE("Draft: photos are kept with a form until it is saved", "[app]") {
  SessionWorld world;
  namespace c = kinds::case_;
  Attachments& photos = world.store().attachments();
  const RecordId id = world.add(
      c::kKind,
      {{c::no, "350582006001003-20260305-A001"}, {c::text, "雨天路面积水很深，老人出门不便"}, {c::category, "22"}});
  const std::string name = kept::form_draft(c::kKind, "edit", id);
  const AttachmentId photo = photos.add({"what the camera saw", Media::jpeg, "small"}, name).value();
  const AttachmentId other = photos.add({"another", Media::jpeg, ""}, "draft.other").value();
  const Value set = TextSet::of({to_string(photo), to_string(other)});
  world.handle(EditRecord{{c::kKind, id}});
  world.handle(KeepFormDraft{c::kKind, id, {}, "", {{c::photos, set}}});
  CHECK(photos.of_draft(name).value() == std::vector<AttachmentId>{photo, other});
  REQUIRE(world.store().set_text("draft.other", "").ok());
  world.restart();
  CHECK(photos.content(photo).value() == "what the camera saw");
  CHECK(photos.content(other).value() == "another");
  CHECK(typed(world.state().record, c::photos) == set);
  world.handle(SaveRecord{c::kKind, id, {{c::photos, set}}, {}});
  CHECK(world.get(c::kKind, id).get(c::photos) == set);
  CHECK(photos.of_draft(name)->empty());
  CHECK(photos.unsent()->size() == 2);
  CHECK(world.store().audit().value().empty());
}

TEST_CASE("Draft: photos of a visit stay with its draft and go when it is saved without them", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", kZhang);
  const std::string name = kept::visit_draft(family.household);
  world.handle(StartVisit{family.household});
  world.handle(KeepVisitDraft{world.visit_input()});
  Attachments& photos = world.store().attachments();
  const AttachmentId photo = photos.add({"the stairs", Media::jpeg, ""}, name).value();
  world.handle(KeepVisitDraft{world.visit_input()});
  world.restart();
  CHECK(photos.of_draft(name).value() == std::vector<AttachmentId>{photo});
  world.handle(SaveVisit{world.state().visit.initial});
  CHECK_FALSE(photos.find(photo)->has_value());
  CHECK(world.store().audit().value().empty());
}
