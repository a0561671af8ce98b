#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/community.hpp"
#include "tests/support/fault_disk.hpp"

namespace ruhu::test {

/// A community's database as bytes, so that a call can be tried again and again from the same start. It holds some of
/// everything: households, a death, a merge, photos that are kept, owed and missing, conflicts, names, drafts.
struct StoredTown {
  DiskFiles files;
  DatabaseOptions options;  ///< Without the disk it lies on.
  RecordId building;
  Community::Family family;  ///< 张一, 王二 who has died, 张五.
  Community::Family alone;   ///< 陈六, into whom `twin` was merged.
  RecordId merge_case;
  RecordRef photo_case;
  NewAttachment owed;    ///< Of photo_case.
  NewAttachment kept;    ///< Of the draft "draft".
  NewAttachment wanted;  ///< Of a case that somebody else reported; not here.
};

StoredTown stored_town();

/// That town's tablet, opened anew.
class TownTablet {
 public:
  explicit TownTablet(const StoredTown& town);
  Store& store() { return *store_; }
  ManualClock& clock() { return clock_; }
  RecordId new_id() { return make_uuid_v7(clock_, random_); }

 private:
  ManualClock clock_;
  SeededRandom random_{99};
  FaultDisk disk_;
  std::unique_ptr<Store> store_;
};

/// Something that a tablet is asked or told to do.
struct TownCall {
  std::string name;
  std::function<Status(TownTablet&)> run;
  bool may_succeed = false;  ///< Does without a statement that is refused.
};

/// Everything that a store is asked, and everything that it is told to do.
std::vector<TownCall> questions(const StoredTown& town);
std::vector<TownCall> tasks(const StoredTown& town);

}  // namespace ruhu::test
