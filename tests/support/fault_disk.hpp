#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/random.hpp"

struct sqlite3_vfs;

namespace ruhu::test {

/// Name → content.
using DiskFiles = std::map<std::string, std::string>;

/// One thing done to a disk.
struct DiskOp {
  enum class Kind : std::uint8_t {
    write,
    truncate,
    sync,
    lost_sync,  ///< A sync that failed: what was not durable before never will be, although it can still be read.
    create,
    remove,
    sync_folder,  ///< Names made and removed so far are durable.
  };
  Kind kind = Kind::write;
  std::size_t file = 0;    ///< Number of the file; never reused, also when another file takes the name.
  std::size_t offset = 0;  ///< write: where. truncate: the new size.
  std::string text;        ///< write: the bytes. create, remove: the name.
};

/// Everything done to a disk since recording began, in order.
struct DiskJournal {
  DiskFiles before;  ///< All durable.
  std::vector<DiskOp> ops;
  std::vector<std::size_t> marks;  ///< marks[n]: so many ops had been done when promise n was made.
};

/// What the disk refuses. Each sort counts its own accesses.
struct DiskFault {
  enum class What : std::uint8_t { full, write_error, sync_error, read_error };
  What what = What::full;
  std::int64_t at = 0;    ///< The access that fails, counted from the moment the fault is set; the first is 0.
  bool for_good = false;  ///< That one and all later ones.
};

/// A disk in memory that writes down what is done to it and fails where told. SQLite reaches it through a VFS of its
/// own name; no shared memory, so databases on it are opened with `exclusive`. Sectors survive a power cut as on
/// Linux: bytes beside a write are never harmed.
class FaultDisk {
 public:
  explicit FaultDisk(const std::string& name, DiskFiles files = {});
  ~FaultDisk();
  FaultDisk(const FaultDisk&) = delete;
  FaultDisk& operator=(const FaultDisk&) = delete;

  /// The VFS for plain databases and the one for encrypted ones.
  const std::string& vfs() const { return name_; }
  std::string cipher_vfs() const { return "multipleciphers-" + name_; }

  /// As a program that looks now sees them.
  DiskFiles files() const;

  void record();  ///< From here on, and what is there now is durable.
  void mark() { journal_.marks.push_back(journal_.ops.size()); }
  const DiskJournal& journal() const { return journal_; }
  /// Syncs say done and do nothing, as on a disk that lies.
  void lie_about_syncs(bool lie) { lies_ = lie; }

  void break_at(const DiskFault& fault);
  void repair() { fault_.reset(); }
  bool struck() const { return struck_; }  ///< Has the fault set last refused anything yet?

 private:
  friend struct FaultDiskVfs;
  struct File {
    std::size_t number = 0;
    std::string content;
  };
  bool refuses(DiskFault::What what);
  bool refuses_write(int& rc);
  void note(DiskOp op);
  std::shared_ptr<File> make_file(const std::string& name);

  std::string name_;
  std::map<std::string, std::shared_ptr<File>> files_;
  std::size_t files_made_ = 0;
  bool recording_ = false;
  bool lies_ = false;
  DiskJournal journal_;
  std::optional<DiskFault> fault_;
  std::int64_t accesses_ = 0;
  bool struck_ = false;
  std::unique_ptr<sqlite3_vfs> registered_;
};

/// What a crash does to everything that is not durable.
enum class Crash : std::uint8_t {
  forgotten,  ///< Power cut: all of it is gone.
  torn,       ///< Power cut: done in order up to somewhere, the last write torn between two sectors.
  scattered,  ///< Power cut: any part of it is there, in no order, sector by sector.
  killed,     ///< The program alone dies: all of it is there.
};
inline constexpr Crash kCrashes[] = {Crash::forgotten, Crash::torn, Crash::scattered, Crash::killed};

/// Rebuilds from one recorded run what a crash leaves on the disk. Walks forward through the run.
class CrashWalk {
 public:
  explicit CrashWalk(const DiskJournal& journal);
  /// The crash comes after that many operations; not fewer than before.
  void go_to(std::size_t ops);
  /// The same random numbers give the same files. After a power cut each name made or removed but not durable is
  /// there or not, independently.
  DiskFiles after(Crash crash, Random& random) const;

 private:
  using Names = std::map<std::string, std::size_t>;
  void step(const DiskOp& op);
  void make_durable(std::size_t file);
  Names names_after(Crash crash, Random& random) const;

  const DiskJournal& journal_;
  std::size_t at_ = 0;
  std::vector<std::string> durable_;  ///< By number of the file.
  std::vector<std::string> cached_;   ///< The same as a running program reads it.
  Names durable_names_;
  Names cached_names_;
  std::vector<const DiskOp*> open_;        ///< Writes and truncates that are not durable.
  std::vector<const DiskOp*> open_names_;  ///< Names made and removed that are not durable.
};

}  // namespace ruhu::test
