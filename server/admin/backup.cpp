#include "server/admin/backup.hpp"

#include "server/admin/platform.hpp"

namespace ruhu::server {
namespace {

namespace fs = std::filesystem;

constexpr Realm kRealms[] = {Realm::live, Realm::practice};
constexpr const char* kKeys = "keys";

Status copy_all(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::copy(from, to, fs::copy_options::recursive, failed);
  return failed ? Status{make_error(Errc::io_failed, "copy of " + from.filename().string())} : Status{};
}

Status rename_to(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::rename(from, to, failed);
  return failed ? Status{make_error(Errc::io_failed, "move of " + from.filename().string())} : Status{};
}

Status make_empty(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return make_error(Errc::io_failed, "folder");
  if (!fs::is_empty(folder, failed) || failed) return make_error(Errc::already_enrolled, "the folder is not empty");
  fs::permissions(folder, fs::perms::owner_all, failed);
  return {};
}

/// The backup as a platform of its own that begins a new epoch, in a folder beside the data.
Status prepare(const fs::path& backup, const fs::path& folder, Clock& clock, Random& random) {
  if (!fs::exists(backup / Platform::file_of(Realm::live))) return make_error(Errc::file_missing, "backup");
  RUHU_TRY_DONE(copy_all(backup, folder));
  auto platform = Platform::open(folder, clock, random);
  if (!platform.ok()) return make_error(Errc::backup_unfit, to_log_line(platform.error()));
  for (const Realm realm : kRealms) {
    PlatformStore& store = (*platform)->store(realm);
    {
      RUHU_TRY(const auto tx, store.begin());
      if (const auto sound = tx->check_integrity(); !sound.ok()) return make_error(Errc::backup_unfit, "integrity");
    }
    RUHU_TRY_DONE(store.begin_epoch(random));
  }
  return {};
}

/// Nobody else has the platform open, and it is the one that the backup was made of. A damaged one is nobody's.
Status check_present(const fs::path& data, const fs::path& prepared, Clock& clock, Random& random) {
  RUHU_TRY(const auto restored, Platform::open(prepared, clock, random));
  const auto present = Platform::open(data, clock, random, Platform::Use::alone);
  if (!present.ok() && present.error().code == Errc::database_busy) return present.error();
  if (present.ok() && (*present)->signing_key().public_key() != restored->signing_key().public_key())
    return make_error(Errc::backup_unfit, "of another platform");
  return {};
}

fs::path beside(const fs::path& data, std::string_view what) {
  const fs::path plain = data.has_filename() ? data : data.parent_path();
  return plain.string() + "." + std::string(what);
}

}  // namespace

Status back_up_platform(const fs::path& data, const fs::path& backup, Clock& clock, Random& random) {
  RUHU_TRY(const auto platform, Platform::open(data, clock, random));
  RUHU_TRY_DONE(make_empty(backup));
  RUHU_TRY_DONE(copy_all(data / kKeys, backup / kKeys));
  for (const Realm realm : kRealms)
    RUHU_TRY_DONE(platform->store(realm).copy_to((backup / Platform::file_of(realm)).string()));
  return {};
}

Status restore_platform(const fs::path& data, const fs::path& backup, Clock& clock, Random& random) {
  const fs::path prepared = beside(data, "restoring");
  std::error_code ignored;
  fs::remove_all(prepared, ignored);  // of an attempt that was cut short
  const auto ready = prepare(backup, prepared, clock, random);
  const bool exists = fs::exists(data, ignored) && !fs::is_empty(data, ignored);
  const auto free_to_go = ready.ok() && exists ? check_present(data, prepared, clock, random) : ready;
  if (!free_to_go.ok()) {
    fs::remove_all(prepared, ignored);
    return free_to_go;
  }
  if (exists) RUHU_TRY_DONE(rename_to(data, beside(data, "before-" + std::to_string(to_ms(clock.now())))));
  if (!exists) fs::remove(data, ignored);
  return rename_to(prepared, data);
}

}  // namespace ruhu::server
