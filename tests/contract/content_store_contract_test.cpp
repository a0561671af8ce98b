#include "tests/contract/platform_store_contract.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::server;
using namespace ruhu::test;

namespace {

AttachmentId id_of(std::uint8_t n) {
  AttachmentId id;
  id.bytes.front() = n;
  return id;
}

StoredContent content_of(std::uint8_t n, std::int64_t bytes) {
  StoredContent content;
  content.id = id_of(n);
  content.media = Media::png;
  content.bytes = bytes;
  content.sender = {7};
  content.begun_at = from_ms(1'772'700'000'123);
  return content;
}

ContentUse use_of(std::uint8_t record, std::uint16_t column = 4) { return {{{20}, Uuid{{record}}}, {column}}; }

/// The law for every kind of store, each in one transaction of a fresh one.
template <class Law>
void for_each_kind(Law law) {
  for (const StoreKind& kind : store_kinds()) {
    INFO(kind.name);
    const auto store = kind.make();
    const auto tx = store->begin().value();
    law(tx->contents());
  }
}

}  // namespace

TEST_CASE("Platform store: content comes part by part and is given back as it came", "[contract]") {
  for_each_kind([](ContentTx& contents) {
    CHECK_FALSE(contents.find(id_of(1)).value().has_value());
    CHECK(contents.put_part(id_of(1), 0, "abc").error().code == Errc::not_found);
    REQUIRE(contents.begin(content_of(1, 5)).ok());
    CHECK(contents.find(id_of(1)).value() == content_of(1, 5));
    REQUIRE(contents.put_part(id_of(1), 0, "abc").ok());
    REQUIRE(contents.put_part(id_of(1), 1, std::string("\0d", 2)).ok());
    CHECK(contents.find(id_of(1)).value()->parts == 2);
    CHECK_FALSE(contents.find(id_of(1)).value()->whole);
    REQUIRE(contents.set_whole(id_of(1)).ok());
    CHECK(contents.find(id_of(1)).value()->whole);
    CHECK(contents.part(id_of(1), 0).value() == "abc");
    CHECK(contents.part(id_of(1), 1).value() == std::string("\0d", 2));
    CHECK(contents.part(id_of(1), 2).value().empty());
    CHECK(contents.thumbnail(id_of(1)).value().empty());
    REQUIRE(contents.put_thumbnail(id_of(1), "small").ok());
    CHECK(contents.thumbnail(id_of(1)).value() == "small");
    CHECK(contents.find(id_of(1)).value()->thumbnail);
  });
}

TEST_CASE("Platform store: discarded content is gone with its parts, and its neighbour stays", "[contract]") {
  for_each_kind([](ContentTx& contents) {
    for (const std::uint8_t n : {std::uint8_t{1}, std::uint8_t{2}}) {
      REQUIRE(contents.begin(content_of(n, 3)).ok());
      REQUIRE(contents.put_part(id_of(n), 0, "abc").ok());
    }
    REQUIRE(contents.discard(id_of(1)).ok());
    CHECK_FALSE(contents.find(id_of(1)).value().has_value());
    CHECK(contents.part(id_of(1), 0).error().code == Errc::not_found);
    CHECK(contents.part(id_of(2), 0).value() == "abc");
    REQUIRE(contents.begin(content_of(1, 3)).ok());
    CHECK(contents.part(id_of(1), 0).value().empty());
  });
}

TEST_CASE("Platform store: contents are listed by id, and what a tablet began is added up since a time", "[contract]") {
  for_each_kind([](ContentTx& contents) {
    for (const int n : {3, 1, 2})
      REQUIRE(contents.begin(content_of(static_cast<std::uint8_t>(n), n * 10)).ok());
    const auto first = contents.list({}, 2).value();
    REQUIRE(first.size() == 2);
    CHECK(first.front().id == id_of(1));
    CHECK(contents.list(first.back().id, 2).value().size() == 1);
    const Instant then = content_of(1, 1).begun_at;
    CHECK(contents.bytes_begun({7}, then).value() == 60);
    CHECK(contents.bytes_begun({7}, then + Millis{1}).value() == 0);
    CHECK(contents.bytes_begun({8}, then).value() == 0);
  });
}

TEST_CASE("Platform store: uses and namers of content are sets", "[contract]") {
  for_each_kind([](ContentTx& contents) {
    for (int twice = 0; twice < 2; ++twice) {
      REQUIRE(contents.add_use(id_of(1), use_of(1)).ok());
      REQUIRE(contents.add_use(id_of(1), use_of(1, 5)).ok());
      REQUIRE(contents.add_use(id_of(2), use_of(2)).ok());
      REQUIRE(contents.add_namer(id_of(1), {7}).ok());
    }
    CHECK(contents.uses_of(id_of(1)).value() == std::vector<ContentUse>{use_of(1), use_of(1, 5)});
    CHECK(contents.used_ids().value() == std::vector<AttachmentId>{id_of(1), id_of(2)});
    REQUIRE(contents.remove_use(id_of(1), use_of(1)).ok());
    CHECK(contents.uses_of(id_of(1)).value() == std::vector<ContentUse>{use_of(1, 5)});
    CHECK(contents.is_named_by(id_of(1), {7}).value());
    CHECK_FALSE(contents.is_named_by(id_of(1), {8}).value());
    CHECK_FALSE(contents.is_named_by(id_of(2), {7}).value());
    REQUIRE(contents.remove_all_uses().ok());
    CHECK(contents.used_ids().value().empty());
    CHECK(contents.is_named_by(id_of(1), {7}).value());
    REQUIRE(contents.set_listed_by(9).ok());
    CHECK(contents.listed_by().value() == 9);
  });
}
