#include "sync/replicator/batches.hpp"
#include "tests/server/handover_world.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

/// A tablet with more to send than one trip takes; trips last as long as they are said to.
struct Backlog : HandoverWorld {
  PhotoTablet& tablet = enrol('a');
  server::SyncService service{{.dictionary = dictionary,
                               .clock = clock,
                               .stores = {&store()},
                               .sign = [this](std::string_view b) { return server_key_.sign(b); },
                               .verify = verify_signature}};
  Replicator replicator{*tablet.store, clock, random, [this](std::string_view b) { return tablet.key.sign(b); },
                        check()};

  Backlog() {
    for (int i = 0; i < 2'500; ++i) save_long_case(tablet);
  }
  /// One trip of that many seconds; how many batches it carried.
  std::size_t trip(int seconds) {
    const auto trip = replicator.prepare().value();
    const auto answer = service.handle(trip.sealed).value();
    clock.advance(std::chrono::seconds{seconds});
    REQUIRE(replicator.take_in(trip, answer).ok());
    return trip.batches;
  }
  std::size_t cut_trip() {
    const auto trip = replicator.prepare().value();
    REQUIRE(replicator.trip_was_cut(trip).ok());
    return trip.batches;
  }
};

}  // namespace

TEST_CASE("Trip size: a cut halves it, slowness too, quick trips double it, and the next run goes on from there") {
  Backlog backlog;
  CHECK(backlog.cut_trip() == 4);
  CHECK(backlog.cut_trip() == 2);
  CHECK(backlog.cut_trip() == 1);
  CHECK(backlog.trip(10) == 1);
  CHECK(backlog.trip(1) == 1);
  Replicator later(
      *backlog.tablet.store, backlog.clock, backlog.random, [](std::string_view) { return std::string(); },
      [](TabletNo, std::string_view, std::string_view) { return false; });
  CHECK(later.prepare()->batches == 2);
  CHECK(backlog.trip(20) == 2);
  CHECK(backlog.trip(20) == 1);
}

}  // namespace ruhu::test
