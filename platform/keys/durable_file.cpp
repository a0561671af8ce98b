#include "platform/keys/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace ruhu {
namespace {

namespace fs = std::filesystem;

/// An open file; closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  bool is_open() const { return fd_ >= 0; }
  int get() const { return fd_; }

 private:
  int fd_;
};

Error os_error(const char* step, int number) {
  const auto code = number == ENOSPC || number == EDQUOT ? Errc::disk_full
                    : number == ENOENT                   ? Errc::file_missing
                                                         : Errc::io_failed;
  return make_error(code, std::string(step) + ": " + std::generic_category().message(number));
}

Status write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ::ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return os_error("write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status sync_folder(const fs::path& folder) {
  const Descriptor dir(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!dir.is_open()) return os_error("open folder", errno);
  if (::fsync(dir.get()) != 0) return os_error("sync folder", errno);
  return {};
}

Status write_synced(const fs::path& path, std::string_view bytes) {
  ::unlink(path.c_str());  // left over from a cut
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.is_open()) return os_error("create", errno);
  RUHU_TRY_DONE(write_all(file.get(), bytes));
  if (::fsync(file.get()) != 0) return os_error("sync", errno);
  return {};
}

/// A rename replaces what is there; a second link never does.
Status move_into_place(const fs::path& from, const fs::path& to, IfPresent if_present) {
  if (if_present == IfPresent::replace) {
    return ::rename(from.c_str(), to.c_str()) == 0 ? Status{} : os_error("rename", errno);
  }
  if (::link(from.c_str(), to.c_str()) != 0) return os_error("link", errno);
  ::unlink(from.c_str());
  return {};
}

}  // namespace

Result<std::string> read_small_file(const fs::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return os_error("open", errno);
  std::string bytes(limit + 1, '\0');
  std::size_t length = 0;
  while (length < bytes.size()) {
    const ::ssize_t got = ::read(file.get(), bytes.data() + length, bytes.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return os_error("read", errno);
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  if (length > limit) return make_error(Errc::too_large, "more than " + std::to_string(limit) + " bytes");
  bytes.resize(length);
  return bytes;
}

Status make_private_folder(const fs::path& folder) {
  std::error_code failed;
  if (fs::is_directory(folder, failed)) return {};
  const fs::path parent = folder.parent_path();
  if (!parent.empty()) fs::create_directories(parent, failed);
  if (failed) return os_error("make folder", failed.value());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return os_error("make folder", errno);
  return sync_folder(parent);
}

Status write_durable_file(const fs::path& path, std::string_view bytes, IfPresent if_present) {
  fs::path fresh = path;
  fresh += ".new";
  Status done = write_synced(fresh, bytes);
  if (done.ok()) done = move_into_place(fresh, path, if_present);
  if (!done.ok()) {
    ::unlink(fresh.c_str());
    return done;
  }
  return sync_folder(path.parent_path());
}

Status place_durable_file(const fs::path& from, const fs::path& to, IfPresent if_present) {
  {
    const Descriptor file(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) return os_error("open", errno);
    if (::fsync(file.get()) != 0) return os_error("sync", errno);
  }
  RUHU_TRY_DONE(move_into_place(from, to, if_present));
  return sync_folder(to.parent_path());
}

}  // namespace ruhu
