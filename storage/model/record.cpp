#include "storage/model/record.hpp"

#include <algorithm>

namespace ruhu {
namespace {

template <class Vec>
auto cell_at(Vec& cells, ColumnNo column) {
  return std::lower_bound(cells.begin(), cells.end(), column,
                          [](const auto& cell, ColumnNo c) { return cell.column < c; });
}

template <class Vec>
auto stamp_at(Vec& stamps, ColumnNo column) {
  return std::lower_bound(stamps.begin(), stamps.end(), column,
                          [](const auto& entry, ColumnNo c) { return entry.first < c; });
}

struct SourceName {
  Source source;
  std::string_view code;
};
constexpr SourceName kSources[] = {
    {Source::booklet, "booklet"},     {Source::idcard, "idcard"},     {Source::self, "self"},
    {Source::family, "family"},       {Source::landlord, "landlord"}, {Source::committee, "committee"},
    {Source::neighbour, "neighbour"}, {Source::import_, "import"},    {Source::derived, "derived"},
};
struct VerifiedName {
  Verified verified;
  std::string_view code;
};
constexpr VerifiedName kVerified[] = {
    {Verified::declared, "declared"}, {Verified::seen, "seen"}, {Verified::confirmed, "confirmed"}};

}  // namespace

std::optional<Source> parse_source(std::string_view code) {
  for (const auto& entry : kSources)
    if (entry.code == code) return entry.source;
  return std::nullopt;
}

std::string_view code_of(Source source) {
  for (const auto& entry : kSources)
    if (entry.source == source) return entry.code;
  return "";
}

std::optional<Verified> parse_verified(std::string_view code) {
  for (const auto& entry : kVerified)
    if (entry.code == code) return entry.verified;
  return std::nullopt;
}

std::string_view code_of(Verified verified) {
  for (const auto& entry : kVerified)
    if (entry.verified == verified) return entry.code;
  return "";
}

const Stamp& RecordMeta::stamp_of(ColumnNo column) const {
  const auto at = stamp_at(later, column);
  return at != later.end() && at->first == column ? at->second : created;
}

bool RecordMeta::has_own_stamp(ColumnNo column) const {
  const auto at = stamp_at(later, column);
  return at != later.end() && at->first == column;
}

void RecordMeta::set_stamp(ColumnNo column, const Stamp& stamp) {
  const auto at = stamp_at(later, column);
  if (at != later.end() && at->first == column) {
    at->second = stamp;
  } else {
    later.insert(at, {column, stamp});
  }
}

const Value& Record::get(ColumnNo column) const {
  static const Value kEmpty;
  const auto at = cell_at(cells, column);
  return at != cells.end() && at->column == column ? at->value : kEmpty;
}

void Record::set(ColumnNo column, Value value) {
  const auto at = cell_at(cells, column);
  const bool present = at != cells.end() && at->column == column;
  if (is_empty(value)) {
    if (present) cells.erase(at);
  } else if (present) {
    at->value = std::move(value);
  } else {
    cells.insert(at, {column, std::move(value)});
  }
}

}  // namespace ruhu
