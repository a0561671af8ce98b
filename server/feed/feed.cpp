#include "server/feed/feed.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "server/ingest/record_merge.hpp"

namespace ruhu::server {
namespace {

constexpr std::size_t kEntriesPerAnswer = 20'000;
constexpr std::size_t kBytesPerAnswer = std::size_t{2} << 20U;

bool has_scope(const Tablet& tablet, ScopeCode scope) {
  return std::find(tablet.scopes.begin(), tablet.scopes.end(), scope) != tablet.scopes.end();
}

class Feed {
 public:
  Feed(PlatformTx& tx, const Dictionary& dictionary, const SnapshotPolicy& policy, const Tablet& tablet,
       const SyncRequest& request, SyncResponse& response)
      : tx_(tx),
        tablet_(tablet),
        request_(request),
        response_(response),
        snapshots_(tx, dictionary, policy, kBytesPerAnswer) {}

  Status run() {
    for (const CursorAt& cursor : request_.cursors) {
      if (!has_scope(tablet_, cursor.scope)) continue;
      if (response_.news.entries.size() >= kEntriesPerAnswer || bytes_ >= kBytesPerAnswer || snapshots_.is_full()) {
        response_.news.more = true;
        continue;
      }
      RUHU_TRY(const auto snapshot, snapshots_.wanted(cursor, request_));
      RUHU_TRY_DONE(snapshot ? add_snapshot(cursor, *snapshot) : add_entries(cursor));
    }
    // A tablet of both grids takes the record from the one that it entered before it hears that it left the other.
    std::stable_partition(news().entries.begin(), news().entries.end(),
                          [](const LogEntry& entry) { return !is_leave(entry); });
    return add_names();
  }

 private:
  ServerNews& news() { return response_.news; }

  Status add_snapshot(const CursorAt& cursor, const SnapshotInfo& info) {
    if (next_chunk(request_, cursor.scope, info.lsn) == 0) RUHU_TRY_DONE(add_leaves(cursor, info.lsn));
    RUHU_TRY(const bool whole, snapshots_.add(cursor.scope, info, request_, response_));
    RUHU_TRY(const Lsn head, tx_.log_head(cursor.scope));
    news().more = news().more || !whole || head != info.lsn;
    actors_.insert(info.actors.begin(), info.actors.end());
    return {};
  }

  /// A tablet that has rows of the scope, also of a snapshot that it began, is told which of them have left.
  Status add_leaves(const CursorAt& cursor, Lsn upto) {
    CursorAt knows = cursor;
    for (const SnapshotAt& at : request_.snapshots)
      if (at.scope == cursor.scope) knows.lsn = std::max(knows.lsn, at.lsn);
    if (knows.lsn.value == 0 && !request_.own_too) return {};
    RUHU_TRY(const auto left, left_since(cursor.lsn.value != 0 || request_.own_too ? cursor : knows));
    for (const auto& [record, lsn] : left) {
      RUHU_TRY(const bool known, knows_of(record, knows));
      if (lsn > upto || !known) continue;
      RUHU_TRY(const auto page,
               tx_.read_log({.scope = cursor.scope, .after = {lsn.value - 1}, .without = {}, .limit = 1}));
      news().entries.insert(news().entries.end(), page.entries.begin(), page.entries.end());
    }
    return {};
  }

  /// Records that have left the scope after the cursor and are in none of the tablet's now: the last leaving.
  Result<std::map<RecordRef, Lsn>> left_since(const CursorAt& cursor) {
    RUHU_TRY(const auto leaves, tx_.leaves(cursor.scope, cursor.lsn));
    std::map<RecordRef, Lsn> left;
    for (const Leave& leave : leaves) {
      RUHU_TRY(const auto record, tx_.find_record(leave.record));
      if (record && !has_scope(tablet_, home_of(*record))) left[leave.record] = leave.lsn;
    }
    return left;
  }

  Status add_entries(const CursorAt& cursor) {
    PlatformTx::LogQuery query{
        .scope = cursor.scope, .after = cursor.lsn, .without = request_.own_too ? TabletNo{} : tablet_.no};
    query.limit = kEntriesPerAnswer - news().entries.size();
    query.bytes_max = kBytesPerAnswer - bytes_;
    RUHU_TRY(auto page, tx_.read_log(query));
    if (page.upto.value < cursor.lsn.value) return make_error(Errc::wrong_epoch, "cursor beyond the log");
    RUHU_TRY(const auto left, left_since(cursor));
    for (LogEntry& entry : page.entries) {
      RUHU_TRY(const bool tells, may_tell(entry, cursor, left));
      if (tells) news().entries.push_back(std::move(entry));
    }
    if (page.upto != cursor.lsn) news().cursors.push_back({cursor.scope, page.upto});
    news().more = news().more || page.more;
    bytes_ += page.bytes;
    return {};
  }

  Result<bool> may_tell(const LogEntry& entry, const CursorAt& cursor, const std::map<RecordRef, Lsn>& left) {
    const auto gone = left.find(entry.record);
    if (gone == left.end()) return true;
    if (entry.lsn != gone->second) return false;
    return knows_of(entry.record, cursor);
  }

  /// A tablet that has forgotten how far it had come may know any.
  Result<bool> knows_of(const RecordRef& record, const CursorAt& at) {
    if (request_.own_too) return true;
    return tx_.was_told(record, at.scope, at.lsn, tablet_.no);
  }

  /// Of the accounts that the news mention, other than the tablet's own.
  Status add_names() {
    for (const LogEntry& entry : news().entries) actors_.insert(entry.actor);
    for (const auto* results : {&news().results, &news().late})
      for (const OpResult& result : *results)
        for (const FieldResult& field : result.fields) actors_.insert(field.stamp.actor);
    actors_.erase(tablet_.actor);
    for (const ActorNo actor : actors_) {
      RUHU_TRY(const auto account, tx_.find_account(actor));
      if (account) news().actors.push_back({actor, account->name});
    }
    return {};
  }

  PlatformTx& tx_;
  const Tablet& tablet_;
  const SyncRequest& request_;
  SyncResponse& response_;
  SnapshotFeed snapshots_;
  std::size_t bytes_ = 0;  ///< Of the entries of all scopes: together they must fit into one message.
  std::set<ActorNo> actors_;
};

}  // namespace

Status collect_news(PlatformTx& tx, const Dictionary& dictionary, const SnapshotPolicy& policy, const Tablet& tablet,
                    const SyncRequest& request, SyncResponse& response) {
  return Feed(tx, dictionary, policy, tablet, request, response).run();
}

}  // namespace ruhu::server
