#include "server/feed/feed.hpp"

#include <algorithm>
#include <set>

namespace ruhu::server {
namespace {

constexpr std::size_t kEntriesPerAnswer = 20'000;
constexpr std::size_t kBytesPerAnswer = std::size_t{2} << 20U;

bool has_scope(const Tablet& tablet, ScopeCode scope) {
  return std::find(tablet.scopes.begin(), tablet.scopes.end(), scope) != tablet.scopes.end();
}

}  // namespace

Status collect_news(PlatformTx& tx, const Tablet& tablet, const SyncRequest& request, ServerNews& news) {
  std::size_t bytes = 0;  // of all scopes: together they must fit into one message
  for (const CursorAt& cursor : request.cursors) {
    if (!has_scope(tablet, cursor.scope)) continue;
    if (news.entries.size() >= kEntriesPerAnswer || bytes >= kBytesPerAnswer) {
      news.more = true;
      continue;
    }
    PlatformTx::LogQuery query{
        .scope = cursor.scope, .after = cursor.lsn, .without = request.own_too ? TabletNo{} : tablet.no};
    query.limit = kEntriesPerAnswer - news.entries.size();
    query.bytes_max = kBytesPerAnswer - bytes;
    RUHU_TRY(auto page, tx.read_log(query));
    if (page.upto.value < cursor.lsn.value) return make_error(Errc::wrong_epoch, "cursor beyond the log");
    std::move(page.entries.begin(), page.entries.end(), std::back_inserter(news.entries));
    if (page.upto != cursor.lsn) news.cursors.push_back({cursor.scope, page.upto});
    news.more = news.more || page.more;
    bytes += page.bytes;
  }
  return {};
}

Status collect_names(PlatformTx& tx, const Tablet& tablet, ServerNews& news) {
  std::set<ActorNo> actors;
  for (const LogEntry& entry : news.entries) actors.insert(entry.actor);
  for (const auto* results : {&news.results, &news.late})
    for (const OpResult& result : *results)
      for (const FieldResult& field : result.fields) actors.insert(field.stamp.actor);
  actors.erase(tablet.actor);
  for (const ActorNo actor : actors) {
    RUHU_TRY(const auto account, tx.find_account(actor));
    if (account) news.actors.push_back({actor, account->name});
  }
  return {};
}

}  // namespace ruhu::server
