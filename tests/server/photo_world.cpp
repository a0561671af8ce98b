#include "tests/server/photo_world.hpp"

#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

namespace c = kinds::case_;

}  // namespace

PhotoWorld::PhotoWorld() = default;

PhotoTablet& PhotoWorld::enrol(char letter, std::vector<ScopeCode> scopes) {
  auto key = SigningKey::from_seed(std::string(SigningKey::kSeedBytes, letter));
  server::Tablet row;
  {
    const auto tx = store().begin().value();
    row.public_key = key.public_key();
    row.actor = tx->add_account(std::string("网格员 ") + letter, "worker").value().no;
    row.role = "worker";
    row.scopes = scopes;
    row = tx->add_tablet(row).value();
    REQUIRE(tx->commit().ok());
  }
  DatabaseOptions options;
  options.path = ":memory:";
  auto store = Store::open(options, dictionary, clock, random).value();
  Identity identity;
  identity.tablet = row.no;
  identity.actor = row.actor;
  identity.actor_name = "网格员";
  identity.role = "worker";
  identity.scopes = std::move(scopes);
  identity.epoch = this->store().epoch();
  identity.server_key = server_key_.public_key();
  REQUIRE(store->set_identity(identity).ok());
  tablets_.push_back(std::make_unique<PhotoTablet>(PhotoTablet{std::move(store), std::move(key), row.no}));
  return *tablets_.back();
}

RecordRef PhotoWorld::save_case(PhotoTablet& tablet, const std::vector<NewAttachment>& photos, ScopeCode grid) {
  std::vector<std::string> ids;
  for (const NewAttachment& one : photos) ids.push_back(to_string(id_of(one)));
  SaveRequest request;
  RecordEdit edit;
  edit.kind = c::kKind;
  edit.cells = {{c::grid_id, to_string(grid)},
                {c::no, "350582006001003-20260305-A" + std::to_string(100 + random.below(900))},
                {c::category, std::string("22")},
                {c::text, std::string("雨天路面积水很深，老人出门不便")}};
  if (!ids.empty()) edit.cells.push_back({c::photos, TextSet::of(ids)});
  request.edits = {edit};
  request.attachments = photos;
  const auto saved = tablet.store->save(request);
  if (!saved.ok()) FAIL(to_log_line(saved.error()));
  return saved->front().ref;
}

CheckSignature PhotoWorld::check() const {
  return [this](TabletNo, std::string_view bytes, std::string_view signature) {
    return verify_signature(server_key_.public_key(), bytes, signature);
  };
}

Status PhotoWorld::sync(PhotoTablet& tablet) {
  server::SyncService service({.dictionary = dictionary,
                               .clock = clock,
                               .stores = {&store()},
                               .sign = [&](std::string_view b) { return server_key_.sign(b); },
                               .verify = verify_signature});
  Replicator replicator(
      *tablet.store, clock, random, [&](std::string_view b) { return tablet.key.sign(b); }, check());
  for (bool more = true; more;) {
    RUHU_TRY(const auto trip, replicator.prepare());
    RUHU_TRY(const auto answer, service.handle(trip.sealed));
    RUHU_TRY(const auto outcome, replicator.take_in(trip, answer));
    more = outcome.more;
  }
  return {};
}

server::AttachmentService PhotoWorld::service() {
  return server::AttachmentService({.clock = clock,
                                    .stores = {&store()},
                                    .sign = [&](std::string_view b) { return server_key_.sign(b); },
                                    .verify = verify_signature,
                                    .brought_per_day_max = per_day_});
}

AttachmentMover PhotoWorld::mover(PhotoTablet& tablet, AttachmentMover::Originals originals) {
  return {*tablet.store, clock, random, [&](std::string_view b) { return tablet.key.sign(b); }, check(), originals};
}

Result<std::string> PhotoWorld::carry(std::string_view sealed) { return service().handle(sealed); }

Result<AttachmentReport> PhotoWorld::move(PhotoTablet& tablet, AttachmentMover::Originals originals, Cut cut,
                                          int at_trip) {
  AttachmentMover moving = mover(tablet, originals);
  AttachmentReport report;
  for (int no = 0;; ++no) {
    RUHU_TRY(const auto trip, moving.prepare());
    if (!trip) return report;
    const bool hit = cut != Cut::nothing && no == at_trip;
    if (hit && cut == Cut::request) return report;
    RUHU_TRY(const auto answer, carry(trip->sealed));
    if (hit) {
      report.content_up += trip->content_bytes;
      return report;
    }
    RUHU_TRY(const auto moved, moving.take_in(*trip, answer));
    report.add(moved);
  }
}

AttachmentReport PhotoWorld::sync_all(PhotoTablet& tablet) {
  const Status synced = sync(tablet);
  if (!synced.ok()) FAIL(to_log_line(synced.error()));
  const auto report = move(tablet);
  if (!report.ok()) FAIL(to_log_line(report.error()));
  return *report;
}

NewAttachment photo(char letter, std::size_t bytes) {
  NewAttachment made;
  SeededRandom random(static_cast<std::uint64_t>(letter));
  while (made.content.size() < bytes) made.content += static_cast<char>(random.next());
  made.thumbnail = std::string(2'000, letter);
  return made;
}

AttachmentId id_of(const NewAttachment& photo) { return read_attachment_id(sha256(photo.content)); }

}  // namespace ruhu::test
