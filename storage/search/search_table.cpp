#include "storage/search/search_table.hpp"

#include <algorithm>
#include <iterator>

#include "storage/search/search_finder.hpp"

namespace ruhu {
namespace {

/// Raised when keys are made in another way from the same fields.
constexpr std::uint64_t kKeyForm = 3;

void add_text_keys(std::vector<SearchKey>& keys, SearchUse use, std::string_view text) {
  auto more = search_keys(use, text);
  keys.insert(keys.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

bool is_searchable(const KindDef& kind) {
  return std::any_of(kind.fields.begin(), kind.fields.end(),
                     [](const FieldDef& field) { return field.search != SearchUse::none; });
}

std::vector<const FieldDef*> fields_with_keys(const KindDef& kind) {
  std::vector<const FieldDef*> fields;
  for (const FieldDef& field : kind.fields)
    if (field.search != SearchUse::none && field.search != SearchUse::within) fields.push_back(&field);
  return fields;
}

std::vector<SearchKey> without(const std::vector<SearchKey>& keys, const std::vector<SearchKey>& others) {
  std::vector<SearchKey> rest;
  std::set_difference(keys.begin(), keys.end(), others.begin(), others.end(), std::back_inserter(rest));
  return rest;
}

}  // namespace

std::string stored_search_key(const SearchKey& key) {
  return std::string(1, static_cast<char>('0' + static_cast<int>(key.key_class))) + key.text;
}

std::int64_t SearchTable::form_mark(const Dictionary& dictionary) {
  std::uint64_t mark = kKeyForm;
  const auto mix = [&](std::uint64_t n) { mark = (mark ^ n) * 0x100000001B3ULL; };
  for (const KindDef& kind : dictionary.kinds()) {
    for (const FieldDef& field : kind.fields) {
      if (field.search == SearchUse::none) continue;
      mix(kind.no.value);
      mix(field.no.value);
      mix(static_cast<std::uint64_t>(field.search));
    }
  }
  return static_cast<std::int64_t>(mark >> 1U);
}

std::vector<SearchKey> SearchTable::keys_of(const std::vector<const FieldDef*>& fields, const Record& record) {
  std::vector<SearchKey> keys;
  for (const FieldDef* field : fields) {
    const Value& value = record.get(field->no);
    if (const auto* set = std::get_if<TextSet>(&value)) {
      for (const auto& item : set->items) add_text_keys(keys, field->search, item);
    } else {
      add_text_keys(keys, field->search, text_of(value));
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::optional<RecordRef> SearchTable::place_of(const KindDef& kind, const Record& record) const {
  std::optional<RecordRef> nearest;
  for (const FieldDef& field : kind.fields) {
    if (field.search != SearchUse::within || record.uuid(field.no).is_nil()) continue;
    if (const KindDef* place = dictionary_.find_kind(field.target)) nearest = {place->no, record.uuid(field.no)};
  }
  return nearest;
}

Status SearchTable::write_keys(std::string_view sql, std::int64_t number, const std::vector<SearchKey>& keys) {
  if (keys.empty()) return {};
  RUHU_TRY(auto statement, db_.prepare(sql));
  for (const SearchKey& key : keys) RUHU_TRY_DONE(statement.bind_text(1, stored_search_key(key)).bind(2, number).run());
  return {};
}

Result<std::int64_t> SearchTable::number_of(const RecordRef& ref) {
  RUHU_TRY(auto query, db_.prepare("SELECT no FROM sys_searchable WHERE id = ?1"));
  RUHU_TRY(const bool known, query.bind_blob(1, id_bytes(ref.id)).step());
  if (known) return query.integer(0);
  RUHU_TRY(auto insert, db_.prepare("INSERT INTO sys_searchable(kind, id) VALUES (?1, ?2)"));
  RUHU_TRY_DONE(insert.bind(1, std::int64_t{ref.kind.value}).bind_blob(2, id_bytes(ref.id)).run());
  return db_.last_insert_id();
}

Status SearchTable::set_place(std::int64_t number, const std::optional<RecordRef>& place) {
  RUHU_TRY(auto update, db_.prepare("UPDATE sys_searchable SET place = ?2 WHERE no = ?1"));
  update.bind(1, number);
  if (place) {
    RUHU_TRY(const std::int64_t around, number_of(*place));
    update.bind(2, around);
  }
  return update.run();
}

Status SearchTable::refresh(const Record* before, const Record& after) {
  const KindDef& kind = dictionary_.get_kind(after.ref.kind);
  if (!is_searchable(kind)) return {};
  // Keys of a name cost more than the save of a phone, so only fields that changed are looked at.
  std::vector<const FieldDef*> changed = fields_with_keys(kind);
  std::vector<const FieldDef*> same;
  if (before != nullptr) {
    const auto rest = std::stable_partition(changed.begin(), changed.end(), [&](const FieldDef* field) {
      return before->get(field->no) != after.get(field->no);
    });
    same.assign(rest, changed.end());
    changed.erase(rest, changed.end());
  }
  const auto now = keys_of(changed, after);
  const auto was = before == nullptr ? std::vector<SearchKey>{} : keys_of(changed, *before);
  const auto fresh = without(now, was);
  auto gone = without(was, now);
  if (!gone.empty()) {
    // Another field of the class may make the same key.
    std::erase_if(same, [&](const FieldDef* field) {
      return std::none_of(gone.begin(), gone.end(),
                          [&](const SearchKey& key) { return key.key_class == key_class_of(field->search); });
    });
    gone = without(gone, keys_of(same, after));
  }
  const auto place = place_of(kind, after);
  const auto was_in = before == nullptr ? std::nullopt : place_of(kind, *before);
  if (gone.empty() && fresh.empty() && place == was_in) return {};
  RUHU_TRY(const std::int64_t number, number_of(after.ref));
  if (place != was_in) RUHU_TRY_DONE(set_place(number, place));
  RUHU_TRY_DONE(write_keys("DELETE FROM sys_search WHERE key = ?1 AND no = ?2", number, gone));
  return write_keys("INSERT OR IGNORE INTO sys_search(key, no) VALUES (?1, ?2)", number, fresh);
}

Status SearchTable::rebuild() {
  RUHU_TRY_DONE(db_.exec("DELETE FROM sys_search; DELETE FROM sys_searchable;"));
  RecordTable records(db_, dictionary_);
  for (const KindDef& kind : dictionary_.kinds()) {
    if (!is_searchable(kind)) continue;
    ListOptions page;
    page.limit = 1'000;
    for (;;) {
      RUHU_TRY(const auto rows, records.list(kind.no, page));
      for (const Record& record : rows) RUHU_TRY_DONE(refresh(nullptr, record));
      if (rows.size() < page.limit) break;
      page.after = rows.back().ref.id;
    }
  }
  return {};
}

Result<std::vector<SearchKey>> SearchTable::keys_of_number(std::int64_t number) {
  RUHU_TRY(auto query, db_.prepare("SELECT kind, id FROM sys_searchable WHERE no = ?1"));
  RUHU_TRY(const bool row, query.bind(1, number).step());
  if (!row) return std::vector<SearchKey>{};
  const RecordRef ref{{static_cast<std::uint16_t>(query.integer(0))}, read_id(query.blob(1))};
  const KindDef* kind = dictionary_.find_kind(ref.kind);
  if (kind == nullptr) return std::vector<SearchKey>{};
  RUHU_TRY(const auto record, RecordTable(db_, dictionary_).find(ref));
  return record ? keys_of(fields_with_keys(*kind), *record) : std::vector<SearchKey>{};
}

Result<std::vector<SearchTable::Match>> SearchTable::find(const SearchQuery& query, std::size_t limit) {
  return SearchFinder(db_, *this).find(query, limit);
}

}  // namespace ruhu
