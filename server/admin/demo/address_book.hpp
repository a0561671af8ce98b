#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/admin/demo/dice.hpp"

namespace ruhu::demo {

/// Gives standard addresses, each only once.
class AddressBook {
 public:
  explicit AddressBook(Dice& dice) : dice_(dice) {}
  std::string at_road(std::string_view road);  ///< "灵源街道云栖路12号"
  std::string in_compound(std::string_view road,
                          const std::string& name);    ///< "灵源街道云栖路12号锦绣澜庭3栋"
  std::string in_village(const std::string& village);  ///< "灵源街道顶社井头巷7号"

 private:
  struct Compound {
    std::string gate;   ///< Address of the gate.
    int buildings = 0;  ///< So far.
  };
  int next_number(const std::string& street);
  Dice& dice_;
  std::unordered_map<std::string, int> numbers_;  ///< Last house number given, by street.
  std::unordered_map<std::string, Compound> compounds_;
};

}  // namespace ruhu::demo
