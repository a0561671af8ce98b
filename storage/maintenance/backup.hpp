#pragma once
#include <filesystem>

#include "storage/store.hpp"

// A tablet's database, copied to a safe place and brought back. A backup is encrypted with the tablet's own key: it
// helps a tablet whose file was damaged, not a tablet that was lost (what others may know is at the platform).
namespace ruhu {

/// Writes a consistent copy while the store is in use; the file is whole and on the disk, or not there.
/// io_failed also when the file exists: a backup never replaces another.
Status back_up(Store& store, const std::filesystem::path& file);

struct Restored {
  std::uint64_t own_ops = 0;        ///< Own ops in the database that is in use now.
  std::uint64_t rescued = 0;        ///< Of them: made after the backup and read out of the damaged database.
  std::filesystem::path set_aside;  ///< Where the damaged file lies now; empty: there was none.
};

/// Puts a backup in the place of a database that is damaged or gone. The damaged one is kept beside it, and whatever
/// own changes can still be read from it are played on the backup, so that only what nobody can read is lost.
/// not_damaged: the present database is sound, and replacing it could lose work. backup_unfit: the backup is another
/// tablet's, is damaged itself, or does not open with this tablet's key. Nothing is touched when it fails.
Result<Restored> restore(const DatabaseOptions& options, const std::filesystem::path& backup,
                         const Dictionary& dictionary, Clock& clock, Random& random);

}  // namespace ruhu
