#include "tests/server/device.hpp"

#include <algorithm>
#include <filesystem>

#include "server/ingest/sync_service.hpp"
#include "sync/protocol/snapshot_rows.hpp"
#include "sync/replicator/replicator.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_signature.hpp"

namespace ruhu::test {

namespace fs = std::filesystem;
namespace person = kinds::person;

Device::Device(PlatformWorld& world, const server::Tablet& row) : world_(world), key_(row.public_key) {
  open();
  Identity identity;
  identity.tablet = row.no;
  identity.actor = row.actor;
  identity.role = row.role;
  identity.scopes = row.scopes;
  identity.epoch = world.store().epoch();
  REQUIRE(store_->set_identity(identity).ok());
}

Device::Device(Device& other) : world_(other.world_), key_(other.key_) {
  other.store_.reset();
  fs::copy_file(other.folder_.file("tablet.db"), folder_.file("tablet.db"));
  other.open();
  open();
}

RecordRef Device::meet(const std::string& name, std::vector<Cell> more) {
  more.push_back({person::name, name});
  return save({}, std::move(more));
}

void Device::rename(const RecordRef& ref, const std::string& name) { save(ref.id, {{person::name, name}}); }

std::string Device::name_of(const RecordRef& ref) {
  const auto record = store_->find(ref).value();
  return record ? std::string(record->text(person::name)) : "";
}

std::optional<Errc> Device::sync(int trips_max) {
  Replicator replicator(
      *store_, world_.clock, world_.random, [&](std::string_view bytes) { return fake_signature(key_, bytes); },
      [](TabletNo, std::string_view bytes, std::string_view s) { return s == fake_signature(kFakeServerKey, bytes); });
  for (int trip = 0; trip < trips_max; ++trip) {
    const auto prepared = replicator.prepare();
    REQUIRE(prepared.ok());
    const auto answer = ask(prepared->sealed);
    if (!answer.ok()) return answer.error().code;
    count_rows(*answer);
    const auto outcome = replicator.take_in(*prepared, *answer);
    if (!outcome.ok()) return outcome.error().code;
    if (!outcome->more) return std::nullopt;
  }
  return Errc::timed_out;
}

void Device::count_rows(std::string_view answer) {
  const auto anybody = [](TabletNo, std::string_view, std::string_view) { return true; };
  const auto response = decode_response(open_envelope(answer, anybody)->message).value();
  for (const PackedChunk& chunk : response.chunks) rows_from_chunks += decode_snapshot_rows(chunk.rows)->size();
  for (const LogEntry& entry : response.news.entries) told.push_back(entry.record);
}

Result<std::string> Device::ask(std::string_view sealed) {
  const auto sign = [](std::string_view bytes) { return fake_signature(kFakeServerKey, bytes); };
  const auto verify = [](std::string_view key, std::string_view bytes, std::string_view signature) {
    return signature == fake_signature(key, bytes);
  };
  return server::SyncService({world_.dictionary, world_.clock, {&world_.store()}, sign, verify, {}, policy})
      .handle(sealed);
}

void Device::open() {
  DatabaseOptions options;
  options.path = folder_.file("tablet.db");
  store_ = Store::open(options, world_.dictionary, world_.clock, world_.random).value();
}

RecordRef Device::save(std::optional<RecordId> id, std::vector<Cell> cells) {
  world_.clock.advance(std::chrono::minutes{1});
  std::sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.column < b.column; });
  const auto saved = store_->save({{{person::kKind, id, std::move(cells), {}}}, {}, {}});
  REQUIRE(saved.ok());
  return saved->front().ref;
}

}  // namespace ruhu::test
