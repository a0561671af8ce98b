#include "sync/replicator/trip_pace.hpp"

#include "tests/support/catch.hpp"

namespace ruhu {
namespace {

using std::chrono::seconds;

}  // namespace

TEST_CASE("Trip pace: full quick trips double it up to the most that fits into a message") {
  TripPace pace(0);
  CHECK(pace.batches() == TripPace::kFirst);
  pace.came_back(4, seconds{1});
  CHECK(pace.batches() == 8);
  pace.came_back(8, seconds{1});
  pace.came_back(16, seconds{1});
  CHECK(pace.batches() == TripPace::kMost);
  pace.came_back(TripPace::kMost, seconds{1});
  CHECK(pace.batches() == TripPace::kMost);
}

TEST_CASE("Trip pace: slow trips and cuts halve it down to one batch") {
  TripPace pace(8);
  pace.came_back(8, seconds{16});
  CHECK(pace.batches() == 4);
  pace.was_cut(4);
  CHECK(pace.batches() == 2);
  pace.was_cut(2);
  pace.was_cut(1);
  CHECK(pace.batches() == 1);
}

TEST_CASE("Trip pace: a trip that was cut though it was not full halves what it carried") {
  TripPace pace(16);
  pace.was_cut(4);
  CHECK(pace.batches() == 2);
}

TEST_CASE("Trip pace: trips that take their time, are not full or carry nothing leave it") {
  TripPace pace(8);
  pace.came_back(8, seconds{10});
  pace.came_back(3, seconds{1});
  pace.came_back(0, seconds{60});
  pace.was_cut(0);
  CHECK(pace.batches() == 8);
}

TEST_CASE("Trip pace: what is kept from elsewhere is bounded") {
  CHECK(TripPace(-5).batches() == TripPace::kFirst);
  CHECK(TripPace(1'000'000).batches() == TripPace::kMost);
}

}  // namespace ruhu
