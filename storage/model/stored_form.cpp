#include "storage/model/stored_form.hpp"

#include <bit>
#include <cstring>

namespace ruhu {
namespace {

enum class Tag : std::uint8_t { empty, gap, boolean, integer, number, text, uuid, set, delta };
constexpr std::uint64_t kFormOne = 1;
constexpr std::uint64_t kItemsMax = 100'000;

void put_uuid(ByteWriter& out, const Uuid& id) {
  out.raw({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
}

Uuid get_uuid(ByteReader& in) {
  Uuid id;
  const auto raw = in.raw(id.bytes.size());
  if (raw.size() == id.bytes.size()) std::memcpy(id.bytes.data(), raw.data(), raw.size());
  return id;
}

void put_set(ByteWriter& out, const TextSet& set) {
  out.number(set.items.size());
  for (const auto& item : set.items) out.text(item);
}

/// A count that cannot be larger than the bytes left, so that a damaged one allocates nothing.
std::size_t get_count(ByteReader& in) {
  const std::uint64_t n = in.number();
  if (n > kItemsMax || n > in.left()) {
    in.fail();
    return 0;
  }
  return static_cast<std::size_t>(n);
}

TextSet get_set(ByteReader& in) {
  std::vector<std::string> items(get_count(in));
  for (auto& item : items) item = in.text();
  return TextSet::of(std::move(items));
}

struct ValuePutter {
  ByteWriter& out;
  void tag(Tag t) { out.byte(static_cast<std::uint8_t>(t)); }
  void operator()(std::monostate) { tag(Tag::empty); }
  void operator()(Gap gap) { tag(Tag::gap), out.byte(static_cast<std::uint8_t>(gap)); }
  void operator()(bool b) { tag(Tag::boolean), out.byte(b ? 1 : 0); }
  void operator()(std::int64_t n) { tag(Tag::integer), out.signed_number(n); }
  void operator()(double d) { tag(Tag::number), out.fixed64(std::bit_cast<std::uint64_t>(d)); }
  void operator()(const std::string& s) { tag(Tag::text), out.text(s); }
  void operator()(const Uuid& id) { tag(Tag::uuid), put_uuid(out, id); }
  void operator()(const TextSet& set) { tag(Tag::set), put_set(out, set); }
  void operator()(const SetDelta& delta) { tag(Tag::delta), put_set(out, delta.added), put_set(out, delta.removed); }
};

Value get_gap(ByteReader& in) {
  const auto gap = in.byte();
  if (gap < 1 || gap > 3) in.fail();
  return static_cast<Gap>(gap);
}

void put_edit(ByteWriter& out, const FieldEdit& edit) {
  out.number(edit.column.value);
  out.number(edit.base.value * 2 + (edit.base.of == Base::Of::own_op ? 1 : 0));
  put_value(out, edit.value);
  put_provenance(out, edit.provenance);
}

FieldEdit get_edit(ByteReader& in) {
  FieldEdit edit;
  edit.column = {static_cast<std::uint16_t>(in.number())};
  const auto base = in.number();
  edit.base = {(base & 1U) != 0 ? Base::Of::own_op : Base::Of::server, base / 2};
  edit.value = get_value(in);
  edit.provenance = get_provenance(in);
  return edit;
}

Error damaged(const char* what) { return make_error(Errc::database_damaged, what); }

}  // namespace

void put_value(ByteWriter& out, const Value& value) { std::visit(ValuePutter{out}, value); }

Value get_value(ByteReader& in) {
  switch (static_cast<Tag>(in.byte())) {
    case Tag::empty: return {};
    case Tag::gap: return get_gap(in);
    case Tag::boolean: return in.byte() != 0;
    case Tag::integer: return in.signed_number();
    case Tag::number: return std::bit_cast<double>(in.fixed64());
    case Tag::text: return std::string(in.text());
    case Tag::uuid: return get_uuid(in);
    case Tag::set: return get_set(in);
    case Tag::delta: {
      SetDelta delta;
      delta.added = get_set(in);
      delta.removed = get_set(in);
      return delta;
    }
  }
  in.fail();
  return {};
}

std::string encode_value(const Value& value) {
  ByteWriter out;
  put_value(out, value);
  return out.take();
}

Result<Value> decode_value(std::string_view bytes) {
  ByteReader in(bytes);
  Value value = get_value(in);
  if (!in.ok() || !in.at_end()) return damaged("value");
  return value;
}

void put_provenance(ByteWriter& out, const Provenance& p) {
  out.byte(static_cast<std::uint8_t>(static_cast<unsigned>(p.source) | (static_cast<unsigned>(p.verified) << 4U)));
  out.signed_number(p.as_of_day);
}

Provenance get_provenance(ByteReader& in) {
  const unsigned packed = in.byte();
  Provenance p;
  if ((packed & 0x0FU) > static_cast<unsigned>(Source::derived) || (packed >> 4U) > 3) in.fail();
  p.source = static_cast<Source>(packed & 0x0FU);
  p.verified = static_cast<Verified>(packed >> 4U);
  p.as_of_day = static_cast<std::int32_t>(in.signed_number());
  return p;
}

void put_stamp(ByteWriter& out, const Stamp& stamp) {
  out.number(stamp.version.value);
  out.number(stamp.op.tablet.value);
  out.number(stamp.op.counter);
  out.number(stamp.made_at.packed);
  out.number(stamp.actor.value);
  put_provenance(out, stamp.provenance);
}

Stamp get_stamp(ByteReader& in) {
  Stamp stamp;
  stamp.version = {in.number()};
  stamp.op.tablet = {static_cast<std::uint32_t>(in.number())};
  stamp.op.counter = in.number();
  stamp.made_at = {in.number()};
  stamp.actor = {static_cast<std::uint32_t>(in.number())};
  stamp.provenance = get_provenance(in);
  return stamp;
}

std::string encode_meta(const RecordMeta& meta) {
  ByteWriter out;
  out.number(kFormOne);
  out.number(meta.seen.value);
  put_stamp(out, meta.created);
  out.number(meta.later.size());
  for (const auto& [column, stamp] : meta.later) {
    out.number(column.value);
    put_stamp(out, stamp);
  }
  return out.take();
}

Result<RecordMeta> decode_meta(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.number() != kFormOne) return damaged("meta form");
  RecordMeta meta;
  meta.seen = {in.number()};
  meta.created = get_stamp(in);
  meta.later.resize(get_count(in));
  for (auto& [column, stamp] : meta.later) {
    column = {static_cast<std::uint16_t>(in.number())};
    stamp = get_stamp(in);
  }
  if (!in.ok() || !in.at_end()) return damaged("meta");
  return meta;
}

std::string encode_change(const Change& change) {
  ByteWriter out;
  out.number(kFormOne);
  out.number(change.id.tablet.value);
  out.number(change.id.counter);
  out.number(change.group_first);
  out.number(change.group_size);
  out.number(change.record.kind.value);
  put_uuid(out, change.record.id);
  out.byte(change.visit.has_value() ? 1 : 0);
  if (change.visit) put_uuid(out, *change.visit);
  out.number(change.made_at.packed);
  out.number(change.actor.value);
  out.number(change.fields.size());
  for (const auto& edit : change.fields) put_edit(out, edit);
  return out.take();
}

Result<Change> decode_change(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.number() != kFormOne) return damaged("change form");
  Change change;
  change.id.tablet = {static_cast<std::uint32_t>(in.number())};
  change.id.counter = in.number();
  change.group_first = in.number();
  change.group_size = static_cast<std::uint32_t>(in.number());
  change.record.kind = {static_cast<std::uint16_t>(in.number())};
  change.record.id = get_uuid(in);
  if (in.byte() != 0) change.visit = get_uuid(in);
  change.made_at = {in.number()};
  change.actor = {static_cast<std::uint32_t>(in.number())};
  change.fields.resize(get_count(in));
  for (auto& edit : change.fields) edit = get_edit(in);
  if (!in.ok() || !in.at_end()) return damaged("change");
  return change;
}

std::string encode_result(const OpResult& result) {
  ByteWriter out;
  out.number(kFormOne);
  out.number(result.op.tablet.value);
  out.number(result.op.counter);
  out.byte(static_cast<std::uint8_t>(result.outcome));
  out.number(result.version.value);
  out.text(result.reason);
  out.number(result.fields.size());
  for (const FieldResult& field : result.fields) {
    out.number(field.column.value);
    out.byte(static_cast<std::uint8_t>(field.outcome));
    out.number(field.conflict);
    put_value(out, field.current);
    put_stamp(out, field.stamp);
  }
  return out.take();
}

Result<OpResult> decode_result(std::string_view bytes) {
  ByteReader in(bytes);
  const bool known_form = in.number() == kFormOne;
  OpResult result;
  result.op.tablet = {static_cast<std::uint32_t>(in.number())};
  result.op.counter = in.number();
  result.outcome = static_cast<OpOutcome>(in.byte());
  result.version = {in.number()};
  result.reason = in.text();
  const std::uint64_t count = in.number();
  if (!known_form || count > in.left()) return make_error(Errc::database_damaged, "op result");
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    FieldResult field;
    field.column = {static_cast<std::uint16_t>(in.number())};
    field.outcome = static_cast<FieldOutcome>(in.byte());
    field.conflict = in.number();
    field.current = get_value(in);
    field.stamp = get_stamp(in);
    result.fields.push_back(std::move(field));
  }
  if (!in.ok() || !in.at_end()) return make_error(Errc::database_damaged, "op result");
  return result;
}

std::string encode_replaced(const std::vector<ReplacedCell>& cells) {
  ByteWriter out;
  out.number(kFormOne);
  out.number(cells.size());
  for (const auto& cell : cells) {
    out.number(cell.column.value);
    put_value(out, cell.value);
    put_stamp(out, cell.stamp);
  }
  return out.take();
}

Result<std::vector<ReplacedCell>> decode_replaced(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.number() != kFormOne) return damaged("replaced form");
  std::vector<ReplacedCell> cells(get_count(in));
  for (auto& cell : cells) {
    cell.column = {static_cast<std::uint16_t>(in.number())};
    cell.value = get_value(in);
    cell.stamp = get_stamp(in);
  }
  if (!in.ok() || !in.at_end()) return damaged("replaced");
  return cells;
}

std::string encode_cells(const std::vector<Cell>& cells) {
  ByteWriter out;
  out.number(kFormOne);
  out.number(cells.size());
  for (const auto& cell : cells) {
    out.number(cell.column.value);
    put_value(out, cell.value);
  }
  return out.take();
}

Result<std::vector<Cell>> decode_cells(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.number() != kFormOne) return damaged("cells form");
  std::vector<Cell> cells(get_count(in));
  for (auto& cell : cells) {
    cell.column = {static_cast<std::uint16_t>(in.number())};
    cell.value = get_value(in);
  }
  if (!in.ok() || !in.at_end()) return damaged("cells");
  return cells;
}

}  // namespace ruhu
