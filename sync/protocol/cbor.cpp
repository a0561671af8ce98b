#include "sync/protocol/cbor.hpp"

#include <cbor.h>

#include <array>
#include <bit>

#include "platform/base/assert.hpp"
#include "platform/base/text.hpp"

namespace ruhu {
namespace {

template <class Encode>
void append(std::string& out, Encode&& encode) {
  std::array<unsigned char, 16> head{};
  const std::size_t length = encode(head.data(), head.size());
  RUHU_ASSERT(length > 0);
  out.append(reinterpret_cast<const char*>(head.data()), length);
}

}  // namespace

void CborWriter::unsigned_int(std::uint64_t n) {
  append(out_, [n](unsigned char* to, std::size_t size) { return cbor_encode_uint(n, to, size); });
}

void CborWriter::integer(std::int64_t n) {
  if (n >= 0) return unsigned_int(static_cast<std::uint64_t>(n));
  const auto magnitude = static_cast<std::uint64_t>(-(n + 1));
  append(out_, [magnitude](unsigned char* to, std::size_t size) { return cbor_encode_negint(magnitude, to, size); });
}

void CborWriter::number(double d) {
  append(out_, [d](unsigned char* to, std::size_t size) { return cbor_encode_double(d, to, size); });
}

void CborWriter::boolean(bool b) {
  append(out_, [b](unsigned char* to, std::size_t size) { return cbor_encode_bool(b, to, size); });
}

void CborWriter::null() {
  append(out_, [](unsigned char* to, std::size_t size) { return cbor_encode_null(to, size); });
}

void CborWriter::text(std::string_view utf8) {
  append(out_, [&](unsigned char* to, std::size_t size) { return cbor_encode_string_start(utf8.size(), to, size); });
  out_ += utf8;
}

void CborWriter::bytes(std::string_view raw) {
  append(out_, [&](unsigned char* to, std::size_t size) { return cbor_encode_bytestring_start(raw.size(), to, size); });
  out_ += raw;
}

void CborWriter::array(std::size_t count) {
  append(out_, [count](unsigned char* to, std::size_t size) { return cbor_encode_array_start(count, to, size); });
}

void CborWriter::map(std::size_t count) {
  append(out_, [count](unsigned char* to, std::size_t size) { return cbor_encode_map_start(count, to, size); });
}

/// One item head as libcbor reports it through its callbacks.
struct CborReader::Item {
  Kind kind = Kind::none;
  std::uint64_t n = 0;  ///< Value, magnitude, or number of items.
  double d = 0;
  std::string_view data;

  static Item* of(void* context) { return static_cast<Item*>(context); }
  static void on_unsigned(void* context, std::uint64_t value) {
    of(context)->kind = Kind::unsigned_int;
    of(context)->n = value;
  }
  static void on_negative(void* context, std::uint64_t value) {
    of(context)->kind = Kind::negative_int;
    of(context)->n = value;
  }
  static void on_double(void* context, double value) {
    of(context)->kind = Kind::number;
    of(context)->d = value;
  }
  static void on_bool(void* context, bool value) {
    of(context)->kind = Kind::boolean;
    of(context)->n = value ? 1 : 0;
  }
  static void on_null(void* context) { of(context)->kind = Kind::null; }
  static void on_text(void* context, cbor_data data, std::size_t length) {
    of(context)->kind = Kind::text;
    of(context)->data = {reinterpret_cast<const char*>(data), length};
  }
  static void on_bytes(void* context, cbor_data data, std::size_t length) {
    of(context)->kind = Kind::bytes;
    of(context)->data = {reinterpret_cast<const char*>(data), length};
  }
  static void on_array(void* context, std::size_t count) {
    of(context)->kind = Kind::array;
    of(context)->n = count;
  }
  static void on_map(void* context, std::size_t count) {
    of(context)->kind = Kind::map;
    of(context)->n = count;
  }

  /// Everything that is not named here (tags, indefinite lengths, half floats, undefined) leaves `none`: refused.
  static cbor_callbacks callbacks() {
    cbor_callbacks calls = cbor_empty_callbacks;
    calls.uint8 = [](void* c, std::uint8_t v) { on_unsigned(c, v); };
    calls.uint16 = [](void* c, std::uint16_t v) { on_unsigned(c, v); };
    calls.uint32 = [](void* c, std::uint32_t v) { on_unsigned(c, v); };
    calls.uint64 = on_unsigned;
    calls.negint8 = [](void* c, std::uint8_t v) { on_negative(c, v); };
    calls.negint16 = [](void* c, std::uint16_t v) { on_negative(c, v); };
    calls.negint32 = [](void* c, std::uint32_t v) { on_negative(c, v); };
    calls.negint64 = on_negative;
    calls.float8 = on_double;
    calls.boolean = on_bool;
    calls.null = on_null;
    calls.string = on_text;
    calls.byte_string = on_bytes;
    calls.array_start = on_array;
    calls.map_start = on_map;
    return calls;
  }
};

CborReader::Item CborReader::next(bool consume) {
  static const cbor_callbacks kCallbacks = Item::callbacks();
  Item item;
  if (!ok_ || rest_.empty()) return item;
  const auto* data = reinterpret_cast<cbor_data>(rest_.data());
  const cbor_decoder_result result = cbor_stream_decode(data, rest_.size(), &kCallbacks, &item);
  if (result.status != CBOR_DECODER_FINISHED) return {};
  if (consume && item.kind != Kind::none) rest_.remove_prefix(result.read);
  return item;
}

CborReader::Item CborReader::expect(Kind kind) {
  const Item item = next(true);
  if (item.kind == kind) return item;
  fail();
  return {};
}

void CborReader::fail() {
  ok_ = false;
  rest_ = {};
}

CborReader::Kind CborReader::peek() { return next(false).kind; }
std::uint64_t CborReader::unsigned_int() { return expect(Kind::unsigned_int).n; }

std::uint64_t CborReader::unsigned_up_to(std::uint64_t max) {
  const std::uint64_t n = unsigned_int();
  if (n <= max) return n;
  fail();
  return 0;
}

std::int64_t CborReader::integer() {
  const Item item = next(true);
  constexpr auto kMax = static_cast<std::uint64_t>(INT64_MAX);
  if (item.kind == Kind::unsigned_int && item.n <= kMax) return static_cast<std::int64_t>(item.n);
  if (item.kind == Kind::negative_int && item.n <= kMax) return -static_cast<std::int64_t>(item.n) - 1;
  fail();
  return 0;
}

double CborReader::number() { return expect(Kind::number).d; }
bool CborReader::boolean() { return expect(Kind::boolean).n != 0; }
void CborReader::null() { expect(Kind::null); }

std::string_view CborReader::text() {
  const auto data = expect(Kind::text).data;
  if (is_valid_utf8(data)) return data;
  fail();
  return {};
}

std::string_view CborReader::bytes() { return expect(Kind::bytes).data; }

std::string_view CborReader::bytes_of(std::size_t length) {
  const auto data = bytes();
  if (data.size() == length) return data;
  fail();
  return {};
}

std::size_t CborReader::array(std::size_t max) {
  const std::uint64_t n = expect(Kind::array).n;
  if (n <= max && n <= rest_.size()) return static_cast<std::size_t>(n);
  fail();
  return 0;
}

std::size_t CborReader::map(std::size_t max) {
  const std::uint64_t n = expect(Kind::map).n;
  if (n <= max && n <= rest_.size() / 2) return static_cast<std::size_t>(n);
  fail();
  return 0;
}

void CborReader::array_of(std::size_t count) {
  if (array(count) != count) fail();
}

}  // namespace ruhu
