#pragma once
#include <functional>
#include <string>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/random.hpp"
#include "storage/store.hpp"
#include "sync/handover/parcel_file.hpp"
#include "sync/protocol/envelope.hpp"
#include "sync/protocol/messages.hpp"

namespace ruhu {

/// Hand-over without a network, as one tablet sees it: its own requests leave closed for the platform, others' are
/// carried unread, answers come back the same way. Op ids make everything once, whatever else the tablet sends
/// meanwhile and in whatever order parcels arrive. Runs where the store runs.
class HandOver {
 public:
  struct Parts {
    Store& store;
    Clock& clock;
    Random& random;
    SignBytes sign;
    CheckSignature check;
    std::function<Result<std::string>(std::string_view public_key, std::string_view bytes)> seal_box;
    std::function<Result<std::string>(std::string_view box)> open_box;  ///< With this tablet's key.
  };
  explicit HandOver(Parts parts) : parts_(std::move(parts)) {}

  struct Exported {
    std::string file;
    std::vector<OwnParcel> own;  ///< To be noted once the file is where it belongs.
    std::int64_t ops = 0;        ///< Own ops in it.
    std::int64_t answers = 0;    ///< For other tablets.
    std::int64_t left = 0;       ///< Own ops for which there was no room.
  };
  /// Everything unsent in parcels for the platform, and what answers this tablet carries. With nothing unsent one
  /// parcel goes all the same: its answer brings what others have recorded.
  Result<Exported> export_parcels();
  /// The answers alone: what a tablet gives back at once to one that handed something over.
  Result<Exported> export_answers();
  /// The file has been written: from now on its answers are believed, and its ops count as handed over.
  Status note_exported(const Exported& exported) { return parts_.store.parcels().note_own(exported.own); }

  struct Imported {
    std::int64_t carried = 0;       ///< Parcels for the platform and answers for other tablets, new ones.
    std::int64_t answers = 0;       ///< To parcels of this tablet, taken in.
    std::int64_t stale = 0;         ///< Answers that came too late, or twice: nothing was done with them.
    std::int64_t acknowledged = 0;  ///< Own ops.
    std::int64_t received = 0;      ///< Entries.
    std::int64_t conflicts = 0;
    std::string refused;  ///< Key of an error that an answer named; empty: none did.
  };
  /// parcel_unfit, wrong_realm, too_large: nothing was changed.
  Result<Imported> import_parcels(std::string_view file);

 private:
  /// An answer of the platform to one of this tablet's parcels.
  struct Answer {
    OwnParcel parcel;
    SyncResponse response;
  };
  Result<ParcelFile> begin_file(const Identity& identity);
  Status add_own(const Identity& identity, ParcelFile& file, Exported& exported);
  Status ask_for_news(SyncRequest& request, OwnParcel& parcel);
  Status add_answers(ParcelFile& file, Exported& exported);
  Result<ParcelFile> open_file(std::string_view bytes, const Identity& identity) const;
  Status carry_for_others(const ParcelFile& file, const Identity& identity, Imported& imported);
  /// Nothing: it answers no parcel of this tablet that is still waited for.
  Result<std::optional<Answer>> open_answer(std::string_view box, const Identity& identity);
  Status take_answer(Answer answer, Imported& imported);
  Status take_news(Answer& answer, Imported& imported);

  Parts parts_;
};

}  // namespace ruhu
