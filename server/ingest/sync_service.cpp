#include "server/ingest/sync_service.hpp"

#include <algorithm>

#include "platform/base/log.hpp"
#include "server/feed/feed.hpp"
#include "server/ingest/ingest.hpp"
#include "server/ingest/lineage.hpp"
#include "sync/protocol/server_error.hpp"

namespace ruhu::server {
namespace {

/// A test's fault: every op gets a new counter, as if it had never been here.
void renumber(std::vector<Change>& changes, std::uint64_t last_counter) {
  if (changes.empty() || changes.front().id.counter > last_counter) return;
  const std::uint64_t shift = last_counter + 1 - changes.front().id.counter;
  for (Change& change : changes) {
    change.id.counter += shift;
    change.group_first += shift;
  }
}

}  // namespace

Result<std::string> SyncService::handle(std::string_view sealed_request) {
  RUHU_TRY(auto handled, serve(sealed_request, {}));
  return std::move(handled.sealed);
}

Result<SyncService::Handled> SyncService::handle_carried(std::string_view sealed_request, Realm realm) {
  return serve(sealed_request, realm);
}

Result<SyncService::Handled> SyncService::serve(std::string_view sealed_request, std::optional<Realm> brought_in) {
  RUHU_TRY(Heard heard, hear(parts_.stores, parts_.verify, sealed_request));
  Caller& caller = heard.caller;
  if (brought_in && caller.store->realm() != *brought_in) return make_error(Errc::wrong_realm, "parcel");
  caller.in_parcel = brought_in.has_value();
  SyncResponse response;
  if (heard.message.ok()) {
    response = answer(caller, *heard.message);
  } else {
    response.error = traits_of(heard.message.error().code).key;
  }
  response.server_time = parts_.clock.now();
  response.realm = caller.store->realm();
  response.epoch = caller.store->epoch();
  response.scopes = caller.tablet.scopes;
  const bool may_pass = !response.error.empty() && traits_of(server_error(response.error)).transient;
  return Handled{seal(caller.tablet.no, encode_response(response), parts_.sign), caller.tablet, may_pass};
}

SyncResponse SyncService::answer(const Caller& caller, std::string_view message) {
  SyncResponse response;
  const auto fail = [&](const Error& error) {
    log_error("sync of tablet " + std::to_string(caller.tablet.no.value), error);
    response.error = traits_of(error.code).key;
  };
  const auto request = decode_request(message);
  if (!request.ok()) return fail(request.error()), response;
  response.nonce = request->nonce;
  const Claim claim{request->tablet, request->incarnation, request->realm};
  if (const auto fit = check_claim(caller, claim); !fit.ok()) return fail(fit.error()), response;
  if (const auto known = check_epoch(caller, *request); !known.ok()) return fail(known.error()), response;
  if (const auto noted = note_erased(caller, *request); !noted.ok()) return fail(noted.error()), response;
  if (const auto taken = take_batches(caller, *request, response); !taken.ok()) return fail(taken.error()), response;
  if (const auto tried = try_again(caller); !tried.ok()) return fail(tried.error()), response;
  if (const auto added = add_news(caller, *request, response); !added.ok()) fail(added.error());
  return response;
}

Status SyncService::check_epoch(const Caller& caller, const SyncRequest& request) {
  const bool present = request.epoch == caller.store->epoch();
  RUHU_TRY(const auto tx, caller.store->begin());
  RUHU_TRY(auto tablet, tx->find_tablet(caller.tablet.no));
  if (!tablet) return make_error(Errc::tablet_unknown);
  const Tablet before = *tablet;
  if (!present) {
    RUHU_TRY(const bool known, tx->knows_epoch(request.epoch));
    tablet->from_lost_epoch = tablet->from_lost_epoch || !known;
  } else {
    tablet->old_bases_upto = std::max(tablet->old_bases_upto, request.epoch_from);
    if (tablet->from_lost_epoch) tablet->lost_bases_upto = request.epoch_from;
    tablet->from_lost_epoch = false;
  }
  if (*tablet != before) {
    RUHU_TRY_DONE(tx->update_tablet(*tablet));
    RUHU_TRY_DONE(tx->commit());
  }
  return present ? Status{} : Status{make_error(Errc::wrong_epoch, "request")};
}

/// Each batch is a transaction of its own: what came before a bad one stays acknowledged.
Status SyncService::take_batches(const Caller& caller, const SyncRequest& request, SyncResponse& response) {
  Stop stop{.upto = request.newest};
  for (const std::string& batch : request.batches) {
    RUHU_TRY(stop, take_one(caller, batch, response.news));
    if (stop.is_copy) return refuse_copy(caller, request, stop.upto, response);
  }
  if (caller.in_parcel) return {};                                           // it may have made and sent more since
  if (stop.upto < request.newest || parts_.faults.forget_op_ids) return {};  // more is to come
  RUHU_TRY(const std::uint64_t last, last_counter_of(caller));
  if (last <= request.newest) return {};
  // Everything that it made is here, and more, which it knows nothing of.
  return refuse_copy(caller, request, request.newest, response);
}

Result<std::uint64_t> SyncService::last_counter_of(const Caller& caller) {
  RUHU_TRY(const auto tx, caller.store->begin());
  RUHU_TRY(const auto tablet, tx->find_tablet(caller.tablet.no));
  if (!tablet) return make_error(Errc::tablet_unknown);
  return tablet->last_counter;
}

Status SyncService::refuse_copy(const Caller& caller, const SyncRequest& request, std::uint64_t upto,
                                SyncResponse& response) {
  if (request.is_copy) {
    RUHU_TRY(const auto tx, caller.store->begin());
    RUHU_TRY(const Tablet fresh, successor_of(*tx, caller.tablet, upto));
    RUHU_TRY_DONE(tx->commit());
    response.successor = fresh.no;
  }
  return make_error(Errc::op_id_reused, "a copy after op " + std::to_string(upto));
}

Result<SyncService::Stop> SyncService::take_one(const Caller& caller, const std::string& batch, ServerNews& news) {
  RUHU_TRY(auto changes, decode_changes(batch));
  RUHU_TRY(const auto tx, caller.store->begin());
  RUHU_TRY(auto tablet, tx->find_tablet(caller.tablet.no));
  if (!tablet) return make_error(Errc::tablet_unknown);
  const std::vector<Change> sent = parts_.faults.forget_op_ids ? changes : std::vector<Change>{};
  if (parts_.faults.forget_op_ids) renumber(changes, tablet->last_counter);
  RUHU_TRY(auto taken, Ingest(*tx, parts_.dictionary, parts_.clock.now()).take_batch(*tablet, changes));
  for (std::size_t i = 0; i < sent.size(); ++i) taken.results[i].op = sent[i].id;
  RUHU_TRY_DONE(tx->commit());
  // Only now is it durable, so only now is it said.
  Stop stop{.upto = changes.empty() ? 0 : changes.front().id.counter - 1, .is_copy = taken.is_copy};
  if (!taken.results.empty()) news.acknowledged = stop.upto = taken.results.back().op.counter;
  std::move(taken.results.begin(), taken.results.end(), std::back_inserter(news.results));
  return stop;
}

/// Every trip, whoever's, moves what is due.
Status SyncService::try_again(const Caller& caller) {
  constexpr std::size_t kGroupsPerTrip = 500;
  RUHU_TRY(const auto tx, caller.store->begin());
  RUHU_TRY_DONE(Ingest(*tx, parts_.dictionary, parts_.clock.now()).retry(kGroupsPerTrip));
  return tx->commit();
}

Status SyncService::add_late_results(PlatformTx& tx, const Caller& caller, const SyncRequest& request,
                                     ServerNews& news) {
  RUHU_TRY(const auto late, late_ops_of(tx, caller.tablet, request.late_seen, kLateResultsMax));
  Ingest ingest(tx, parts_.dictionary, parts_.clock.now());
  for (const PlatformTx::LateOp& one : late) {
    RUHU_TRY(const auto op, tx.find_op(one.op));
    if (!op) return make_error(Errc::internal, "op of a late result is missing");
    RUHU_TRY(OpResult result, ingest.result_now(caller.tablet, *op));
    news.late.push_back(std::move(result));
    news.late_upto = one.seq;
  }
  news.more = news.more || late.size() == kLateResultsMax;
  return {};
}

Status SyncService::add_news(const Caller& caller, const SyncRequest& request, SyncResponse& response) {
  RUHU_TRY(const auto tx, caller.store->begin());
  RUHU_TRY_DONE(add_late_results(*tx, caller, request, response.news));
  RUHU_TRY_DONE(collect_news(*tx, parts_.dictionary, parts_.snapshots, caller.tablet, request, response));
  return tx->commit();  // a snapshot may have been made
}

Status SyncService::note_erased(const Caller& caller, const SyncRequest& request) {
  if (caller.in_parcel) return {};  // it need not have all cursors
  const auto has = [&](ScopeCode scope) {
    return std::any_of(request.cursors.begin(), request.cursors.end(),
                       [&](const CursorAt& cursor) { return cursor.scope == scope; });
  };
  const auto is_news = [&](const Withdrawn& one) { return !one.erased && !has(one.scope); };
  if (std::none_of(caller.tablet.withdrawn.begin(), caller.tablet.withdrawn.end(), is_news)) return {};
  RUHU_TRY(const auto tx, caller.store->begin());
  RUHU_TRY(auto tablet, tx->find_tablet(caller.tablet.no));
  if (!tablet) return make_error(Errc::tablet_unknown);
  for (Withdrawn& one : tablet->withdrawn)
    if (is_news(one)) one.erased = true;
  RUHU_TRY_DONE(tx->update_tablet(*tablet));
  return tx->commit();
}

}  // namespace ruhu::server
