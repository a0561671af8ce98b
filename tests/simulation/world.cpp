#include "tests/simulation/world.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "server/admin/import.hpp"
#include "server/ingest/ingest.hpp"
#include "server/store/sqlite_store.hpp"
#include "tests/support/fake_signature.hpp"

namespace ruhu::simulation {
namespace {

using test::fake_signature;
using test::kFakeServerKey;

constexpr ScopeCode kCommunity{350582006001};

/// The planted-fault runs and the real ones must differ in nothing else.
DatabaseOptions on_disk(const test::SimDisk& disk, const char* file) {
  DatabaseOptions options;
  options.path = file;
  options.vfs = disk.vfs();
  options.exclusive = true;
  return options;
}

std::string unique_disk_name(std::uint64_t seed, int number) {
  return "sim-" + std::to_string(seed) + "-" + std::to_string(number);
}

std::string digits(Random& random, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += static_cast<char>('0' + random.below(10));
  return out;
}

/// Ids from a small pool, so that workers name the same ones.
std::string few_ids(std::uint64_t which) { return "018f0000-0000-7000-8000-00000000000" + std::to_string(which); }

}  // namespace

Faults draw_faults(std::uint64_t seed) {
  SeededRandom random(seed * 0x9E3779B97F4A7C15ULL + 1);
  const auto up_to = [&](double most) {
    return random.chance(0.4) ? 0.0 : most * static_cast<double>(random.below(1000)) / 1000;
  };
  Faults faults;
  faults.lost_requests = up_to(0.3);
  faults.lost_replies = up_to(0.3);
  faults.cut_replies = up_to(0.2);
  faults.duplicates = up_to(0.5);
  faults.old_requests = up_to(0.3);
  faults.captive_portal = up_to(0.1);
  faults.tablet_crashes = up_to(0.1);
  faults.server_crashes = up_to(0.1);
  faults.clock_skew = std::chrono::hours{random.below(24 * 400)};
  if (random.chance(0.1)) faults.clock_skew = std::chrono::hours{24 * 365 * 50};
  const auto drawn = random.below(7);  // as often none as any
  faults.upheaval = drawn > 4 ? Faults::Upheaval::none : static_cast<Faults::Upheaval>(drawn);
  faults.full_disks = up_to(0.1);
  faults.border_moves = up_to(0.2);
  faults.scope_changes = up_to(0.1);
  faults.revoked = random.chance(0.2);
  faults.old_programs = random.chance(0.4);
  faults.snapshots = {
      .known_behind = 5 + random.below(60), .tail = random.below(30), .rows_per_chunk = 1 + random.below(20)};
  return faults;
}

/// What a program of the year before had: no needs, and persons without nicknames.
std::string older_dictionary_json() {
  auto json = nlohmann::json::parse(built_in_dictionary_json());
  json["version"] = json["version"].get<int>() - 1;
  nlohmann::json kinds = nlohmann::json::array();
  for (auto kind : json["kinds"]) {
    if (kind["kind"] == "need") continue;
    nlohmann::json fields = nlohmann::json::array();
    for (const auto& field : kind["fields"])
      if (field["name"] != "alias" && field.value("target", "") != "need") fields.push_back(field);
    kind["fields"] = fields;
    kinds.push_back(kind);
  }
  json["kinds"] = kinds;
  return json.dump();
}

World::World(WorldOptions options)
    : options_(options),
      dictionary_(Dictionary::built_in().value()),
      older_dictionary_(Dictionary::parse(older_dictionary_json()).value()),
      dictionary_of_platform_(Dictionary::parse(dictionary_of_platform(options.sabotage)).value()),
      random_(options.seed),
      saboteur_(options.sabotage, options.seed) {
  server_disk_ = std::make_unique<test::SimDisk>(unique_disk_name(options.seed, 0));
  start_server();
  grid_count_ = std::clamp(options.tablets / 2, 1, options.grids);
  for (const ScopeCode grid : grids()) make_homes(grid);
  for (int i = 1; i <= options.tablets; ++i) enrol(i, grids()[static_cast<std::size_t>((i - 1) % grid_count_)]);
  server_disk_->lie_about_syncs(options.sabotage == Sabotage::platform_disk_lies);
  for (auto& tablet : tablets_) tablet->disk->lie_about_syncs(options.sabotage == Sabotage::tablet_disk_lies);
}

void World::enrol(int number, ScopeCode grid) {
  auto tablet = std::make_unique<Tablet>();
  tablet->device = number - 1;
  tablet->dictionary = options_.faults.old_programs && number <= 3 ? &older_dictionary_ : &dictionary_;
  tablet->key = std::string(32, static_cast<char>('a' + number));
  tablet->disk = std::make_unique<test::SimDisk>(unique_disk_name(options_.seed, number));
  const auto skew = options_.faults.clock_skew.count();
  const auto off =
      skew == 0 ? 0 : static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(2 * skew))) - skew;
  tablet->clock.set_skew(Millis{off});
  const auto tx = platform_->begin().value();
  const auto account = tx->add_account("网格员 " + std::to_string(number), "worker").value();
  server::Tablet row;
  row.public_key = tablet->key;
  row.actor = account.no;
  row.role = "worker";
  row.scopes = {grid, kCommunity};
  tablet->no = tx->add_tablet(row).value().no;
  RUHU_ASSERT(tx->commit().ok());
  start_tablet(*tablet);
  Identity identity;
  identity.tablet = tablet->no;
  identity.actor = account.no;
  identity.actor_name = account.name;
  identity.role = "worker";
  identity.scopes = row.scopes;
  identity.epoch = platform_->epoch();
  identity.server_key = kFakeServerKey;
  RUHU_ASSERT(tablet->store->set_identity(identity).ok());
  tablets_.push_back(std::move(tablet));
}

World::~World() = default;

Store& World::store_of(std::size_t tablet) { return *tablets_[tablet]->store; }
server::PlatformStore& World::platform() { return *platform_; }

void World::note(std::string_view what, std::uint64_t detail) {
  const auto mix = [this](std::uint64_t n) { trace_ = (trace_ ^ n) * 0x100000001B3ULL; };
  for (const char c : what) mix(static_cast<unsigned char>(c));
  mix(detail);
}

void World::start_server() {
  service_.reset();
  platform_.reset();
  server_disk_->power_on();
  SeededRandom epochs(options_.seed ^ 0xE90C);
  auto opened =
      server::open_sqlite_store(on_disk(*server_disk_, "server.db"), dictionary_of_platform_, Realm::live, epochs);
  RUHU_ASSERT(opened.ok());
  platform_ = std::move(*opened);
  const auto verify = [](std::string_view key, std::string_view bytes, std::string_view signature) {
    return signature == fake_signature(key, bytes);
  };
  const auto sign = [](std::string_view bytes) { return fake_signature(kFakeServerKey, bytes); };
  service_ = std::make_unique<server::SyncService>(
      server::SyncService::Parts{dictionary_of_platform_,
                                 clock_,
                                 {platform_.get()},
                                 sign,
                                 verify,
                                 {.forget_op_ids = options_.sabotage == Sabotage::forget_op_ids},
                                 options_.faults.snapshots});
}

void World::start_tablet(Tablet& tablet) {
  tablet.replicator.reset();
  tablet.store.reset();
  tablet.disk->power_on();
  auto opened = Store::open(on_disk(*tablet.disk, "tablet.db"), *tablet.dictionary, tablet.clock, random_);
  RUHU_ASSERT(opened.ok());
  tablet.store = std::move(*opened);
  const auto sign = [key = tablet.key](std::string_view bytes) { return fake_signature(key, bytes); };
  const auto check = [](TabletNo, std::string_view bytes, std::string_view signature) {
    return signature == fake_signature(kFakeServerKey, bytes);
  };
  tablet.replicator = std::make_unique<Replicator>(*tablet.store, tablet.clock, random_, sign, check);
}

/// A few homes that everybody in the grid knows from the start.
void World::make_homes(ScopeCode grid) {
  const auto tx = platform_->begin().value();
  server::Importer importer(*tx, dictionary_, clock_);
  const auto add = [&](KindNo kind, std::vector<Cell> cells) {
    cells.push_back({kinds::person::grid_id, to_string(grid)});
    cells.push_back({kinds::person::status, std::string("active")});
    std::sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.column < b.column; });
    const RecordRef ref{kind, make_uuid_v7(clock_, random_)};
    RUHU_ASSERT(importer.add({ref, cells, {Source::import_, Verified::declared, 0}})->outcome == OpOutcome::applied);
    return ref.id;
  };
  const auto building = add(kinds::building::kKind, {{kinds::building::std_address, std::string("灵源街道1号")}});
  for (int i = 0; i < 4; ++i) {
    const auto home = add(kinds::dwelling::kKind, {{kinds::dwelling::building_id, building},
                                                   {kinds::dwelling::room_no, std::to_string(101 + i)}});
    const auto household = add(kinds::household::kKind, {{kinds::household::dwelling_id, home}});
    add(kinds::need::kKind, {{kinds::need::household_id, household}, {kinds::need::text, std::string("疏通下水")}});
    add(kinds::person::kKind, {{kinds::person::name, std::string("张三")}});
  }
  RUHU_ASSERT(importer.finish().ok() && tx->commit().ok());
}

void World::run(int steps) {
  for (int i = 0; i < steps; ++i) {
    step();
    upheave(i, steps);
    change_scopes(i, steps);
    upgrade_some(i, steps);
    if (i == steps / 2 || i == steps * 3 / 4) damage_a_database(*tablets_.front());
  }
}

/// While nobody has it open, as damage and stray scripts come.
void World::damage_a_database(Tablet& tablet) {
  const auto damage = disk_sabotage(options_.sabotage);
  if (!damage) return;
  if (damage->at_platform) service_.reset(), platform_.reset();
  if (!damage->at_platform) tablet.replicator.reset(), tablet.store.reset();
  {
    const auto db =
        Database::open(damage->at_platform ? on_disk(*server_disk_, "server.db") : on_disk(*tablet.disk, "tablet.db"))
            .value();
    RUHU_ASSERT(db->exec(std::string(damage->sql)).ok());
  }
  if (damage->at_platform) start_server();
  if (!damage->at_platform) start_tablet(tablet);
}

void World::step() {
  const Millis pause{random_.below(3'600'000)};
  clock_.advance(pause);
  for (auto& tablet : tablets_) tablet->clock.set(from_ms(to_ms(clock_.now())));
  Tablet& tablet = *tablets_[random_.below(tablets_.size())];
  const bool crash = happens(options_.faults.tablet_crashes);
  if (crash) tablet.disk->cut_power_after(static_cast<std::int64_t>(random_.below(40)));
  tablet.disk->set_full(happens(options_.faults.full_disks));
  if (random_.chance(0.7)) {
    save_something(tablet);
  } else {
    sync(tablet);
  }
  if (tablet.disk->is_off()) {
    note("crash", tablet.no.value);
    start_tablet(tablet);
    follow_number(tablet);
  }
  tablet.disk->never_cut();
  tablet.disk->set_full(false);
}

void World::save_something(Tablet& tablet) {
  const SaveRequest request = random_.chance(0.25) ? new_household() : edit_something(tablet);
  if (request.edits.empty()) return;
  const auto saved = tablet.store->save(request);
  note("save", saved.ok() ? 1 : 0);
  if (!saved.ok()) {
    const bool has_no_grid = saved.error().code == Errc::out_of_scope;
    if (!tablet.disk->is_off() && !tablet.disk->is_full() && !has_no_grid)
      complain("a save failed: " + to_log_line(saved.error()));
    return;
  }
  for (std::size_t i = 0; i < saved->size(); ++i) {
    note("op", (*saved)[i].op.counter);
    acked_.push_back({tablet.device, tablet.life, (*saved)[i].op, (*saved)[i].ref, request.edits[i].cells});
  }
}

SaveRequest World::new_household() {
  const RecordId person = make_uuid_v7(clock_, random_);
  const RecordId household = make_uuid_v7(clock_, random_);
  SaveRequest request;
  request.provenance = {Source::self, Verified::declared, 0};
  request.edits.push_back({kinds::person::kKind, person, {{kinds::person::name, std::string("李四")}}, {}});
  request.edits.push_back(
      {kinds::household::kKind,
       household,
       {{kinds::household::dwelling_id, make_uuid_v7(clock_, random_)}, {kinds::household::head_person_id, person}},
       {}});
  request.edits.push_back({kinds::membership::kKind,
                           {},
                           {{kinds::membership::household_id, household},
                            {kinds::membership::person_id, person},
                            {kinds::membership::relation, std::string("02")}},
                           {}});
  return request;
}

SaveRequest World::edit_something(Tablet& tablet) {
  static constexpr KindNo kKinds[] = {kinds::person::kKind, kinds::dwelling::kKind, kinds::household::kKind,
                                      kinds::need::kKind};
  const KindNo drawn = kKinds[random_.below(std::size(kKinds))];
  if (tablet.dictionary->find_kind(drawn) == nullptr) return {};
  const KindDef& kind = tablet.dictionary->get_kind(drawn);
  const auto records = tablet.store->list(kind.no);
  if (!records.ok() || records->empty()) return {};
  // Few records get most of the edits, so that workers meet.
  const Record& record = (*records)[random_.below(std::min<std::size_t>(records->size(), 3))];
  static const std::vector<std::string> kFields = {
      "phone",     "name",    "education",   "alias", "tenure",         "rental_hazards", "contact_phone",
      "best_time", "area_m2", "owner_phone", "state", "tried_team_ids", "picked_at"};
  RecordEdit edit{kind.no, record.ref.id, {}, {}};
  for (const auto& name : kFields) {
    const FieldDef* field = kind.find(name);
    if (field != nullptr && random_.chance(0.4)) edit.cells.push_back({field->no, random_value(*field)});
  }
  if (edit.cells.empty()) return {};
  const auto source = static_cast<Source>(1 + random_.below(9));
  edit.provenance = Provenance{source, static_cast<Verified>(1 + random_.below(3)), 0};
  return {{edit}, {}, {}};
}

Value World::random_value(const FieldDef& field) {
  if (random_.chance(0.1)) return random_.chance(0.5) ? Value{} : Value{static_cast<Gap>(1 + random_.below(3))};
  switch (field.type) {
    case FieldType::phone: return "138" + digits(random_, 8);
    case FieldType::time: return std::int64_t{1'772'000'000'000} + static_cast<std::int64_t>(random_.below(20));
    case FieldType::refs: return TextSet::of({few_ids(random_.below(6)), few_ids(random_.below(6))});
    case FieldType::number: return static_cast<double>(10 + random_.below(90));
    case FieldType::code: {
      const auto& codes = dictionary_.find_list(field.list)->codes;
      return codes[random_.below(codes.size())].code;
    }
    case FieldType::codes: {
      const auto& codes = dictionary_.find_list(field.list)->codes;
      return TextSet::of({codes[random_.below(codes.size())].code, codes[random_.below(codes.size())].code});
    }
    case FieldType::texts:
      return TextSet::of({"阿" + std::string(1, static_cast<char>('a' + random_.below(6))), "小明"});
    default: return "王五" + encode_utf8(std::u32string(1, U'甲' + static_cast<char32_t>(random_.below(40))));
  }
}

void World::sync(Tablet& tablet) {
  for (int trip = 0; trip < 20; ++trip) {
    const auto prepared = tablet.replicator->prepare();
    if (!prepared.ok()) return;
    old_requests_.push_back(prepared->sealed);
    if (old_requests_.size() > 50) old_requests_.erase(old_requests_.begin());
    const auto answer = deliver(prepared->sealed);
    note("trip", answer.ok() ? answer->size() : 0);
    if (!answer.ok()) return;
    watch_answer(tablet, *answer);
    const auto before = tablet.store->cursors();
    const Epoch epoch = prepared->identity.epoch;
    const auto outcome = tablet.replicator->take_in(*prepared, *answer);
    const bool same_epoch = !tablet.disk->is_off() && tablet.store->identity().value()->epoch == epoch;
    if (before.ok() && same_epoch) watch_cursors(*before, tablet);
    if (!tablet.disk->is_off()) follow_number(tablet);
    if (!outcome.ok()) {
      const Errc code = outcome.error().code;
      const bool expected = code == Errc::not_our_server || tablet.disk->is_off() || tablet.disk->is_full() ||
                            (faulty_ && code == Errc::server_failed);
      if (!expected) complain("taking in an answer failed: " + to_log_line(outcome.error()));
      return;
    }
    if (!outcome->more) return watch_references(tablet);
  }
  complain("a sync did not end");
}

Result<std::string> World::deliver(const std::string& request) {
  const Faults& faults = options_.faults;
  if (happens(faults.lost_requests)) return make_error(Errc::offline);
  if (happens(faults.captive_portal)) return std::string("<html>请登录 Wi-Fi</html>");
  if (happens(faults.old_requests)) {
    const auto old = serve(old_requests_[random_.below(old_requests_.size())]);
    note("old", old.ok() ? 1 : 0);
  }
  auto answer = serve(request);
  if (happens(faults.duplicates)) answer = serve(request);
  if (happens(faults.lost_replies)) return make_error(Errc::timed_out);
  if (answer.ok() && happens(faults.cut_replies)) return answer->substr(0, answer->size() / 2);
  return answer;
}

Result<std::string> World::serve(const std::string& request) {
  if (happens(options_.faults.server_crashes))
    server_disk_->cut_power_after(static_cast<std::int64_t>(random_.below(60)));
  auto answer = options_.sabotage == Sabotage::none ? service_->handle(request) : serve_sabotaged(request);
  const bool off = server_disk_->is_off();
  server_disk_->never_cut();
  if (!off) return answer;
  note("server crash", 0);
  start_server();
  return make_error(Errc::server_failed, "crashed");
}

std::string World::key_of(TabletNo no) const {
  for (const auto& tablet : tablets_)
    if (tablet->no == no) return tablet->key;
  return {};
}

/// Message by message through the saboteur's hands, who has all keys.
Result<std::string> World::serve_sabotaged(const std::string& sealed) {
  const auto anybody = [](TabletNo, std::string_view, std::string_view) { return true; };
  const auto opened = open_envelope(sealed, anybody).value();
  SyncRequest request = decode_request(opened.message).value();
  const auto by_tablet = [&](std::string_view bytes) { return fake_signature(key_of(opened.tablet), bytes); };
  const auto by_server = [](std::string_view bytes) { return fake_signature(kFakeServerKey, bytes); };
  if (auto unasked = saboteur_.answer_unasked(request)) {
    unasked->server_time = clock_.now();
    return seal(opened.tablet, encode_response(*unasked), by_server);
  }
  const bool changed = saboteur_.change_request(request);
  auto answer = service_->handle(changed ? seal(opened.tablet, encode_request(request), by_tablet) : sealed);
  if (!answer.ok()) return answer;
  SyncResponse response = decode_response(open_envelope(*answer, anybody)->message).value();
  if (!saboteur_.change_answer(response, *platform_)) return answer;
  return seal(opened.tablet, encode_response(response), by_server);
}

/// As an administrator does who has given a grid back: what had been set aside meanwhile may fit now.
void World::try_everything_again() {
  const auto tx = platform_->begin().value();
  const Status tried = server::Ingest(*tx, dictionary_of_platform_, clock_.now()).retry_all();
  if (!tried.ok() || !tx->commit().ok()) complain("the quarantine could not be tried again");
}

bool World::heal_and_drain(int rounds) {
  faulty_ = false;
  for (int round = 0; round < rounds; ++round) {
    for (auto& tablet : tablets_) sync(*tablet);
    if (round == 0) try_everything_again();
  }
  return std::all_of(tablets_.begin(), tablets_.end(), [](const auto& tablet) {
    const auto queued = tablet->store->changes().queued_count();
    return queued.ok() && *queued == 0;
  });
}

}  // namespace ruhu::simulation
