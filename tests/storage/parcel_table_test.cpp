#include "storage/parcels/parcel_table.hpp"

#include "tests/storage/store_world.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

struct Parcels {
  StoreWorld world;
  std::unique_ptr<Store> store = world.enrolled();
  ParcelTable& parcels = store->parcels();
};

CarriedParcel carried(const std::string& box, std::uint32_t tablet = 9) {
  return {0, CarriedParcel::State::to_platform, {tablet}, box};
}

}  // namespace

TEST_CASE("Parcels: own ops count as handed over from the first parcel on until they are confirmed") {
  Parcels p;
  CHECK(p.parcels.handed_over(3)->upto == 3);
  CHECK_FALSE(p.parcels.handed_over(3)->since);
  const Instant first = p.world.clock.now();
  REQUIRE(p.parcels.note_own({{11, {7}, {1}, 5, first}}).ok());
  p.world.clock.advance(std::chrono::hours{1});
  REQUIRE(p.parcels.note_own({{12, {7}, {1}, 8, p.world.clock.now()}}).ok());
  CHECK(p.parcels.handed_over(3)->upto == 8);
  CHECK(p.parcels.handed_over(3)->since == first);
  CHECK(p.parcels.handed_over(5)->since == p.world.clock.now());
  CHECK(p.parcels.handed_over(8)->upto == 8);
  CHECK_FALSE(p.parcels.handed_over(8)->since);
  CHECK(p.parcels.find_own(11)->value().upto == 5);
  REQUIRE(p.parcels.forget_own(11).ok());
  CHECK_FALSE(p.parcels.find_own(11)->has_value());
}

TEST_CASE("Parcels: own ones are forgotten with a new epoch and after two months") {
  Parcels p;
  REQUIRE(p.parcels.note_own({{11, {7}, {1}, 5, p.world.clock.now()}}).ok());
  p.world.clock.advance(std::chrono::hours{24 * 61});
  REQUIRE(p.parcels.note_own({{12, {7}, {1}, 5, p.world.clock.now()}}).ok());
  CHECK_FALSE(p.parcels.find_own(11)->has_value());
  REQUIRE(p.store->begin_epoch({99}).ok());
  CHECK_FALSE(p.parcels.find_own(12)->has_value());
}

TEST_CASE("Parcels: what is carried comes once, leaves in order, and its answer stays for a month") {
  Parcels p;
  CHECK(p.parcels.carry({carried("first"), carried("second")}).value() == 2);
  CHECK(p.parcels.carry({carried("first")}).value() == 0);
  const auto waiting = p.parcels.to_platform(SIZE_MAX).value();
  REQUIRE(waiting.size() == 2);
  CHECK(waiting.front().box == "first");
  CHECK(p.parcels.to_platform(1)->size() == 1);  // at least one
  REQUIRE(p.parcels.deliver(waiting.front(), "answer").ok());
  REQUIRE(p.parcels.refuse(waiting.back()).ok());
  CHECK(p.parcels.count(CarriedParcel::State::to_platform).value() == 0);
  REQUIRE(p.parcels.to_tablets()->size() == 1);
  CHECK(p.parcels.to_tablets()->front().box == "answer");
  CHECK(p.parcels.to_tablets()->front().tablet == TabletNo{9});
  CHECK(p.parcels.carry({carried("first"), carried("second")}).value() == 0);
  p.world.clock.advance(std::chrono::hours{24 * 31});
  CHECK(p.parcels.carry({carried("third")}).value() == 1);
  CHECK(p.parcels.to_tablets()->empty());
}

TEST_CASE("Parcels: a tablet carries no more than it may, and then takes none of a file") {
  Parcels p;
  CHECK(p.parcels.carry({carried(std::string(kParcelBytesMax + 1, 'x'))}).error().code == Errc::too_large);
  CHECK(p.parcels.carry({carried("")}).error().code == Errc::too_large);
  std::vector<CarriedParcel> many;
  for (std::int64_t i = 0; i <= kCarriedParcelsMax; ++i) many.push_back(carried("box " + std::to_string(i)));
  CHECK(p.parcels.carry(many).error().code == Errc::too_large);
  CHECK(p.parcels.count(CarriedParcel::State::to_platform).value() == 0);
  many.pop_back();
  CHECK(p.parcels.carry(many).value() == kCarriedParcelsMax);
}

}  // namespace ruhu::test
