#include "tests/storage/photo_dictionary.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

constexpr std::size_t kPart = kAttachmentPartBytes;

/// A store in which content of that many bytes is wanted.
struct Wanting {
  explicit Wanting(std::size_t bytes) : content(many_bytes(bytes)), id(attachment_id_of(content)) {
    REQUIRE(photos.want(id).ok());
  }
  std::string part(std::size_t no) const { return content.substr(no * kPart, kPart); }
  Attachments::Fetched whole() const { return {Media::png, static_cast<std::int64_t>(content.size())}; }
  Status take(std::size_t no) { return photos.take_part(id, whole(), no, part(no)); }
  AttachmentInfo info() { return photos.find(id).value().value(); }

  StoreWorld world;
  std::unique_ptr<Store> store = world.enrolled();
  Attachments& photos = store->attachments();
  std::string content;
  AttachmentId id;
};

}  // namespace

TEST_CASE("Attachment parts: content that came part by part is whole with the last one, and what its id says") {
  Wanting w(2 * kPart + 5);
  REQUIRE(w.take(0).ok());
  REQUIRE(w.take(1).ok());
  CHECK(w.photos.parts_here(w.id).value() == 2);
  CHECK(w.info().state == AttachmentState::wanted);
  CHECK(w.photos.content(w.id).error().code == Errc::not_found);
  REQUIRE(w.take(2).ok());
  CHECK(w.photos.content(w.id).value() == w.content);
  CHECK(w.info().state == AttachmentState::shared);
  CHECK(w.info().media == Media::png);
  CHECK(w.info().fetched);
  CHECK(w.take(2).ok());  // once more changes nothing
}

TEST_CASE("Attachment parts: a part that is not the next one changes nothing, one of the wrong length is refused") {
  Wanting w(2 * kPart + 5);
  REQUIRE(w.take(1).ok());
  CHECK(w.photos.parts_here(w.id).value() == 0);
  REQUIRE(w.take(0).ok());
  REQUIRE(w.take(0).ok());
  CHECK(w.photos.parts_here(w.id).value() == 1);
  CHECK(w.photos.take_part(w.id, w.whole(), 1, "short").error().code == Errc::malformed_message);
  CHECK(w.photos.take_part(w.id, w.whole(), 3, "").error().code == Errc::malformed_message);
  CHECK(w.photos.take_part(w.id, {Media::jpeg, 0}, 0, "").error().code == Errc::malformed_message);
  const auto too_large = static_cast<std::int64_t>(kAttachmentBytesMax) + 1;
  CHECK(w.photos.take_part(w.id, {Media::jpeg, too_large}, 1, w.part(0)).error().code == Errc::malformed_message);
}

TEST_CASE("Attachment parts: what is not what the id says is thrown away and can be fetched again") {
  Wanting w(kPart + 5);
  REQUIRE(w.photos.take_part(w.id, w.whole(), 0, std::string(kPart, 'x')).ok());
  CHECK(w.take(1).error().code == Errc::malformed_message);
  CHECK(w.photos.parts_here(w.id).value() == 0);
  REQUIRE(w.take(0).ok());
  REQUIRE(w.take(1).ok());
  CHECK(w.photos.content(w.id).value() == w.content);
}

TEST_CASE("Attachment parts: content for which there is no room is not begun") {
  Wanting w(2 * kPart);
  REQUIRE(w.photos.set_quota(kPart).ok());
  CHECK(w.take(0).error().code == Errc::attachment_quota);
  REQUIRE(w.photos.set_quota(3 * kPart).ok());
  CHECK(w.take(0).ok());
}

}  // namespace ruhu::test
