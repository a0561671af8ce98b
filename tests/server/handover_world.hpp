#pragma once
#include <string>

#include "server/handover/parcel_service.hpp"
#include "sync/handover/hand_over.hpp"
#include "sync/handover/parcel_courier.hpp"
#include "tests/server/photo_world.hpp"

namespace ruhu::test {

/// Tablets that hand over to each other, and a platform that some of them reach.
class HandoverWorld : public PhotoWorld {
 public:
  HandoverWorld();  ///< With one record that a tablet of before has brought.

  /// A new person on that tablet.
  RecordRef save_person(PhotoTablet& tablet, const std::string& name);
  void save_long_case(PhotoTablet& tablet);  ///< About 1 KB.
  void rename(PhotoTablet& tablet, const RecordRef& person, const std::string& name);
  std::string name_of(PhotoTablet& tablet, const RecordRef& person);

  /// What the tablet gives away, noted as given.
  std::string exported(PhotoTablet& tablet);
  Result<HandOver::Imported> import(PhotoTablet& tablet, const std::string& file);
  /// As above; must go well.
  HandOver::Imported imported(PhotoTablet& tablet, const std::string& file);
  /// The tablet reaches the platform with everything that it carries.
  Result<ParcelCourier::Outcome> bring(PhotoTablet& tablet);
  ParcelCourier courier(PhotoTablet& tablet);
  Result<std::string> carry_parcels(std::string_view sealed);

  std::int64_t queued(PhotoTablet& tablet) { return tablet.store->figures()->queued; }
  std::int64_t handed_over(PhotoTablet& tablet) { return tablet.store->figures()->handed_over; }
  std::size_t ops_at_platform();  ///< But for that record's.
  /// Both audits of everything find nothing.
  bool all_sound();

 private:
  TabletNo before_;
  HandOver hand_over(PhotoTablet& tablet);
};

}  // namespace ruhu::test
