#include "storage/maintenance/backup.hpp"

#include "platform/keys/durable_file.hpp"
#include "storage/model/stored_form.hpp"

namespace ruhu {
namespace {

namespace fs = std::filesystem;

/// Removes a half-made file, with what SQLite may have put beside it, unless it was given its name.
class PartFile {
 public:
  explicit PartFile(fs::path path) : path_(std::move(path)) { remove(); }
  ~PartFile() { remove(); }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  const fs::path& path() const { return path_; }

 private:
  void remove() const {
    std::error_code ignored;
    for (const char* beside : {"", "-wal", "-shm", "-journal"}) fs::remove(path_.string() + beside, ignored);
  }
  fs::path path_;
};

/// Errors that say something about this moment and nothing about a file: nobody may take a sound one for damaged.
bool may_pass(const Error& error) {
  return error.code == Errc::out_of_memory || error.code == Errc::disk_full || error.code == Errc::database_busy;
}

/// Whose database it is, and how far its own ops go.
struct Owner {
  TabletNo tablet;
  Realm realm = Realm::live;
  std::uint64_t last_counter = 0;
};

Result<Owner> owner_of(Store& store) {
  RUHU_TRY(const auto identity, store.identity());
  if (!identity) return make_error(Errc::backup_unfit, "no identity");
  RUHU_TRY(const std::uint64_t next, store.changes().next_counter());
  return Owner{identity->tablet, identity->realm, next - 1};
}

Result<bool> is_sound(Store& store) {
  const auto findings = store.audit();
  if (!findings.ok() && findings.error().code == Errc::database_damaged) return false;
  if (!findings.ok()) return findings.error();
  return findings->empty();
}

/// Own changes after the backup's, as far as the damaged database gives them: in order, whole groups only.
Result<std::vector<Change>> readable_changes(Database& db, const Owner& owner) {
  std::vector<Change> changes;
  std::size_t whole = 0;
  auto query = db.prepare("SELECT body FROM sys_change WHERE counter > ?1 ORDER BY counter");
  if (!query.ok()) return may_pass(query.error()) ? Result<std::vector<Change>>(query.error()) : changes;
  query->bind(1, static_cast<std::int64_t>(owner.last_counter));
  for (;;) {
    const auto row = query->step();
    if (!row.ok() && may_pass(row.error())) return row.error();
    if (!row.ok() || !*row) break;
    auto change = decode_change(query->blob(0));
    const std::uint64_t expected = owner.last_counter + changes.size() + 1;
    if (!change.ok() || change->id != OpId{owner.tablet, expected}) break;
    const bool ends_group = change->id.counter + 1 == change->group_first + change->group_size;
    changes.push_back(std::move(*change));
    if (ends_group) whole = changes.size();
  }
  changes.resize(whole);
  return changes;
}

struct Present {
  bool exists = false;
  std::unique_ptr<Database> db;  ///< Open as far as it can be, for its photos.
  std::vector<Change> rescued;
};

/// What there is to be said of the database that a backup is to replace.
Result<Present> examine_present(DatabaseOptions options, const Owner& backup, const Dictionary& dictionary,
                                Clock& clock, Random& random) {
  Present present;
  std::error_code absent;
  present.exists = fs::exists(options.path, absent);
  if (!present.exists) return present;
  options.create = false;
  {
    const auto store = Store::open(options, dictionary, clock, random);
    if (!store.ok() && may_pass(store.error())) return store.error();
    if (store.ok()) {
      RUHU_TRY(const bool sound, is_sound(**store));
      if (sound) return make_error(Errc::not_damaged);
    }
  }
  auto db = Database::open(options);
  if (!db.ok() && may_pass(db.error())) return db.error();
  if (!db.ok()) return present;
  present.db = std::move(*db);
  RUHU_TRY(present.rescued, readable_changes(*present.db, backup));
  return present;
}

/// Photos that the played changes refer to and the backup lacks, as far as the damaged database gives them whole.
Status rescue_photos(Store& store, Database* damaged) {
  if (damaged == nullptr) return {};
  AttachmentTable from(*damaged);
  RUHU_TRY(const auto missing, store.attachments().missing());
  for (const AttachmentId& id : missing) {
    const auto info = from.find(id);
    auto content = from.content(id);
    for (const Status& read :
         {info.ok() ? Status{} : Status{info.error()}, content.ok() ? Status{} : Status{content.error()}})
      if (!read.ok() && may_pass(read.error())) return read;
    if (!info.ok() || !content.ok()) continue;
    NewAttachment rescued{std::move(*content), (*info)->media, from.thumbnail(id).value_or("")};
    RUHU_TRY_DONE(store.attachments().take_back(rescued));
  }
  return {};
}

/// The damaged file and its log move together; the names say when. A log without its file moves too: SQLite would play
/// it on the restored one.
Result<fs::path> set_aside(const fs::path& database, Clock& clock) {
  const std::string mark = ".damaged-" + std::to_string(to_ms(clock.now()));
  std::error_code failed;
  for (const char* beside : {"-wal", "-shm", ""}) {
    const fs::path from = database.string() + beside;
    if (!fs::exists(from, failed)) continue;
    fs::rename(from, database.string() + mark + beside, failed);
    if (failed) return make_error(Errc::io_failed, "setting the damaged file aside");
  }
  return fs::path(database.string() + mark);
}

Error unfit(const Error& error) {
  if (may_pass(error) || error.code == Errc::database_newer) return error;
  return make_error(Errc::backup_unfit, std::string(traits_of(error.code).key));
}

}  // namespace

Status back_up(Store& store, const fs::path& file) {
  const PartFile part(file.string() + ".part");
  RUHU_TRY_DONE(store.database().copy_to(part.path().string()));
  return place_durable_file(part.path(), file, IfPresent::refuse);
}

Result<Restored> restore(const DatabaseOptions& options, const fs::path& backup, const Dictionary& dictionary,
                         Clock& clock, Random& random) {
  const PartFile fresh(options.path + ".restoring");
  std::error_code failed;
  if (!fs::exists(backup, failed)) return make_error(Errc::file_missing, "backup");
  fs::copy_file(backup, fresh.path(), failed);
  if (failed) return make_error(failed == std::errc::no_space_on_device ? Errc::disk_full : Errc::io_failed, "copy");
  DatabaseOptions copied = options;
  copied.path = fresh.path().string();
  copied.create = false;
  Restored restored;
  Present present;
  {
    auto store = Store::open(copied, dictionary, clock, random);
    if (!store.ok()) return unfit(store.error());
    const auto sound = is_sound(**store);
    if (!sound.ok()) return unfit(sound.error());
    if (!*sound) return make_error(Errc::backup_unfit, "damaged");
    RUHU_TRY(const Owner owner, owner_of(**store));
    RUHU_TRY(present, examine_present(options, owner, dictionary, clock, random));
    RUHU_TRY_DONE((*store)->replay(present.rescued));
    RUHU_TRY_DONE(rescue_photos(**store, present.db.get()));
    present.db.reset();
    restored.rescued = present.rescued.size();
    restored.own_ops = owner.last_counter + restored.rescued;
    RUHU_TRY_DONE((*store)->database().checkpoint());
  }
  RUHU_TRY(const fs::path aside, set_aside(options.path, clock));
  if (present.exists) restored.set_aside = aside;
  RUHU_TRY_DONE(place_durable_file(fresh.path(), options.path, IfPresent::refuse));
  return restored;
}

}  // namespace ruhu
