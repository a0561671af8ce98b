#include "tests/server/handover_world.hpp"

#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

namespace person = kinds::person;

}  // namespace

HandoverWorld::HandoverWorld() {
  PhotoTablet& before = enrol('z');
  before_ = before.no;
  save_person(before, "陈静");
  REQUIRE(sync(before).ok());
}

RecordRef HandoverWorld::save_person(PhotoTablet& tablet, const std::string& name) {
  SaveRequest request;
  request.edits = {{person::kKind, {}, {{person::name, name}}, {}}};
  request.provenance = {Source::self, Verified::declared, 0};
  const auto saved = tablet.store->save(request);
  if (!saved.ok()) FAIL(to_log_line(saved.error()));
  return saved->front().ref;
}

void HandoverWorld::save_long_case(PhotoTablet& tablet) {
  namespace c = kinds::case_;
  std::string text;
  for (int i = 0; i < 300; ++i) text += "水";
  SaveRequest request;
  request.edits = {{c::kKind, {}, {{c::no, std::string("350582006001003-20260305-A001")}, {c::text, text}}, {}}};
  const auto saved = tablet.store->save(request);
  if (!saved.ok()) FAIL(to_log_line(saved.error()));
}

void HandoverWorld::rename(PhotoTablet& tablet, const RecordRef& ref, const std::string& name) {
  clock.advance(std::chrono::minutes{1});
  SaveRequest request;
  request.edits = {{ref.kind, ref.id, {{person::name, name}}, {}}};
  request.provenance = {Source::self, Verified::declared, 0};
  const auto saved = tablet.store->save(request);
  if (!saved.ok()) FAIL(to_log_line(saved.error()));
}

std::string HandoverWorld::name_of(PhotoTablet& tablet, const RecordRef& ref) {
  const auto record = tablet.store->find(ref).value();
  return record ? std::string(record->text(person::name)) : std::string();
}

HandOver HandoverWorld::hand_over(PhotoTablet& tablet) {
  return HandOver({.store = *tablet.store,
                   .clock = clock,
                   .random = random,
                   .sign = [&](std::string_view b) { return tablet.key.sign(b); },
                   .check = check(),
                   .seal_box = seal_box,
                   .open_box = [&](std::string_view b) { return tablet.key.open_box(b); }});
}

std::string HandoverWorld::exported(PhotoTablet& tablet) {
  HandOver handing = hand_over(tablet);
  auto exported = handing.export_parcels();
  if (!exported.ok()) FAIL(to_log_line(exported.error()));
  CHECK(exported->left == 0);
  REQUIRE(handing.note_exported(*exported).ok());
  return std::move(exported->file);
}

Result<HandOver::Imported> HandoverWorld::import(PhotoTablet& tablet, const std::string& file) {
  return hand_over(tablet).import_parcels(file);
}

HandOver::Imported HandoverWorld::imported(PhotoTablet& tablet, const std::string& file) {
  const auto done = import(tablet, file);
  if (!done.ok()) FAIL(to_log_line(done.error()));
  return *done;
}

ParcelCourier HandoverWorld::courier(PhotoTablet& tablet) {
  return {*tablet.store, random, [&](std::string_view b) { return tablet.key.sign(b); }, check()};
}

Result<std::string> HandoverWorld::carry_parcels(std::string_view sealed) {
  const auto sign = [&](std::string_view b) { return server_key_.sign(b); };
  server::SyncService sync(
      {.dictionary = dictionary, .clock = clock, .stores = {&store()}, .sign = sign, .verify = verify_signature});
  server::ParcelService service({.sync = sync,
                                 .clock = clock,
                                 .stores = {&store()},
                                 .sign = sign,
                                 .verify = verify_signature,
                                 .open_box = [&](std::string_view b) { return server_key_.open_box(b); },
                                 .seal_box = seal_box});
  return service.handle(sealed);
}

Result<ParcelCourier::Outcome> HandoverWorld::bring(PhotoTablet& tablet) {
  ParcelCourier bringing = courier(tablet);
  ParcelCourier::Outcome all;
  for (;;) {
    RUHU_TRY(const auto trip, bringing.prepare());
    if (!trip) return all;
    RUHU_TRY(const auto answer, carry_parcels(trip->sealed));
    RUHU_TRY(const auto outcome, bringing.take_in(*trip, answer));
    all.taken += outcome.taken;
    all.refused += outcome.refused;
  }
}

std::size_t HandoverWorld::ops_at_platform() {
  std::size_t count = 0;
  const auto tx = store().begin().value();
  REQUIRE(tx->each_op([&](const server::StoredOp& op) -> Status {
              count += op.change.id.tablet == before_ ? 0U : 1U;
              return {};
            }).ok());
  return count;
}

bool HandoverWorld::all_sound() {
  for (const std::string& line : audit()) UNSCOPED_INFO(line);
  return audit().empty();
}

}  // namespace ruhu::test
