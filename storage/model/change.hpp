#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/ids.hpp"
#include "storage/dictionary/field_types.hpp"
#include "storage/model/value.hpp"

namespace ruhu {

using RecordId = Uuid;

struct RecordRef {
  KindNo kind;
  RecordId id;
  auto operator<=>(const RecordRef&) const = default;
};

/// Number of an account at the server (a worker, a clerk, the importer). 0: nobody known.
struct ActorNo {
  std::uint32_t value = 0;
  auto operator<=>(const ActorNo&) const = default;
};

/// Who said it, best evidence first. Codes of the list `field_source`.
enum class Source : std::uint8_t {
  none = 0,
  booklet,
  idcard,
  self,
  family,
  landlord,
  committee,
  neighbour,
  import_,
  derived,
};
/// How sure: codes of the list `verified`. Later is better evidence.
enum class Verified : std::uint8_t { none = 0, declared, seen, confirmed };

std::optional<Source> parse_source(std::string_view code);
std::string_view code_of(Source source);  ///< "" for none.
std::optional<Verified> parse_verified(std::string_view code);
std::string_view code_of(Verified verified);  ///< "" for none.

/// Where a value comes from, as the worker states it at the door.
struct Provenance {
  Source source = Source::none;
  Verified verified = Verified::none;
  std::int32_t as_of_day = 0;  ///< Days since 1970-01-01 in local civil time; 0: not stated.
  auto operator<=>(const Provenance&) const = default;
};

/// What the worker saw when changing a field.
struct Base {
  enum class Of : std::uint8_t {
    server,  ///< `value` is the record's ServerVersion up to which the tablet had seen this field. 0: a new record.
    own_op,  ///< `value` is the counter of the tablet's own earlier op that wrote the field, unconfirmed then.
  };
  Of of = Of::server;
  std::uint64_t value = 0;
  auto operator<=>(const Base&) const = default;
};

struct FieldEdit {
  ColumnNo column;
  Base base;
  Value value;  ///< The new value; a SetDelta for `set` fields; empty: cleared on purpose.
  Provenance provenance;
  auto operator<=>(const FieldEdit&) const = default;
};

/// One edit of one record made on one tablet, as stored in the change log and as sent; never modified once written.
struct Change {
  OpId id;                        ///< The server acknowledges counters in order: "all up to".
  std::uint64_t group_first = 0;  ///< Counter of the first op of the atomic group; its own for a single op.
  std::uint32_t group_size = 1;   ///< Ops in the group; applied together or not at all.
  RecordRef record;
  std::optional<RecordId> visit;  ///< The visit at which it was recorded.
  HybridTime made_at;             ///< Tablet clock corrected by the last server reply; orders `latest` and display.
  ActorNo actor;
  std::vector<FieldEdit> fields;  ///< Only what the worker touched, by column: absent = untouched.
  auto operator<=>(const Change&) const = default;
};

/// Who wrote a field's present value, when and on what evidence.
struct Stamp {
  ServerVersion version;  ///< Of the record, when the value was accepted; 0: not yet accepted (own pending op).
  OpId op;
  HybridTime made_at;
  ActorNo actor;
  Provenance provenance;
  auto operator<=>(const Stamp&) const = default;
};

}  // namespace ruhu
