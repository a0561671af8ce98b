#pragma once
#include <compare>
#include <string>

#include "app/queries/query_context.hpp"
#include "app/queries/record_cache.hpp"

// Doors and households in the words of the screen.
namespace ruhu {

/// A door's place on a walk: compound, building, entrance, room, with numbers in numeric order.
struct DoorAddress {
  std::string building;  ///< "阳光花园 3栋 2单元": everything before the room.
  std::string room;      ///< "501室"
  std::string walk;      ///< Sorts doors in walking order.
  std::string text() const { return room.empty() ? building : building + " " + room; }
};
DoorAddress address_of(RecordCache& records, const Record* dwelling);
/// "阳光花园 3栋 2单元"; nullptr where there is no building or no entrance.
std::string building_address(RecordCache& records, const Record* building, const Record* entrance);
/// Where a record of any kind is: its own address, its dwelling's, its building's. Empty: nowhere.
std::string place_text(const QueryContext& ctx, RecordCache& records, const Record& record);

/// Numbers padded with zeros, so that plain comparison puts 3 before 12.
std::string natural_key(std::string_view text);

/// "张建国 户"; without a head the given member's name; "空户" where nobody is known.
std::string household_title(const QueryContext& ctx, RecordCache& records, const Record* household,
                            const Record* any_member = nullptr);

/// Open memberships of a household, head first, then by relation.
std::vector<const Record*> open_memberships(RecordCache& records, const Uuid& household);

/// The household where the person is an open member, nil when none.
Uuid household_of_person(RecordCache& records, const Uuid& person);

/// True when strangers rent here: the tenure says so, or somebody stated what it is let for.
bool is_let(const Record& dwelling);

/// What a record of any kind is called: a name, an address, a household, else what the dictionary names it by.
std::string record_title(const QueryContext& ctx, RecordCache& records, const RecordRef& ref);

}  // namespace ruhu
