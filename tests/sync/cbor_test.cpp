#include "sync/protocol/cbor.hpp"

#include "sync/protocol/batch.hpp"
#include "sync/protocol/columns.hpp"
#include "sync/protocol/messages.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

std::string raw(std::initializer_list<int> bytes) {
  std::string out;
  for (const int b : bytes) out += static_cast<char>(b);
  return out;
}

/// True when the bytes are one value and nothing else.
bool is_value(const std::string& bytes) {
  CborReader in(bytes);
  (void)get_value(in);
  return in.at_end();
}

}  // namespace

TEST_CASE("CBOR: plain items are read", "[cbor]") {
  CHECK(is_value(raw({0x00})));
  CHECK(is_value(raw({0x20})));
  CHECK(is_value(raw({0xF6})));
  CHECK(is_value(raw({0x62, 'a', 'b'})));
  CHECK(is_value(raw({0x82, 0x00, 0x01})));
}

TEST_CASE("CBOR: indefinite lengths are refused", "[cbor]") {
  CHECK_FALSE(is_value(raw({0x9F, 0x01, 0xFF})));
  CHECK_FALSE(is_value(raw({0x7F, 0x61, 'a', 0xFF})));
  CHECK_FALSE(is_value(raw({0x5F, 0x41, 'a', 0xFF})));
  CHECK_FALSE(is_value(raw({0xBF, 0xFF})));
  CHECK_FALSE(decode_changes(raw({0x9F, 0xFF})).ok());
  CHECK_FALSE(decode_request(raw({0x9F, 0xFF})).ok());
}

TEST_CASE("CBOR: tags, undefined, short floats and breaks are refused", "[cbor]") {
  CHECK_FALSE(is_value(raw({0xC0, 0x61, 'a'})));
  CHECK_FALSE(is_value(raw({0xD9, 0xD9, 0xF7, 0x00})));
  CHECK_FALSE(is_value(raw({0xF7})));
  CHECK_FALSE(is_value(raw({0xF9, 0x3C, 0x00})));
  CHECK_FALSE(is_value(raw({0xFF})));
  CHECK_FALSE(is_value(raw({0xE0})));
}

TEST_CASE("CBOR: numbers that are none are refused", "[cbor]") {
  CHECK_FALSE(is_value(raw({0xFB, 0x7F, 0xF8, 0, 0, 0, 0, 0, 0})));
  CHECK_FALSE(is_value(raw({0xFB, 0x7F, 0xF0, 0, 0, 0, 0, 0, 0})));
  CHECK_FALSE(is_value(raw({0x1B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF})));
  CHECK_FALSE(is_value(raw({0x3B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF})));
}

TEST_CASE("CBOR: lengths beyond the bytes are refused", "[cbor]") {
  CHECK_FALSE(is_value(raw({0x7B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 'a'})));
  CHECK_FALSE(is_value(raw({0x5A, 0x7F, 0xFF, 0xFF, 0xFF, 'a'})));
  CHECK_FALSE(is_value(raw({0x82, 0x01, 0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF})));
  CHECK_FALSE(decode_changes(raw({0x8D, 0x1A, 0xFF, 0xFF, 0xFF, 0xFF})).ok());
  CHECK_FALSE(decode_entries(raw({0x8B, 0x1A, 0x00, 0x00, 0x4E, 0x20})).ok());
}

TEST_CASE("CBOR: text that is not UTF-8 is refused", "[cbor]") {
  CHECK_FALSE(is_value(raw({0x61, 0xFF})));
  CHECK_FALSE(is_value(raw({0x62, 0xC0, 0x80})));
  CHECK_FALSE(is_value(raw({0x63, 0xED, 0xA0, 0x80})));
}

TEST_CASE("CBOR: deep nesting is refused without going down", "[cbor]") {
  const std::string deep(1'000'000, '\x81');
  CHECK_FALSE(is_value(deep));
  CHECK_FALSE(decode_changes(deep).ok());
  CHECK_FALSE(decode_request(deep).ok());
  CHECK_FALSE(decode_response(deep).ok());
}

TEST_CASE("CBOR: byte strings stand for ids only", "[cbor]") {
  CHECK(is_value(raw({0x50}) + std::string(16, 'i')));
  CHECK_FALSE(is_value(raw({0x4F}) + std::string(15, 'i')));
  CHECK_FALSE(is_value(raw({0x51}) + std::string(17, 'i')));
}

TEST_CASE("CBOR: a failed reader stays failed and gives nothing", "[cbor]") {
  const std::string bytes = raw({0x01, 0x61, 'a', 0x02});
  CborReader in(bytes);
  CHECK(in.text().empty());
  CHECK_FALSE(in.ok());
  CHECK(in.unsigned_int() == 0);
  CHECK(in.text().empty());
  CHECK(in.left() == 0);
  CHECK_FALSE(in.at_end());
}
