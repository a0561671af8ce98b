#include "server/ingest/sync_service.hpp"

#include "dictionary_constants.hpp"
#include "platform/base/random.hpp"
#include "platform/keys/crypto.hpp"
#include "server/store/sqlite_store.hpp"
#include "storage/store.hpp"
#include "sync/replicator/replicator.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"

namespace ruhu::server {
namespace {

constexpr ScopeCode kGrid{350582006001003};

SigningKey key_of(char letter) { return SigningKey::from_seed(std::string(SigningKey::kSeedBytes, letter)); }

DatabaseOptions in_memory() {
  DatabaseOptions options;
  options.path = ":memory:";
  return options;
}

/// A platform with both realms and one enrolled live tablet, in memory; messages are passed by hand.
class OneTablet {
 public:
  OneTablet() {
    enrol();
    RUHU_ASSERT(store_->set_identity(identity()).ok());
  }

  /// As enrolled; tests change a copy and give it back.
  Identity identity() const {
    Identity identity;
    identity.tablet = no_;
    identity.actor = actor_;
    identity.actor_name = "李网格";
    identity.role = "worker";
    identity.scopes = {kGrid, kGrid.community()};
    identity.epoch = live_->epoch();
    identity.server_key = server_key_.public_key();
    return identity;
  }

  void become(const Identity& identity) { REQUIRE(store_->set_identity(identity).ok()); }
  void save() {
    REQUIRE(
        store_->save({{{kinds::person::kKind, {}, {{kinds::person::name, std::string("张三")}}, {}}}, {}, {}}).ok());
  }

  /// One trip; nothing: everything went well.
  std::optional<Errc> sync() {
    Replicator replicator(
        *store_, clock_, random_, [&](std::string_view bytes) { return key_.sign(bytes); },
        [&](TabletNo, std::string_view bytes, std::string_view signature) {
          return verify_signature(server_key_.public_key(), bytes, signature);
        });
    const auto trip = replicator.prepare();
    REQUIRE(trip.ok());
    const auto answer = service_.handle(trip->sealed);
    if (!answer.ok()) return answer.error().code;
    const auto outcome = replicator.take_in(*trip, *answer);
    return outcome.ok() ? std::nullopt : std::optional(outcome.error().code);
  }

  std::size_t ops_in(PlatformStore& store) {
    std::size_t count = 0;
    const auto tx = store.begin().value();
    REQUIRE(tx->each_op([&](const StoredOp&) -> Status { return ++count, Status{}; }).ok());
    return count;
  }
  std::size_t live_ops() { return ops_in(*live_); }
  std::size_t practice_ops() { return ops_in(*practice_); }
  std::int64_t queued() { return store_->changes().queued_count().value(); }
  void sign_with(char letter) { key_ = key_of(letter); }

 private:
  void enrol() {
    const auto tx = live_->begin().value();
    actor_ = tx->add_account("李网格", "worker").value().no;
    Tablet row;
    row.public_key = key_.public_key();
    row.actor = actor_;
    row.role = "worker";
    row.scopes = {kGrid, kGrid.community()};
    no_ = tx->add_tablet(row).value().no;
    RUHU_ASSERT(tx->commit().ok());
  }

  const Dictionary dictionary_ = Dictionary::built_in().value();
  test::ManualClock clock_;
  SeededRandom random_{11};
  SigningKey key_ = key_of('t');
  SigningKey server_key_ = key_of('s');
  std::unique_ptr<PlatformStore> live_ = open_sqlite_store(in_memory(), dictionary_, Realm::live, random_).value();
  std::unique_ptr<PlatformStore> practice_ =
      open_sqlite_store(in_memory(), dictionary_, Realm::practice, random_).value();
  TabletNo no_;
  ActorNo actor_;
  std::unique_ptr<Store> store_ = Store::open(in_memory(), dictionary_, clock_, random_).value();
  SyncService service_{{dictionary_,
                        clock_,
                        {live_.get(), practice_.get()},
                        [this](std::string_view bytes) { return server_key_.sign(bytes); },
                        verify_signature,
                        {}}};
};

/// Refused with that code; nothing was taken, nothing was forgotten, and as itself the tablet gets through.
void check_refused_as(const Identity& tampered, Errc expected, OneTablet& world) {
  world.become(tampered);
  CHECK(world.sync() == expected);
  CHECK(world.live_ops() == 0);
  CHECK(world.practice_ops() == 0);
  CHECK(world.queued() == 1);
  world.become(world.identity());
  CHECK(world.sync() == std::nullopt);
  CHECK(world.live_ops() == 1);
  CHECK(world.practice_ops() == 0);
  CHECK(world.queued() == 0);
}

}  // namespace

TEST_CASE("SyncService: a request that claims the other realm is refused") {
  OneTablet world;
  world.save();
  Identity tampered = world.identity();
  tampered.realm = Realm::practice;
  check_refused_as(tampered, Errc::wrong_realm, world);
}

TEST_CASE("SyncService: a tablet of another epoch is refused once, and comes again in the present one") {
  OneTablet world;
  world.save();
  Identity tampered = world.identity();
  ++tampered.epoch.value;
  world.become(tampered);
  CHECK(world.sync() == std::nullopt);
  CHECK(world.live_ops() == 0);
  CHECK(world.queued() == 1);
  CHECK(world.sync() == std::nullopt);
  CHECK(world.live_ops() == 1);
  CHECK(world.queued() == 0);
}

TEST_CASE("SyncService: a request of another incarnation is refused") {
  OneTablet world;
  world.save();
  Identity tampered = world.identity();
  ++tampered.incarnation;
  check_refused_as(tampered, Errc::tablet_unknown, world);
}

TEST_CASE("SyncService: a request under another tablet's number is refused") {
  OneTablet world;
  world.save();
  Identity tampered = world.identity();
  ++tampered.tablet.value;
  check_refused_as(tampered, Errc::not_authorised, world);
}

TEST_CASE("SyncService: a request under another key is refused") {
  OneTablet world;
  world.save();
  world.sign_with('x');
  CHECK(world.sync() == Errc::not_authorised);
  CHECK(world.live_ops() == 0);
  CHECK(world.queued() == 1);
}

}  // namespace ruhu::server
