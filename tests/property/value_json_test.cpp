#include "storage/model/value_json.hpp"

#include <rapidcheck.h>

#include <nlohmann/json.hpp>

#include "platform/base/text.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

/// Any text of whole Unicode characters except NUL.
rc::Gen<std::string> any_text() {
  const auto character =
      rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(1, 0x80), rc::gen::inRange<std::uint32_t>(0x4E00, 0xA000),
                     rc::gen::inRange<std::uint32_t>(0x20000, 0x30000));
  return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(character),
                      [](const std::vector<std::uint32_t>& all) {
                        std::string out;
                        for (const auto c : all) append_utf8(out, static_cast<char32_t>(c));
                        return out;
                      });
}

rc::Gen<Uuid> any_uuid() {
  return rc::gen::map(rc::gen::container<std::array<std::uint8_t, 16>>(rc::gen::arbitrary<std::uint8_t>()),
                      [](const std::array<std::uint8_t, 16>& bytes) { return Uuid{bytes}; });
}

rc::Gen<TextSet> any_set() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(any_text()),
                      [](std::vector<std::string> items) { return TextSet::of(std::move(items)); });
}

/// The value after being written as JSON and read again.
Value round_trip(FieldType type, const Value& value) {
  FieldDef field;
  field.name = "thing";
  field.type = type;
  const auto result = value_from_json_text(field, value_to_json(field, value).dump());
  RC_ASSERT(result.ok());
  return *result;
}

template <class Make>
bool survives(FieldType type, Make make) {
  return rc::check([&] {
    const Value value = *make();
    RC_ASSERT(round_trip(type, value) == value);
  });
}

}  // namespace

TEST_CASE("Value JSON: every text survives the round trip", "[property]") {
  CHECK(survives(FieldType::text, [] { return any_text(); }));
  CHECK(survives(FieldType::note, [] { return any_text(); }));
}

TEST_CASE("Value JSON: every number survives the round trip", "[property]") {
  CHECK(survives(FieldType::integer, [] { return rc::gen::arbitrary<std::int64_t>(); }));
  CHECK(survives(FieldType::number, [] { return rc::gen::arbitrary<double>(); }));
  CHECK(survives(FieldType::boolean, [] { return rc::gen::arbitrary<bool>(); }));
}

TEST_CASE("Value JSON: every instant of four-digit years survives the round trip", "[property]") {
  CHECK(survives(FieldType::time,
                 [] { return rc::gen::inRange<std::int64_t>(-62'135'596'800'000, 253'402'300'800'000); }));
}

TEST_CASE("Value JSON: every id and set survives the round trip", "[property]") {
  CHECK(survives(FieldType::ref, [] { return any_uuid(); }));
  CHECK(survives(FieldType::texts, [] { return any_set(); }));
}

TEST_CASE("Value JSON: no text makes the reader stumble", "[property]") {
  CHECK(rc::check([](const std::string& text) {
    FieldDef field;
    for (const auto type : {FieldType::text, FieldType::time, FieldType::refs, FieldType::number}) {
      field.type = type;
      (void)value_from_json_text(field, text);
      (void)value_from_text(field, text);
    }
  }));
}
