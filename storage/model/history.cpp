#include "storage/model/history.hpp"

#include <algorithm>

namespace ruhu {

std::optional<ReplacedCell> replaced_cell(const Record& before, ColumnNo column) {
  const Value& value = before.get(column);
  if (is_empty(value) && !before.meta.has_own_stamp(column)) return std::nullopt;
  return ReplacedCell{column, value, before.meta.stamp_of(column)};
}

std::optional<Record> as_it_was(const RecordHistory& history, Instant at) {
  const Stamp& created = history.now.meta.created;
  if (created.made_at.instant() > at) return std::nullopt;
  Record then;
  then.ref = history.now.ref;
  then.meta.created = created;
  then.meta.seen = history.now.meta.seen;
  for (const FieldHistory& field : history.fields) {
    const auto stood = std::find_if(field.versions.begin(), field.versions.end(),
                                    [&](const FieldVersion& version) { return version.stamp.made_at.instant() <= at; });
    if (stood == field.versions.end()) continue;
    then.set(field.column, stood->value);
    if (stood->stamp != created) then.meta.set_stamp(field.column, stood->stamp);
  }
  return then;
}

}  // namespace ruhu
