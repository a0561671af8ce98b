#include "tests/app/session_world.hpp"

#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

constexpr ScopeCode kGrid{350'582'006'001'003};

class NoNetwork final : public Transport {
 public:
  Result<std::string> exchange(std::string_view, std::stop_token) override { return make_error(Errc::offline); }
};

Identity worker() {
  Identity identity;
  identity.tablet = {7};
  identity.actor = {42};
  identity.actor_name = "李晓";
  identity.role = "worker";
  identity.scopes = {kGrid, kGrid.community()};
  identity.server_url = "https://grid.example.cn:8443/ruhu";
  return identity;
}

}  // namespace

SessionWorld::SessionWorld() : dictionary_(Dictionary::built_in().value()) {
  DatabaseOptions options;
  options.path = ":memory:";
  store_ = Store::open(options, dictionary_, clock_, random_).value();
  REQUIRE(store_->set_identity(worker()).ok());
  const RecordId compound =
      add(kinds::compound::kKind, {{kinds::compound::name, "阳光花园"}, {kinds::compound::kind, "1"}});
  namespace b = kinds::building;
  building_ = add(b::kKind, {{b::compound_id, compound}, {b::std_address, "3栋"}, {b::kind, "2"}});
  entrance_ = add(kinds::entrance::kKind, {{kinds::entrance::building_id, building_}, {kinds::entrance::no, "2"}});
  restart();
}

Session::Parts SessionWorld::parts(TaskRunner& store_runner, TaskRunner& net_runner) {
  const auto make_replicator = [this]() -> Result<std::unique_ptr<Replicator>> {
    const auto sign = [](std::string_view) { return std::string(kSignatureBytes, 's'); };
    const auto check = [](TabletNo, std::string_view, std::string_view) { return true; };
    return std::make_unique<Replicator>(*store_, clock_, random_, sign, check);
  };
  return {.dictionary = dictionary_,
          .clock = clock_,
          .random = random_,
          .store = store_,
          .store_runner = store_runner,
          .net_runner = net_runner,
          .make_replicator = make_replicator,
          .make_transport =
              [this](const Identity&) {
                ++runs_;
                return std::make_unique<NoNetwork>();
              },
          .wake = {},
          .lang = Lang::zh_cn,
          .version = "0.1.0",
          .syncs_by_itself = syncs_by_itself_};
}

void SessionWorld::restart() {
  session_.reset();
  session_ = std::make_unique<Session>(parts(store_runner_, net_runner_));
  session_->start();
}

std::vector<RecordId> SessionWorld::save(std::vector<RecordEdit> edits) {
  const auto saved = store_->save({std::move(edits), {Source::booklet, Verified::seen, 0}, {}});
  if (!saved.ok()) FAIL(to_log_line(saved.error()));
  std::vector<RecordId> ids;
  for (const SavedRecord& record : saved.value()) ids.push_back(record.ref.id);
  return ids;
}

RecordId SessionWorld::dwelling(const std::string& room, const std::string& tenure) {
  namespace d = kinds::dwelling;
  return add(d::kKind, {{d::building_id, building_},
                        {d::entrance_id, entrance_},
                        {d::room_no, room},
                        {d::occupancy, "occupied"},
                        {d::tenure, tenure}});
}

SessionWorld::Family SessionWorld::family(const std::string& room, const std::vector<Member>& members) {
  namespace p = kinds::person;
  Family family;
  family.dwelling = dwelling(room);
  for (const Member& member : members)
    family.people.push_back(add(p::kKind, {{p::name, member.name},
                                           {p::gender, member.gender},
                                           {p::birth_date, member.born},
                                           {p::category, "01"},
                                           {p::hukou_division, "350582"}}));
  family.household = add(kinds::household::kKind, {{kinds::household::dwelling_id, family.dwelling},
                                                   {kinds::household::head_person_id, family.people.front()},
                                                   {kinds::household::contact_phone, "13800138000"}});
  for (std::size_t i = 0; i < members.size(); ++i) {
    namespace m = kinds::membership;
    namespace r = kinds::residency;
    add(m::kKind,
        {{m::household_id, family.household}, {m::person_id, family.people[i]}, {m::relation, members[i].relation}});
    add(r::kKind, {{r::person_id, family.people[i]},
                   {r::dwelling_id, family.dwelling},
                   {r::kind, "1"},
                   {r::lives_here, true},
                   {r::registered_here, true},
                   {r::since, "2010"}});
  }
  return family;
}

Record SessionWorld::get(KindNo kind, const RecordId& id) {
  const auto record = store_->find({kind, id});
  REQUIRE(record.ok());
  REQUIRE(record.value().has_value());
  return *record.value();
}

std::vector<Record> SessionWorld::all(KindNo kind) { return store_->list(kind).value(); }

VisitInput SessionWorld::visit_input(const std::string& outcome) {
  VisitInput input = state().visit.initial;
  input.outcome = outcome;
  input.notice_given = true;
  if (!state().visit.roster.empty()) input.respondent = state().visit.roster.front().person;
  for (const RosterRow& row : state().visit.roster) input.roster.push_back({row.person, RosterAnswer::unchanged});
  return input;
}

}  // namespace ruhu::test
