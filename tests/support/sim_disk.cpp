#include "tests/support/sim_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace ruhu::test {

/// The C face of a SimDisk.
struct SimDiskVfs {
  struct Handle {
    sqlite3_file base;
    SimDisk* disk;
    std::shared_ptr<SimDisk::File> file;
    std::string* name_to_delete;
  };
  static Handle& of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
  static SimDisk& of(sqlite3_vfs* vfs) { return *static_cast<SimDisk*>(vfs->pAppData); }

  static int close(sqlite3_file* file) {
    Handle& handle = of(file);
    if (handle.name_to_delete != nullptr && !handle.disk->off_) handle.disk->files_.erase(*handle.name_to_delete);
    delete handle.name_to_delete;
    handle.file.~shared_ptr();
    return SQLITE_OK;
  }

  static int read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
    Handle& handle = of(file);
    if (handle.disk->off_) return SQLITE_IOERR_READ;
    const std::string& content = handle.file->content;
    const auto from = std::min(static_cast<std::size_t>(offset), content.size());
    const auto count = std::min(static_cast<std::size_t>(amount), content.size() - from);
    std::memcpy(to, content.data() + from, count);
    std::memset(static_cast<char*>(to) + count, 0, static_cast<std::size_t>(amount) - count);
    return count == static_cast<std::size_t>(amount) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }

  static int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
    Handle& handle = of(file);
    if (!handle.disk->use_power()) return SQLITE_IOERR_WRITE;
    std::string& content = handle.file->content;
    const auto end = static_cast<std::size_t>(offset) + static_cast<std::size_t>(amount);
    if (end > content.size()) {
      if (handle.disk->full_) return SQLITE_FULL;
      content.resize(end);
    }
    std::memcpy(content.data() + offset, from, static_cast<std::size_t>(amount));
    return SQLITE_OK;
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    Handle& handle = of(file);
    if (!handle.disk->use_power()) return SQLITE_IOERR_TRUNCATE;
    handle.file->content.resize(static_cast<std::size_t>(size));
    return SQLITE_OK;
  }

  static int sync(sqlite3_file* file, int) {
    Handle& handle = of(file);
    if (!handle.disk->use_power()) return SQLITE_IOERR_FSYNC;
    ++handle.disk->syncs_;
    if (!handle.disk->lies_) handle.file->durable = handle.file->content;
    return SQLITE_OK;
  }

  static int file_size(sqlite3_file* file, sqlite3_int64* size) {
    Handle& handle = of(file);
    if (handle.disk->off_) return SQLITE_IOERR_FSTAT;
    *size = static_cast<sqlite3_int64>(handle.file->content.size());
    return SQLITE_OK;
  }

  static int lock(sqlite3_file*, int) { return SQLITE_OK; }
  static int unlock(sqlite3_file*, int) { return SQLITE_OK; }
  static int check_reserved(sqlite3_file*, int* out) { return *out = 0, SQLITE_OK; }
  static int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  static int sector_size(sqlite3_file*) { return 4096; }
  static int characteristics(sqlite3_file*) { return 0; }

  static const sqlite3_io_methods* methods() {
    static const sqlite3_io_methods kMethods = {
        1,       close,          read,         write,       truncate,        sync,    file_size, lock,
        unlock,  check_reserved, file_control, sector_size, characteristics, nullptr, nullptr,   nullptr,
        nullptr, nullptr,        nullptr};
    return &kMethods;
  }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    SimDisk& disk = of(vfs);
    file->pMethods = nullptr;
    if (disk.off_) return SQLITE_CANTOPEN;
    const std::string path = name == nullptr ? "temporary" : name;
    auto& entry = disk.files_[path];
    if (!entry) {
      if ((flags & SQLITE_OPEN_CREATE) == 0) return disk.files_.erase(path), SQLITE_CANTOPEN;
      entry = std::make_shared<SimDisk::File>();
    }
    auto* handle = reinterpret_cast<Handle*>(file);
    handle->disk = &disk;
    new (&handle->file) std::shared_ptr<SimDisk::File>(entry);
    handle->name_to_delete = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0 ? new std::string(path) : nullptr;
    handle->base.pMethods = methods();
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* vfs, const char* name, int) {
    SimDisk& disk = of(vfs);
    if (!disk.use_power()) return SQLITE_IOERR_DELETE;
    disk.files_.erase(name);
    return SQLITE_OK;
  }

  static int access(sqlite3_vfs* vfs, const char* name, int, int* out) {
    *out = of(vfs).files_.contains(name) ? 1 : 0;
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

SimDisk::SimDisk(const std::string& name) : name_(name), registered_(std::make_unique<sqlite3_vfs>()) {
  sqlite3_initialize();
  sqlite3_vfs& vfs = *registered_;
  vfs = {};
  vfs.iVersion = 1;
  vfs.szOsFile = sizeof(SimDiskVfs::Handle);
  vfs.mxPathname = 512;
  vfs.zName = name_.c_str();
  vfs.pAppData = this;
  vfs.xOpen = SimDiskVfs::open;
  vfs.xDelete = SimDiskVfs::remove;
  vfs.xAccess = SimDiskVfs::access;
  vfs.xFullPathname = SimDiskVfs::full_path;
  vfs.xRandomness = SimDiskVfs::randomness;
  vfs.xSleep = SimDiskVfs::pass_time;
  vfs.xCurrentTime = SimDiskVfs::current_time;
  vfs.xGetLastError = SimDiskVfs::last_error;
  sqlite3_vfs_register(&vfs, 0);
}

SimDisk::~SimDisk() { sqlite3_vfs_unregister(registered_.get()); }

bool SimDisk::use_power() {
  if (off_) return false;
  if (operations_left_ && (*operations_left_)-- <= 0) {
    off_ = true;
    return false;
  }
  return true;
}

SimDisk::Copy SimDisk::copy() const {
  Copy copy;
  for (const auto& [name, file] : files_)
    if (file->durable) copy.emplace(name, *file->durable);
  return copy;
}

void SimDisk::put_back(const Copy& copy) {
  files_.clear();
  for (const auto& [name, content] : copy) files_.emplace(name, std::make_shared<File>(File{content, content}));
}

void SimDisk::power_on() {
  off_ = false;
  operations_left_.reset();
  for (auto at = files_.begin(); at != files_.end();) {
    File& file = *at->second;
    if (!file.durable) {
      at = files_.erase(at);
      continue;
    }
    file.content = *file.durable;
    ++at;
  }
}

}  // namespace ruhu::test
