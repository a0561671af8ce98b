#pragma once
#include <utility>
#include <vector>

#include "storage/model/attachment.hpp"
#include "storage/model/change.hpp"

namespace ruhu {

/// Who wrote what in a record. Most fields were written together when the record was made, so only the others are
/// listed one by one.
struct RecordMeta {
  Stamp created;                                  ///< Applies to every field that is not in `later`.
  std::vector<std::pair<ColumnNo, Stamp>> later;  ///< Sorted by column.
  ServerVersion seen;  ///< Every accepted change up to here is in the row. Server: the record's latest version.

  const Stamp& stamp_of(ColumnNo column) const;
  bool has_own_stamp(
      ColumnNo column) const;  ///< False: the field was last written, if at all, when the record was made.
  void set_stamp(ColumnNo column, const Stamp& stamp);
  auto operator<=>(const RecordMeta&) const = default;
};

/// A record as one store knows it. Absent fields are empty.
struct Record {
  RecordRef ref;
  std::vector<Cell> cells;  ///< Sorted by column.
  RecordMeta meta;

  const Value& get(ColumnNo column) const;  ///< The empty value when absent.
  void set(ColumnNo column, Value value);   ///< An empty value removes the cell.
  std::string_view text(ColumnNo column) const { return text_of(get(column)); }
  Uuid uuid(ColumnNo column) const { return uuid_of(get(column)); }
  auto operator<=>(const Record&) const = default;
};

/// What a save asks for: edits of one or more records that stand or fall together.
struct RecordEdit {
  KindNo kind;
  std::optional<RecordId> id;            ///< Nothing: a new record, the store makes the id.
  std::vector<Cell> cells;               ///< The fields touched; empty value = clear. Sets carry their whole new value.
  std::optional<Provenance> provenance;  ///< Overrides the request's.
};

struct SaveRequest {
  std::vector<RecordEdit> edits;
  Provenance provenance;
  std::optional<RecordId> visit;
  std::vector<NewAttachment> attachments;  ///< Content that the edits refer to, for what no draft has kept already.
  std::string draft;  ///< The draft that this becomes: attachments that the edits refer to are no longer kept for it.
};

struct SavedRecord {
  RecordRef ref;
  OpId op;
};

}  // namespace ruhu
