#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace ruhu {

/// Writes CBOR (RFC 8949) items one after the other; lengths are definite. Over libcbor's streaming encoder.
class CborWriter {
 public:
  void unsigned_int(std::uint64_t n);
  void integer(std::int64_t n);
  void number(double d);
  void boolean(bool b);
  void null();
  void text(std::string_view utf8);
  void bytes(std::string_view raw);
  void array(std::size_t count);  ///< `count` items follow.
  void map(std::size_t count);    ///< `count` pairs follow.
  std::string take() { return std::move(out_); }
  std::size_t size() const { return out_.size(); }

 private:
  std::string out_;
};

/// Reads CBOR items in order from bytes of any origin. After the first surprise every read gives zero or empty and
/// ok() is false; nothing is read or allocated beyond the input. Indefinite lengths, tags and big numbers are refused.
class CborReader {
 public:
  explicit CborReader(std::string_view bytes) : rest_(bytes) {}

  enum class Kind : std::uint8_t { none, unsigned_int, negative_int, number, boolean, null, text, bytes, array, map };
  Kind peek();  ///< Of the next item; none at the end or after an error.

  std::uint64_t unsigned_int();
  std::uint64_t unsigned_up_to(std::uint64_t max);  ///< An error beyond `max`.
  std::int64_t integer();
  double number();
  bool boolean();
  void null();
  std::string_view text();  ///< Checked UTF-8.
  std::string_view bytes();
  std::string_view bytes_of(std::size_t length);  ///< An error unless exactly so long.
  /// Number of items that follow; an error beyond `max` or beyond the bytes left.
  std::size_t array(std::size_t max);
  std::size_t map(std::size_t max);
  void array_of(std::size_t count);  ///< An error unless exactly so many items follow.

  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && rest_.empty(); }
  std::size_t left() const { return rest_.size(); }
  void fail();

 private:
  struct Item;
  Item next(bool consume);
  Item expect(Kind kind);
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace ruhu
