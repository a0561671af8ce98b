#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/base/clock.hpp"
#include "storage/model/identity.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu {

/// A request of this tablet that left in a parcel instead of over the network.
struct OwnParcel {
  std::uint64_t nonce = 0;  ///< Of the request; its answer repeats it.
  TabletNo tablet;          ///< The number under which it was made …
  Epoch epoch;              ///< … and the epoch.
  std::uint64_t upto = 0;   ///< Counter of its last op, or of the last one before it when it holds none.
  Instant made_at{};
  std::uint64_t cursors = 0;  ///< Stands for where the tablet was when it asked for news; 0: it asked for none.
};

/// How many bytes and how many parcels a tablet carries for others, answers included.
inline constexpr std::size_t kParcelBytesMax = std::size_t{4} << 20U;
inline constexpr std::int64_t kCarriedBytesMax = std::int64_t{256} << 20U;
inline constexpr std::int64_t kCarriedParcelsMax = 2'000;

/// Something closed that this tablet carries for another. Numbers are stored.
struct CarriedParcel {
  enum class State : std::uint8_t {
    to_platform = 0,  ///< Waits for a network.
    delivered = 1,    ///< The platform has taken it; remembered so that the same file brings it no second time.
    refused = 2,      ///< The platform has no use for it, and said so.
    to_tablet = 3,    ///< An answer, for the file that goes back.
  };
  std::int64_t seq = 0;
  State state = State::to_platform;
  TabletNo tablet;  ///< Whose it is.
  std::string box;  ///< Empty once delivered or refused.
};

/// What leaves and arrives in parcels: sys_parcel_own, sys_parcel. Every function that writes is one transaction.
class ParcelTable {
 public:
  ParcelTable(Database& db, Clock& clock) : db_(db), clock_(clock) {}

  // --- own ---
  Status note_own(const std::vector<OwnParcel>& parcels);
  Result<std::optional<OwnParcel>> find_own(std::uint64_t nonce);
  Status forget_own(std::uint64_t nonce);
  Status forget_all_own();  ///< Part of the caller's transaction: numbers or epochs have changed.
  struct HandedOver {
    std::uint64_t upto = 0;        ///< Own ops after `acknowledged` and up to here are on their way in a parcel.
    std::optional<Instant> since;  ///< When the first of those parcels was made.
  };
  Result<HandedOver> handed_over(std::uint64_t acknowledged);

  // --- carried for others ---
  /// All of them or none; how many were new. too_large when the tablet would carry more than it may.
  Result<std::int64_t> carry(const std::vector<CarriedParcel>& parcels);
  /// In the order in which they came, at least one if there is one.
  Result<std::vector<CarriedParcel>> to_platform(std::size_t bytes_max);
  Result<std::vector<CarriedParcel>> to_tablets();  ///< Answers, in the order in which they came.
  Result<std::int64_t> count(CarriedParcel::State state);
  /// The platform has taken the parcel of that tablet and given this answer for it; "": none.
  Status deliver(const CarriedParcel& parcel, std::string_view answer);
  Status refuse(const CarriedParcel& parcel);

 private:
  Result<std::vector<CarriedParcel>> list(CarriedParcel::State state, std::size_t bytes_max);
  Result<bool> insert(CarriedParcel::State state, TabletNo tablet, std::string_view box);
  Status settle(std::int64_t seq, CarriedParcel::State state);
  Status forget_old();  ///< Of what is settled or has been carried back for a month.
  Status check_load();

  Database& db_;
  Clock& clock_;
};

}  // namespace ruhu
