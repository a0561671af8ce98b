#include "sync/protocol/columns.hpp"

#include <algorithm>
#include <cmath>

namespace ruhu {
namespace {

// First item of an array that stands for a value without a CBOR type of its own.
constexpr std::uint64_t kGapTag = 0;
constexpr std::uint64_t kSetTag = 1;
constexpr std::uint64_t kDeltaTag = 2;

void put_set(CborWriter& out, const TextSet& set) {
  out.array(set.items.size());
  for (const auto& item : set.items) out.text(item);
}

TextSet get_set(CborReader& in) {
  std::vector<std::string> items(in.array(kSetItemsMax));
  for (auto& item : items) item = in.text();
  return TextSet::of(std::move(items));
}

struct ValueWriter {
  CborWriter& out;
  void operator()(std::monostate) { out.null(); }
  void operator()(Gap gap) {
    out.array(2);
    out.unsigned_int(kGapTag);
    out.unsigned_int(static_cast<std::uint64_t>(gap));
  }
  void operator()(bool b) { out.boolean(b); }
  void operator()(std::int64_t n) { out.integer(n); }
  void operator()(double d) { out.number(d); }
  void operator()(const std::string& s) { out.text(s); }
  void operator()(const Uuid& id) { put_uuid(out, id); }
  void operator()(const TextSet& set) {
    out.array(2);
    out.unsigned_int(kSetTag);
    put_set(out, set);
  }
  void operator()(const SetDelta& delta) {
    out.array(3);
    out.unsigned_int(kDeltaTag);
    put_set(out, delta.added);
    put_set(out, delta.removed);
  }
};

Value get_tagged(CborReader& in) {
  const std::size_t count = in.array(3);
  const std::uint64_t tag = in.unsigned_up_to(kDeltaTag);
  if (tag == kGapTag && count == 2) {
    const auto gap = in.unsigned_up_to(3);
    if (gap == 0) in.fail();
    return static_cast<Gap>(gap);
  }
  if (tag == kSetTag && count == 2) return get_set(in);
  if (tag == kDeltaTag && count == 3) {
    SetDelta delta;
    delta.added = get_set(in);
    delta.removed = get_set(in);
    return delta;
  }
  in.fail();
  return {};
}

}  // namespace

void put_uuid(CborWriter& out, const Uuid& id) {
  out.bytes({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
}

Uuid get_uuid(CborReader& in) {
  Uuid id;
  const auto raw = in.bytes_of(id.bytes.size());
  std::copy(raw.begin(), raw.end(), id.bytes.begin());
  return id;
}

void put_value(CborWriter& out, const Value& value) { std::visit(ValueWriter{out}, value); }

Value get_value(CborReader& in) {
  switch (in.peek()) {
    case CborReader::Kind::null: in.null(); return {};
    case CborReader::Kind::boolean: return in.boolean();
    case CborReader::Kind::unsigned_int:
    case CborReader::Kind::negative_int: return in.integer();
    case CborReader::Kind::number: {
      const double d = in.number();
      if (!std::isfinite(d)) in.fail();
      return d;
    }
    case CborReader::Kind::text: return std::string(in.text());
    case CborReader::Kind::bytes: return get_uuid(in);
    case CborReader::Kind::array: return get_tagged(in);
    default: in.fail(); return {};
  }
}

std::uint64_t pack_provenance(const Provenance& p) {
  const std::uint64_t day = (static_cast<std::uint64_t>(static_cast<std::int64_t>(p.as_of_day)) << 1U) ^
                            (p.as_of_day < 0 ? ~std::uint64_t{0} : 0);
  return (day << 6U) | (static_cast<std::uint64_t>(p.verified) << 4U) | static_cast<std::uint64_t>(p.source);
}

Provenance unpack_provenance(CborReader& in, std::uint64_t packed) {
  Provenance p;
  if ((packed & 0x0FU) > static_cast<std::uint64_t>(Source::derived)) in.fail();
  p.source = static_cast<Source>(packed & 0x0FU);
  p.verified = static_cast<Verified>((packed >> 4U) & 0x03U);
  const std::uint64_t day = packed >> 6U;
  if (day > UINT32_MAX) in.fail();
  p.as_of_day = static_cast<std::int32_t>(static_cast<std::int64_t>(day >> 1U) ^ -static_cast<std::int64_t>(day & 1U));
  return p;
}

}  // namespace ruhu
