#include "sync/protocol/batch.hpp"

#include <algorithm>

#include "sync/protocol/columns.hpp"

namespace ruhu {
namespace {

constexpr std::uint64_t kAny = UINT64_MAX;
constexpr std::uint64_t kSmall = UINT32_MAX;

Error malformed(const char* what) { return make_error(Errc::malformed_message, what); }

std::uint64_t pack_base(const Base& base) { return base.value * 2 + (base.of == Base::Of::own_op ? 1 : 0); }
Base unpack_base(std::uint64_t n) { return {(n & 1U) != 0 ? Base::Of::own_op : Base::Of::server, n / 2}; }

void put_visits(CborWriter& out, const std::vector<Change>& changes) {
  out.array(changes.size());
  for (const Change& change : changes) {
    if (change.visit) {
      put_uuid(out, *change.visit);
    } else {
      out.null();
    }
  }
}

void get_visits(CborReader& in, std::vector<Change>& changes) {
  in.array_of(changes.size());
  for (Change& change : changes) {
    if (in.peek() == CborReader::Kind::bytes) {
      change.visit = get_uuid(in);
    } else {
      in.null();
    }
  }
}

/// Values and provenance of every field, side by side per column.
template <class Field, class Items>
void put_field_values(CborWriter& out, const Items& items) {
  const auto fields = fields_by_column<const Field>(items);
  out.array(fields.size());
  for (const Field* field : fields) put_value(out, field->value);
  out.array(fields.size());
  for (const Field* field : fields) out.unsigned_int(pack_provenance(field->provenance));
}

template <class Field, class Items>
void get_field_values(CborReader& in, Items& items) {
  const auto fields = fields_by_column<Field>(items);
  in.array_of(fields.size());
  for (Field* field : fields)
    if (in.ok()) field->value = get_value(in);
  in.array_of(fields.size());
  for (Field* field : fields)
    if (in.ok()) field->provenance = unpack_provenance(in, in.unsigned_int());
}

bool columns_ascend(const std::vector<FieldEdit>& fields) {
  return std::adjacent_find(fields.begin(), fields.end(), [](const FieldEdit& a, const FieldEdit& b) {
           return a.column >= b.column;
         }) == fields.end();
}

/// Counters follow each other, groups are whole, no field stands twice.
bool is_well_formed(const std::vector<Change>& changes) {
  std::uint64_t group_end = changes.empty() ? 0 : changes.front().id.counter;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Change& change = changes[i];
    if (change.id.counter == 0 || change.group_size == 0 || !columns_ascend(change.fields)) return false;
    if (i > 0 && (change.id.counter != changes[i - 1].id.counter + 1 || change.id.tablet != changes[0].id.tablet))
      return false;
    if (change.id.counter == group_end) {
      if (change.group_first != change.id.counter || change.group_size > kBatchItemsMax) return false;
      group_end += change.group_size;
    } else if (change.group_first != changes[i - 1].group_first || change.group_size != changes[i - 1].group_size) {
      return false;
    }
  }
  return changes.empty() || group_end == changes.back().id.counter + 1;
}

void put_stamp(CborWriter& out, const Stamp& stamp) {
  out.array(6);
  out.unsigned_int(stamp.version.value);
  out.unsigned_int(stamp.op.tablet.value);
  out.unsigned_int(stamp.op.counter);
  out.unsigned_int(stamp.made_at.packed);
  out.unsigned_int(stamp.actor.value);
  out.unsigned_int(pack_provenance(stamp.provenance));
}

Stamp get_stamp(CborReader& in) {
  Stamp stamp;
  in.array_of(6);
  stamp.version = {in.unsigned_int()};
  stamp.op.tablet = {static_cast<std::uint32_t>(in.unsigned_up_to(kSmall))};
  stamp.op.counter = in.unsigned_int();
  stamp.made_at = {in.unsigned_int()};
  stamp.actor = {static_cast<std::uint32_t>(in.unsigned_up_to(kSmall))};
  stamp.provenance = unpack_provenance(in, in.unsigned_int());
  return stamp;
}

void put_result(CborWriter& out, const OpResult& result) {
  out.array(4);
  out.unsigned_int(result.op.counter);
  out.unsigned_int(static_cast<std::uint64_t>(result.outcome));
  out.text(result.reason);
  out.array(result.fields.size());
  for (const FieldResult& field : result.fields) {
    out.array(5);
    out.unsigned_int(field.column.value);
    out.unsigned_int(static_cast<std::uint64_t>(field.outcome));
    out.unsigned_int(field.conflict);
    put_value(out, field.current);
    put_stamp(out, field.stamp);
  }
}

/// Reads one result that is not clean onto its place among all.
void get_result(CborReader& in, std::vector<OpResult>& results, std::uint64_t first) {
  in.array_of(4);
  const std::uint64_t place = in.unsigned_int() - first;
  if (!in.ok() || place >= results.size()) return in.fail();
  OpResult& result = results[static_cast<std::size_t>(place)];
  result.outcome = static_cast<OpOutcome>(in.unsigned_up_to(static_cast<std::uint64_t>(OpOutcome::quarantined)));
  result.reason = in.text();
  result.fields.resize(in.array(kFieldsPerItemMax));
  for (FieldResult& field : result.fields) {
    in.array_of(5);
    field.column = {static_cast<std::uint16_t>(in.unsigned_up_to(UINT16_MAX))};
    field.outcome = static_cast<FieldOutcome>(in.unsigned_up_to(static_cast<std::uint64_t>(FieldOutcome::conflict)));
    field.conflict = in.unsigned_int();
    field.current = get_value(in);
    field.stamp = get_stamp(in);
  }
}

}  // namespace

std::string encode_changes(const std::vector<Change>& changes) {
  CborWriter out;
  out.array(13);
  out.unsigned_int(changes.size());
  out.unsigned_int(changes.empty() ? 0 : changes.front().id.tablet.value);
  out.unsigned_int(changes.empty() ? 0 : changes.front().id.counter);
  put_numbers(out, changes, [](const Change& c) { return c.id.counter - c.group_first; });
  put_numbers(out, changes, [](const Change& c) { return c.group_size; });
  put_numbers(out, changes, [](const Change& c) { return c.record.kind.value; });
  put_record_ids(out, changes);
  put_visits(out, changes);
  put_deltas(out, changes, [](const Change& c) { return c.made_at.packed; });
  put_numbers(out, changes, [](const Change& c) { return c.actor.value; });
  out.array(2);
  put_field_layout(out, changes);
  const auto fields = fields_by_column<const FieldEdit>(changes);
  out.array(fields.size());
  for (const FieldEdit* field : fields) out.unsigned_int(pack_base(field->base));
  out.array(2);
  put_field_values<FieldEdit>(out, changes);
  return out.take();
}

Result<std::vector<Change>> decode_changes(std::string_view bytes) {
  if (bytes.size() > kBatchBytesHardMax) return make_error(Errc::too_large, "batch");
  CborReader in(bytes);
  in.array_of(13);
  const std::uint64_t count = in.unsigned_up_to(std::min<std::uint64_t>(kBatchItemsMax, bytes.size()));
  const TabletNo tablet{static_cast<std::uint32_t>(in.unsigned_up_to(kSmall))};
  const std::uint64_t first = in.unsigned_int();
  std::vector<Change> changes(in.ok() ? static_cast<std::size_t>(count) : 0);
  for (std::size_t i = 0; i < changes.size(); ++i) changes[i].id = {tablet, first + i};
  get_numbers(in, changes, kAny, [](Change& c, std::uint64_t n) { c.group_first = c.id.counter - n; });
  get_numbers(in, changes, kSmall, [](Change& c, std::uint64_t n) { c.group_size = static_cast<std::uint32_t>(n); });
  get_numbers(in, changes, UINT16_MAX,
              [](Change& c, std::uint64_t n) { c.record.kind = {static_cast<std::uint16_t>(n)}; });
  get_record_ids(in, changes);
  get_visits(in, changes);
  get_deltas(in, changes, [](Change& c, std::uint64_t n) { c.made_at = {n}; });
  get_numbers(in, changes, kSmall, [](Change& c, std::uint64_t n) { c.actor = {static_cast<std::uint32_t>(n)}; });
  in.array_of(2);
  get_field_layout(in, changes);
  const auto fields = fields_by_column<FieldEdit>(changes);
  in.array_of(fields.size());
  for (FieldEdit* field : fields)
    if (in.ok()) field->base = unpack_base(in.unsigned_int());
  in.array_of(2);
  get_field_values<FieldEdit>(in, changes);
  if (!in.at_end()) return malformed("changes");
  if (!is_well_formed(changes)) return malformed("order of changes");
  return changes;
}

std::string encode_entries(const std::vector<LogEntry>& entries) {
  CborWriter out;
  out.array(11);
  out.unsigned_int(entries.size());
  put_deltas(out, entries, [](const LogEntry& e) { return e.scope.value; });
  put_deltas(out, entries, [](const LogEntry& e) { return e.lsn.value; });
  put_numbers(out, entries, [](const LogEntry& e) { return e.record.kind.value; });
  put_record_ids(out, entries);
  put_numbers(out, entries, [](const LogEntry& e) { return e.version.value; });
  put_numbers(out, entries, [](const LogEntry& e) { return e.op.tablet.value; });
  put_deltas(out, entries, [](const LogEntry& e) { return e.op.counter; });
  put_deltas(out, entries, [](const LogEntry& e) { return e.made_at.packed; });
  put_numbers(out, entries, [](const LogEntry& e) { return e.actor.value; });
  out.array(4);
  put_field_layout(out, entries);
  put_field_values<FieldWrite>(out, entries);
  return out.take();
}

Result<std::vector<LogEntry>> decode_entries(std::string_view bytes) {
  if (bytes.size() > kBatchBytesHardMax) return make_error(Errc::too_large, "entries");
  CborReader in(bytes);
  in.array_of(11);
  const std::uint64_t count = in.unsigned_up_to(std::min<std::uint64_t>(kBatchItemsMax, bytes.size()));
  std::vector<LogEntry> entries(in.ok() ? static_cast<std::size_t>(count) : 0);
  get_deltas(in, entries, [](LogEntry& e, std::uint64_t n) { e.scope = {n}; });
  get_deltas(in, entries, [](LogEntry& e, std::uint64_t n) { e.lsn = {n}; });
  get_numbers(in, entries, UINT16_MAX,
              [](LogEntry& e, std::uint64_t n) { e.record.kind = {static_cast<std::uint16_t>(n)}; });
  get_record_ids(in, entries);
  get_numbers(in, entries, kAny, [](LogEntry& e, std::uint64_t n) { e.version = {n}; });
  get_numbers(in, entries, kSmall, [](LogEntry& e, std::uint64_t n) { e.op.tablet = {static_cast<std::uint32_t>(n)}; });
  get_deltas(in, entries, [](LogEntry& e, std::uint64_t n) { e.op.counter = n; });
  get_deltas(in, entries, [](LogEntry& e, std::uint64_t n) { e.made_at = {n}; });
  get_numbers(in, entries, kSmall, [](LogEntry& e, std::uint64_t n) { e.actor = {static_cast<std::uint32_t>(n)}; });
  in.array_of(4);
  get_field_layout(in, entries);
  get_field_values<FieldWrite>(in, entries);
  if (!in.at_end()) return malformed("entries");
  return entries;
}

std::string encode_results(const std::vector<OpResult>& results) {
  CborWriter out;
  out.array(4);
  out.unsigned_int(results.empty() ? 0 : results.front().op.tablet.value);
  out.unsigned_int(results.empty() ? 0 : results.front().op.counter);
  put_deltas(out, results, [](const OpResult& r) { return r.version.value; });
  std::vector<const OpResult*> unclean;
  for (const OpResult& result : results)
    if (!result.is_clean()) unclean.push_back(&result);
  out.array(unclean.size());
  for (const OpResult* result : unclean) put_result(out, *result);
  return out.take();
}

Result<std::vector<OpResult>> decode_results(std::string_view bytes) {
  CborReader in(bytes);
  in.array_of(4);
  const TabletNo tablet{static_cast<std::uint32_t>(in.unsigned_up_to(kSmall))};
  const std::uint64_t first = in.unsigned_int();
  std::vector<OpResult> results(in.array(kBatchItemsMax * 8));
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < results.size() && in.ok(); ++i) {
    results[i].op = {tablet, first + i};
    results[i].version = {last += static_cast<std::uint64_t>(in.integer())};
  }
  const std::size_t unclean = in.array(kBatchItemsMax * 8);
  for (std::size_t i = 0; i < unclean && in.ok(); ++i) get_result(in, results, first);
  if (!in.at_end()) return malformed("results");
  return results;
}

}  // namespace ruhu
