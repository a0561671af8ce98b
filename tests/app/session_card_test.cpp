#include <algorithm>

#include "tests/app/session_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using test::SessionWorld;

namespace {

namespace e = kinds::enterprise;

std::int64_t accesses(SessionWorld& world) {
  return world.store().database().integer("SELECT count(*) FROM sys_access").value();
}

RecordId building_of(SessionWorld& world) { return world.all(kinds::building::kKind).front().ref.id; }

RecordId enterprise(SessionWorld& world, const std::string& name, const std::string& state = "open") {
  return world.add(e::kKind, {{e::name, name},
                              {e::kind, "shop"},
                              {e::uscc, "91350582MA2Y00000U"},
                              {e::state, state},
                              {e::building_id, building_of(world)},
                              {e::address, "锦绣路12号"},
                              {e::responsible_name, "林小明"},
                              {e::responsible_phone, "13800138000"}});
}

const Fact* find_fact(const CardState& card, ColumnNo column) {
  for (const FactSection& section : card.sections)
    for (const Fact& fact : section.facts)
      if (fact.column == column) return &fact;
  return nullptr;
}

const std::vector<SearchRow>& find(SessionWorld& world, const std::string& text) {
  world.handle(SearchText{text});
  CHECK(world.state().search.load.phase == Load::Phase::ready);
  return world.state().search.rows;
}

bool has_tag(const std::vector<Tag>& tags, const std::string& text) {
  return std::any_of(tags.begin(), tags.end(), [&](const Tag& tag) { return tag.text == text; });
}

}  // namespace

TEST_CASE("Search: an enterprise is found by its name, its credit code and its phone, and says by which", "[app]") {
  SessionWorld world;
  const RecordId shop = enterprise(world, "鑫旺纺织");
  for (const auto& [typed, matched] : {std::pair{"鑫旺", "名称"},
                                       {"xwfz", "拼音首字母"},
                                       {"xinwang", "拼音"},
                                       {"00000U", "统一代码"},
                                       {"8000", "电话尾号"},
                                       {"锦绣路12", "地址"}}) {
    INFO(typed);
    const auto& rows = find(world, typed);
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const SearchRow& r) { return r.record.id == shop; });
    REQUIRE(row != rows.end());
    CHECK(row->title == "鑫旺纺织");
    CHECK(row->subtitle == "锦绣路12号");
    CHECK(row->matched == matched);
    CHECK(has_tag(row->tags, "店面、沿街商户"));
    CHECK(has_tag(row->tags, "营业"));
    CHECK_FALSE(row->ended);
  }
}

TEST_CASE("Search: every kind that can be found leads to its card", "[app]") {
  SessionWorld world;
  enterprise(world, "鑫旺纺织");
  const RecordId org = world.add(kinds::social_org::kKind, {{kinds::social_org::name, "暖心社工中心"},
                                                            {kinds::social_org::form, "02"},
                                                            {kinds::social_org::registration, "registered"}});
  const RecordId team = world.add(kinds::service_team::kKind, {{kinds::service_team::name, "暖心服务队"},
                                                               {kinds::service_team::org_id, org},
                                                               {kinds::service_team::state, "idle"}});
  const RecordId volunteer = world.add(kinds::volunteer::kKind,
                                       {{kinds::volunteer::name, "陈暖心"}, {kinds::volunteer::volunteer_no, "V0001"}});
  const auto& rows = find(world, "暖心");
  for (const RecordId& id : {team, org, volunteer}) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const SearchRow& r) { return r.record.id == id; });
    REQUIRE(row != rows.end());
    const std::string title = row->title;
    world.handle(OpenRecord{row->record});
    CHECK(world.state().pages.back() == Page::card);
    CHECK(world.state().card.load.phase == Load::Phase::ready);
    CHECK(world.state().card.record.id == id);
    CHECK(world.state().card.title.starts_with(title));
    world.handle(Back{});
  }
}

TEST_CASE("Search: a compound and a building stand before their doors and open their cards", "[app]") {
  SessionWorld world;
  world.dwelling("501");
  const auto& rows = find(world, "阳光花园");
  REQUIRE(rows.size() >= 2);
  CHECK(rows.front().title == "阳光花园");
  CHECK(rows.back().record.kind == kinds::dwelling::kKind);
  world.handle(OpenRecord{rows.front().record});
  CHECK(world.state().card.title == "阳光花园");
}

TEST_CASE("Search: what is closed or dead stands last and says so", "[app]") {
  SessionWorld world;
  namespace p = kinds::person;
  const std::vector<Cell> about = {
      {p::gender, "1"}, {p::birth_date, "1950"}, {p::category, "01"}, {p::hukou_division, "350582"}};
  const auto person = [&](std::vector<Cell> cells) {
    cells.insert(cells.end(), about.begin(), about.end());
    return world.add(p::kKind, std::move(cells));
  };
  person({{p::name, "林安"}, {p::died_on, "2025-11-02"}});
  person({{p::name, "林安宁"}});
  enterprise(world, "林安百货", "moved");
  enterprise(world, "林安食品");
  const RecordId void_person = person({{p::name, "林安错"}});
  world.save({{p::kKind, void_person, {{p::status, "void"}}, {}}});
  const auto& rows = find(world, "林安");
  CHECK(rows.size() == 4);
  const auto first_ended = std::find_if(rows.begin(), rows.end(), [](const SearchRow& row) { return row.ended; });
  CHECK(first_ended - rows.begin() == 2);
  CHECK(std::all_of(first_ended, rows.end(), [](const SearchRow& row) { return row.ended; }));
  for (const SearchRow& row : rows) {
    INFO(row.title);
    CHECK(row.ended == (has_tag(row.tags, "已故") || has_tag(row.tags, "已搬离")));
  }
}

TEST_CASE("Search: the name of a volunteer outside the grid is masked", "[app]") {
  SessionWorld world;
  world.add(kinds::volunteer::kKind, {{kinds::volunteer::name, "陈暖心"},
                                      {kinds::volunteer::volunteer_no, "V0001"},
                                      {kinds::volunteer::grid_id, "350582006001009"}});
  const auto& rows = find(world, "陈暖心");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].title == "陈* · V0001");
}

TEST_CASE("Search: typing keeps what was opened lately", "[app]") {
  SessionWorld world;
  const auto family = world.family("501", {{"张建国", "02", "1", "1991-05-01"}});
  world.handle(OpenHousehold{family.household});
  world.handle(GoTo{Tab::search});
  REQUIRE(world.state().search.recent.size() == 1);
  CHECK(world.state().search.recent[0].matched.empty());
  find(world, "zjg");
  CHECK(world.state().search.recent.size() == 1);
}

TEST_CASE("Card: facts stand by section in the order of the dictionary, each with who said it", "[app]") {
  SessionWorld world;
  const RecordId shop = enterprise(world, "鑫旺纺织");
  world.handle(OpenCard{{e::kKind, shop}});
  const CardState& card = world.state().card;
  CHECK(card.title == "鑫旺纺织");
  CHECK(card.subtitle == "企业店面 · 锦绣路12号");
  CHECK(card.sync == RecordSync::pending);
  std::vector<std::string> sections;
  for (const FactSection& section : card.sections) sections.push_back(section.key);
  CHECK(sections == std::vector<std::string>{"basic", "place", "contact", "record"});
  const Fact* name = find_fact(card, e::name);
  REQUIRE(name != nullptr);
  CHECK(name->provenance.text == "2026-03-05 · 李晓 · 户口簿 · 见证件");
  CHECK(find_fact(card, e::building_id)->text == "阳光花园 3栋");
  CHECK(find_fact(card, e::staff_count) == nullptr);
  CHECK_FALSE(card.unfilled.empty());
}

TEST_CASE("Card: a number is masked until the access is logged", "[app]") {
  SessionWorld world;
  const RecordId shop = enterprise(world, "鑫旺纺织");
  const RecordRef ref{e::kKind, shop};
  world.handle(OpenCard{ref});
  CHECK(find_fact(world.state().card, e::responsible_phone)->text == "138****8000");
  CHECK(find_fact(world.state().card, e::responsible_name)->text == "林小明");
  world.handle(RevealField{ref, e::responsible_phone});
  CHECK(accesses(world) == 1);
  CHECK(find_fact(world.state().card, e::responsible_phone)->text == "13800138000");
  world.handle(OpenHistory{ref, e::responsible_phone});
  CHECK(world.state().history->masked);
}

TEST_CASE("Card: a role that works without names sees masks for them too", "[app]") {
  SessionWorld world;
  const RecordId shop = enterprise(world, "鑫旺纺织");
  Identity identity = world.store().identity().value().value();
  identity.role = "supervisor";
  REQUIRE(world.store().set_identity(identity).ok());
  world.handle(OpenCard{{e::kKind, shop}});
  CHECK(find_fact(world.state().card, e::responsible_name)->text == "林*");
  world.handle(OpenHistory{{e::kKind, shop}, e::responsible_name});
  CHECK(world.state().history->now->text == "林*");
}

TEST_CASE("Card: related records open, and Back leads to the card before", "[app]") {
  SessionWorld world;
  const RecordId shop = enterprise(world, "鑫旺纺织");
  world.handle(OpenRecord{{e::kKind, shop}});
  REQUIRE(world.state().card.links.size() == 1);
  const CardLink link = world.state().card.links.front();
  CHECK(link.title == "阳光花园 3栋");
  CHECK_FALSE(link.has_page);
  world.handle(OpenCard{link.record});
  CHECK(world.state().card.title == "3栋");
  world.handle(Back{});
  CHECK(world.state().card.title == "鑫旺纺织");
  world.handle(Back{});
  CHECK(world.state().pages.empty());
}

TEST_CASE("Card: a record that is not on this tablet is an error in words", "[app]") {
  SessionWorld world;
  world.handle(OpenCard{{e::kKind, building_of(world)}});
  CHECK(world.state().card.load.phase == Load::Phase::failed);
  CHECK(world.state().card.load.error == Errc::not_found);
}
