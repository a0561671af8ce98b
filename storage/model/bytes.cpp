#include "storage/model/bytes.hpp"

namespace ruhu {

void ByteWriter::number(std::uint64_t n) {
  while (n >= 0x80) {
    byte(static_cast<std::uint8_t>(n | 0x80U));
    n >>= 7U;
  }
  byte(static_cast<std::uint8_t>(n));
}

void ByteWriter::signed_number(std::int64_t n) {
  number((static_cast<std::uint64_t>(n) << 1U) ^ static_cast<std::uint64_t>(n >> 63));
}

void ByteWriter::fixed64(std::uint64_t n) {
  for (unsigned i = 0; i < 8; ++i) byte(static_cast<std::uint8_t>(n >> (8U * i)));
}

void ByteReader::fail() {
  ok_ = false;
  rest_ = {};
}

std::uint8_t ByteReader::byte() {
  if (rest_.empty()) {
    fail();
    return 0;
  }
  const auto b = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return b;
}

std::uint64_t ByteReader::number() {
  std::uint64_t n = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint8_t b = byte();
    n |= static_cast<std::uint64_t>(b & 0x7FU) << shift;
    if ((b & 0x80U) == 0) return n;
  }
  fail();
  return 0;
}

std::int64_t ByteReader::signed_number() {
  const std::uint64_t n = number();
  return static_cast<std::int64_t>(n >> 1U) ^ -static_cast<std::int64_t>(n & 1U);
}

std::uint64_t ByteReader::fixed64() {
  std::uint64_t n = 0;
  for (unsigned i = 0; i < 8; ++i) n |= static_cast<std::uint64_t>(byte()) << (8U * i);
  return n;
}

std::string_view ByteReader::raw(std::size_t length) {
  if (length > rest_.size()) {
    fail();
    return {};
  }
  const auto bytes = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return bytes;
}

}  // namespace ruhu
