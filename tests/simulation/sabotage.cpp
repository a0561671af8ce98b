#include "tests/simulation/sabotage.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "storage/dictionary/dictionary.hpp"
#include "sync/protocol/batch.hpp"
#include "sync/protocol/snapshot_rows.hpp"

namespace ruhu::simulation {
namespace {

constexpr SabotageInfo kSabotages[] = {
    {Sabotage::forget_op_ids, "forget_op_ids", "a repeated op counts as a new one"},
    {Sabotage::acknowledge_unsaved, "acknowledge_unsaved", "ops are acknowledged before they are durable"},
    {Sabotage::last_writer_wins, "last_writer_wins", "the later value stands where evidence or a person decides"},
    {Sabotage::wrong_direction, "wrong_direction", "the smaller number stands where the larger should"},
    {Sabotage::cursor_ahead, "cursor_ahead", "the cursor moves past an entry that was not sent"},
    {Sabotage::cursor_back, "cursor_back", "the cursor never moves, the same page comes for ever"},
    {Sabotage::entry_dropped, "entry_dropped", "an entry is left out of a page"},
    {Sabotage::entry_fields_dropped, "entry_fields_dropped", "an entry comes without one of its fields"},
    {Sabotage::value_mangled, "value_mangled", "a text changes on its way"},
    {Sabotage::conflict_hidden, "conflict_hidden", "a tablet is told that its value stands while a person decides"},
    {Sabotage::outcome_hidden, "outcome_hidden", "a tablet is not told that its value was superseded or merged"},
    {Sabotage::scope_leak, "scope_leak", "entries of a grid that is none of the tablet's are sent"},
    {Sabotage::group_split, "group_split", "a group is torn in two on its way up"},
    {Sabotage::op_dropped, "op_dropped", "an op is left out of a batch"},
    {Sabotage::platform_disk_lies, "platform_disk_lies", "the platform's disk says synced and is not"},
    {Sabotage::tablet_disk_lies, "tablet_disk_lies", "a tablet's disk says synced and is not"},
    {Sabotage::conflict_forgotten, "conflict_forgotten", "a conflict vanishes from the desk"},
    {Sabotage::log_entry_forgotten, "log_entry_forgotten", "the last entry of a log vanishes"},
    {Sabotage::op_forgotten, "op_forgotten", "an op vanishes at the platform"},
    {Sabotage::platform_row_altered, "platform_row_altered", "a row changes without an op"},
    {Sabotage::tablet_row_altered, "tablet_row_altered", "a tablet's row changes without an op"},
    {Sabotage::queue_skipped, "queue_skipped", "a tablet takes its queue for sent"},
    {Sabotage::epoch_kept, "epoch_kept", "a backup is put back and the epoch stays the same"},
    {Sabotage::old_bases_believed, "old_bases_believed", "versions of a database that is no more count as seen"},
    {Sabotage::leave_dropped, "leave_dropped", "a tablet is not told that a record has left its grid"},
    {Sabotage::snapshot_row_dropped, "snapshot_row_dropped", "a row is missing from a chunk"},
    {Sabotage::grid_kept, "grid_kept", "a tablet is told that it has every grid"},
};

void rename_rules(nlohmann::json& fields, const std::vector<std::pair<std::string, std::string>>& names) {
  for (auto& field : fields) {
    for (const auto& [from, to] : names) {
      if (field["merge"] != from) continue;
      field["merge"] = to;
      break;
    }
  }
}

}  // namespace

std::span<const SabotageInfo> sabotages() { return kSabotages; }

std::optional<DiskSabotage> disk_sabotage(Sabotage what) {
  switch (what) {
    case Sabotage::conflict_forgotten:
      return DiskSabotage{true, "DELETE FROM sys_conflict WHERE no = (SELECT max(no) FROM sys_conflict)"};
    case Sabotage::log_entry_forgotten:
      return DiskSabotage{true,
                          "DELETE FROM sys_log WHERE lsn = (SELECT head FROM sys_scope s WHERE s.scope ="
                          " sys_log.scope)"};
    case Sabotage::op_forgotten:
      return DiskSabotage{true,
                          "DELETE FROM sys_op WHERE counter = 1 AND tablet = (SELECT min(tablet) FROM sys_op"
                          " WHERE tablet > 0)"};
    case Sabotage::platform_row_altered: return DiskSabotage{true, "UPDATE person SET name = name || '改'"};
    case Sabotage::tablet_row_altered: return DiskSabotage{false, "UPDATE person SET name = name || '改'"};
    case Sabotage::queue_skipped:
      return DiskSabotage{false,
                          "INSERT OR REPLACE INTO sys_number SELECT 'acknowledged', coalesce(max(counter), 0)"
                          " FROM sys_change; UPDATE sys_change SET state = 1"};
    default: return std::nullopt;
  }
}

std::string dictionary_of_platform(Sabotage what) {
  std::string built_in(built_in_dictionary_json());
  if (what != Sabotage::last_writer_wins && what != Sabotage::wrong_direction) return built_in;
  auto json = nlohmann::json::parse(built_in);
  for (auto& kind : json["kinds"]) {
    if (what == Sabotage::last_writer_wins) rename_rules(kind["fields"], {{"ask", "latest"}, {"source", "latest"}});
    if (what == Sabotage::wrong_direction) rename_rules(kind["fields"], {{"max", "min"}, {"min", "max"}});
  }
  return json.dump();
}

bool Saboteur::change_request(SyncRequest& request) {
  if (what_ == Sabotage::old_bases_believed && request.epoch_from != 0) return request.epoch_from = 0, true;
  const bool mine = what_ == Sabotage::group_split || what_ == Sabotage::op_dropped;
  if (!mine || request.batches.empty() || !now()) return false;
  auto changes = decode_changes(request.batches.front());
  if (!changes.ok() || changes->empty()) return false;
  if (what_ == Sabotage::op_dropped) {
    changes->erase(changes->begin() + static_cast<std::ptrdiff_t>(random_.below(changes->size())));
  } else {
    for (Change& change : *changes) {  // each for itself
      change.group_first = change.id.counter;
      change.group_size = 1;
    }
  }
  request.batches.front() = encode_changes(*changes);
  return true;
}

std::optional<SyncResponse> Saboteur::answer_unasked(const SyncRequest& request) {
  if (what_ != Sabotage::acknowledge_unsaved || request.batches.empty() || !now()) return std::nullopt;
  SyncResponse answer;
  answer.nonce = request.nonce;
  answer.realm = request.realm;
  answer.epoch = request.epoch;
  for (const std::string& batch : request.batches) {
    const auto changes = decode_changes(batch);
    if (!changes.ok()) return std::nullopt;
    for (const Change& change : *changes) answer.news.results.push_back({change.id, OpOutcome::applied, {1}, "", {}});
  }
  answer.news.acknowledged = answer.news.results.back().op.counter;
  return answer;
}

bool Saboteur::change_answer(SyncResponse& answer, server::PlatformStore& platform) {
  ServerNews& news = answer.news;
  switch (what_) {
    case Sabotage::cursor_ahead:
      if (news.cursors.empty() || !now()) return false;
      ++news.cursors.front().lsn.value;
      return true;
    case Sabotage::cursor_back:
      if (news.cursors.empty()) return false;
      news.cursors.clear();
      news.more = true;
      return true;
    case Sabotage::entry_dropped:
      if (news.entries.empty() || !now()) return false;
      news.entries.erase(news.entries.begin() + static_cast<std::ptrdiff_t>(random_.below(news.entries.size())));
      return true;
    case Sabotage::entry_fields_dropped:
      for (LogEntry& entry : news.entries)
        if (!entry.fields.empty()) return entry.fields.pop_back(), true;
      return false;
    case Sabotage::value_mangled:
      for (LogEntry& entry : news.entries)
        for (FieldWrite& field : entry.fields)
          if (auto* text = std::get_if<std::string>(&field.value); text != nullptr && now()) return *text += ' ', true;
      return false;
    case Sabotage::conflict_hidden:
    case Sabotage::outcome_hidden:
      for (OpResult& result : news.results) {
        const bool conflict = result.outcome == OpOutcome::conflict;
        if (result.is_clean() || conflict != (what_ == Sabotage::conflict_hidden)) continue;
        result.outcome = OpOutcome::applied;
        result.fields.clear();
        return true;
      }
      return false;
    case Sabotage::leave_dropped: return std::erase_if(news.entries, is_leave) > 0;
    case Sabotage::snapshot_row_dropped: return drop_row(answer);
    case Sabotage::grid_kept: answer.scopes = platform.begin().value()->log_scopes().value(); return true;
    case Sabotage::scope_leak: return now() && leak(answer, platform);
    default: return false;
  }
}

bool Saboteur::drop_row(SyncResponse& answer) {
  for (PackedChunk& chunk : answer.chunks) {
    auto rows = decode_snapshot_rows(chunk.rows).value();
    if (rows.empty()) continue;
    rows.pop_back();
    chunk.rows = encode_snapshot_rows(rows);
    return true;
  }
  return false;
}

bool Saboteur::leak(SyncResponse& answer, server::PlatformStore& platform) const {
  const auto tx = platform.begin().value();
  for (const ScopeCode scope : tx->log_scopes().value()) {
    if (std::find(answer.scopes.begin(), answer.scopes.end(), scope) != answer.scopes.end()) continue;
    const auto page = tx->read_log({.scope = scope, .after = {}, .without = {}, .limit = 5}).value();
    answer.news.entries.insert(answer.news.entries.end(), page.entries.begin(), page.entries.end());
    return !page.entries.empty();
  }
  return false;
}

}  // namespace ruhu::simulation
