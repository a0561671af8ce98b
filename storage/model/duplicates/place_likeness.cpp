// Dwellings, households, firms and shops, cases: what stands at one place.
#include <algorithm>
#include <cmath>

#include "dictionary_constants.hpp"
#include "storage/model/duplicates/comparison.hpp"
#include "storage/model/duplicates/name_likeness.hpp"
#include "storage/text/address_text.hpp"
#include "storage/text/folding.hpp"

namespace ruhu {
namespace {

constexpr int kHoursApartMax = 72;  ///< Reports of one thing.
constexpr double kMetresApartMax = 50;

std::vector<RoomName> rooms_of(const Record& dwelling) {
  namespace d = kinds::dwelling;
  std::vector<RoomName> rooms = {comparable_room(dwelling.text(d::room_no))};
  if (const auto* aliases = std::get_if<TextSet>(&dwelling.get(d::room_aliases)))
    for (const std::string& alias : aliases->items) rooms.push_back(comparable_room(alias));
  return rooms;
}

enum class Rooms : unsigned char { other, part, same };

Rooms compare_rooms(const RoomName& one, const RoomName& other) {
  const bool entrances_differ = !one.entrance.empty() && !other.entrance.empty() && one.entrance != other.entrance;
  if (one.room.empty() || one.room != other.room || entrances_differ) return Rooms::other;
  return one.part == other.part ? Rooms::same : Rooms::part;
}

double metres_between(const Record& one, const Record& other) {
  namespace c = kinds::case_;
  constexpr double kMetresPerDegree = 111'320;
  constexpr double kRadians = 3.14159265358979 / 180;
  const auto number = [](const Value& value) {
    const auto* n = std::get_if<double>(&value);
    return n == nullptr ? NAN : *n;
  };
  const double lat = number(one.get(c::lat));
  const double north = (lat - number(other.get(c::lat))) * kMetresPerDegree;
  const double east =
      (number(one.get(c::lng)) - number(other.get(c::lng))) * kMetresPerDegree * std::cos(lat * kRadians);
  return std::hypot(north, east);
}

bool same_ref(const Record& one, const Record& other, ColumnNo column) {
  const RecordId id = one.uuid(column);
  return !id.is_nil() && id == other.uuid(column);
}

bool differ(const Record& one, const Record& other, ColumnNo column) {
  const RecordId a = one.uuid(column);
  const RecordId b = other.uuid(column);
  return !a.is_nil() && !b.is_nil() && a != b;
}

}  // namespace

RoomName comparable_room(std::string_view room_no) {
  const std::string folded = fold_for_search(room_no);
  RoomName name;
  for (const AddressPiece& piece : take_address_apart(folded)) {
    if (piece.of != AddressPiece::Of::number) continue;
    if (piece.roles.find('r') != std::string::npos)
      name.room = piece.text;
    else if (piece.roles.find('u') != std::string::npos)
      name.entrance = piece.text;
  }
  if (name.room.empty()) {
    std::string whole = folded;
    std::erase(whole, ' ');
    name.room = whole;
    return name;
  }
  const auto digits = name.room.find_last_of("0123456789");
  if (digits == std::string::npos) return name;
  name.part = name.room.substr(digits + 1);
  name.room.resize(digits + 1);
  return name;
}

Likeness compare_dwellings(const Record& one, const Record& other) {
  namespace d = kinds::dwelling;
  Scale scale;
  const bool one_house = same_ref(one, other, d::building_id) && !differ(one, other, d::entrance_id);
  Rooms best = Rooms::other;
  for (const RoomName& a : rooms_of(one))
    for (const RoomName& b : rooms_of(other)) best = std::max(best, compare_rooms(a, b));
  if (!one_house || best == Rooms::other) return scale.as(Likeness::Verdict::different, 0, 0);
  scale.add(40, "duplicate.same_building");
  if (best == Rooms::part) {
    scale.add(20, "duplicate.room_part");
    return scale.read(19);
  }
  scale.add(45, "duplicate.same_room");
  return scale.read(18);
}

Likeness compare_households(const Record& one, const Record& other) {
  namespace h = kinds::household;
  Scale scale;
  if (same_ref(one, other, h::head_person_id)) scale.add(45, "duplicate.same_head");
  if (same_ref(one, other, h::dwelling_id)) scale.add(45, "duplicate.same_dwelling");
  const std::string_view number = one.text(h::hukou_no);
  if (!number.empty() && number == other.text(h::hukou_no)) scale.add(20, "duplicate.same_hukou_no");
  return scale.read(0);
}

Likeness compare_enterprises(const Record& one, const Record& other) {
  namespace e = kinds::enterprise;
  constexpr int kSame = 100;
  Scale scale;
  const std::string_view code = one.text(e::uscc);
  const std::string_view code_of_other = other.text(e::uscc);
  if (!code.empty() && code == code_of_other) {
    scale.add(0, "duplicate.same_uscc");
    return scale.as(Likeness::Verdict::same, kSame, 0);
  }
  const auto name_is = [&](ColumnNo a, ColumnNo b) {
    const std::u32string name = comparable_name(one.text(a));
    return !name.empty() && name == comparable_name(other.text(b));
  };
  const bool one_name = name_is(e::name, e::name) || name_is(e::sign_name, e::sign_name) ||
                        name_is(e::name, e::sign_name) || name_is(e::sign_name, e::name);
  const bool one_door = same_ref(one, other, e::dwelling_id);
  const bool one_house = same_ref(one, other, e::building_id) && !differ(one, other, e::dwelling_id);
  if (!one_name || !(one_door || one_house)) return scale.as(Likeness::Verdict::different, 0, 0);
  scale.add(50, "duplicate.same_name");
  scale.add(one_door ? 30 : 20, one_door ? "duplicate.same_dwelling" : "duplicate.same_building");
  if (code.empty() || code_of_other.empty()) return scale.read(0);
  scale.add(0, "duplicate.other_uscc");  // the shop has a new owner
  return scale.as(Likeness::Verdict::clash, kSame, 26);
}

Likeness compare_cases(const Record& one, const Record& other) {
  namespace c = kinds::case_;
  Scale scale;
  const auto hours = std::abs(int_of(one.get(c::found_at)) - int_of(other.get(c::found_at))) / 3'600'000;
  const std::string_view category = one.text(c::category);
  if (category.empty() || category != other.text(c::category) || hours > kHoursApartMax)
    return scale.as(Likeness::Verdict::different, 0, 0);
  scale.add(20, "duplicate.same_category");
  scale.add(10, "duplicate.close_in_time");
  const std::string place = fold_for_search(one.text(c::place));
  const bool one_door = same_ref(one, other, c::dwelling_id) || same_ref(one, other, c::enterprise_id);
  const bool one_place = !place.empty() && place == fold_for_search(other.text(c::place));
  if (one_door)
    scale.add(45, "duplicate.same_place");
  else if (metres_between(one, other) <= kMetresApartMax)
    scale.add(40, "duplicate.same_place");
  else if (one_place)
    scale.add(35, "duplicate.same_place");
  else if (same_ref(one, other, c::building_id))
    scale.add(30, "duplicate.same_building");
  return scale.read(24);
}

}  // namespace ruhu
