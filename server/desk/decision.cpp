#include "server/desk/decision.hpp"

#include <algorithm>
#include <chrono>

#include "platform/base/text.hpp"
#include "server/ingest/ingest.hpp"
#include "server/ingest/record_merge.hpp"
#include "storage/model/life_cycle/person_merge.hpp"

namespace ruhu::server {
namespace {

constexpr std::size_t kWordsMax = 2'000;  ///< Bytes of a name or reason.

class Decider {
 public:
  Decider(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const Decision& decision)
      : tx_(tx), dictionary_(dictionary), clock_(clock), decision_(decision) {}

  Status run() {
    RUHU_TRY(Conflict conflict, read());
    if (conflict.state != kOpen) return make_error(Errc::already_ended, "conflict");
    if (decision_.take != Decision::Take::theirs) {
      const bool mine = decision_.take == Decision::Take::mine;
      const Provenance& evidence = mine ? conflict.mine_stamp.provenance : conflict.theirs_stamp.provenance;
      RUHU_TRY_DONE(write(conflict, conflict.theirs_stamp, mine ? conflict.mine : decision_.value, evidence));
    }
    const bool got_in = decision_.take == Decision::Take::mine;
    RUHU_TRY_DONE(tell(conflict, got_in ? FieldOutcome::merged : FieldOutcome::superseded));
    return settle(conflict, kDecided, word());
  }

  /// Only while what was decided still stands: what somebody has written since is not taken back with it.
  Status undo() {
    RUHU_TRY(Conflict conflict, read());
    if (conflict.state != kDecided || !conflict.decided) return make_error(Errc::already_ended, "conflict");
    if (clock_.now() > conflict.decided->at + std::chrono::days{kMergeUndoDays}) return make_error(Errc::undo_expired);
    if (conflict.decided->take != "theirs") {
      RUHU_TRY(const auto record, tx_.find_record(conflict.record));
      if (!record) return make_error(Errc::internal, "record of a conflict is missing");
      const Stamp stands = record->meta.stamp_of(conflict.column);
      if (stands.op.tablet.value != 0 || stands.actor != conflict.decided->by)
        return make_error(Errc::already_ended, "somebody has changed the field since");
      RUHU_TRY_DONE(write(conflict, stands, conflict.theirs, conflict.theirs_stamp.provenance));
      RUHU_TRY(const auto again, tx_.find_record(conflict.record));
      conflict.theirs_stamp = again->meta.stamp_of(conflict.column);
    }
    RUHU_TRY_DONE(tell(conflict, FieldOutcome::conflict));
    return settle(conflict, kOpen, "undo");
  }

 private:
  Result<Conflict> read() {
    for (const std::string* words : {&decision_.by, &decision_.reason}) {
      if (words->empty()) return make_error(Errc::required_missing, "name and reason");
      if (words->size() > kWordsMax || !is_valid_utf8(*words)) return make_error(Errc::invalid_value, "name or reason");
    }
    RUHU_TRY(auto conflict, tx_.find_conflict(decision_.conflict));
    if (!conflict) return make_error(Errc::not_found, "conflict");
    RUHU_TRY(clerk_, tx_.account_named(decision_.by, "clerk"));
    return std::move(*conflict);
  }

  Status settle(Conflict& conflict, std::string_view state, std::string_view take) {
    conflict.state = state;
    conflict.decided = Conflict::Decided{std::string(take), clerk_.no, decision_.reason, clock_.now()};
    return tx_.settle_conflict(conflict);
  }

  std::string_view word() const {
    switch (decision_.take) {
      case Decision::Take::mine: return "mine";
      case Decision::Take::theirs: return "theirs";
      case Decision::Take::value: return "value";
    }
    return "";
  }

  /// The value to stand, by an op of the platform's own under the clerk's name.
  Status write(const Conflict& conflict, const Stamp& stands, const Value& value, const Provenance& evidence) {
    RUHU_TRY(auto desk, tx_.find_tablet({0}));
    if (!desk) return make_error(Errc::internal, "the platform's own tablet is missing");
    Change change;
    change.id = {desk->no, desk->last_counter + 1};
    change.group_first = change.id.counter;
    change.record = conflict.record;
    change.made_at = HybridTime::from(std::max(clock_.now(), stands.made_at.instant()));
    change.actor = clerk_.no;
    const Base seen{Base::Of::server, stands.version.value};
    change.fields.push_back({conflict.column, seen, value, evidence});
    RUHU_TRY(const auto taken, Ingest(tx_, dictionary_, clock_.now()).take_batch(*desk, {change}));
    const OpResult& result = taken.results.front();
    if (result.outcome == OpOutcome::quarantined || result.outcome == OpOutcome::waiting)
      return make_error(Errc::invalid_value, result.reason);
    const bool got_in = result.outcome == OpOutcome::applied || result.outcome == OpOutcome::merged;
    return got_in ? Status{} : Status{make_error(Errc::already_ended, "somebody has changed the field since")};
  }

  /// The op that had lost hears what became of its value.
  Status tell(const Conflict& conflict, FieldOutcome outcome) {
    RUHU_TRY(auto op, tx_.find_op(conflict.mine_stamp.op));
    RUHU_TRY(const auto record, tx_.find_record(conflict.record));
    if (!op || !record) return make_error(Errc::internal, "op or record of a conflict is missing");
    for (FieldResult& field : op->result.fields) {
      if (field.conflict != conflict.no) continue;
      field.outcome = outcome;
      field.current = record->get(field.column);
      field.stamp = record->meta.stamp_of(field.column);
    }
    op->result.outcome = outcome_of(op->result.fields);
    RUHU_TRY_DONE(tx_.settle_op(*op));
    return tx_.tell_later(op->change.id);
  }

  PlatformTx& tx_;
  const Dictionary& dictionary_;
  Clock& clock_;
  const Decision& decision_;
  Account clerk_;
};

}  // namespace

Status undo_decision(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const Decision& decision) {
  return Decider(tx, dictionary, clock, decision).undo();
}

Status decide(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const Decision& decision) {
  return Decider(tx, dictionary, clock, decision).run();
}

}  // namespace ruhu::server
