#pragma once
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "platform/base/random.hpp"
#include "storage/store.hpp"
#include "sync/protocol/envelope.hpp"
#include "sync/protocol/parcel_messages.hpp"
#include "sync/transport/transport.hpp"

namespace ruhu {

/// Brings the parcels that this tablet carries for others to the platform, and keeps the answers for them. Runs where
/// the store runs. Anything may be repeated: the platform takes each op once.
class ParcelCourier {
 public:
  ParcelCourier(Store& store, Random& random, SignBytes sign, CheckSignature check)
      : store_(store), random_(random), sign_(std::move(sign)), check_(std::move(check)) {}

  struct Trip {
    std::string sealed;
    std::uint64_t nonce = 0;
    Identity identity;
    std::vector<CarriedParcel> parcels;
  };
  /// Nothing: there is none to bring, or the platform has asked to come again later.
  Result<std::optional<Trip>> prepare();

  struct Outcome {
    std::int64_t taken = 0;
    std::int64_t refused = 0;
  };
  Result<Outcome> take_in(const Trip& trip, std::string_view sealed_response);

 private:
  Result<ParcelResponse> open(const Trip& trip, std::string_view sealed_response) const;
  Status settle(const CarriedParcel& parcel, const ParcelReply& reply, Outcome& outcome);

  Store& store_;
  Random& random_;
  SignBytes sign_;
  CheckSignature check_;
  bool come_again_ = false;
};

/// Until nothing is left to bring, an error, or `stop`.
Result<ParcelCourier::Outcome> bring_parcels(ParcelCourier& courier, Transport& transport, std::stop_token stop = {});

}  // namespace ruhu
