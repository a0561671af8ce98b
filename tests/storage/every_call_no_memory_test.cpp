// Every call of a store while memory is short: it says so, or does what it says; what it leaves is sound.
#include <functional>

#include "storage/maintenance/backup.hpp"
#include "storage/maintenance/examination.hpp"
#include "storage/records/life_cycle_reader.hpp"
#include "tests/storage/photo_dictionary.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/community.hpp"
#include "tests/support/failing_memory.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

using Call = std::function<Status()>;

/// Hides what a call answers: here only whether it fails counts.
template <class T>
Status only_status(const Result<T>& result) {
  return result.ok() ? Status{} : Status{result.error()};
}

/// The call, again and again, each time with another request for memory refused, until it needs no more of them. Calls
/// that take long are tried with every so many-th request only.
void refuse_each_request(FailingMemory& memory, const char* name, const Call& call, std::int64_t step = 1) {
  INFO(name);
  const Status usual = call();
  std::string wrong;
  std::int64_t request = 0;
  for (bool struck = true; struck; request += step) {
    memory.fail_at(request, false);
    const Status told = call();
    struck = memory.struck();
    memory.recover();
    const bool allowed = told.ok() || told.error().code == Errc::out_of_memory ||
                         (!usual.ok() && told.error().code == usual.error().code);
    if (!allowed && wrong.empty()) wrong = "request " + std::to_string(request) + ": " + to_log_line(told.error());
  }
  CHECK(wrong == "");
  CHECK(request > step);  // at least one was refused
}

/// A tablet's database in a folder of its own, and room for a backup.
struct OnDisk : StoreWorld {
  static constexpr std::int64_t kStep = 29;  ///< Files are slow: so many-th requests are enough.
  TemporaryFolder folder;
  DatabaseOptions options;
  std::filesystem::path backup = folder.path() / "backup.ruhu";

  OnDisk() {
    options.path = (folder.path() / "ruhu.db").string();
    options.key = std::string(32, 'k');
  }
};

}  // namespace

TEST_CASE("No memory: what an operation looks at is read whole or the call fails, whichever request is refused",
          "[store][memory]") {
  FailingMemory memory;
  Community town;
  const RecordId house = town.building();
  const auto family = town.family(
      town.dwelling(house, "101"),
      {{"张一", "02", "1", "1955-01-01"}, {"王二", "12", "2", "1957-01-01"}, {"张五", "41", "1", "2014-01-01"}});
  const auto alone = town.family(town.dwelling(house, "102"), {{"陈六", "02", "2", "1940-01-01"}});
  const auto twin = town.family(town.dwelling(house, "103"), {{"陈六", "02", "2", "1940-01-01"}});
  for (const auto& [home, person] : {std::pair(family, family.people[1]), std::pair(alone, alone.people[0])}) {
    town.promised_visit(home, person);
    town.label(person, "E1", town.consent(person));
    town.task(person);
    town.need(home.household, person);
  }
  LifeCycleReader reader = town.reader();
  town.carry_out(plan_persons_merged(reader.pair(alone.people[0], twin.people[0]).value(), {town.new_id(), ""},
                                     reader.occasion()));
  const RecordId merge = town.all(kinds::merge_case::kKind).front().ref.id;
  town.carry_out(plan_death(reader.person(family.people[1]).value(),
                            {town.occasion().day, "family", "", family.people[0]}, reader.occasion()));
  const Instant now = town.clock().now();
  const std::pair<const char*, Call> calls[] = {
      {"open", [&] { return only_status(LifeCycleReader::open(town.store(), now)); }},
      {"person", [&] { return only_status(reader.person(alone.people[0])); }},
      {"household", [&] { return only_status(reader.household(family.household)); }},
      {"dwelling", [&] { return only_status(reader.dwelling(family.dwelling)); }},
      {"building", [&] { return only_status(reader.building(house)); }},
      {"death", [&] { return only_status(reader.death(family.people[1])); }},
      {"pair", [&] { return only_status(reader.pair(family.people[0], alone.people[0])); }},
      {"merge", [&] { return only_status(reader.merge(merge)); }},
      {"nobody", [&] { return only_status(reader.person(house)); }},
  };
  for (const auto& [name, call] : calls) refuse_each_request(memory, name, call);
}

TEST_CASE("No memory: searching, history and the small calls say so, whichever request is refused", "[store][memory]") {
  FailingMemory memory;
  Community town;
  const RecordId house = town.building();
  const auto family = town.family(town.dwelling(house, "101"), {{"欧阳建国", "02", "1", "1955-01-01"}});
  const RecordRef person{kinds::person::kKind, family.people[0]};
  for (const char* phone : {"13800138001", "13800138002"})
    town.set(person.kind, person.id, kinds::person::phone, std::string(phone));
  Store& store = town.store();
  for (const char* text : {"欧阳", "ouyang", "o", "8002", "101", "1栋101", "灵源街道 欧阳", "灵源街道1号 101"})
    refuse_each_request(memory, text, [&] { return only_status(store.search(text, 9)); });
  const Identity identity = store.identity().value().value();
  const std::pair<const char*, Call> calls[] = {
      {"history", [&] { return only_status(store.history(person)); }},
      {"set_identity", [&] { return store.set_identity(identity); }},
      {"text", [&] { return only_status(store.text("draft")); }},
      {"set_text", [&] { return store.set_text("draft", "half"); }},
      {"clear text", [&] { return store.set_text("draft", ""); }},
      {"log_access", [&] { return store.log_access(person, kinds::person::phone); }},
      {"figures", [&] { return only_status(store.figures()); }},
      {"cursors", [&] { return only_status(store.cursors()); }},
      {"marks", [&] { return only_status(store.marks()); }},
      {"actor_name", [&] { return only_status(store.actor_name({3})); }},
      {"clock offset", [&] { return store.set_clock_offset(Millis{9'000'000}); }},
      {"with_results", [&] { return only_status(store.changes().with_results(9)); }},
      {"find op", [&] { return only_status(store.changes().find(1)); }},
      {"audit", [&] { return only_status(store.audit()); }},
      {"checkpoint", [&] { return store.database().checkpoint(); }},
  };
  for (const auto& [name, call] : calls) refuse_each_request(memory, name, call);
  CHECK(store.audit().value().empty());
}

TEST_CASE("No memory: photos are kept, given away and taken in whole or not, whichever request is refused",
          "[store][memory][attachments]") {
  FailingMemory memory;
  StoreWorld world;
  const auto store = world.open(StoreWorld::in_memory(), photo_dictionary()).value();
  REQUIRE(store->set_identity(StoreWorld::worker()).ok());
  Attachments& photos = store->attachments();
  const AttachmentId kept = photos.add(picture("kept"), "draft").value();
  const AttachmentId owed = photos.add(picture("owed"), "draft").value();
  const RecordRef person = made_by(store->save(new_person("张三", {{kPictures, pictures({owed})}})));
  const AttachmentId far = attachment_id_of("far");
  const std::pair<const char*, Call> calls[] = {
      {"add", [&] { return only_status(photos.add(picture("more"), "other")); }},
      {"add again", [&] { return only_status(photos.add(picture("kept"), "other")); }},
      {"of_draft", [&] { return only_status(photos.of_draft("draft")); }},
      {"keep",
       [&] {
         return photos.keep("draft", {kept, far});
       }},
      {"content", [&] { return only_status(photos.content(owed)); }},
      {"part", [&] { return only_status(photos.part(owed, 0)); }},
      {"thumbnail", [&] { return only_status(photos.thumbnail(owed)); }},
      {"usage", [&] { return only_status(photos.usage()); }},
      {"set_quota", [&] { return photos.set_quota(1'000'000'000); }},
      {"missing", [&] { return only_status(photos.missing()); }},
      {"unsent", [&] { return only_status(photos.unsent()); }},
      {"save",
       [&] {
         return only_status(store->save(edit_of(person, {{kPictures, pictures({owed, kept})}})));
       }},
      {"save fewer",
       [&] {
         return only_status(store->save(edit_of(person, {{kPictures, pictures({owed})}})));
       }},
      {"confirm_sent", [&] { return photos.confirm_sent(owed); }},
      {"take_content", [&] { return photos.take_content(far, picture("far")); }},
      {"take_thumbnail", [&] { return photos.take_thumbnail(owed, "small"); }},
      {"take_back", [&] { return photos.take_back(picture("owed")); }},
      {"release", [&] { return photos.release("draft", kept); }},
      {"sweep", [&] { return only_status(photos.sweep()); }},
      {"forget", [&] { return store->set_text("draft", ""); }},
      {"audit", [&] { return only_status(store->audit()); }},
  };
  for (const auto& [name, call] : calls) refuse_each_request(memory, name, call);
  CHECK(audit_of(*store).empty());
}

TEST_CASE("No memory: a backup, its way back and a look at a database say so, whichever request is refused",
          "[store][memory][backup]") {
  FailingMemory memory;
  OnDisk world;
  const auto other = world.folder.path() / "other.ruhu";
  std::vector<Change> made;
  {
    const auto store = world.enrolled(world.options);
    REQUIRE(store->save(new_home(world, "张三")).ok());
    REQUIRE(back_up(*store, world.backup).ok());
    REQUIRE(store->save(new_person("李四")).ok());
    made = store->changes().queued(1U << 20U).value();
    refuse_each_request(
        memory, "back_up",
        [&] {
          std::filesystem::remove(other);
          return back_up(*store, other);
        },
        OnDisk::kStep);
  }
  refuse_each_request(
      memory, "examine",
      [&] {
        return examine_database(world.options, built_in()).empty() ? Status{make_error(Errc::internal)} : Status{};
      },
      OnDisk::kStep);
  const std::string whole = read_bytes(world.options.path);
  const std::string damaged = whole.substr(0, 4'096) + std::string(whole.size() - 4'096, '\x5A');
  refuse_each_request(
      memory, "restore",
      [&] {
        for (const auto& entry : std::filesystem::directory_iterator(world.folder.path()))
          if (entry.path() != world.backup) std::filesystem::remove(entry.path());
        write_bytes(world.options.path, damaged);
        return only_status(restore(world.options, world.backup, built_in(), world.clock, world.random));
      },
      OnDisk::kStep);
  refuse_each_request(
      memory, "replay",
      [&]() -> Status {
        const auto fresh = world.open(StoreWorld::in_memory());
        if (!fresh.ok()) return fresh.error();
        RUHU_TRY_DONE((*fresh)->set_identity(StoreWorld::worker()));
        return (*fresh)->replay(made);
      },
      OnDisk::kStep);
}

TEST_CASE("No memory: a sound database is not taken for damaged and replaced, whichever request is refused",
          "[store][memory][backup]") {
  FailingMemory memory;
  OnDisk world;
  {
    const auto store = world.enrolled(world.options);
    REQUIRE(back_up(*store, world.backup).ok());
    REQUIRE(store->save(new_person("李四")).ok());
  }
  const std::string sound = read_bytes(world.options.path);
  bool struck = true;
  for (std::int64_t request = 0; struck; request += OnDisk::kStep) {
    memory.fail_at(request, false);
    const auto told = restore(world.options, world.backup, built_in(), world.clock, world.random);
    struck = memory.struck();
    memory.recover();
    CHECK_FALSE(told.ok());
    CHECK(read_bytes(world.options.path) == sound);
  }
}
