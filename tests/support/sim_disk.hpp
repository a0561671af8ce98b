#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

struct sqlite3_vfs;

namespace ruhu::test {

/// A disk in memory that forgets what was not synced when its power is cut. SQLite writes to it through a VFS of its
/// own name; no shared memory, so databases on it are opened with `exclusive`.
class SimDisk {
 public:
  explicit SimDisk(const std::string& name);
  ~SimDisk();
  SimDisk(const SimDisk&) = delete;
  SimDisk& operator=(const SimDisk&) = delete;

  const std::string& vfs() const { return name_; }

  /// The power goes after that many further writes and syncs: from then on every access fails until power_on().
  void cut_power_after(std::int64_t operations) { operations_left_ = operations; }
  void never_cut() { operations_left_.reset(); }
  bool is_off() const { return off_; }
  /// Back on: every file is as it was last synced; one that never was is gone.
  void power_on();

  /// Every file as last synced, by name: what a copy of the disk made now would hold.
  using Copy = std::map<std::string, std::string>;
  Copy copy() const;
  /// The disk holds that and nothing else. Nobody may have a file open.
  void put_back(const Copy& copy);

  /// From now on nothing can be written beyond what the files hold, as on a full disk.
  void set_full(bool full) { full_ = full; }
  bool is_full() const { return full_; }
  /// Syncs say done and do nothing, as on a disk that lies.
  void lie_about_syncs(bool lie) { lies_ = lie; }

  std::int64_t syncs() const { return syncs_; }

  struct File {
    std::string content;
    std::optional<std::string> durable;  ///< As last synced.
  };

 private:
  friend struct SimDiskVfs;
  bool use_power();

  std::string name_;
  std::map<std::string, std::shared_ptr<File>> files_;
  std::optional<std::int64_t> operations_left_;
  bool off_ = false;
  bool full_ = false;
  bool lies_ = false;
  std::int64_t syncs_ = 0;
  std::unique_ptr<sqlite3_vfs> registered_;
};

}  // namespace ruhu::test
