#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/feed/snapshots.hpp"
#include "storage/store.hpp"
#include "tests/server/platform_world.hpp"

namespace ruhu::test {

/// One enrolled tablet with its database in a file, beside a platform that it talks with directly.
class Device {
 public:
  Device(PlatformWorld& world, const server::Tablet& row);
  /// A device with a copy of the other's data.
  explicit Device(Device& other);

  Store& store() { return *store_; }
  Identity identity() { return store_->identity().value().value(); }

  RecordRef meet(const std::string& name, std::vector<Cell> more = {});
  void rename(const RecordRef& ref, const std::string& name);
  std::string name_of(const RecordRef& ref);  ///< "" when it is not here.
  std::size_t persons() { return store_->list(kinds::person::kKind).value().size(); }

  /// Trips until nothing is left, or so many: then timed_out. Nothing: all went well.
  std::optional<Errc> sync(int trips_max = 20);

  std::size_t rows_from_chunks = 0;  ///< In all answers so far.
  std::vector<RecordRef> told;       ///< Records of all log entries in them.
  server::SnapshotPolicy policy;     ///< Of the platform when it answers this tablet.

 private:
  void open();
  void count_rows(std::string_view answer);
  Result<std::string> ask(std::string_view sealed);
  RecordRef save(std::optional<RecordId> id, std::vector<Cell> cells);

  PlatformWorld& world_;
  TemporaryFolder folder_;
  std::string key_;
  std::unique_ptr<Store> store_;
};

}  // namespace ruhu::test
