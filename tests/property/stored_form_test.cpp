#include "storage/model/stored_form.hpp"

#include "server/store/log_form.hpp"
#include "tests/property/allocation_watch.hpp"
#include "tests/property/any_value.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

RecordMeta any_meta() {
  RecordMeta meta;
  meta.created = *any_stamp();
  meta.seen = {*rc::gen::arbitrary<std::uint64_t>()};
  for (const auto column : *rc::gen::container<std::vector<std::uint16_t>>(rc::gen::arbitrary<std::uint16_t>()))
    meta.set_stamp({column}, *any_stamp());
  return meta;
}

Change any_change() {
  Change change;
  const Stamp who = *any_stamp();
  change.id = who.op;
  change.group_first = *rc::gen::arbitrary<std::uint64_t>();
  change.group_size = *rc::gen::arbitrary<std::uint32_t>();
  change.record = {{*rc::gen::arbitrary<std::uint16_t>()}, *any_uuid()};
  if (*rc::gen::arbitrary<bool>()) change.visit = *any_uuid();
  change.made_at = who.made_at;
  change.actor = who.actor;
  for (int left = *rc::gen::inRange(0, 5); left > 0; --left)
    change.fields.push_back({{*rc::gen::arbitrary<std::uint16_t>()},
                             {Base::Of::own_op, *rc::gen::inRange<std::uint64_t>(0, 1ULL << 60U)},
                             *any_value(),
                             *any_provenance()});
  return change;
}

OpResult any_result() {
  const Stamp who = *any_stamp();
  OpResult result{who.op, static_cast<OpOutcome>(*rc::gen::inRange(0, 6)), who.version, *nasty_text(), {}};
  for (int left = *rc::gen::inRange(0, 4); left > 0; --left)
    result.fields.push_back({{*rc::gen::arbitrary<std::uint16_t>()},
                             static_cast<FieldOutcome>(*rc::gen::inRange(0, 5)),
                             *rc::gen::arbitrary<std::uint64_t>(),
                             *any_value(),
                             *any_stamp()});
  return result;
}

std::vector<Cell> any_cells() {
  std::vector<Cell> cells;
  for (int left = *rc::gen::inRange(0, 6); left > 0; --left)
    cells.push_back({{*rc::gen::arbitrary<std::uint16_t>()}, *any_value()});
  return cells;
}

/// What was written is read; a cut or a flipped byte is an error or another thing, never trouble.
template <class T, class Encode, class Decode>
void is_sound(const T& thing, Encode encode, Decode decode) {
  const std::string bytes = encode(thing);
  const auto read = decode(bytes);
  RC_ASSERT(read.ok());
  RC_ASSERT(*read == thing);
  for (std::size_t length = 0; length < bytes.size(); length += 1 + bytes.size() / 300)
    RC_ASSERT(!decode(bytes.substr(0, length)).ok());
  RC_ASSERT(!decode(bytes + '\0').ok());
  for (int i = 0; i < 40 && !bytes.empty(); ++i) {
    std::string damaged = bytes;
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    damaged[at] = static_cast<char>(damaged[at] ^ static_cast<char>(*rc::gen::inRange(1, 256)));
    const AllocationWatch watch;
    (void)decode(damaged);
    RC_ASSERT(watch.bytes() <= (std::size_t{1} << 20U) + 256 * damaged.size());
  }
}

}  // namespace

TEST_CASE("Stored form: every value comes back as written", "[property][stored_form]") {
  CHECK(holds([] { is_sound(*any_value(), encode_value, decode_value); }));
}

TEST_CASE("Stored form: every meta comes back as written", "[property][stored_form]") {
  CHECK(holds([] { is_sound(any_meta(), encode_meta, decode_meta); }));
}

TEST_CASE("Stored form: every change comes back as written", "[property][stored_form]") {
  CHECK(holds([] { is_sound(any_change(), encode_change, decode_change); }));
}

TEST_CASE("Stored form: every result comes back as written", "[property][stored_form]") {
  CHECK(holds([] { is_sound(any_result(), encode_result, decode_result); }));
}

TEST_CASE("Stored form: cells of unknown columns come back as written", "[property][stored_form]") {
  CHECK(holds([] { is_sound(any_cells(), encode_cells, decode_cells); }));
}

TEST_CASE("Stored form: every log entry's body comes back as written", "[property][stored_form]") {
  CHECK(holds([] {
    LogEntry entry;
    const Change change = any_change();
    entry.made_at = change.made_at;
    entry.actor = change.actor;
    for (const FieldEdit& edit : change.fields) entry.fields.push_back({edit.column, edit.value, edit.provenance});
    const auto decode = [](std::string_view bytes) -> Result<LogEntry> {
      LogEntry read;
      RUHU_TRY_DONE(server::decode_entry_body(bytes, read));
      return read;
    };
    is_sound(entry, server::encode_entry_body, decode);
  }));
}
