#include "sync/protocol/snapshot_rows.hpp"

#include <algorithm>

#include "sync/protocol/columns.hpp"
#include "sync/protocol/compression.hpp"
#include "sync/protocol/envelope.hpp"

namespace ruhu {
namespace {

constexpr std::uint64_t kAny = UINT64_MAX;
constexpr std::uint64_t kSmall = UINT32_MAX;

/// As the column helpers want it.
struct Row {
  RecordRef record;
  std::vector<Cell> fields;
};

template <class Items>
void put_stamps(CborWriter& out, const Items& stamps) {
  put_deltas(out, stamps, [](const Stamp* s) { return s->version.value; });
  put_numbers(out, stamps, [](const Stamp* s) { return s->op.tablet.value; });
  put_deltas(out, stamps, [](const Stamp* s) { return s->op.counter; });
  put_deltas(out, stamps, [](const Stamp* s) { return s->made_at.packed; });
  put_numbers(out, stamps, [](const Stamp* s) { return s->actor.value; });
  put_numbers(out, stamps, [](const Stamp* s) { return pack_provenance(s->provenance); });
}

void get_stamps(CborReader& in, std::vector<Stamp*>& stamps) {
  get_deltas(in, stamps, [](Stamp* s, std::uint64_t n) { s->version = {n}; });
  get_numbers(in, stamps, kSmall, [](Stamp* s, std::uint64_t n) { s->op.tablet = {static_cast<std::uint32_t>(n)}; });
  get_deltas(in, stamps, [](Stamp* s, std::uint64_t n) { s->op.counter = n; });
  get_deltas(in, stamps, [](Stamp* s, std::uint64_t n) { s->made_at = {n}; });
  get_numbers(in, stamps, kSmall, [](Stamp* s, std::uint64_t n) { s->actor = {static_cast<std::uint32_t>(n)}; });
  get_numbers(in, stamps, kAny, [&](Stamp* s, std::uint64_t n) { s->provenance = unpack_provenance(in, n); });
}

/// Every row's first stamp, then those of single fields, row by row.
template <class StampType, class Rows>
std::vector<StampType*> stamps_of(Rows& rows) {
  std::vector<StampType*> stamps;
  for (auto& row : rows) stamps.push_back(&row.meta.created);
  for (auto& row : rows)
    for (auto& later : row.meta.later) stamps.push_back(&later.second);
  return stamps;
}

void put_later_columns(CborWriter& out, const std::vector<Record>& rows) {
  put_numbers(out, rows, [](const Record& row) { return row.meta.later.size(); });
  std::size_t total = 0;
  for (const Record& row : rows) total += row.meta.later.size();
  out.array(total);
  for (const Record& row : rows)
    for (const auto& later : row.meta.later) out.unsigned_int(later.first.value);
}

void get_later_columns(CborReader& in, std::vector<Record>& rows) {
  std::size_t total = 0;
  get_numbers(in, rows, kFieldsPerItemMax, [&](Record& row, std::uint64_t n) {
    total += static_cast<std::size_t>(n);
    if (total > in.left()) return in.fail();
    row.meta.later.resize(static_cast<std::size_t>(n));
  });
  if (!in.ok()) return;
  in.array_of(total);
  for (Record& row : rows)
    for (auto& later : row.meta.later)
      if (in.ok()) later.first = {static_cast<std::uint16_t>(in.unsigned_up_to(UINT16_MAX))};
}

/// Columns ascend in every row, as rows have them.
bool is_well_formed(const Record& row) {
  const auto by_cell = [](const Cell& a, const Cell& b) { return a.column >= b.column; };
  const auto by_stamp = [](const auto& a, const auto& b) { return a.first >= b.first; };
  const auto& later = row.meta.later;
  return std::adjacent_find(row.cells.begin(), row.cells.end(), by_cell) == row.cells.end() &&
         std::adjacent_find(later.begin(), later.end(), by_stamp) == later.end() &&
         std::none_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
           return is_empty(cell.value) || std::holds_alternative<SetDelta>(cell.value);
         });
}

}  // namespace

std::string encode_snapshot_rows(const std::vector<Record>& rows) {
  std::vector<Row> items;
  for (const Record& row : rows) items.push_back({row.ref, row.cells});
  CborWriter out;
  out.array(15);
  out.unsigned_int(rows.size());
  put_numbers(out, items, [](const Row& row) { return row.record.kind.value; });
  put_record_ids(out, items);
  put_numbers(out, rows, [](const Record& row) { return row.meta.seen.value; });
  put_later_columns(out, rows);
  put_stamps(out, stamps_of<const Stamp>(rows));
  put_field_layout(out, items);
  const auto fields = fields_by_column<const Cell>(items);
  out.array(fields.size());
  for (const Cell* field : fields) put_value(out, field->value);
  return compress(out.take(), kCompressForMany);
}

Result<std::vector<Record>> decode_snapshot_rows(std::string_view bytes) {
  RUHU_TRY(const std::string unpacked, decompress(bytes, kMessageBytesMax));
  CborReader in(unpacked);
  in.array_of(15);
  const std::uint64_t count = in.unsigned_up_to(kSnapshotRowsMax);
  std::vector<Row> items(in.ok() && count <= in.left() ? static_cast<std::size_t>(count) : 0);
  std::vector<Record> rows(items.size());
  get_numbers(in, items, UINT16_MAX,
              [](Row& row, std::uint64_t n) { row.record.kind = {static_cast<std::uint16_t>(n)}; });
  get_record_ids(in, items);
  get_numbers(in, rows, kAny, [](Record& row, std::uint64_t n) { row.meta.seen = {n}; });
  get_later_columns(in, rows);
  auto stamps = stamps_of<Stamp>(rows);
  if (in.ok()) get_stamps(in, stamps);
  get_field_layout(in, items);
  const auto fields = fields_by_column<Cell>(items);
  in.array_of(fields.size());
  for (Cell* field : fields)
    if (in.ok()) field->value = get_value(in);
  if (!in.at_end()) return make_error(Errc::malformed_message, "snapshot");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].ref = items[i].record;
    rows[i].cells = std::move(items[i].fields);
    if (!is_well_formed(rows[i])) return make_error(Errc::malformed_message, "row of a snapshot");
  }
  return rows;
}

}  // namespace ruhu
