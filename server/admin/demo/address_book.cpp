#include "server/admin/demo/address_book.hpp"

#include "server/admin/demo/place_tables.hpp"

namespace ruhu::demo {
namespace {
constexpr std::string_view kStreetOffice = "灵源街道";
}

int AddressBook::next_number(const std::string& street) { return numbers_[street] += dice_.between(1, 3); }

std::string AddressBook::at_road(std::string_view road) {
  const std::string street = std::string(kStreetOffice) + std::string(road);
  return street + std::to_string(next_number(street)) + "号";
}

std::string AddressBook::in_compound(std::string_view road, const std::string& name) {
  Compound& compound = compounds_[name];
  if (compound.buildings++ == 0) compound.gate = at_road(road);
  return compound.gate + name + std::to_string(compound.buildings) + "栋";
}

std::string AddressBook::in_village(const std::string& village) {
  const std::string street = std::string(kStreetOffice) + village + std::string(dice_.pick(lane_names()));
  return street + std::to_string(next_number(street)) + "号";
}

}  // namespace ruhu::demo
