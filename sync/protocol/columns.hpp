#pragma once
#include <functional>
#include <numeric>
#include <vector>

#include "storage/model/outcome.hpp"
#include "sync/protocol/batch.hpp"
#include "sync/protocol/cbor.hpp"

namespace ruhu {

// What the columns of changes, entries and results have in common.

void put_value(CborWriter& out, const Value& value);
Value get_value(CborReader& in);

std::uint64_t pack_provenance(const Provenance& p);
Provenance unpack_provenance(CborReader& in, std::uint64_t packed);

void put_uuid(CborWriter& out, const Uuid& id);
Uuid get_uuid(CborReader& in);

/// One column of numbers.
template <class Items, class Get>
void put_numbers(CborWriter& out, const Items& items, Get get) {
  out.array(items.size());
  for (const auto& item : items) out.unsigned_int(get(item));
}

template <class Items, class Set>
void get_numbers(CborReader& in, Items& items, std::uint64_t max, Set set) {
  in.array_of(items.size());
  for (auto& item : items) {
    if (!in.ok()) return;
    set(item, in.unsigned_up_to(max));
  }
}

/// One column of numbers of which each is near the one before.
template <class Items, class Get>
void put_deltas(CborWriter& out, const Items& items, Get get) {
  out.array(items.size());
  std::uint64_t last = 0;
  for (const auto& item : items) {
    const std::uint64_t n = get(item);
    out.integer(static_cast<std::int64_t>(n - last));
    last = n;
  }
}

template <class Items, class Set>
void get_deltas(CborReader& in, Items& items, Set set) {
  in.array_of(items.size());
  std::uint64_t last = 0;
  for (auto& item : items) {
    if (!in.ok()) return;
    last += static_cast<std::uint64_t>(in.integer());
    set(item, last);
  }
}

/// Ids of all items as one byte string.
template <class Items>
void put_record_ids(CborWriter& out, const Items& items) {
  std::string all;
  all.reserve(items.size() * 16);
  for (const auto& item : items)
    all.append(reinterpret_cast<const char*>(item.record.id.bytes.data()), item.record.id.bytes.size());
  out.bytes(all);
}

template <class Items>
void get_record_ids(CborReader& in, Items& items) {
  const std::string_view all = in.bytes_of(items.size() * 16);
  if (!in.ok()) return;
  for (std::size_t i = 0; i < items.size(); ++i)
    std::copy_n(all.data() + i * 16, 16, reinterpret_cast<char*>(items[i].record.id.bytes.data()));
}

/// All fields of all items in the order (kind, column), stable: values of one field stand side by side.
template <class Field, class Items>
std::vector<Field*> fields_by_column(Items& items) {
  struct Place {
    KindNo kind;
    Field* field;
  };
  std::vector<Place> places;
  for (auto& item : items)
    for (auto& field : item.fields) places.push_back({item.record.kind, &field});
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return a.kind != b.kind ? a.kind < b.kind : a.field->column < b.field->column;
  });
  std::vector<Field*> fields;
  fields.reserve(places.size());
  for (const Place& place : places) fields.push_back(place.field);
  return fields;
}

/// Number of fields of each item, then the column number of every field in item order.
template <class Items>
void put_field_layout(CborWriter& out, const Items& items) {
  put_numbers(out, items, [](const auto& item) { return item.fields.size(); });
  std::size_t total = 0;
  for (const auto& item : items) total += item.fields.size();
  out.array(total);
  for (const auto& item : items)
    for (const auto& field : item.fields) out.unsigned_int(field.column.value);
}

template <class Items>
void get_field_layout(CborReader& in, Items& items) {
  std::size_t total = 0;
  get_numbers(in, items, kFieldsPerItemMax, [&](auto& item, std::uint64_t n) {
    total += static_cast<std::size_t>(n);
    if (total > in.left()) return in.fail();  // each field takes a byte at least: more are promised than can follow
    item.fields.resize(static_cast<std::size_t>(n));
  });
  if (!in.ok()) return;
  in.array_of(total);
  for (auto& item : items)
    for (auto& field : item.fields)
      if (in.ok()) field.column = {static_cast<std::uint16_t>(in.unsigned_up_to(UINT16_MAX))};
}

}  // namespace ruhu
