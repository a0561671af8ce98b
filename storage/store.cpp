#include "storage/store.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "platform/base/log.hpp"
#include "platform/base/text.hpp"
#include "storage/attachments/attachment_audit.hpp"
#include "storage/attachments/attachment_uses.hpp"
#include "storage/change_log/history_log.hpp"
#include "storage/records/change_replayer.hpp"
#include "storage/records/identity_form.hpp"
#include "storage/records/ledger.hpp"
#include "storage/records/local_saver.hpp"
#include "storage/records/new_terms.hpp"
#include "storage/records/news_taker.hpp"
#include "storage/records/snapshot_taker.hpp"
#include "storage/schema/layout.hpp"
#include "storage/schema/tables.hpp"
#include "storage/search/search_table.hpp"

namespace ruhu {

Store::Store(std::unique_ptr<Database> db, const Dictionary& dictionary, Clock& clock, Random& random)
    : db_(std::move(db)),
      dictionary_(dictionary),
      clock_(clock),
      random_(random),
      records_(*db_, dictionary),
      changes_(*db_),
      attachments_(*db_, clock),
      parcels_(*db_, clock) {}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const DatabaseOptions& options, const Dictionary& dictionary, Clock& clock,
                                           Random& random) {
  RUHU_TRY(auto db, Database::open(options));
  std::unique_ptr<Store> store(new Store(std::move(db), dictionary, clock, random));
  RUHU_TRY_DONE(store->prepare_tables(options));
  return store;
}

Status Store::prepare_tables(const DatabaseOptions& options) {
  RUHU_TRY(const auto layout, read_layout(*db_));
  // A tablet's first log may hold everything that it has: when it cannot be read, the file looks new.
  if (layout == 0 && !options.create) return make_error(Errc::database_damaged, "the file has no tables");
  if (layout == kLayout) {
    RUHU_TRY(const auto version, number("dictionary_version"));
    if (version >= std::int64_t{dictionary_.version()}) return {};
  }
  RUHU_TRY(auto tx, Transaction::begin(*db_));
  RUHU_TRY_DONE(bring_layout_up(*db_, layout));
  RUHU_TRY_DONE(create_or_extend_tables(*db_, dictionary_));
  RUHU_TRY_DONE(bring_search_up());
  RUHU_TRY_DONE(rebuild_attachment_uses(*db_, dictionary_, clock_.now()));
  RUHU_TRY(const auto skipped, number("skipped_kinds"));
  // Records that an older dictionary could not hold are fetched again; what is here already changes nothing.
  if (skipped != 0) {
    RUHU_TRY_DONE(db_->exec("UPDATE sys_cursor SET lsn = 0; DELETE FROM sys_snapshot;"));
    RUHU_TRY_DONE(set_number("own_too", 1));
  }
  RUHU_TRY_DONE(set_number("skipped_kinds", 0));
  RUHU_TRY_DONE(set_number("dictionary_version", dictionary_.version()));
  return tx.commit();
}

Status Store::bring_search_up() {
  RUHU_TRY(const auto mark, number("search_form"));
  const std::int64_t wanted = SearchTable::form_mark(dictionary_);
  if (mark == wanted) return {};
  RUHU_TRY_DONE(SearchTable(*db_, dictionary_).rebuild());
  RUHU_TRY_DONE(db_->exec("DELETE FROM sys_unsearched"));
  return set_number("search_form", wanted);
}

Result<std::int64_t> Store::number(std::string_view name, std::int64_t fallback) {
  RUHU_TRY(auto query, db_->prepare("SELECT value FROM sys_number WHERE name = ?1"));
  query.bind_text(1, name);
  RUHU_TRY(const bool row, query.step());
  return row ? query.integer(0) : fallback;
}

Status Store::set_number(std::string_view name, std::int64_t value) {
  RUHU_TRY(auto statement, db_->prepare("REPLACE INTO sys_number(name, value) VALUES (?1, ?2)"));
  return statement.bind_text(1, name).bind(2, value).run();
}

Result<std::optional<Identity>> Store::identity() {
  if (identity_) return identity_;
  RUHU_TRY(auto query, db_->prepare("SELECT body FROM sys_identity"));
  RUHU_TRY(const bool row, query.step());
  if (!row) return std::optional<Identity>{};
  RUHU_TRY(Identity identity, decode_identity(query.blob(0)));
  identity_ = std::move(identity);
  return identity_;
}

Status Store::write_identity(const Identity& identity) {
  identity_.reset();  // read again: the transaction may still fail
  RUHU_TRY(auto statement, db_->prepare("REPLACE INTO sys_identity(one, body) VALUES (1, ?1)"));
  return statement.bind_blob(1, encode_identity(identity)).run();
}

Status Store::set_identity(const Identity& identity) {
  RUHU_TRY(auto tx, Transaction::begin(*db_));
  RUHU_TRY_DONE(write_identity(identity));
  RUHU_TRY_DONE(write_cursors(identity.scopes));
  RUHU_TRY(auto actor, db_->prepare("REPLACE INTO sys_actor(no, name) VALUES (?1, ?2)"));
  RUHU_TRY_DONE(actor.bind(1, std::int64_t{identity.actor.value}).bind_text(2, identity.actor_name).run());
  RUHU_TRY_DONE(tx.commit());
  // Tables and identity in the log alone would be gone with it, and the tablet would look like a new one.
  if (const auto moved = db_->checkpoint(); !moved.ok()) log_error("checkpoint", moved.error());
  return {};
}

Status Store::write_cursors(const std::vector<ScopeCode>& scopes) {
  for (const ScopeCode scope : scopes) {
    RUHU_TRY(auto cursor, db_->prepare("INSERT OR IGNORE INTO sys_cursor(scope, lsn) VALUES (?1, 0)"));
    RUHU_TRY_DONE(cursor.bind(1, static_cast<std::int64_t>(scope.value)).run());
  }
  return {};
}

Result<std::string> Store::text(std::string_view name) {
  RUHU_TRY(auto query, db_->prepare("SELECT value FROM sys_text WHERE name = ?1"));
  query.bind_text(1, name);
  RUHU_TRY(const bool row, query.step());
  return row ? std::string(query.blob(0)) : std::string{};
}

Status Store::set_text(std::string_view name, std::string_view value) {
  if (value.empty()) {
    RUHU_TRY(auto tx, Transaction::begin(*db_));
    RUHU_TRY(auto statement, db_->prepare("DELETE FROM sys_text WHERE name = ?1"));
    RUHU_TRY_DONE(statement.bind_text(1, name).run());
    RUHU_TRY_DONE(attachments_.forget_draft(name));
    return tx.commit();
  }
  RUHU_TRY(auto statement, db_->prepare("REPLACE INTO sys_text(name, value) VALUES (?1, ?2)"));
  return statement.bind_text(1, name).bind_blob(2, value).run();
}

Status Store::log_access(const RecordRef& record, ColumnNo column) {
  RUHU_TRY(const auto who, identity());
  if (!who) return make_error(Errc::not_enrolled);
  RUHU_TRY(auto statement,
           db_->prepare("INSERT INTO sys_access(at, actor, kind, record, col) VALUES (?1, ?2, ?3, ?4, ?5)"));
  statement.bind(1, to_ms(clock_.now())).bind(2, std::int64_t{who->actor.value});
  statement.bind(3, std::int64_t{record.kind.value}).bind_blob(4, id_bytes(record.id));
  return statement.bind(5, std::int64_t{column.value}).run();
}

Result<std::vector<SavedRecord>> Store::save(const SaveRequest& request) {
  RUHU_TRY(auto tx, Transaction::begin(*db_));
  RUHU_TRY(const auto who, identity());
  if (!who) return make_error(Errc::not_enrolled);
  RUHU_TRY(const auto offset, number("clock_offset_ms"));
  SearchTable search(*db_, dictionary_);
  AttachmentUses uses(attachments_, dictionary_, AttachmentUses::Author::worker);
  RUHU_TRY_DONE(uses.bring(request.attachments));
  LocalSaver saver({dictionary_, records_, changes_, search, uses, clock_, random_, Millis{offset}}, *who);
  RUHU_TRY(auto saved, saver.save(request));
  RUHU_TRY_DONE(uses.finish(request.draft));
  RUHU_TRY_DONE(tx.commit());
  return saved;
}

Status Store::replay(const std::vector<Change>& changes) {
  if (changes.empty()) return {};
  RUHU_TRY(auto tx, Transaction::begin(*db_));
  SearchTable search(*db_, dictionary_);
  AttachmentUses uses(attachments_, dictionary_, AttachmentUses::Author::past_self);
  ChangeReplayer replayer({dictionary_, records_, changes_, search, uses});
  for (const Change& change : changes) RUHU_TRY_DONE(replayer.replay(change));
  RUHU_TRY_DONE(uses.finish({}));
  return tx.commit();
}

Result<std::vector<SearchHit>> Store::search(std::string_view text, std::size_t limit) {
  RUHU_TRY(const auto moment, snapshot());
  SearchTable table(*db_, dictionary_);
  RUHU_TRY(const auto matches, table.find(parse_query(text), limit));
  std::vector<SearchHit> hits;
  for (const auto& match : matches)  // kinds of a newer dictionary are not for this program
    if (dictionary_.find_kind(match.ref.kind) != nullptr) hits.push_back({match.ref, match.rank});
  return hits;
}

Result<RecordHistory> Store::history(const RecordRef& ref) {
  RUHU_TRY(const auto moment, snapshot());
  RUHU_TRY(const auto who, identity());
  if (!who) return make_error(Errc::not_enrolled);
  RUHU_TRY(auto record, find(ref));
  if (!record) return make_error(Errc::not_found, dictionary_.get_kind(ref.kind).name);
  return HistoryLog(*db_).of(std::move(*record), *who, changes_);
}

Result<StoreFigures> Store::figures() {
  StoreFigures figures;
  RUHU_TRY(figures.queued, changes_.queued_count());
  RUHU_TRY(const AttachmentUsage photos, attachments_.usage());
  figures.photos = photos.unsent + photos.drafted;
  RUHU_TRY(const auto acknowledged, changes_.acknowledged_up_to());
  figures.acknowledged = static_cast<std::int64_t>(acknowledged);
  const auto count = [&](OpOutcome outcome) {
    return db_->integer("SELECT count(*) FROM sys_result WHERE outcome = " + std::to_string(static_cast<int>(outcome)));
  };
  RUHU_TRY(figures.conflicts, count(OpOutcome::conflict));
  RUHU_TRY(const auto quarantined, count(OpOutcome::quarantined));
  RUHU_TRY(const auto waiting, count(OpOutcome::waiting));
  figures.quarantined = quarantined + waiting;
  RUHU_TRY(const auto last, number("last_sync_ms"));
  if (last != 0) figures.last_sync = from_ms(last);
  RUHU_TRY(const auto handed_over, parcels_.handed_over(acknowledged));
  figures.handed_over = static_cast<std::int64_t>(handed_over.upto - acknowledged);
  figures.handed_over_since = handed_over.since;
  RUHU_TRY(figures.carried, parcels_.count(CarriedParcel::State::to_platform));
  return figures;
}

Result<std::vector<CursorAt>> Store::cursors() {
  RUHU_TRY(const auto who, identity());
  RUHU_TRY(auto query, db_->prepare("SELECT scope, lsn FROM sys_cursor ORDER BY scope"));
  std::vector<CursorAt> cursors;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) break;
    cursors.push_back({{static_cast<std::uint64_t>(query.integer(0))}, {static_cast<std::uint64_t>(query.integer(1))}});
  }
  const auto place = [&](const CursorAt& cursor) {
    return who ? std::find(who->scopes.begin(), who->scopes.end(), cursor.scope) - who->scopes.begin() : 0;
  };
  std::stable_sort(cursors.begin(), cursors.end(),
                   [&](const CursorAt& a, const CursorAt& b) { return place(a) < place(b); });
  return cursors;
}

Result<SyncMarks> Store::marks() {
  RUHU_TRY(const auto late_seen, number("late_seen"));
  RUHU_TRY(const auto next, changes_.next_counter());
  RUHU_TRY(const auto epoch_from, number("epoch_from"));
  RUHU_TRY(const auto own_too, number("own_too"));
  return SyncMarks{static_cast<std::uint64_t>(late_seen), next - 1, static_cast<std::uint64_t>(epoch_from),
                   own_too != 0};
}

Status Store::begin_epoch(Epoch epoch) {
  RUHU_TRY(auto who, identity());
  if (!who) return make_error(Errc::not_enrolled);
  RUHU_TRY(auto tx, Transaction::begin(*db_));
  who->epoch = epoch;
  RUHU_TRY_DONE(write_identity(*who));
  RUHU_TRY(const auto next, changes_.next_counter());
  RUHU_TRY_DONE(set_number("epoch_from", static_cast<std::int64_t>(next) - 1));
  RUHU_TRY_DONE(set_number("own_too", 1));
  RUHU_TRY_DONE(set_number("late_seen", 0));
  RUHU_TRY_DONE(forget_placements(*db_, dictionary_, changes_));
  RUHU_TRY_DONE(attachments_.table().forget_confirmations());
  RUHU_TRY_DONE(parcels_.forget_all_own());
  return tx.commit();
}

Status Store::become(TabletNo fresh) {
  RUHU_TRY(auto who, identity());
  if (!who) return make_error(Errc::not_enrolled);
  RUHU_TRY(auto tx, Transaction::begin(*db_));
  RUHU_TRY_DONE(renumber_queued_ops(*db_, records_, changes_, fresh));
  RUHU_TRY(const auto acknowledged, changes_.acknowledged_up_to());
  who->former.push_back({who->tablet, acknowledged});
  who->tablet = fresh;
  ++who->incarnation;
  RUHU_TRY_DONE(write_identity(*who));
  RUHU_TRY_DONE(parcels_.forget_all_own());
  return tx.commit();
}

/// Everything that a row's change by the server touches, for one transaction.
struct Store::Intake {
  Intake(Store& store, const Identity& own)
      : search(*store.db_, store.dictionary_),
        history(*store.db_),
        uses(store.attachments_, store.dictionary_, AttachmentUses::Author::server),
        departures({*store.db_, store.records_, store.changes_, history, search, uses}, own),
        news({store.dictionary_, store.records_, store.changes_, history, search, uses, departures}, own) {}

  SearchTable search;
  HistoryLog history;
  AttachmentUses uses;
  Departures departures;
  NewsTaker news;
};

Status Store::take_in(const ServerNews& news) {
  RUHU_TRY(const auto who, identity());
  if (!who) return make_error(Errc::not_enrolled);
  RUHU_TRY(auto tx, Transaction::begin(*db_));
  Intake intake(*this, *who);
  for (const OpResult& result : news.results) RUHU_TRY_DONE(intake.news.take_result(result, clock_.now()));
  for (const OpResult& result : news.late) RUHU_TRY_DONE(intake.news.take_result(result, clock_.now()));
  if (news.late_upto != 0) RUHU_TRY_DONE(set_number("late_seen", static_cast<std::int64_t>(news.late_upto)));
  for (const LogEntry& entry : news.entries) {
    RUHU_TRY_DONE(intake.news.take_entry(entry));
    if (dictionary_.find_kind(entry.record.kind) == nullptr) RUHU_TRY_DONE(set_number("skipped_kinds", 1));
  }
  for (const CursorAt& cursor : news.cursors) {
    RUHU_TRY(auto statement, db_->prepare("UPDATE sys_cursor SET lsn = ?2 WHERE scope = ?1 AND lsn <= ?2"));
    statement.bind(1, static_cast<std::int64_t>(cursor.scope.value));
    RUHU_TRY_DONE(statement.bind(2, static_cast<std::int64_t>(cursor.lsn.value)).run());
  }
  for (const ActorName& actor : news.actors) {
    RUHU_TRY(auto statement, db_->prepare("REPLACE INTO sys_actor(no, name) VALUES (?1, ?2)"));
    RUHU_TRY_DONE(statement.bind(1, std::int64_t{actor.actor.value}).bind_text(2, actor.name).run());
  }
  RUHU_TRY_DONE(intake.uses.finish({}));
  RUHU_TRY(const auto acknowledged, changes_.acknowledged_up_to());
  if (acknowledged < news.acknowledged) return make_error(Errc::malformed_message, "acknowledged without result");
  RUHU_TRY(const auto queued, changes_.queued_count());
  RUHU_TRY(const auto own_too, number("own_too"));
  if (own_too != 0 && queued == 0 && !news.more && !news.in_parcel) RUHU_TRY_DONE(set_number("own_too", 0));
  if (!news.in_parcel) RUHU_TRY_DONE(set_number("last_sync_ms", to_ms(clock_.now())));
  return tx.commit();
}

Status Store::take_in(const SnapshotChunk& chunk) {
  RUHU_TRY(const auto who, identity());
  if (!who) return make_error(Errc::not_enrolled);
  RUHU_TRY(auto tx, Transaction::begin(*db_));
  Intake intake(*this, *who);
  SnapshotTaker taker({*db_, dictionary_, records_, intake.uses, intake.departures, intake.news});
  RUHU_TRY(const bool unknown, taker.take(chunk));
  if (unknown) RUHU_TRY_DONE(set_number("skipped_kinds", 1));
  RUHU_TRY_DONE(intake.uses.finish({}));
  return tx.commit();
}

Result<std::vector<SnapshotAt>> Store::snapshots() { return snapshots_under_way(*db_); }

Result<bool> Store::make_more_search_keys() {
  RUHU_TRY(auto tx, Transaction::begin(*db_));
  SearchTable search(*db_, dictionary_);
  RUHU_TRY(const bool made, make_search_keys(*db_, records_, search));
  RUHU_TRY_DONE(tx.commit());
  return made;
}

Result<bool> Store::follow_scopes(const std::vector<ScopeCode>& scopes) {
  RUHU_TRY(auto who, identity());
  if (!who) return make_error(Errc::not_enrolled);
  if (who->scopes == scopes) return false;
  RUHU_TRY(auto tx, Transaction::begin(*db_));
  const std::vector<ScopeCode> before = std::exchange(who->scopes, scopes);
  RUHU_TRY_DONE(write_identity(*who));
  RUHU_TRY_DONE(write_cursors(scopes));
  Intake intake(*this, *who);
  for (const ScopeCode scope : before) {
    if (std::find(scopes.begin(), scopes.end(), scope) != scopes.end()) continue;
    RUHU_TRY_DONE(intake.departures.consider_all(dictionary_, scope));
    for (const char* table : {"sys_cursor", "sys_snapshot"}) {
      RUHU_TRY(auto gone, db_->prepare("DELETE FROM " + std::string(table) + " WHERE scope = ?1"));
      RUHU_TRY_DONE(gone.bind(1, static_cast<std::int64_t>(scope.value)).run());
    }
  }
  RUHU_TRY_DONE(intake.uses.finish({}));
  RUHU_TRY_DONE(tx.commit());
  return true;
}

Status Store::set_clock_offset(Millis offset) {
  RUHU_TRY(const auto known, number("clock_offset_ms"));
  constexpr std::int64_t kWorthWritingMs = 2'000;
  if (std::abs(known - offset.count()) < kWorthWritingMs) return {};
  return set_number("clock_offset_ms", offset.count());
}

Result<std::string> Store::actor_name(ActorNo actor) {
  RUHU_TRY(auto query, db_->prepare("SELECT name FROM sys_actor WHERE no = ?1"));
  query.bind(1, std::int64_t{actor.value});
  RUHU_TRY(const bool row, query.step());
  return row ? std::string(query.text(0)) : std::string{};
}

Result<std::vector<std::string>> Store::audit() {
  RUHU_TRY(const auto who, identity());
  if (!who) return make_error(Errc::not_enrolled);
  RUHU_TRY_DONE(db_->check_integrity());
  RUHU_TRY(auto findings, audit_ledger(*db_, dictionary_, records_, changes_, *who));
  RUHU_TRY(auto more, audit_attachments(*db_, dictionary_));
  findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return findings;
}

}  // namespace ruhu
