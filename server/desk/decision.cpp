#include "server/desk/decision.hpp"

#include <algorithm>

#include "platform/base/text.hpp"
#include "server/ingest/ingest.hpp"
#include "server/ingest/record_merge.hpp"

namespace ruhu::server {
namespace {

constexpr std::size_t kWordsMax = 2'000;  ///< Bytes of a name or reason.

class Decider {
 public:
  Decider(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const Decision& decision)
      : tx_(tx), dictionary_(dictionary), clock_(clock), decision_(decision) {}

  Status run() {
    for (const std::string* words : {&decision_.by, &decision_.reason}) {
      if (words->empty()) return make_error(Errc::required_missing, "name and reason");
      if (words->size() > kWordsMax || !is_valid_utf8(*words)) return make_error(Errc::invalid_value, "name or reason");
    }
    RUHU_TRY(auto conflict, tx_.find_conflict(decision_.conflict));
    if (!conflict) return make_error(Errc::not_found, "conflict");
    if (conflict->state != kOpen) return make_error(Errc::already_ended, "conflict");
    RUHU_TRY(clerk_, tx_.account_named(decision_.by, "clerk"));
    if (decision_.take != Decision::Take::theirs) RUHU_TRY_DONE(write(*conflict));
    RUHU_TRY_DONE(tell(*conflict));
    conflict->state = kDecided;
    conflict->decided = Conflict::Decided{std::string(word()), clerk_.no, decision_.reason, clock_.now()};
    return tx_.settle_conflict(*conflict);
  }

 private:
  std::string_view word() const {
    switch (decision_.take) {
      case Decision::Take::mine: return "mine";
      case Decision::Take::theirs: return "theirs";
      case Decision::Take::value: return "value";
    }
    return "";
  }

  /// The value to stand, by an op of the platform's own under the clerk's name.
  Status write(const Conflict& conflict) {
    RUHU_TRY(auto desk, tx_.find_tablet({0}));
    if (!desk) return make_error(Errc::internal, "the platform's own tablet is missing");
    const bool mine = decision_.take == Decision::Take::mine;
    Change change;
    change.id = {desk->no, desk->last_counter + 1};
    change.group_first = change.id.counter;
    change.record = conflict.record;
    change.made_at = HybridTime::from(std::max(clock_.now(), conflict.theirs_stamp.made_at.instant()));
    change.actor = clerk_.no;
    const Base seen{Base::Of::server, conflict.theirs_stamp.version.value};
    const Provenance& evidence = mine ? conflict.mine_stamp.provenance : conflict.theirs_stamp.provenance;
    change.fields.push_back({conflict.column, seen, mine ? conflict.mine : decision_.value, evidence});
    RUHU_TRY(const auto taken, Ingest(tx_, dictionary_, clock_.now()).take_batch(*desk, {change}));
    const OpResult& result = taken.results.front();
    if (result.outcome == OpOutcome::quarantined || result.outcome == OpOutcome::waiting)
      return make_error(Errc::invalid_value, result.reason);
    const bool stands = result.outcome == OpOutcome::applied || result.outcome == OpOutcome::merged;
    return stands ? Status{} : Status{make_error(Errc::already_ended, "somebody has changed the field since")};
  }

  /// The op that had lost hears what became of its value.
  Status tell(const Conflict& conflict) {
    RUHU_TRY(auto op, tx_.find_op(conflict.mine_stamp.op));
    RUHU_TRY(const auto record, tx_.find_record(conflict.record));
    if (!op || !record) return make_error(Errc::internal, "op or record of a conflict is missing");
    for (FieldResult& field : op->result.fields) {
      if (field.conflict != conflict.no) continue;
      field.outcome = decision_.take == Decision::Take::mine ? FieldOutcome::merged : FieldOutcome::superseded;
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

Status decide(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const Decision& decision) {
  return Decider(tx, dictionary, clock, decision).run();
}

}  // namespace ruhu::server
