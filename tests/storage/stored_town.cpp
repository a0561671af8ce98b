#include "tests/storage/stored_town.hpp"

#include "tests/support/catch.hpp"

namespace ruhu::test {
namespace {

constexpr ScopeCode kTownGrid{350582006001003};
constexpr TabletNo kOwn{7};
constexpr TabletNo kOther{2};
const Provenance kSaid{Source::self, Verified::declared, 0};

/// Hides what a call answers: here only whether it fails counts.
template <class T>
Status only_status(const Result<T>& result) {
  return result.ok() ? Status{} : Status{result.error()};
}

NewAttachment photo(const std::string& content) { return {content, Media::jpeg, "small"}; }

std::vector<Cell> case_cells(const NewAttachment& picture) {
  namespace c = kinds::case_;
  return {{c::no, std::string("350582006001003-20260305-A001")},
          {c::text, std::string("雨天路面积水很深，老人出门不便")},
          {c::photos, TextSet::of({to_string(attachment_id_of(picture.content))})}};
}

LogEntry entry(std::uint64_t lsn, const RecordRef& ref, const std::vector<Cell>& cells) {
  LogEntry entry{kTownGrid, {lsn}, ref, {lsn + 500}, {kOther, lsn}, {lsn}, {9}, {}};
  for (const Cell& cell : cells) entry.fields.push_back({cell.column, cell.value, kSaid});
  return entry;
}

OpResult result_of(std::uint64_t counter, OpOutcome outcome = OpOutcome::applied) {
  return {{kOwn, counter}, outcome, {counter}, outcome == OpOutcome::applied ? "" : "record_missing", {}};
}

/// The other's value stands meanwhile.
Result<OpResult> conflict_of(Store& store, std::uint64_t counter) {
  OpResult result{{kOwn, counter}, OpOutcome::conflict, {counter + 700}, "", {}};
  RUHU_TRY(const auto op, store.changes().find(counter));
  for (const FieldEdit& edit : op->change.fields)
    result.fields.push_back({edit.column,
                             FieldOutcome::conflict,
                             counter,
                             edit.value,
                             {{counter + 700}, {kOther, counter}, {5}, {9}, kSaid}});
  return result;
}

/// Of a tablet with more than four queued ops: the next is placed, one is a conflict, one waits, one is set aside.
Result<ServerNews> next_news(Store& store, std::vector<LogEntry> entries) {
  ServerNews news;
  RUHU_TRY(const std::uint64_t last, store.changes().acknowledged_up_to());
  RUHU_TRY(OpResult conflict, conflict_of(store, last + 2));
  news.results = {result_of(last + 1), std::move(conflict), result_of(last + 3, OpOutcome::waiting),
                  result_of(last + 4, OpOutcome::quarantined)};
  news.acknowledged = last + 4;
  news.entries = std::move(entries);
  news.cursors = {{kTownGrid, {news.entries.size()}}};
  news.actors = {{{9}, "陈静"}};
  return news;
}

void settle_people(Community& community, StoredTown& town) {
  const auto twin = community.family(community.dwelling(town.building, "103"), {{"陈六", "02", "2", "1940-01-01"}});
  for (const auto& [home, person] :
       {std::pair(town.family, town.family.people[1]), std::pair(town.alone, town.alone.people[0])}) {
    community.promised_visit(home, person);
    community.label(person, "E1", community.consent(person));
    community.task(person);
    community.need(home.household, person);
  }
  LifeCycleReader reader = community.reader();
  const auto pair = reader.pair(town.alone.people[0], twin.people[0]).value();
  community.carry_out(plan_persons_merged(pair, {community.new_id(), ""}, reader.occasion()));
  town.merge_case = community.all(kinds::merge_case::kKind).front().ref.id;
  const auto wife = reader.person(town.family.people[1]).value();
  community.carry_out(
      plan_death(wife, {reader.occasion().day, "family", "", town.family.people[0]}, reader.occasion()));
}

void keep_photos(Community& community, StoredTown& town) {
  SaveRequest request;
  request.edits = {{kinds::case_::kKind, {}, case_cells(town.owed), {}}};
  request.attachments = {town.owed};
  town.photo_case = community.store().save(request).value().front().ref;
  REQUIRE(community.store().attachments().add(town.kept, "draft").ok());
  REQUIRE(community.store().set_text("draft", "half a visit").ok());
}

}  // namespace

StoredTown stored_town() {
  Community community;
  StoredTown town;
  town.building = community.building();
  town.family = community.family(
      community.dwelling(town.building, "101"),
      {{"张一", "02", "1", "1955-01-01"}, {"王二", "12", "2", "1957-01-01"}, {"张五", "41", "1", "2014-01-01"}});
  town.alone = community.family(community.dwelling(town.building, "102"), {{"陈六", "02", "2", "1940-01-01"}});
  town.owed = photo(std::string(100'000, 'o'));  // two parts
  town.kept = photo("kept");
  town.wanted = photo("wanted");
  settle_people(community, town);
  keep_photos(community, town);
  for (const char* phone : {"13800138001", "13800138002"})
    community.set(kinds::person::kKind, town.family.people[0], kinds::person::phone, std::string(phone));
  const RecordRef far{kinds::case_::kKind, community.new_id()};
  const RecordRef known{kinds::person::kKind, town.alone.people[0]};
  REQUIRE(community.store()
              .take_in(*next_news(community.store(), {entry(1, far, case_cells(town.wanted)),
                                                      entry(2, known, {{kinds::person::name, std::string("陈陆")}})}))
              .ok());
  FaultDisk disk("copied");
  REQUIRE(community.store().database().copy_to("file:tablet.db?vfs=" + disk.vfs()).ok());
  town.files = disk.files();
  town.options.path = "tablet.db";
  town.options.exclusive = true;
  town.options.create = false;
  return town;
}

TownTablet::TownTablet(const StoredTown& town) : disk_("town", town.files) {
  clock_.advance(std::chrono::hours{1});
  DatabaseOptions options = town.options;
  options.vfs = disk_.vfs();
  static const Dictionary kBuiltIn = Dictionary::built_in().value();
  store_ = Store::open(options, kBuiltIn, clock_, random_).value();
}

/// The reader is opened by the call itself: that can fail, too.
template <class Ask>
std::function<Status(TownTablet&)> asked(Ask ask) {
  return [ask](TownTablet& tablet) -> Status {
    RUHU_TRY(LifeCycleReader reader, LifeCycleReader::open(tablet.store(), tablet.clock().now()));
    return only_status(ask(reader));
  };
}

std::vector<TownCall> life_cycle_questions(const StoredTown& town) {
  using Reader = LifeCycleReader;
  return {
      {"person", asked([=](Reader& r) { return r.person(town.alone.people[0]); })},
      {"household", asked([=](Reader& r) { return r.household(town.family.household); })},
      {"dwelling", asked([=](Reader& r) { return r.dwelling(town.family.dwelling); })},
      {"building", asked([=](Reader& r) { return r.building(town.building); })},
      {"death", asked([=](Reader& r) { return r.death(town.family.people[1]); })},
      {"pair", asked([=](Reader& r) { return r.pair(town.family.people[0], town.alone.people[0], town.merge_case); })},
      {"merge", asked([=](Reader& r) { return r.merge(town.merge_case); })},
  };
}

std::vector<TownCall> questions(const StoredTown& town) {
  using Tablet = TownTablet;
  const RecordRef person{kinds::person::kKind, town.family.people[0]};
  const AttachmentId owed = attachment_id_of(town.owed.content);
  std::vector<TownCall> calls = {
      {"history", [=](Tablet& t) { return only_status(t.store().history(person)); }},
      {"identity", [=](Tablet& t) { return only_status(t.store().identity()); }},
      {"find", [=](Tablet& t) { return only_status(t.store().find(person)); }},
      {"list", [=](Tablet& t) { return only_status(t.store().list(person.kind)); }},
      {"count", [=](Tablet& t) { return only_status(t.store().count(person.kind)); }},
      {"text", [](Tablet& t) { return only_status(t.store().text("draft")); }},
      {"figures", [](Tablet& t) { return only_status(t.store().figures()); }},
      {"cursors", [](Tablet& t) { return only_status(t.store().cursors()); }},
      {"marks", [](Tablet& t) { return only_status(t.store().marks()); }},
      {"actor_name", [](Tablet& t) { return only_status(t.store().actor_name({9})); }},
      {"queued", [](Tablet& t) { return only_status(t.store().changes().queued(1U << 20U)); }},
      {"next_counter", [](Tablet& t) { return only_status(t.store().changes().next_counter()); }},
      {"with_results", [](Tablet& t) { return only_status(t.store().changes().with_results(9)); }},
      {"find op", [](Tablet& t) { return only_status(t.store().changes().find(2)); }},
      {"of_draft", [](Tablet& t) { return only_status(t.store().attachments().of_draft("draft")); }},
      {"content", [=](Tablet& t) { return only_status(t.store().attachments().content(owed)); }},
      {"thumbnail", [=](Tablet& t) { return only_status(t.store().attachments().thumbnail(owed)); }},
      {"usage", [](Tablet& t) { return only_status(t.store().attachments().usage()); }},
      {"missing", [](Tablet& t) { return only_status(t.store().attachments().missing()); }},
      {"unsent", [](Tablet& t) { return only_status(t.store().attachments().unsent()); }},
      {"audit", [](Tablet& t) { return only_status(t.store().audit()); }},
  };
  for (const std::string text : {"张一", "zhang", "8002", "1栋101", "灵源街道 张一", "灵源街道长安路 13800"})
    calls.push_back({"search " + text, [=](Tablet& t) { return only_status(t.store().search(text, 9)); }});
  for (TownCall& call : life_cycle_questions(town)) calls.push_back(std::move(call));
  return calls;
}

std::vector<TownCall> photo_tasks(const StoredTown& town) {
  using Tablet = TownTablet;
  const AttachmentId owed = attachment_id_of(town.owed.content);
  const AttachmentId kept = attachment_id_of(town.kept.content);
  const AttachmentId wanted = attachment_id_of(town.wanted.content);
  const TextSet other = TextSet::of({to_string(kept)});
  return {
      {"add", [](Tablet& t) { return only_status(t.store().attachments().add(photo("more"), "other")); }},
      {"keep",
       [=](Tablet& t) {
         return t.store().attachments().keep("other", {kept, wanted});
       }},
      {"release", [=](Tablet& t) { return t.store().attachments().release("draft", kept); }},
      {"set_quota", [](Tablet& t) { return t.store().attachments().set_quota(1'000'000'000); }},
      {"confirm_sent", [=](Tablet& t) { return t.store().attachments().confirm_sent(owed); }},
      {"take_content", [=](Tablet& t) { return t.store().attachments().take_content(wanted, town.wanted); }},
      {"take_thumbnail", [=](Tablet& t) { return t.store().attachments().take_thumbnail(wanted, "tiny"); }},
      {"take_back", [=](Tablet& t) { return t.store().attachments().take_back(town.wanted); }},
      {"forget draft", [](Tablet& t) { return t.store().set_text("draft", ""); }},
      {"save with the draft's photo",
       [=](Tablet& t) {
         SaveRequest request;
         request.draft = "draft";
         request.edits = {{town.photo_case.kind, town.photo_case.id, {{kinds::case_::photos, other}}, {}}};
         return only_status(t.store().save(request));
       }},
      {"save with new photos",
       [=](Tablet& t) {
         SaveRequest request;
         request.attachments = {photo("fresh"), photo("loose")};
         request.edits = {{kinds::case_::kKind, {}, case_cells(photo("fresh")), {}}};
         return only_status(t.store().save(request));
       }},
  };
}

std::vector<TownCall> tasks(const StoredTown& town) {
  using Tablet = TownTablet;
  const RecordRef person{kinds::person::kKind, town.family.people[0]};
  std::vector<TownCall> calls = {
      {"set_identity",
       [](Tablet& t) {
         auto identity = t.store().identity();
         if (!identity.ok()) return Status{identity.error()};
         identity.value()->actor_name = "王网格";
         return t.store().set_identity(**identity);  // moving the log into the file can wait
       },
       true},
      {"set_text", [](Tablet& t) { return t.store().set_text("draft", "more of it"); }},
      {"log_access", [=](Tablet& t) { return t.store().log_access(person, kinds::person::phone); }},
      {"clock offset", [](Tablet& t) { return t.store().set_clock_offset(Millis{9'000'000}); }},
      {"save",
       [=](Tablet& t) {
         const std::vector<Cell> cells = {{kinds::person::name, std::string("张壹")},
                                          {kinds::person::phone, std::string("13800138003")}};
         return only_status(t.store().save({{{person.kind, person.id, cells, {}}}, kSaid, {}}));
       }},
      {"replay",
       [=](Tablet& t) {
         Change change{{kOwn, t.store().changes().next_counter().value_or(1)}, 0, 1, person, {}, {}, {3}, {}};
         change.group_first = change.id.counter;
         change.fields = {{kinds::person::name, {}, std::string("张贰"), kSaid}};
         return t.store().replay({change});
       }},
      {"news",
       [=](Tablet& t) {
         const RecordRef fresh{kinds::case_::kKind, t.new_id()};
         auto news = next_news(t.store(), {entry(3, fresh, case_cells(photo("far"))),
                                           entry(4, person, {{kinds::person::name, std::string("张叁")}}),
                                           entry(5, {{999}, t.new_id()}, {})});
         if (!news.ok()) return Status{news.error()};
         news->late = {result_of(3), result_of(4)};
         news->late_upto = 2;
         return t.store().take_in(*news);
       }},
      {"sweep", [](Tablet& t) { return only_status(t.store().attachments().sweep()); }},
      {"move a wall",
       [=](Tablet& t) {
         const std::vector<Cell> cells = {{kinds::dwelling::room_no, std::string("101甲")}};
         return only_status(t.store().save({{{kinds::dwelling::kKind, town.family.dwelling, cells, {}}}, kSaid, {}}));
       }},
  };
  for (TownCall& call : photo_tasks(town)) calls.push_back(std::move(call));
  return calls;
}

}  // namespace ruhu::test
