#include "storage/records/departures.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"

namespace ruhu {

/// A record that never had a home, which no platform gives away, has not left one.
bool Departures::is_at_home_here(const Record& record) const {
  if (is_empty(record.get(kinds::person::grid_id)) && !record.meta.has_own_stamp(kinds::person::grid_id)) return true;
  const auto home = parse_scope_code(record.text(kinds::person::grid_id));
  return home && std::find(own_.scopes.begin(), own_.scopes.end(), *home) != own_.scopes.end();
}

/// A queued op that wrote nothing which stands is followed by a queued op that did.
Result<bool> Departures::has_queued(const Record& record) {
  RUHU_TRY(const std::uint64_t acknowledged, parts_.changes.acknowledged_up_to());
  const auto queued = [&](const Stamp& stamp) {
    return stamp.version.value == 0 && own_.is_own(stamp.op) && stamp.op.counter > acknowledged;
  };
  const auto& later = record.meta.later;
  return queued(record.meta.created) ||
         std::any_of(later.begin(), later.end(), [&](const auto& field) { return queued(field.second); });
}

Status Departures::consider(const Record& record) {
  if (is_at_home_here(record)) return {};
  RUHU_TRY(const bool queued, has_queued(record));
  if (queued) return {};
  Record nothing;
  nothing.ref = record.ref;
  RUHU_TRY_DONE(parts_.search.refresh(&record, nothing));
  RUHU_TRY_DONE(parts_.uses.refresh(&record, nothing));
  RUHU_TRY_DONE(parts_.history.forget(record, own_));
  RUHU_TRY_DONE(parts_.records.erase(record.ref));
  none_ = false;
  RUHU_TRY(auto insert, parts_.db.prepare("REPLACE INTO sys_left(id, kind) VALUES (?1, ?2)"));
  return insert.bind_blob(1, id_bytes(record.ref.id)).bind(2, std::int64_t{record.ref.kind.value}).run();
}

Status Departures::consider_all(const Dictionary& dictionary, ScopeCode scope) {
  for (const KindDef& kind : dictionary.kinds()) {
    ListOptions page{.where = {{kinds::person::grid_id, to_string(scope)}}, .after = {}, .limit = 1'000};
    for (;;) {
      RUHU_TRY(const auto records, parts_.records.list(kind.no, page));
      for (const Record& record : records) RUHU_TRY_DONE(consider(record));
      if (records.size() < page.limit) break;
      page.after = records.back().ref.id;
    }
  }
  return {};
}

Status Departures::came_back(const RecordRef& ref) {
  if (!none_) {
    RUHU_TRY(const auto known, parts_.db.integer("SELECT count(*) FROM (SELECT 1 FROM sys_left LIMIT 1)"));
    none_ = known == 0;
  }
  if (*none_) return {};
  RUHU_TRY(auto statement, parts_.db.prepare("DELETE FROM sys_left WHERE id = ?1"));
  return statement.bind_blob(1, id_bytes(ref.id)).run();
}

Result<bool> Departures::has_left(const RecordRef& ref) {
  RUHU_TRY(auto query, parts_.db.prepare("SELECT 1 FROM sys_left WHERE id = ?1"));
  return query.bind_blob(1, id_bytes(ref.id)).step();
}

}  // namespace ruhu
