#include "storage/attachments/attachments.hpp"

#include <algorithm>

#include "storage/attachments/attachment_audit.hpp"
#include "tests/storage/photo_dictionary.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sim_disk.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

/// An enrolled store whose persons may have pictures.
struct PhotoWorld : StoreWorld {
  std::unique_ptr<Store> photo_store(const DatabaseOptions& options = in_memory()) {
    auto store = open(options, photo_dictionary()).value();
    REQUIRE(store->set_identity(worker()).ok());
    return store;
  }
};

SaveRequest person_with(const std::vector<AttachmentId>& ids) {
  return new_person("张三", {{kPictures, pictures(ids)}});
}

Result<std::vector<SavedRecord>> set_pictures(Store& store, const RecordRef& ref,
                                              const std::vector<AttachmentId>& ids) {
  return store.save(edit_of(ref, {{kPictures, pictures(ids)}}));
}

std::int64_t count_of(Store& store, const std::string& table) {
  return store.database().integer("SELECT count(*) FROM " + table).value();
}

/// News in which the server says that the record has these pictures, or answers the tablet's op of that counter.
ServerNews news_of(const RecordRef& ref, std::uint64_t version, const std::vector<AttachmentId>& ids) {
  LogEntry entry{kGrid, {version}, ref, {version}, {{2}, version}, {5}, {9}, {}};
  entry.fields.push_back({kPictures, ids.empty() ? Value{} : Value{pictures(ids)}, {}});
  if (version == 1) entry.fields.push_back({kinds::person::name, std::string("李四"), {}});
  std::sort(entry.fields.begin(), entry.fields.end(), [](const auto& a, const auto& b) { return a.column < b.column; });
  ServerNews news;
  news.entries.push_back(std::move(entry));
  return news;
}

RecordRef someone(StoreWorld& world) { return {kinds::person::kKind, make_uuid_v7(world.clock, world.random)}; }

}  // namespace

TEST_CASE("Attachments: an id is the SHA-256 of the content, written as 64 lower-case digits", "[attachments]") {
  const AttachmentId id = attachment_id_of("abc");
  CHECK(to_string(id) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(parse_attachment_id(to_string(id)) == id);
  CHECK_FALSE(parse_attachment_id("").has_value());
  CHECK_FALSE(parse_attachment_id(to_string(id) + "0").has_value());
  CHECK_FALSE(parse_attachment_id("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD").has_value());
  CHECK_FALSE(parse_attachment_id(std::string(64, 'g')).has_value());
}

TEST_CASE("Attachments: content added for a draft can be read whole, in parts and small", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  const std::string bytes = many_bytes(3 * kAttachmentPartBytes + 5);
  const AttachmentId id = store->attachments().add(picture(bytes), "draft.a").value();
  CHECK(id == attachment_id_of(bytes));
  CHECK(store->attachments().content(id).value() == bytes);
  std::string joined;
  for (std::size_t no = 0; no < 4; ++no) joined += store->attachments().part(id, no).value();
  CHECK(joined == bytes);
  CHECK(store->attachments().part(id, 0)->size() == kAttachmentPartBytes);
  CHECK(store->attachments().part(id, 4).error().code == Errc::not_found);
  CHECK(store->attachments().part(id, 100'000).error().code == Errc::not_found);
  CHECK(store->attachments().thumbnail(id).value() == "small " + bytes.substr(0, 8));
  const auto info = store->attachments().find(id).value();
  REQUIRE(info.has_value());
  CHECK(info->bytes == static_cast<std::int64_t>(bytes.size()));
  CHECK(info->state == AttachmentState::drafted);
  CHECK(info->added_at == world.clock.now());
  CHECK(store->attachments().of_draft("draft.a").value() == std::vector<AttachmentId>{id});
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: the same bytes lie in the store once, however often they are added", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  const std::string bytes = many_bytes(200'000);
  const AttachmentId id = store->attachments().add(picture(bytes), "draft.a").value();
  CHECK(store->attachments().add(picture(bytes), "draft.a").value() == id);
  CHECK(store->attachments().add(picture(bytes), "draft.b").value() == id);
  CHECK(count_of(*store, "sys_attachment") == 1);
  CHECK(count_of(*store, "sys_attachment_part") == 5);
  CHECK(store->attachments().usage()->count == 1);
  REQUIRE(store->set_text("draft.a", "").ok());
  CHECK(store->attachments().content(id).value() == bytes);
  REQUIRE(store->set_text("draft.b", "").ok());
  CHECK(store->attachments().content(id).error().code == Errc::not_found);
}

TEST_CASE("Attachments: nothing is known of an id that was never added", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  const AttachmentId id = attachment_id_of("unknown");
  CHECK_FALSE(store->attachments().find(id)->has_value());
  CHECK(store->attachments().content(id).error().code == Errc::not_found);
  CHECK(store->attachments().part(id, 0).error().code == Errc::not_found);
  CHECK(store->attachments().thumbnail(id).error().code == Errc::not_found);
  CHECK(store->attachments().add({}, "draft.a").error().code == Errc::invalid_value);
  CHECK(store->attachments().add(picture("x"), "").error().code == Errc::usage);
}

TEST_CASE("Attachments: a save takes a draft's photos over, and the draft no longer keeps them", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  const AttachmentId used = store->attachments().add(picture("used"), "draft.a").value();
  const AttachmentId other = store->attachments().add(picture("other"), "draft.a").value();
  SaveRequest request = person_with({used});
  request.draft = "draft.a";
  const RecordRef ref = made_by(store->save(request));
  CHECK(store->attachments().of_draft("draft.a").value() == std::vector<AttachmentId>{other});
  CHECK(store->attachments().find(used).value()->state == AttachmentState::owed);
  CHECK(store->find(ref).value()->get(kPictures) == Value{pictures({used})});
  REQUIRE(store->set_text("draft.a", "").ok());
  CHECK_FALSE(store->attachments().find(other)->has_value());
  CHECK(store->attachments().content(used).value() == "used");
  CHECK(store->attachments().unsent().value() == std::vector<AttachmentId>{used});
  CHECK(store->figures()->photos == 1);
  REQUIRE(store->attachments().confirm_sent(used).ok());
  CHECK(store->figures()->photos == 0);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: a save brings content along in its own transaction", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  SaveRequest request = person_with({attachment_id_of("door"), attachment_id_of("stairs")});
  request.attachments = {picture("door"), picture("stairs")};
  REQUIRE(store->save(request).ok());
  CHECK(store->attachments().content(attachment_id_of("stairs")).value() == "stairs");
  request.edits.front().cells.push_back({kinds::person::gender, std::string("no such code")});
  request.attachments = {picture("never")};
  CHECK_FALSE(store->save(request).ok());
  CHECK_FALSE(store->attachments().find(attachment_id_of("never"))->has_value());
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: content that a save brings and does not refer to is not kept", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  SaveRequest request = new_person("张三");
  request.attachments = {picture("forgotten")};
  REQUIRE(store->save(request).ok());
  CHECK(count_of(*store, "sys_attachment") == 0);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: a save that refers to content that is not here is refused whole", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  const auto refused = store->save(person_with({attachment_id_of("nowhere")}));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == Errc::attachment_missing);
  CHECK(refused.error().detail == "person.pictures");
  CHECK(store->count(kinds::person::kKind).value() == 0);
  CHECK(store->changes().queued_count().value() == 0);
  CHECK(count_of(*store, "sys_attachment") == 0);
}

TEST_CASE("Attachments: what the record had already may stay in it, also without its content", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  const RecordRef ref = someone(world);
  const AttachmentId theirs = attachment_id_of("theirs");
  REQUIRE(store->take_in(news_of(ref, 1, {theirs})).ok());
  const AttachmentId mine = store->attachments().add(picture("mine"), "draft.a").value();
  CHECK(set_pictures(*store, ref, {theirs, mine}).ok());
  CHECK(store->save(person_with({theirs})).error().code == Errc::attachment_missing);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: references from the server are marked to be fetched and completed later", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  const RecordRef ref = someone(world);
  const AttachmentId id = attachment_id_of("theirs");
  REQUIRE(store->take_in(news_of(ref, 1, {id})).ok());
  CHECK(store->attachments().missing().value() == std::vector<AttachmentId>{id});
  CHECK(store->attachments().content(id).error().code == Errc::not_found);
  CHECK(store->attachments().usage()->count == 0);
  CHECK(store->attachments().usage()->wanted == 1);
  CHECK(audit_of(*store).empty());
  REQUIRE(store->attachments().take_thumbnail(id, "small").ok());
  CHECK(store->attachments().thumbnail(id).value() == "small");
  CHECK(store->attachments().missing()->size() == 1);
  CHECK(store->attachments().take_content(id, picture("something else")).error().code == Errc::malformed_message);
  REQUIRE(store->attachments().take_content(id, picture("theirs")).ok());
  CHECK(store->attachments().content(id).value() == "theirs");
  CHECK(store->attachments().find(id).value()->state == AttachmentState::shared);
  CHECK(store->attachments().missing()->empty());
  REQUIRE(store->attachments().take_content(attachment_id_of("unasked"), picture("unasked")).ok());
  CHECK(count_of(*store, "sys_attachment") == 1);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: fetched content goes when the server drops the last reference", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  const RecordRef first = someone(world);
  const RecordRef second = someone(world);
  const AttachmentId id = attachment_id_of("theirs");
  REQUIRE(store->take_in(news_of(first, 1, {id})).ok());
  REQUIRE(store->take_in(news_of(second, 1, {id})).ok());
  REQUIRE(store->attachments().take_content(id, picture("theirs")).ok());
  REQUIRE(store->take_in(news_of(first, 2, {})).ok());
  CHECK(store->attachments().content(id).ok());
  CHECK(audit_of(*store).empty());
  REQUIRE(store->take_in(news_of(second, 2, {})).ok());
  CHECK(count_of(*store, "sys_attachment") == 0);
  CHECK(count_of(*store, "sys_attachment_part") == 0);
  CHECK(count_of(*store, "sys_attachment_use") == 0);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: a removed photo stays until the server has it, then it goes", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  SaveRequest request = person_with({attachment_id_of("mine")});
  request.attachments = {picture("mine")};
  const RecordRef ref = made_by(store->save(request));
  REQUIRE(set_pictures(*store, ref, {}).ok());
  CHECK(store->attachments().sweep().value() == 0);
  CHECK(store->attachments().content(attachment_id_of("mine")).value() == "mine");
  CHECK(audit_of(*store).empty());
  REQUIRE(store->attachments().confirm_sent(attachment_id_of("mine")).ok());
  CHECK_FALSE(store->attachments().find(attachment_id_of("mine"))->has_value());
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: a photo that the server has stays as long as a record refers to it", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  SaveRequest request = person_with({attachment_id_of("mine")});
  request.attachments = {picture("mine")};
  const RecordRef ref = made_by(store->save(request));
  REQUIRE(store->attachments().confirm_sent(attachment_id_of("mine")).ok());
  CHECK(store->attachments().unsent()->empty());
  CHECK(store->attachments().content(attachment_id_of("mine")).ok());
  REQUIRE(set_pictures(*store, ref, {}).ok());
  CHECK(count_of(*store, "sys_attachment") == 0);
}

TEST_CASE("Attachments: content taken here that somebody wanted is owed to the server", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  const AttachmentId id = attachment_id_of("lost elsewhere");
  REQUIRE(store->take_in(news_of(someone(world), 1, {id})).ok());
  REQUIRE(store->attachments().add(picture("lost elsewhere"), "draft.a").ok());
  CHECK(store->attachments().unsent().value() == std::vector<AttachmentId>{id});
  CHECK(store->attachments().missing()->empty());
}

TEST_CASE("Attachments: a draft keeps what it was told to until it releases it", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  const AttachmentId a = store->attachments().add(picture("a"), "draft.a").value();
  const AttachmentId b = store->attachments().add(picture("b"), "draft.a").value();
  REQUIRE(store->attachments().keep("draft.a", {b, attachment_id_of("unknown")}).ok());
  CHECK(store->attachments().of_draft("draft.a").value() == std::vector<AttachmentId>{a, b});
  REQUIRE(store->attachments().keep("draft.b", {b}).ok());
  REQUIRE(store->attachments().release("draft.a", b).ok());
  CHECK(store->attachments().find(b)->has_value());
  REQUIRE(store->attachments().release("draft.b", b).ok());
  CHECK_FALSE(store->attachments().find(b)->has_value());
  CHECK(store->attachments().of_draft("draft.a").value() == std::vector<AttachmentId>{a});
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: the quota is checked before anything is written, and says how full it is", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  CHECK(store->attachments().usage()->quota == kAttachmentQuotaDefault);
  const NewAttachment first = picture(many_bytes(1'000));
  const auto each = static_cast<std::int64_t>(first.content.size() + first.thumbnail.size());
  REQUIRE(store->attachments().set_quota(2 * each - 1).ok());
  REQUIRE(store->attachments().add(first, "draft.a").ok());
  CHECK(store->attachments().usage()->bytes == each);
  const auto refused = store->attachments().add(picture("x" + many_bytes(999)), "draft.a");
  CHECK(refused.error().code == Errc::attachment_quota);
  CHECK(refused.error().detail.find(std::to_string(each) + " of " + std::to_string(2 * each - 1)) != std::string::npos);
  CHECK(store->attachments().add(first, "draft.b").ok());
  SaveRequest request = person_with({attachment_id_of(many_bytes(2'000))});
  request.attachments = {picture(many_bytes(2'000))};
  CHECK(store->save(request).error().code == Errc::attachment_quota);
  CHECK(store->count(kinds::person::kKind).value() == 0);
  CHECK(store->save(new_person("李四")).ok());
  REQUIRE(store->attachments().set_quota(2 * each).ok());
  CHECK(store->attachments().add(picture("x" + many_bytes(999)), "draft.a").ok());
  CHECK(store->attachments().set_quota(-1).error().code == Errc::invalid_value);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: the largest attachment fits, one byte more does not", "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  const std::string largest = many_bytes(kAttachmentBytesMax);
  const AttachmentId id = store->attachments().add({largest, Media::jpeg, {}}, "draft.a").value();
  CHECK(store->attachments().content(id).value() == largest);
  CHECK(store->attachments().part(id, 191)->size() == kAttachmentPartBytes);
  const auto refused = store->attachments().add({largest + "x", Media::jpeg, {}}, "draft.a");
  CHECK(refused.error().code == Errc::attachment_too_large);
  CHECK(store->attachments()
            .add({"x", Media::jpeg, std::string(kAttachmentPartBytes + 1, 'x')}, "draft.a")
            .error()
            .code == Errc::attachment_too_large);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: photos and drafts are still there after the store was closed", "[attachments]") {
  TemporaryFolder folder;
  PhotoWorld world;
  DatabaseOptions options;
  options.path = folder.file("tablet.db");
  options.key = std::string(32, 'k');
  auto store = world.photo_store(options);
  const AttachmentId id = store->attachments().add(picture("WHAT-THE-CAMERA-SAW"), "draft.a").value();
  store.reset();
  CHECK(read_bytes(options.path).find("WHAT-THE-CAMERA-SAW") == std::string::npos);
  store = world.open(options, photo_dictionary()).value();
  CHECK(store->attachments().content(id).value() == "WHAT-THE-CAMERA-SAW");
  CHECK(store->attachments().of_draft("draft.a").value() == std::vector<AttachmentId>{id});
}

TEST_CASE("Attachments: a field that a newer dictionary tells of has its uses listed at the next start",
          "[attachments]") {
  TemporaryFolder folder;
  StoreWorld world;
  DatabaseOptions options;
  options.path = folder.file("tablet.db");
  auto store = world.enrolled(options);
  const AttachmentId id = attachment_id_of("theirs");
  const RecordRef ref = someone(world);
  REQUIRE(store->take_in(news_of(ref, 1, {id})).ok());  // a field of a newer dictionary: lies raw
  CHECK(store->attachments().missing()->empty());
  CHECK(audit_of(*store).empty());
  store.reset();
  store = world.open(options, photo_dictionary()).value();
  CHECK(store->find(ref).value()->get(kPictures) == Value{pictures({id})});
  CHECK(store->attachments().missing().value() == std::vector<AttachmentId>{id});
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: the audit names a dangling use, a leftover, a stray part and damaged content",
          "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  SaveRequest request = person_with({attachment_id_of("mine")});
  request.attachments = {picture("mine")};
  REQUIRE(store->save(request).ok());
  REQUIRE(store->attachments().add(picture("kept"), "draft.a").ok());
  REQUIRE(audit_of(*store).empty());
  const auto planted = [&](const std::string& sql) {
    REQUIRE(store->database().exec("SAVEPOINT planted;" + sql).ok());
    const auto findings = audit_of(*store);
    REQUIRE(store->database().exec("ROLLBACK TO planted; RELEASE planted").ok());
    return findings.size();
  };
  CHECK(planted("DELETE FROM sys_attachment_use") == 1);
  CHECK(planted("UPDATE sys_attachment_use SET col = 5") == 1);
  CHECK(planted("INSERT INTO sys_attachment_use VALUES (zeroblob(32), 5, zeroblob(16), 61)") == 2);
  CHECK(planted("DELETE FROM sys_attachment WHERE state = 2") == 2);
  CHECK(planted("DELETE FROM sys_attachment WHERE state = 1") == 2);
  CHECK(planted("DELETE FROM sys_attachment_draft") == 1);
  CHECK(planted("DELETE FROM sys_attachment_part") == 2);
  CHECK(planted("UPDATE sys_attachment_part SET content = x'00' WHERE key % 256 = 1") == 2);
  CHECK(planted("UPDATE sys_attachment SET bytes = bytes + 1") == 2);
  CHECK(planted("INSERT INTO sys_attachment_part VALUES (99999, x'00')") == 1);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("Attachments: whatever is added, saved, dropped, sent and fetched, nothing dangles and nothing is left over",
          "[attachments]") {
  PhotoWorld world;
  const auto store = world.photo_store();
  SeededRandom random{20260402};
  std::vector<RecordRef> people;
  for (int i = 0; i < 4; ++i) people.push_back(made_by(store->save(new_person("张三"))));
  const auto any_photo = [&] { return "photo " + std::to_string(random.below(8)); };
  const auto any_draft = [&] { return "draft." + std::to_string(random.below(3)); };
  std::uint64_t version = 100;
  int saved = 0;
  for (int step = 0; step < 1'500; ++step) {
    Attachments& photos = store->attachments();
    const RecordRef who = people[random.below(people.size())];
    const std::string content = any_photo();
    switch (random.below(9)) {
      case 0: REQUIRE(photos.add(picture(content), any_draft()).ok()); break;
      case 1: REQUIRE(store->set_text(any_draft(), "").ok()); break;
      case 2: REQUIRE(photos.keep(any_draft(), {attachment_id_of(content)}).ok()); break;
      case 3: REQUIRE(photos.release(any_draft(), attachment_id_of(content)).ok()); break;
      case 4: REQUIRE(photos.confirm_sent(attachment_id_of(content)).ok()); break;
      case 5: REQUIRE(photos.take_content(attachment_id_of(content), picture(content)).ok()); break;
      case 6: REQUIRE(store->take_in(news_of(who, ++version, {attachment_id_of(content)})).ok()); break;
      default: {
        SaveRequest request =
            edit_of(who, {{kPictures, pictures({attachment_id_of(content), attachment_id_of(any_photo())})}});
        if (random.chance(0.3)) request.attachments = {picture(content)};
        if (random.chance(0.5)) request.draft = any_draft();
        const auto done = store->save(request);
        REQUIRE((done.ok() || done.error().code == Errc::attachment_missing));
        saved += done.ok() ? 1 : 0;
      }
    }
    INFO("step " << step);
    REQUIRE(audit_attachments(store->database(), photo_dictionary()).value() == std::vector<std::string>{});
    REQUIRE(photos.sweep().value() == 0);
  }
  CHECK(saved > 50);
}

TEST_CASE("Power cut: a record and its photos are there together or not at all", "[attachments][power]") {
  bool went_through = false;
  int survived = 0;
  for (int step = 0; !went_through && step < 2'000; ++step) {
    SimDisk disk("cut-photos");
    PhotoWorld world;
    DatabaseOptions options;
    options.path = "tablet.db";
    options.vfs = disk.vfs();
    options.exclusive = true;
    auto store = world.photo_store(options);
    const AttachmentId drafted = store->attachments().add(picture("drafted"), "draft.a").value();
    const std::string bytes = many_bytes(100'000);
    SaveRequest request = person_with({drafted, attachment_id_of(bytes)});
    request.attachments = {picture(bytes)};
    request.draft = "draft.a";
    disk.cut_power_after(step);
    const bool told_saved = store->save(request).ok();
    went_through = !disk.is_off();
    store.reset();
    disk.power_on();
    store = world.open(options, photo_dictionary()).value();
    INFO("power cut after write " << step << ", told " << told_saved);
    const bool whole = store->count(kinds::person::kKind).value() == 1;
    CHECK((whole || !told_saved));
    CHECK(store->attachments().content(attachment_id_of(bytes)).ok() == whole);
    CHECK(store->attachments().content(drafted).ok());
    CHECK(store->attachments().of_draft("draft.a")->empty() == whole);
    CHECK(audit_of(*store).empty());
    survived += whole ? 1 : 0;
  }
  CHECK(went_through);
  CHECK(survived >= 1);
}
