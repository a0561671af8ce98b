#include "tests/property/any_value.hpp"

#include <cmath>

#include "platform/base/text.hpp"

namespace ruhu::test {
namespace {

rc::Gen<std::uint32_t> character() {
  const auto range = [](std::uint32_t from, std::uint32_t to) { return rc::gen::inRange(from, to); };
  return rc::gen::oneOf(range(1, 0x80), range(0x0300, 0x0370), range(0x0590, 0x0700), range(0x200B, 0x2010),
                        range(0x202A, 0x202F), range(0x4E00, 0xA000), range(0xFE00, 0xFE10), range(0x1F300, 0x1F700),
                        range(0x20000, 0x2A6E0), range(0xE0100, 0xE01F0));
}

std::string spell(const std::vector<std::uint32_t>& all) {
  std::string out;
  for (const auto c : all) append_utf8(out, static_cast<char32_t>(c));
  return out;
}

}  // namespace

rc::Gen<std::string> nasty_text() {
  const auto spelt = rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(character()), spell);
  const auto repeated = rc::gen::apply(
      [](std::uint32_t c, int times) { return spell(std::vector<std::uint32_t>(static_cast<std::size_t>(times), c)); },
      character(), rc::gen::inRange(0, 700));
  return rc::gen::weightedOneOf<std::string>({{8, spelt}, {1, repeated}});
}

rc::Gen<Uuid> any_uuid() {
  return rc::gen::map(rc::gen::container<std::array<std::uint8_t, 16>>(rc::gen::arbitrary<std::uint8_t>()),
                      [](const std::array<std::uint8_t, 16>& bytes) { return Uuid{bytes}; });
}

rc::Gen<TextSet> any_set() {
  const auto item = rc::gen::oneOf(nasty_text(), rc::gen::element<std::string>("01", "02", "03", "04"));
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(item),
                      [](std::vector<std::string> items) { return TextSet::of(std::move(items)); });
}

rc::Gen<Value> any_stored_value() {
  const auto finite = rc::gen::suchThat(rc::gen::arbitrary<double>(), [](double d) { return std::isfinite(d); });
  return rc::gen::oneOf(rc::gen::just(Value{}),
                        rc::gen::map(rc::gen::element(Gap::refused, Gap::unknown, Gap::not_applicable),
                                     [](Gap gap) { return Value{gap}; }),
                        rc::gen::map(rc::gen::arbitrary<bool>(), [](bool b) { return Value{b}; }),
                        rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t n) { return Value{n}; }),
                        rc::gen::just(Value{INT64_MIN}), rc::gen::just(Value{INT64_MAX}),
                        rc::gen::map(finite, [](double d) { return Value{d}; }),
                        rc::gen::map(nasty_text(), [](std::string s) { return Value{std::move(s)}; }),
                        rc::gen::map(any_uuid(), [](Uuid id) { return Value{id}; }),
                        rc::gen::map(any_set(), [](TextSet set) { return Value{std::move(set)}; }));
}

rc::Gen<Value> any_value() {
  const auto delta = rc::gen::apply(
      [](TextSet added, TextSet removed) {
        return Value{SetDelta{std::move(added), std::move(removed)}};
      },
      any_set(), any_set());
  return rc::gen::weightedOneOf<Value>({{9, any_stored_value()}, {1, delta}});
}

rc::Gen<Provenance> any_provenance() {
  return rc::gen::apply(
      [](int source, int verified, std::int32_t day) {
        return Provenance{static_cast<Source>(source), static_cast<Verified>(verified), day};
      },
      rc::gen::inRange(0, 10), rc::gen::inRange(0, 4), rc::gen::arbitrary<std::int32_t>());
}

rc::Gen<Stamp> any_stamp() {
  return rc::gen::apply(
      [](std::uint64_t version, std::uint32_t tablet, std::uint64_t counter, std::uint64_t made_at, std::uint32_t actor,
         Provenance provenance) {
        return Stamp{{version}, {{tablet}, counter}, {made_at}, {actor}, provenance};
      },
      rc::gen::arbitrary<std::uint64_t>(), rc::gen::arbitrary<std::uint32_t>(), rc::gen::arbitrary<std::uint64_t>(),
      rc::gen::arbitrary<std::uint64_t>(), rc::gen::arbitrary<std::uint32_t>(), any_provenance());
}

}  // namespace ruhu::test
