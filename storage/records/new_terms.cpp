#include "storage/records/new_terms.hpp"

#include <set>

#include "storage/model/stored_form.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kRowsAtOnce = 1'000;

struct MetaOfRow {
  std::string id;
  RecordMeta meta;
};

Result<std::vector<MetaOfRow>> metas_after(Database& db, const KindDef& kind, std::string_view id) {
  RUHU_TRY(auto query, db.prepare("SELECT id, meta FROM " + quoted(kind.name) + " WHERE id > ?1 ORDER BY id LIMIT ?2"));
  query.bind_blob(1, id).bind(2, static_cast<std::int64_t>(kRowsAtOnce));
  std::vector<MetaOfRow> rows;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return rows;
    RUHU_TRY(RecordMeta meta, decode_meta(query.blob(1)));
    rows.push_back({std::string(query.blob(0)), std::move(meta)});
  }
}

Status forget_versions(Database& db, const KindDef& kind) {
  std::string last;
  for (;;) {
    RUHU_TRY(auto rows, metas_after(db, kind, last));
    if (rows.empty()) return {};
    for (MetaOfRow& row : rows) {
      row.meta.seen = {};
      row.meta.created.version = {};
      for (auto& [column, stamp] : row.meta.later) stamp.version = {};
      RUHU_TRY(auto update, db.prepare("UPDATE " + quoted(kind.name) + " SET meta = ?2 WHERE id = ?1"));
      RUHU_TRY_DONE(update.bind_blob(1, row.id).bind_blob(2, encode_meta(row.meta)).run());
    }
    last = rows.back().id;
  }
}

/// Ops of which tablet, from which counter on, get which number.
struct Renumbering {
  TabletNo from;
  std::uint64_t after = 0;
  TabletNo to;

  bool apply(OpId& op) const {
    if (op.tablet != from || op.counter <= after) return false;
    op.tablet = to;
    return true;
  }
};

Status renumber_row(RecordTable& records, const RecordRef& ref, const Renumbering& renumbering) {
  RUHU_TRY(auto record, records.find(ref));
  if (!record) return {};  // it has left this tablet; the audit knows
  bool changed = renumbering.apply(record->meta.created.op);
  for (auto& [column, stamp] : record->meta.later) changed = renumbering.apply(stamp.op) || changed;
  return changed ? records.update(*record, {}) : Status{};
}

/// What ops wrote over names the ops that had written it; it lies in two tables.
struct ReplacedColumn {
  const char* select;
  const char* update;
};
constexpr ReplacedColumn kReplaced[] = {
    {"SELECT 0, counter, replaced FROM sys_change WHERE replaced IS NOT NULL",
     "UPDATE sys_change SET replaced = ?3 WHERE counter = ?2 AND ?1 = 0"},
    {"SELECT tablet, counter, cells FROM sys_replaced",
     "UPDATE sys_replaced SET cells = ?3 WHERE tablet = ?1 AND counter = ?2"},
};

struct ReplacedRow {
  std::int64_t tablet = 0;
  std::int64_t counter = 0;
  std::vector<ReplacedCell> cells;
};

Result<std::vector<ReplacedRow>> rows_to_renumber(Database& db, const char* select, const Renumbering& renumbering) {
  RUHU_TRY(auto query, db.prepare(select));
  std::vector<ReplacedRow> rows;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return rows;
    ReplacedRow one{query.integer(0), query.integer(1), {}};
    RUHU_TRY(one.cells, decode_replaced(query.blob(2)));
    bool changed = false;
    for (ReplacedCell& cell : one.cells) changed = renumbering.apply(cell.stamp.op) || changed;
    if (changed) rows.push_back(std::move(one));
  }
}

Status renumber_replaced(Database& db, const ReplacedColumn& where, const Renumbering& renumbering) {
  RUHU_TRY(const auto rows, rows_to_renumber(db, where.select, renumbering));
  for (const ReplacedRow& row : rows) {
    RUHU_TRY(auto update, db.prepare(where.update));
    update.bind(1, row.tablet).bind(2, row.counter).bind_blob(3, encode_replaced(row.cells));
    RUHU_TRY_DONE(update.run());
  }
  return {};
}

}  // namespace

Status forget_placements(Database& db, const Dictionary& dictionary, ChangeLog& changes) {
  for (const KindDef& kind : dictionary.kinds()) RUHU_TRY_DONE(forget_versions(db, kind));
  RUHU_TRY_DONE(db.exec("UPDATE sys_cursor SET lsn = 0; DELETE FROM sys_snapshot;"));
  return changes.requeue_all();
}

Status renumber_queued_ops(Database& db, RecordTable& records, ChangeLog& changes, TabletNo fresh) {
  RUHU_TRY(const auto after, changes.acknowledged_up_to());
  RUHU_TRY(const auto before, changes.queued(1));
  if (before.empty()) return {};
  const Renumbering renumbering{before.front().id.tablet, after, fresh};
  RUHU_TRY(const auto queued, changes.renumber_queued(fresh));
  std::set<RecordRef> touched;
  for (const Change& change : queued) touched.insert(change.record);
  for (const RecordRef& ref : touched) RUHU_TRY_DONE(renumber_row(records, ref, renumbering));
  for (const ReplacedColumn& where : kReplaced) RUHU_TRY_DONE(renumber_replaced(db, where, renumbering));
  return {};
}

}  // namespace ruhu
