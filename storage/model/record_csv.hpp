#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "storage/dictionary/dictionary.hpp"
#include "storage/model/csv.hpp"
#include "storage/model/record.hpp"

// Records of one kind as a table for spreadsheets: a header with `id` and the names of the fields, one row a record.
// What a cell says, so that nothing is lost on the way out and back:
//   (nothing)            not asked, or cleared
//   \refused \unknown \not_applicable     why there is no answer
//   a;b;c                a set; a ; inside an item is written \;
//   2026-03-05T02:00:00.000Z   an instant; true, false; numbers with a point; ids as UUIDs; codes, not their words
//   \=… \+… \-… \@…      text that begins so: spreadsheets would take it for a formula
//   \\                   a backslash
namespace ruhu {

CsvRow csv_header(const KindDef& kind);
/// Cells of columns that the dictionary does not know are not among them.
CsvRow to_csv_row(const KindDef& kind, const Record& record);

/// The text of one cell, and back. invalid_value, invalid_utf8 name the field.
std::string to_csv_cell(const FieldDef& field, const Value& value);
Result<Value> from_csv_cell(const FieldDef& field, std::string_view text);

/// What the columns of a file are. Field names and labels in both languages are understood.
class CsvColumns {
 public:
  /// unknown_field names the column; usage when a field or the id stands twice.
  static Result<CsvColumns> read(const Dictionary& dictionary, const KindDef& kind, const CsvRow& header);

  /// The row as an edit; empty cells are left out, so that a short list clears nothing. usage when it has more cells
  /// than the header.
  Result<RecordEdit> to_edit(const CsvRow& row) const;
  /// Columns that were passed over because such things are never collected; as the file calls them.
  const std::vector<std::string>& dropped() const { return dropped_; }

 private:
  struct Column {
    enum class Is : unsigned char { id, field, dropped } is = Is::field;
    const FieldDef* field = nullptr;
  };
  explicit CsvColumns(const KindDef& kind) : kind_(&kind) {}
  Result<Column> understand(const Dictionary& dictionary, std::string_view name);

  const KindDef* kind_;
  std::vector<Column> columns_;
  std::vector<std::string> dropped_;
};

}  // namespace ruhu
