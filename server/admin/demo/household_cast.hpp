#pragma once
#include <string>
#include <vector>

#include "server/admin/demo/person_writer.hpp"

namespace ruhu::demo {

/// A household with names and origins, not yet handed out.
struct Household {
  std::vector<Resident> people;  ///< Parents before children.
  std::size_t head = 0;
  Living living = Living::local;
};

/// Turns a planned household into people: family, names, origin, category, guardians.
class HouseholdCast {
 public:
  explicit HouseholdCast(Stage& stage) : stage_(stage) {}
  /// `hukou_address`: of registered members.
  Household make(const HouseholdShape& shape, const Home& home, const std::string& hukou_address);

 private:
  void give_surnames(Household& household, bool from_here);
  void name_family(Household& household, bool from_here);
  void name_strangers(Household& household);
  void name_others(Household& household, const OtherNames& people);
  void name_newborn(Household& household);
  void give_name(Household& household, Resident& person, char32_t shared);
  void set_origins(Household& household, const Home& home, const std::string& hukou_address);
  void make_newcomer(Resident& person, const HomeTown& town);
  void make_outsider(Household& household);
  void make_overseas(Resident& person);
  void make_newborn(Household& household, Resident& child);
  void set_guardians(Household& household);
  const HomeTown& draw_town();

  Stage& stage_;
};

}  // namespace ruhu::demo
