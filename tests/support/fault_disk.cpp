#include "tests/support/fault_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace ruhu::test {

/// The C face of a FaultDisk.
struct FaultDiskVfs {
  struct Handle {
    sqlite3_file base;
    FaultDisk* disk;
    std::shared_ptr<FaultDisk::File> file;
    bool folder_sync_due;  ///< As SQLite does on Linux: with the first sync of a journal that was made.
  };
  static Handle& of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
  static FaultDisk& of(sqlite3_vfs* vfs) { return *static_cast<FaultDisk*>(vfs->pAppData); }

  static int close(sqlite3_file* file) {
    of(file).file.~shared_ptr();
    return SQLITE_OK;
  }

  static int read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
    Handle& handle = of(file);
    if (handle.disk->refuses(DiskFault::What::read_error)) return SQLITE_IOERR_READ;
    const std::string& content = handle.file->content;
    const auto from = std::min(static_cast<std::size_t>(offset), content.size());
    const auto count = std::min(static_cast<std::size_t>(amount), content.size() - from);
    std::memcpy(to, content.data() + from, count);
    std::memset(static_cast<char*>(to) + count, 0, static_cast<std::size_t>(amount) - count);
    return count == static_cast<std::size_t>(amount) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }

  static int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
    Handle& handle = of(file);
    int rc = SQLITE_OK;
    auto length = static_cast<std::size_t>(amount);
    if (handle.disk->refuses_write(rc)) length /= 2;  // a refused write may have done a part
    std::string& content = handle.file->content;
    const auto at = static_cast<std::size_t>(offset);
    if (at + length > content.size()) content.resize(at + length);
    std::memcpy(content.data() + at, from, length);
    handle.disk->note({DiskOp::Kind::write, handle.file->number, at, {static_cast<const char*>(from), length}});
    return rc;
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    Handle& handle = of(file);
    if (handle.disk->refuses(DiskFault::What::write_error)) return SQLITE_IOERR_TRUNCATE;
    handle.file->content.resize(static_cast<std::size_t>(size));
    handle.disk->note({DiskOp::Kind::truncate, handle.file->number, static_cast<std::size_t>(size), {}});
    return SQLITE_OK;
  }

  static int sync(sqlite3_file* file, int) {
    Handle& handle = of(file);
    FaultDisk& disk = *handle.disk;
    const std::size_t number = handle.file->number;
    if (disk.refuses(DiskFault::What::sync_error)) {
      disk.note({DiskOp::Kind::lost_sync, number, 0, {}});
      return SQLITE_IOERR_FSYNC;
    }
    if (disk.lies_) return SQLITE_OK;
    disk.note({DiskOp::Kind::sync, number, 0, {}});
    if (handle.folder_sync_due) disk.note({DiskOp::Kind::sync_folder, number, 0, {}});
    handle.folder_sync_due = false;
    return SQLITE_OK;
  }

  static int file_size(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(of(file).file->content.size());
    return SQLITE_OK;
  }

  static int lock(sqlite3_file*, int) { return SQLITE_OK; }
  static int unlock(sqlite3_file*, int) { return SQLITE_OK; }
  static int check_reserved(sqlite3_file*, int* out) { return *out = 0, SQLITE_OK; }
  static int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  static int sector_size(sqlite3_file*) { return 4096; }
  static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

  static const sqlite3_io_methods* methods() {
    static const sqlite3_io_methods kMethods = {
        1,       close,          read,         write,       truncate,        sync,    file_size, lock,
        unlock,  check_reserved, file_control, sector_size, characteristics, nullptr, nullptr,   nullptr,
        nullptr, nullptr,        nullptr};
    return &kMethods;
  }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    FaultDisk& disk = of(vfs);
    file->pMethods = nullptr;
    const std::string path = name == nullptr ? "temporary" : name;
    const auto at = disk.files_.find(path);
    const bool fresh = at == disk.files_.end();
    if (fresh && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    auto* handle = reinterpret_cast<Handle*>(file);
    handle->disk = &disk;
    new (&handle->file) std::shared_ptr<FaultDisk::File>(fresh ? disk.make_file(path) : at->second);
    constexpr int kJournals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
    handle->folder_sync_due = fresh && (flags & kJournals) != 0;
    handle->base.pMethods = methods();
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    FaultDisk& disk = of(vfs);
    const auto at = disk.files_.find(name);
    if (at == disk.files_.end()) return SQLITE_IOERR_DELETE_NOENT;
    if (disk.refuses(DiskFault::What::write_error)) return SQLITE_IOERR_DELETE;
    disk.note({DiskOp::Kind::remove, at->second->number, 0, name});
    if (sync_folder != 0 && !disk.lies_) disk.note({DiskOp::Kind::sync_folder, at->second->number, 0, {}});
    disk.files_.erase(at);
    return SQLITE_OK;
  }

  /// As on Linux: a file without bytes does not exist for those who only ask.
  static int access(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
    const auto& files = of(vfs).files_;
    const auto at = files.find(name);
    const bool there = at != files.end() && (flags != SQLITE_ACCESS_EXISTS || !at->second->content.empty());
    *out = there ? 1 : 0;
    return SQLITE_OK;
  }

  static int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
    return sqlite3_snprintf(size, out, "%s", name), SQLITE_OK;
  }

  static int randomness(sqlite3_vfs*, int amount, char* out) {
    std::memset(out, 7, static_cast<std::size_t>(amount));
    return amount;
  }

  static int pass_time(sqlite3_vfs*, int microseconds) { return microseconds; }
  static int current_time(sqlite3_vfs*, double* out) { return *out = 2461000.5, SQLITE_OK; }
  static int last_error(sqlite3_vfs*, int, char*) { return 0; }
};

FaultDisk::FaultDisk(const std::string& name, DiskFiles files)
    : name_(name), registered_(std::make_unique<sqlite3_vfs>()) {
  for (auto& [path, content] : files) make_file(path)->content = std::move(content);
  sqlite3_initialize();
  sqlite3_vfs& vfs = *registered_;
  vfs = {};
  vfs.iVersion = 1;
  vfs.szOsFile = sizeof(FaultDiskVfs::Handle);
  vfs.mxPathname = 512;
  vfs.zName = name_.c_str();
  vfs.pAppData = this;
  vfs.xOpen = FaultDiskVfs::open;
  vfs.xDelete = FaultDiskVfs::remove;
  vfs.xAccess = FaultDiskVfs::access;
  vfs.xFullPathname = FaultDiskVfs::full_path;
  vfs.xRandomness = FaultDiskVfs::randomness;
  vfs.xSleep = FaultDiskVfs::pass_time;
  vfs.xCurrentTime = FaultDiskVfs::current_time;
  vfs.xGetLastError = FaultDiskVfs::last_error;
  sqlite3_vfs_register(&vfs, 0);
  // Left to itself, SQLite3MC makes it with the first database, and when memory is short then, it finds no VFS.
  sqlite3mc_vfs_create(name_.c_str(), 0);
}

FaultDisk::~FaultDisk() {
  sqlite3mc_vfs_destroy(cipher_vfs().c_str());
  sqlite3_vfs_unregister(registered_.get());
}

std::shared_ptr<FaultDisk::File> FaultDisk::make_file(const std::string& name) {
  auto file = std::make_shared<File>();
  file->number = files_made_++;
  files_[name] = file;
  note({DiskOp::Kind::create, file->number, 0, name});
  return file;
}

DiskFiles FaultDisk::files() const {
  DiskFiles files;
  for (const auto& [name, file] : files_) files[name] = file->content;
  return files;
}

void FaultDisk::record() {
  // Numbers start anew, so that a journal can be read without its disk.
  files_made_ = 0;
  for (const auto& [name, file] : files_) file->number = files_made_++;
  journal_ = {files(), {}, {}};
  recording_ = true;
}

void FaultDisk::note(DiskOp op) {
  if (recording_) journal_.ops.push_back(std::move(op));
}

void FaultDisk::break_at(const DiskFault& fault) {
  fault_ = fault;
  accesses_ = 0;
  struck_ = false;
}

bool FaultDisk::refuses(DiskFault::What what) {
  if (!fault_ || fault_->what != what) return false;
  const std::int64_t access = accesses_++;
  const bool refused = fault_->for_good ? access >= fault_->at : access == fault_->at;
  struck_ = struck_ || refused;
  return refused;
}

bool FaultDisk::refuses_write(int& rc) {
  if (refuses(DiskFault::What::full)) rc = SQLITE_FULL;
  if (refuses(DiskFault::What::write_error)) rc = SQLITE_IOERR_WRITE;
  return rc != SQLITE_OK;
}

}  // namespace ruhu::test
