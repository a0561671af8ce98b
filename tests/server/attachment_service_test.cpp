#include "server/attachments/attachment_service.hpp"

#include "tests/server/photo_world.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

using Originals = AttachmentMover::Originals;

constexpr std::size_t kPart = kAttachmentPartBytes;

std::int64_t bytes_of(const NewAttachment& photo) {
  return static_cast<std::int64_t>(photo.content.size() + photo.thumbnail.size());
}

bool has(PhotoTablet& tablet, const NewAttachment& photo) {
  const auto content = tablet.store->attachments().content(id_of(photo));
  return content.ok() && content.value() == photo.content;
}

bool has_thumbnail(PhotoTablet& tablet, const NewAttachment& photo) {
  const auto thumbnail = tablet.store->attachments().thumbnail(id_of(photo));
  return thumbnail.ok() && thumbnail.value() == photo.thumbnail;
}

}  // namespace

TEST_CASE("Attachments: a photo taken on one tablet comes to the other of its grid, thumbnail and original") {
  PhotoWorld world;
  PhotoTablet& one = world.enrol('a');
  PhotoTablet& two = world.enrol('b');
  const NewAttachment picture = photo('p', 3 * kPart + 5);
  world.save_case(one, {picture});
  CHECK(one.store->figures()->photos == 1);
  const AttachmentReport up = world.sync_all(one);
  CHECK(up.sent == 1);
  CHECK(up.content_up == bytes_of(picture));
  CHECK(one.store->figures()->photos == 0);
  const AttachmentReport down = world.sync_all(two);
  CHECK(down.received == 1);
  CHECK(down.content_down == bytes_of(picture));
  CHECK(has(two, picture));
  CHECK(has_thumbnail(two, picture));
  CHECK(two.store->figures()->photos == 0);
  CHECK(world.audit_of(one).empty());
  CHECK(world.audit_of(two).empty());
  CHECK(world.audit().empty());
  CHECK(world.sync_all(one).trips == 0);
  CHECK(world.sync_all(two).trips == 0);
}

TEST_CASE("Attachments: cut at any trip, in either direction, nothing is lost and at most that trip goes twice") {
  for (const Cut cut : {Cut::request, Cut::reply}) {
    for (int at = 0; at < 5; ++at) {
      INFO("cut " << static_cast<int>(cut) << " at trip " << at);
      PhotoWorld world;
      PhotoTablet& one = world.enrol('a');
      PhotoTablet& two = world.enrol('b');
      const NewAttachment picture = photo('p', 5 * kPart);
      world.save_case(one, {picture});
      REQUIRE(world.sync(one).ok());
      const auto before = world.move(one, Originals::move, cut, at);
      REQUIRE(before.ok());
      const AttachmentReport after = world.sync_all(one);
      // What had arrived is not sent again, whether its answer did or not.
      CHECK(before->content_up + after.content_up == bytes_of(picture));
      CHECK(one.store->figures()->photos == 0);
      REQUIRE(world.sync(two).ok());
      const auto half = world.move(two, Originals::move, cut, at);
      REQUIRE(half.ok());
      const AttachmentReport rest = world.sync_all(two);
      CHECK(has(two, picture));
      CHECK(half->content_down + rest.content_down == bytes_of(picture));
      CHECK(world.audit_of(two).empty());
      CHECK(world.audit().empty());
    }
  }
}

TEST_CASE("Attachments: content that the platform has is never sent again, whoever took it") {
  PhotoWorld world;
  PhotoTablet& one = world.enrol('a');
  PhotoTablet& two = world.enrol('b');
  const NewAttachment picture = photo('p', 2 * kPart);
  world.save_case(one, {picture});
  world.save_case(two, {picture});
  world.sync_all(one);
  const AttachmentReport again = world.sync_all(two);
  CHECK(again.sent == 1);
  CHECK(again.content_up == 0);
  CHECK(again.content_down == 0);
}

TEST_CASE("Attachments: ten thumbnails go in one trip, and on a costly network nothing but thumbnails") {
  PhotoWorld world;
  PhotoTablet& one = world.enrol('a');
  PhotoTablet& two = world.enrol('b');
  std::vector<NewAttachment> pictures;
  for (char letter = 'a'; letter < 'k'; ++letter) pictures.push_back(photo(letter, kPart + 7));
  for (const NewAttachment& picture : pictures) world.save_case(one, {picture});
  REQUIRE(world.sync(one).ok());
  const auto up = world.move(one, Originals::leave);
  REQUIRE(up.ok());
  CHECK(up->thumbnails == 10);
  CHECK(up->trips == 2);  // one to ask, one to send
  CHECK(up->content_up == 20'000);
  CHECK(one.store->figures()->photos == 10);
  CHECK(world.move(one, Originals::leave)->trips == 0);
  REQUIRE(world.sync(two).ok());
  const auto down = world.move(two, Originals::leave);
  CHECK(down->thumbnails == 10);
  CHECK(down->trips == 1);
  CHECK(has_thumbnail(two, pictures.front()));
  CHECK_FALSE(has(two, pictures.front()));
  CHECK(world.sync_all(one).sent == 10);
  CHECK(world.sync_all(two).received == 10);
  CHECK(world.audit().empty());
}

TEST_CASE("Attachments: thumbnails go before the first original") {
  PhotoWorld world;
  PhotoTablet& one = world.enrol('a');
  std::vector<NewAttachment> pictures;
  for (char letter = 'a'; letter < 'f'; ++letter) pictures.push_back(photo(letter, 3 * kPart));
  for (const NewAttachment& picture : pictures) world.save_case(one, {picture});
  REQUIRE(world.sync(one).ok());
  const auto begun = world.move(one, Originals::move, Cut::request, 2);
  REQUIRE(begun.ok());
  CHECK(begun->thumbnails == 5);
  CHECK(begun->content_up == 10'000);
}

TEST_CASE("Attachments: a tablet gets no photo of a grid that is not its own, and cannot bring what no op names") {
  PhotoWorld world;
  PhotoTablet& one = world.enrol('a');
  PhotoTablet& far = world.enrol('z', {kOtherGrid, kCommunity});
  const NewAttachment picture = photo('p', kPart);
  world.save_case(one, {picture});
  world.sync_all(one);
  // As if its records had told it of one: it names the other grid's photo in a case of its own, which it never sends.
  REQUIRE(far.store->attachments().want(id_of(picture)).ok());
  const auto asked = world.move(far);
  REQUIRE(asked.ok());
  CHECK(asked->content_down == 0);
  CHECK_FALSE(has(far, picture));

  const NewAttachment secret = photo('q', kPart);
  world.save_case(far, {secret}, kOtherGrid);
  const auto brought = world.move(far);  // before the text
  REQUIRE(brought.ok());
  CHECK(brought->content_up == 0);
  CHECK(far.store->figures()->photos == 1);
  CHECK(world.sync_all(far).sent == 1);
}

TEST_CASE("Attachments: a photo of a change that was set aside is brought all the same") {
  PhotoWorld world;
  PhotoTablet& one = world.enrol('a');
  const NewAttachment picture = photo('p', kPart);
  world.save_case(one, {picture}, kElsewhere);  // out of its scopes: goes into quarantine
  const AttachmentReport up = world.sync_all(one);
  CHECK(one.store->figures()->quarantined == 1);
  CHECK(up.sent == 1);
  CHECK(world.audit().empty());
}

TEST_CASE("Attachments: a platform put back to an earlier state gets again what its backup lacks") {
  PhotoWorld world;
  PhotoTablet& one = world.enrol('a');
  const NewAttachment kept = photo('k', kPart);
  const NewAttachment lost = photo('l', 2 * kPart);
  world.save_case(one, {kept});
  world.sync_all(one);
  const TemporaryFolder folder;
  REQUIRE(world.store().copy_to(folder.file("backup.db")).ok());
  world.save_case(one, {lost});
  world.sync_all(one);
  world.put_back_file(folder.file("backup.db"));
  world.begin_epoch();
  REQUIRE(world.sync(one).ok());
  CHECK(one.store->figures()->photos == 2);  // whatever an earlier epoch had confirmed is to be confirmed again
  CHECK(one.store->attachments().content(id_of(lost)).ok());
  const AttachmentReport again = world.sync_all(one);
  CHECK(again.sent == 2);
  CHECK(again.content_up == bytes_of(lost));
  CHECK(one.store->figures()->photos == 0);
  CHECK(world.audit().empty());
  CHECK(world.audit_of(one).empty());
}

TEST_CASE("Attachments: what a tablet may bring in a day is bounded, and the rest goes the next day") {
  PhotoWorld world;
  PhotoTablet& one = world.enrol('a');
  world.allow_per_day(3 * kPart);
  world.save_case(one, {photo('p', 2 * kPart), photo('q', 2 * kPart)});
  CHECK(world.sync_all(one).sent == 1);
  CHECK(one.store->figures()->photos == 1);
  world.clock.advance(std::chrono::hours{25});
  CHECK(world.sync_all(one).sent == 1);
  CHECK(one.store->figures()->photos == 0);
}

TEST_CASE("Attachments: an answer of another time, another tablet or the other realm is not taken in") {
  PhotoWorld world;
  PhotoTablet& one = world.enrol('a');
  PhotoTablet& two = world.enrol('b');
  world.save_case(one, {photo('p', kPart)});
  world.save_case(two, {photo('q', kPart)});
  REQUIRE(world.sync(one).ok());
  REQUIRE(world.sync(two).ok());
  AttachmentMover first = world.mover(one);
  const auto trip = first.prepare().value();
  const auto other = world.mover(two).prepare().value();
  const auto older = world.mover(one).prepare().value();
  CHECK(first.take_in(*trip, world.carry(other->sealed).value()).error().code == Errc::not_our_server);
  CHECK(first.take_in(*trip, world.carry(older->sealed).value()).error().code == Errc::not_our_server);
  CHECK(first.take_in(*trip, "RUHU1 and no more").error().code == Errc::not_our_server);
  world.begin_epoch();
  CHECK(first.take_in(*trip, world.carry(trip->sealed).value()).error().code == Errc::wrong_epoch);
  CHECK(one.store->figures()->photos == 1);
}

TEST_CASE("Attachments: content that was damaged on its way or on the disk is found by the audit of the platform") {
  PhotoWorld world;
  PhotoTablet& one = world.enrol('a');
  world.save_case(one, {photo('p', 2 * kPart)});
  world.sync_all(one);
  CHECK(world.audit().empty());
  world.plant("UPDATE sys_content_part SET content = zeroblob(65536) WHERE key % 256 = 2");
  CHECK(world.audit().size() == 1);
  world.plant("DELETE FROM sys_content_use");
  CHECK(world.audit().size() == 2);
}

TEST_CASE("Attachments: the uses are listed anew from the rows where another dictionary had listed them") {
  PhotoWorld world;
  PhotoTablet& one = world.enrol('a');
  world.save_case(one, {photo('p', kPart)});
  REQUIRE(world.sync(one).ok());
  world.plant(
      "DELETE FROM sys_content_use; DELETE FROM sys_content_namer;"
      "UPDATE sys_number SET value = 0 WHERE name = 'contents_listed_by'");
  CHECK_FALSE(world.audit().empty());
  world.restart();
  CHECK(world.audit().empty());
  CHECK(world.sync_all(one).sent == 1);
}

}  // namespace ruhu::test
