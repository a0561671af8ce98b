#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/random.hpp"
#include "storage/attachments/attachments.hpp"
#include "storage/change_log/change_log.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/dictionary/validation.hpp"
#include "storage/model/identity.hpp"
#include "storage/model/outcome.hpp"
#include "storage/model/record.hpp"
#include "storage/model/snapshot.hpp"
#include "storage/parcels/parcel_table.hpp"
#include "storage/schema/record_table.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu {

struct SearchHit {
  RecordRef ref;
  int rank = 0;  ///< 0: the whole key matched; larger: further away.
};

/// Figures for "may I hand over this tablet?" and the sync screen.
struct StoreFigures {
  std::int64_t queued = 0;           ///< Own ops that only this tablet has.
  std::int64_t photos = 0;           ///< Photos that only this tablet has, those of drafts included.
  std::int64_t acknowledged = 0;     ///< Own ops that the server has.
  std::int64_t conflicts = 0;        ///< Acknowledged ops with a field that waits for a person.
  std::int64_t quarantined = 0;      ///< Acknowledged ops that the server could not apply yet.
  std::optional<Instant> last_sync;  ///< Tablet clock.
  // --- parcels (sync/handover) ---
  std::int64_t handed_over = 0;              ///< Of the queued ops, those that left in a parcel, not yet confirmed.
  std::optional<Instant> handed_over_since;  ///< When the first of them left.
  std::int64_t carried = 0;                  ///< Parcels of other tablets that wait here for a network.
};

/// Where a tablet stands with its server, besides cursors.
struct SyncMarks {
  std::uint64_t late_seen = 0;   ///< ServerNews::late_upto of the last answer that had one; 0: none yet.
  std::uint64_t newest = 0;      ///< Counter of the last own op; 0: none.
  std::uint64_t epoch_from = 0;  ///< Own ops up to here were made under earlier epochs.
  bool own_too = false;          ///< The server is to tell own entries as well: their versions were forgotten.
};

/// Everything a tablet remembers: records, own changes, search keys, cursors, in one encrypted file.
/// One thread. Every function that writes is one transaction, durable when it returns.
class Store {
 public:
  /// Opens or, where no file is, creates. A file that cannot be opened is left exactly as it is.
  static Result<std::unique_ptr<Store>> open(const DatabaseOptions& options, const Dictionary& dictionary, Clock& clock,
                                             Random& random);
  ~Store();

  const Dictionary& dictionary() const { return dictionary_; }

  // --- who this tablet is ---
  Result<std::optional<Identity>> identity();
  Status set_identity(const Identity& identity);

  /// For a page that reads much: everything read until it goes is of one moment, and faster.
  Result<Snapshot> snapshot() { return Snapshot::begin(*db_); }

  // --- records ---
  Result<std::optional<Record>> find(const RecordRef& ref) { return records_.find(ref); }
  Result<std::vector<Record>> list(KindNo kind, const ListOptions& options = {}) {
    return records_.list(kind, options);
  }
  Result<std::int64_t> count(KindNo kind) { return records_.count(kind); }
  /// What every field of the record holds and held. not_found.
  Result<RecordHistory> history(const RecordRef& ref);
  /// Records whose names, addresses or last digits fit the text, best first.
  Result<std::vector<SearchHit>> search(std::string_view text, std::size_t limit);

  /// Writes rows, one op per record and search keys in one transaction. invalid_value, required_missing,
  /// unknown_field name the field in `detail` (field names only, never values); so does attachment_missing: the edits
  /// refer to content that is neither here nor in the request.
  Result<std::vector<SavedRecord>> save(const SaveRequest& request);

  // --- what is not a record: drafts being typed, settings of this tablet ---
  /// "" when there is none.
  Result<std::string> text(std::string_view name);
  /// An empty value removes it, and what attachments a draft of that name keeps.
  Status set_text(std::string_view name, std::string_view value);
  /// Notes that one field of one record was shown in full. The screen shows it only after this.
  Status log_access(const RecordRef& record, ColumnNo column);

  // --- photos ---
  Attachments& attachments() { return attachments_; }

  // --- parcels ---
  ParcelTable& parcels() { return parcels_; }

  // --- own changes ---
  ChangeLog& changes() { return changes_; }
  Result<StoreFigures> figures();

  /// Plays own changes that this database does not have yet, all or none (restoring a backup).
  Status replay(const std::vector<Change>& changes);

  // --- sync ---
  Result<std::vector<CursorAt>> cursors();  ///< Own grid first.
  Result<SyncMarks> marks();
  /// How many batches a trip may carry, as earlier trips went (sync/replicator/trip_pace.hpp); 0: none went yet.
  Result<std::int64_t> trip_batches() { return number("trip_batches"); }
  Status set_trip_batches(std::int64_t batches) { return set_number("trip_batches", batches); }
  /// Takes in one answer of the server: results, entries, cursors, names, in one transaction.
  Status take_in(const ServerNews& news);
  /// Takes in one part of a snapshot. malformed_message: not the part that follows.
  Status take_in(const SnapshotChunk& chunk);
  Result<std::vector<SnapshotAt>> snapshots();  ///< That are on their way: the scope's rows are not complete.
  /// Search finds what came with snapshots only once this has been asked for until it says false.
  Result<bool> make_more_search_keys();
  /// What this tablet may have now, own grid first. New scopes are fetched from the next sync on; records of others
  /// go, once the platform has what was done to them here. False: they are what they were.
  Result<bool> follow_scopes(const std::vector<ScopeCode>& scopes);
  /// The server's data were put back to an earlier state, and this is their epoch now: what it had told of versions
  /// and results is forgotten, rows and own ops stay, everything own is queued again.
  Status begin_epoch(Epoch epoch);
  /// This tablet is a copy of another, or an old state of itself. Own ops that are still queued get this number, and so
  /// does the tablet; those acknowledged keep theirs.
  Status become(TabletNo fresh);
  /// Remembers how far this tablet's clock is behind the server's.
  Status set_clock_offset(Millis offset);
  Result<std::string> actor_name(ActorNo actor);  ///< "" when unknown.

  /// Every own op accounted for? Nothing found: the ledger is whole.
  Result<std::vector<std::string>> audit();

  Database& database() { return *db_; }

 private:
  struct Intake;
  Store(std::unique_ptr<Database> db, const Dictionary& dictionary, Clock& clock, Random& random);
  Status prepare_tables(const DatabaseOptions& options);
  Status write_identity(const Identity& identity);
  Status write_cursors(const std::vector<ScopeCode>& scopes);  ///< For those that have none.
  Status bring_search_up();  ///< Makes the search keys anew where they were made in another way.
  Result<std::int64_t> number(std::string_view name, std::int64_t fallback = 0);
  Status set_number(std::string_view name, std::int64_t value);

  std::unique_ptr<Database> db_;
  const Dictionary& dictionary_;
  Clock& clock_;
  Random& random_;
  std::optional<Identity> identity_;  ///< As it stands in the database; nothing: not read yet, or none there.
  RecordTable records_;
  ChangeLog changes_;
  Attachments attachments_;
  ParcelTable parcels_;
};

}  // namespace ruhu
