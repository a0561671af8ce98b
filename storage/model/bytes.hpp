#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace ruhu {

/// Appends numbers and texts to a byte string: the form in which changes and stamps lie in a database.
class ByteWriter {
 public:
  ByteWriter() { out_.reserve(kUsualSize); }
  void byte(std::uint8_t b) { out_ += static_cast<char>(b); }
  void number(std::uint64_t n);        ///< LEB128: 7 bits a byte.
  void signed_number(std::int64_t n);  ///< Zigzag, then as number.
  void fixed64(std::uint64_t n);       ///< 8 bytes, little endian.
  void raw(std::string_view bytes) { out_ += bytes; }
  void text(std::string_view bytes) {
    number(bytes.size());
    out_ += bytes;
  }
  std::string take() { return std::move(out_); }

 private:
  static constexpr std::size_t kUsualSize = 240;
  std::string out_;
};

/// Reads what ByteWriter wrote. Past the end or malformed: zeros and empty texts from then on, and ok() is false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::uint8_t byte();
  std::uint64_t number();
  std::int64_t signed_number();
  std::uint64_t fixed64();
  std::string_view raw(std::size_t length);
  std::string_view text() { return raw(static_cast<std::size_t>(number())); }
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }
  std::size_t left() const { return rest_.size(); }
  void fail();

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace ruhu
