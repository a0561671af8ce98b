#include "tests/server/handover_world.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

/// A worker without a network, a leader who comes by, a colleague at the office, all of one grid.
struct Street : HandoverWorld {
  PhotoTablet& worker = enrol('a');
  PhotoTablet& leader = enrol('b');
  PhotoTablet& office = enrol('c');

  Street() {
    for (PhotoTablet* tablet : {&worker, &leader, &office}) REQUIRE(sync(*tablet).ok());
  }

  /// The worker's parcels travel to the platform and the answers back.
  HandOver::Imported round_trip() {
    CHECK(imported(leader, exported(worker)).carried == 1);
    CHECK(bring(leader)->taken == 1);
    return imported(worker, exported(leader));
  }
};

}  // namespace

TEST_CASE("Handover: what a leader carried is at the platform once, and the worker hears so from the leader's file") {
  Street street;
  const RecordRef person = street.save_person(street.worker, "张建国");
  const RecordRef theirs = street.save_person(street.office, "王芳");
  REQUIRE(street.sync(street.office).ok());
  const std::string file = street.exported(street.worker);
  CHECK(street.queued(street.worker) == 1);
  CHECK(street.handed_over(street.worker) == 1);
  CHECK(street.worker.store->figures()->handed_over_since == street.clock.now());
  CHECK(street.imported(street.leader, file).carried == 1);
  CHECK(street.leader.store->figures()->carried == 1);
  CHECK(street.name_of(street.leader, person).empty());  // carried unread
  CHECK(file.find("张建国") == std::string::npos);
  CHECK(street.bring(street.leader)->taken == 1);
  CHECK(street.ops_at_platform() == 2);
  const auto heard = street.imported(street.worker, street.exported(street.leader));
  CHECK(heard.acknowledged == 1);
  CHECK(heard.received == 1);
  CHECK(street.queued(street.worker) == 0);
  CHECK(street.handed_over(street.worker) == 0);
  CHECK(street.name_of(street.worker, theirs) == "王芳");
  CHECK(street.audit_of(street.worker).empty());
  CHECK(street.all_sound());
}

TEST_CASE(
    "Handover: the worker who meets the platform first loses and doubles nothing, in whatever order all arrives") {
  for (int order = 0; order < 4; ++order) {
    INFO("order " << order);
    Street street;
    const RecordRef person = street.save_person(street.worker, "张一");
    const std::string parcel = street.exported(street.worker);
    street.imported(street.leader, parcel);
    if (order == 0) REQUIRE(street.bring(street.leader).ok());
    street.rename(street.worker, person, "张二");
    if (order < 3) REQUIRE(street.sync(street.worker).ok());
    if (order == 1) REQUIRE(street.bring(street.leader).ok());
    street.rename(street.worker, person, "张三");
    REQUIRE(street.sync(street.worker).ok());
    if (order >= 2)
      REQUIRE(street.bring(street.leader).ok());  // late: the platform has more of the worker than it says
    const auto heard = street.imported(street.worker, street.exported(street.leader));
    CHECK(heard.acknowledged == 0);  // known already
    CHECK(heard.refused.empty());
    CHECK(street.name_of(street.worker, person) == "张三");
    street.rename(street.worker, person, "张四");
    REQUIRE(street.sync(street.worker).ok());
    CHECK(street.ops_at_platform() == 4);
    CHECK(street.worker.store->identity().value()->tablet == street.worker.no);
    CHECK(street.queued(street.worker) == 0);
    CHECK(street.conflicts().empty());
    REQUIRE(street.sync(street.office).ok());
    CHECK(street.name_of(street.office, person) == "张四");
    CHECK(street.audit_of(street.worker).empty());
    CHECK(street.all_sound());
  }
}

TEST_CASE("Handover: parcels and answers that come twice change nothing the second time") {
  Street street;
  street.save_person(street.worker, "张建国");
  const std::string parcel = street.exported(street.worker);
  CHECK(street.imported(street.leader, parcel).carried == 1);
  CHECK(street.imported(street.leader, parcel).carried == 0);
  CHECK(street.imported(street.office, parcel).carried == 1);
  CHECK(street.bring(street.leader)->taken == 1);
  CHECK(street.imported(street.leader, parcel).carried == 0);  // delivered and remembered
  CHECK(street.bring(street.office)->taken == 1);
  CHECK(street.ops_at_platform() == 1);
  const std::string answer = street.exported(street.leader);
  CHECK(street.imported(street.worker, answer).answers == 1);
  CHECK(street.imported(street.worker, answer).stale == 1);
  CHECK(street.imported(street.worker, street.exported(street.office)).stale == 1);
  CHECK(street.queued(street.worker) == 0);
  CHECK(street.audit_of(street.worker).empty());
}

TEST_CASE("Handover: a parcel that is lost is made up for by the next one, which holds all that is unconfirmed") {
  Street street;
  street.save_person(street.worker, "张一");
  street.exported(street.worker);  // lost with the stick that it lay on
  street.save_person(street.worker, "张二");
  CHECK(street.handed_over(street.worker) == 1);
  CHECK(street.round_trip().acknowledged == 2);
  CHECK(street.ops_at_platform() == 2);
  CHECK(street.handed_over(street.worker) == 0);
}

TEST_CASE("Handover: a newer parcel that arrives before an older one takes nothing back") {
  Street street;
  const RecordRef person = street.save_person(street.worker, "张一");
  street.imported(street.leader, street.exported(street.worker));
  street.rename(street.worker, person, "张二");
  street.imported(street.office, street.exported(street.worker));
  CHECK(street.bring(street.office)->taken == 1);
  CHECK(street.bring(street.leader)->taken == 1);
  CHECK(street.ops_at_platform() == 2);
  CHECK(street.imported(street.worker, street.exported(street.leader)).acknowledged == 1);
  CHECK(street.imported(street.worker, street.exported(street.office)).acknowledged == 1);
  CHECK(street.queued(street.worker) == 0);
  CHECK(street.name_of(street.worker, person) == "张二");
  CHECK(street.audit_of(street.worker).empty());
  CHECK(street.all_sound());
}

TEST_CASE("Handover: long queues take several parcels, whose answers count in any order") {
  Street street;
  for (int i = 0; i < 2'500; ++i) street.save_long_case(street.worker);
  CHECK(street.imported(street.leader, street.exported(street.worker)).carried > 1);
  CHECK(street.bring(street.leader)->taken > 1);
  CHECK(street.imported(street.worker, street.exported(street.leader)).acknowledged == 2'500);
  CHECK(street.queued(street.worker) == 0);
  CHECK(street.ops_at_platform() == 2'500);
  CHECK(street.audit_of(street.worker).empty());
}

TEST_CASE("Handover: a restored platform is heard of through a parcel, and everything goes again") {
  Street street;
  const TemporaryFolder folder;
  REQUIRE(street.store().copy_to(folder.file("backup.db")).ok());
  street.save_person(street.worker, "张一");
  REQUIRE(street.sync(street.worker).ok());
  street.save_person(street.worker, "张二");
  const std::string parcel = street.exported(street.worker);
  street.put_back_file(folder.file("backup.db"));
  street.begin_epoch();
  REQUIRE(street.sync(street.leader).ok());
  street.imported(street.leader, parcel);
  CHECK(street.bring(street.leader)->taken == 1);
  const auto heard = street.imported(street.worker, street.exported(street.leader));
  CHECK(heard.refused == "wrong_epoch");
  CHECK(street.queued(street.worker) == 2);
  CHECK(street.handed_over(street.worker) == 0);
  CHECK(street.imported(street.worker, street.exported(street.leader)).answers == 0);  // of the epoch before
  CHECK(street.round_trip().acknowledged == 2);
  CHECK(street.ops_at_platform() == 2);
  REQUIRE(street.sync(street.worker).ok());
  CHECK(street.audit_of(street.worker).empty());
  CHECK(street.all_sound());
}

TEST_CASE("Handover: news of an answer that comes after a sync of one's own are passed over, its results are not") {
  Street street;
  const RecordRef theirs = street.save_person(street.office, "王一");
  REQUIRE(street.sync(street.office).ok());
  street.save_person(street.worker, "张一");
  street.imported(street.leader, street.exported(street.worker));
  REQUIRE(street.bring(street.leader).ok());
  const std::string answer = street.exported(street.leader);
  street.rename(street.office, theirs, "王二");
  REQUIRE(street.sync(street.office).ok());
  street.save_person(street.worker, "张二");
  REQUIRE(street.sync(street.worker).ok());
  const auto heard = street.imported(street.worker, answer);
  CHECK(heard.answers == 1);
  CHECK(heard.received == 0);
  CHECK(street.name_of(street.worker, theirs) == "王二");
  CHECK(street.audit_of(street.worker).empty());
}

TEST_CASE("Handover: files that are damaged, foreign, of the other realm or too large change nothing") {
  Street street;
  street.save_person(street.worker, "张建国");
  const std::string file = street.exported(street.worker);
  const auto refused_as = [&](const std::string& bytes) { return street.import(street.leader, bytes).error().code; };
  for (const std::size_t at : {std::size_t{6}, file.size() / 2, file.size() - 1}) {
    std::string damaged = file;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    CHECK(refused_as(damaged) == Errc::parcel_unfit);
  }
  CHECK(refused_as(file.substr(0, file.size() / 2)) == Errc::parcel_unfit);
  CHECK(refused_as("") == Errc::parcel_unfit);
  CHECK(refused_as(std::string(kParcelFileBytesMax + 1, 'x')) == Errc::too_large);
  ParcelFile other = decode_parcel_file(file).value();
  other.platform_key = std::string(32, 'k');
  CHECK(refused_as(encode_parcel_file(other)) == Errc::parcel_unfit);
  other = decode_parcel_file(file).value();
  other.realm = Realm::practice;
  CHECK(refused_as(encode_parcel_file(other)) == Errc::wrong_realm);
  CHECK(street.leader.store->figures()->carried == 0);
  CHECK(street.imported(street.leader, file).carried == 1);
}

TEST_CASE("Handover: what the platform cannot open or does not know is refused once, and the rest goes on") {
  Street street;
  street.save_person(street.worker, "张建国");
  ParcelFile file = decode_parcel_file(street.exported(street.worker)).value();
  ParcelFile::Item junk = file.items.front();
  junk.box[100] = static_cast<char>(junk.box[100] ^ 1);
  file.items.insert(file.items.begin(), junk);
  CHECK(street.imported(street.leader, encode_parcel_file(file)).carried == 2);
  const auto brought = street.bring(street.leader);
  REQUIRE(brought.ok());
  CHECK(brought->refused == 1);
  CHECK(brought->taken == 1);
  CHECK(street.leader.store->figures()->carried == 0);
  CHECK(street.bring(street.leader)->refused == 0);
}

TEST_CASE("Handover: the answer goes to the tablet whose parcel it was, whatever stood on the outside") {
  Street street;
  street.save_person(street.worker, "张建国");
  ParcelFile file = decode_parcel_file(street.exported(street.worker)).value();
  file.items.front().tablet = street.office.no;
  street.imported(street.leader, encode_parcel_file(file));
  CHECK(street.bring(street.leader)->taken == 1);
  const std::string answers = street.exported(street.leader);
  CHECK(street.imported(street.office, answers).answers == 0);
  CHECK(street.imported(street.worker, answers).acknowledged == 1);
}

TEST_CASE("Handover: an answer of somebody who is not the platform is not believed") {
  Street street;
  street.save_person(street.worker, "张建国");
  street.imported(street.leader, street.exported(street.worker));
  REQUIRE(street.bring(street.leader).ok());
  ParcelFile file = decode_parcel_file(street.exported(street.leader)).value();
  for (ParcelFile::Item& item : file.items)
    if (item.whom == ParcelFile::For::tablet)
      item.box = seal_box(street.worker.key.public_key(), "RUHU1 all is well").value();
  const auto heard = street.imported(street.worker, encode_parcel_file(file));
  CHECK(heard.answers == 0);
  CHECK(heard.stale == 1);
  CHECK(street.queued(street.worker) == 1);
}

TEST_CASE("Handover: a lost reply to the leader costs nothing but another trip") {
  Street street;
  street.save_person(street.worker, "张建国");
  street.imported(street.leader, street.exported(street.worker));
  ParcelCourier courier = street.courier(street.leader);
  const auto trip = courier.prepare().value();
  REQUIRE(street.carry_parcels(trip->sealed).ok());  // the reply is lost
  CHECK(street.leader.store->figures()->carried == 1);
  CHECK(street.bring(street.leader)->taken == 1);
  CHECK(street.ops_at_platform() == 1);
  CHECK(street.imported(street.worker, street.exported(street.leader)).acknowledged == 1);
}

}  // namespace ruhu::test
