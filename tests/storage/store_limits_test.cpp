// What a store refuses of its own app and of the platform, and that a refusal leaves everything as it was.
#include "tests/storage/fault_scenarios.hpp"
#include "tests/storage/stored_town.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

NewAttachment of_bytes(std::string content, std::string thumbnail = "small") {
  return {std::move(content), Media::jpeg, std::move(thumbnail)};
}

template <class T>
Errc code_of(const Result<T>& result) {
  return result.ok() ? Errc::internal : result.error().code;
}
Errc code_of(const Status& status) { return status.ok() ? Errc::internal : status.error().code; }

SaveRequest of_edits(std::vector<RecordEdit> edits) {
  SaveRequest request;
  request.edits = std::move(edits);
  return request;
}

/// The platform's answer about one op, and nothing else.
ServerNews news_of(const OpResult& result) {
  ServerNews news;
  news.results = {result};
  return news;
}

OpResult result_of(TabletNo tablet, std::uint64_t counter) {
  return {{tablet, counter}, OpOutcome::applied, {1}, "", {}};
}

}  // namespace

TEST_CASE("Store: a save that is too large, of unknown things or of a change instead of a set is refused whole",
          "[store]") {
  namespace p = kinds::person;
  const StoredTown town = stored_town();
  TownTablet tablet(town);
  const std::uint64_t before = content_of(tablet.store().database()).value();
  const auto refusal = [&](std::vector<RecordEdit> edits) { return code_of(tablet.store().save(of_edits(edits))); };
  const RecordEdit person{p::kKind, {}, {{p::name, std::string("张三")}}, {}};
  CHECK(refusal({}) == Errc::usage);
  CHECK(refusal(std::vector<RecordEdit>(2'001, person)) == Errc::too_large);
  CHECK(refusal({person, {{999}, {}, {}, {}}}) == Errc::unknown_kind);
  CHECK(refusal({person, {p::kKind, {}, {{{999}, std::string("x")}}, {}}}) == Errc::unknown_field);
  CHECK(refusal({person, {p::kKind, {}, {{p::alias, SetDelta{TextSet::of({"x"}), {}}}}, {}}}) == Errc::invalid_value);
  CHECK(refusal({person, {p::kKind, {}, {{p::name, std::string("张3")}}, {}}}) == Errc::invalid_value);
  CHECK(refusal({person, {p::kKind, {}, {}, {}}}) == Errc::required_missing);
  const RecordEdit wordy{kinds::case_::kKind,
                         {},
                         {{kinds::case_::no, std::string("A1")}, {kinds::case_::text, std::string(1'400, 'x')}},
                         {}};
  CHECK(refusal(std::vector<RecordEdit>(1'000, wordy)) == Errc::too_large);
  CHECK(content_of(tablet.store().database()).value() == before);
}

TEST_CASE("Store: news that cannot be true are refused whole", "[store]") {
  const StoredTown town = stored_town();
  TownTablet tablet(town);
  Store& store = tablet.store();
  const std::uint64_t next = store.changes().acknowledged_up_to().value() + 1;
  ServerNews unheard;
  unheard.acknowledged = next;
  ServerNews late;
  late.late = {result_of({7}, 99'999)};
  const std::uint64_t before = content_of(store.database()).value();
  CHECK(code_of(store.take_in(news_of(result_of({7}, 99'999)))) == Errc::malformed_message);
  CHECK(code_of(store.take_in(news_of(result_of({8}, next)))) == Errc::malformed_message);
  CHECK(code_of(store.take_in(unheard)) == Errc::malformed_message);
  CHECK(code_of(store.take_in(late)) == Errc::malformed_message);
  CHECK(content_of(store.database()).value() == before);
  REQUIRE(store.database()
              .exec("DELETE FROM person; DELETE FROM household; DELETE FROM membership;"
                    "DELETE FROM residency; DELETE FROM building; DELETE FROM dwelling")
              .ok());
  CHECK(code_of(store.take_in(news_of(result_of({7}, next)))) == Errc::database_damaged);
}

TEST_CASE("Attachments: content of no bytes, too many or another id's is refused, and what nobody wants is left",
          "[store][attachments]") {
  const StoredTown town = stored_town();
  TownTablet tablet(town);
  Attachments& photos = tablet.store().attachments();
  const std::string huge(kAttachmentBytesMax + 1, 'x');
  const std::string huge_part(kAttachmentPartBytes + 1, 'x');
  const AttachmentId wanted = attachment_id_of(town.wanted.content);
  const AttachmentId stray = attachment_id_of("stray");
  const std::uint64_t before = content_of(tablet.store().database()).value();
  CHECK(code_of(photos.add(of_bytes(""), "draft")) == Errc::invalid_value);
  CHECK(code_of(photos.add(of_bytes("x"), "")) == Errc::usage);
  CHECK(code_of(photos.add(of_bytes(huge), "draft")) == Errc::attachment_too_large);
  CHECK(code_of(photos.add(of_bytes("x", huge_part), "draft")) == Errc::attachment_too_large);
  CHECK(code_of(photos.set_quota(-1)) == Errc::invalid_value);
  CHECK(code_of(photos.take_content(wanted, of_bytes(""))) == Errc::malformed_message);
  CHECK(code_of(photos.take_content(wanted, of_bytes(huge))) == Errc::malformed_message);
  CHECK(code_of(photos.take_content(wanted, of_bytes("another"))) == Errc::malformed_message);
  CHECK(code_of(photos.take_thumbnail(wanted, "")) == Errc::malformed_message);
  CHECK(code_of(photos.take_thumbnail(wanted, huge_part)) == Errc::malformed_message);
  CHECK(code_of(photos.content(wanted)) == Errc::not_found);
  CHECK(code_of(photos.content(stray)) == Errc::not_found);
  CHECK(code_of(photos.part(wanted, 1'000)) == Errc::not_found);
  CHECK(code_of(photos.thumbnail(stray)) == Errc::not_found);
  CHECK(photos.take_content(stray, of_bytes("stray")).ok());
  CHECK(photos.take_thumbnail(stray, "tiny").ok());
  CHECK(photos.take_back(of_bytes("stray")).ok());
  CHECK(photos.take_back(town.owed).ok());
  CHECK(photos.confirm_sent(wanted).ok());
  CHECK(photos.confirm_sent(stray).ok());
  CHECK(photos.keep("draft", {}).ok());
  CHECK(content_of(tablet.store().database()).value() == before);
  REQUIRE(photos.set_quota(1).ok());
  CHECK(code_of(photos.add(of_bytes("more"), "draft")) == Errc::attachment_quota);
  CHECK(code_of(photos.take_content(wanted, town.wanted)) == Errc::attachment_quota);
  CHECK(code_of(photos.take_thumbnail(wanted, "tiny")) == Errc::attachment_quota);
  CHECK(photos.take_back(town.wanted).ok());
}
