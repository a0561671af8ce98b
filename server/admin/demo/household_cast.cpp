#include "server/admin/demo/household_cast.hpp"

#include <algorithm>
#include <array>

#include "platform/base/text.hpp"

namespace ruhu::demo {
namespace {

constexpr int kGrownUp = 18;

bool is_middle(Place place) { return place == Place::core || place == Place::partner; }

Resident* find_parent(Household& household, bool male) {
  for (auto& person : household.people)
    if (is_middle(person.who.place) && person.who.male == male) return &person;
  return nullptr;
}

bool name_is_taken(const Household& household, const Resident& self) {
  return std::any_of(household.people.begin(), household.people.end(),
                     [&](const Resident& other) { return &other != &self && other.name == self.name; });
}

}  // namespace

Household HouseholdCast::make(const HouseholdShape& shape, const Home& home, const std::string& hukou_address) {
  const Family family = make_family(stage_.dice, stage_.today, shape);
  Household household;
  household.head = family.head;
  household.living = shape.living;
  for (const auto& member : family.members) {
    household.people.push_back({});
    household.people.back().id = stage_.out.new_id();
    household.people.back().who = member;
  }
  set_origins(household, home, hukou_address);
  if (shape.has_outsider) make_outsider(household);
  const bool other = shape.living != Living::local && stage_.dice.per_mille(14);
  if (other) {
    name_others(household, stage_.dice.pick(other_names()));
  } else if (shape.living == Living::collective) {
    name_strangers(household);
  } else {
    name_family(household, shape.living == Living::local && stage_.dice.per_mille(880));
  }
  name_newborn(household);
  set_guardians(household);
  return household;
}

// --- Names ---

void HouseholdCast::give_name(Household& household, Resident& person, char32_t shared) {
  if (person.category == "03") {
    person.name = stage_.names.overseas_name(person.who.male);
    return;
  }
  constexpr int kTries = 4;
  for (int i = 0; i < kTries; ++i) {
    person.name = person.surname + stage_.names.given_name(person.who.male, year_of(person.who.born), shared);
    if (!name_is_taken(household, person)) return;
  }
}

void HouseholdCast::give_surnames(Household& household, bool from_here) {
  const auto draw = [&] {
    return std::string(from_here ? stage_.names.local_surname() : stage_.names.national_surname());
  };
  const std::string blood = draw();  // of the elders' line
  const std::string married_in = draw();
  // Children are called after their father, a few after their mother.
  const Resident* father = find_parent(household, true);
  const Resident* mother = find_parent(household, false);
  const bool after_father = father != nullptr && (mother == nullptr || !stage_.dice.per_mille(40));
  const Resident* namesake = after_father ? father : mother;
  const bool of_blood = namesake == nullptr || namesake->who.place == Place::core;
  for (auto& person : household.people) {
    switch (person.who.place) {
      case Place::elder_man:
      case Place::sibling:
      case Place::core: person.surname = blood; break;
      case Place::partner: person.surname = married_in; break;
      case Place::child: person.surname = of_blood ? blood : married_in; break;
      case Place::great:
      case Place::elder_woman:
      case Place::sharer: person.surname = draw(); break;
    }
  }
}

void HouseholdCast::name_family(Household& household, bool from_here) {
  give_surnames(household, from_here);
  const bool share = stage_.dice.per_mille(430);
  std::array<char32_t, 4> common{};  // of sons, daughters, and of their father's or mother's generation
  for (auto& person : household.people) {
    const Place place = person.who.place;
    const bool child = place == Place::child;
    char32_t shared = 0;
    if (share && (child || place == Place::core || place == Place::sibling)) {
      char32_t& each = common[(child ? 0U : 2U) + (person.who.male ? 0U : 1U)];
      if (each == 0) each = stage_.names.sibling_character(person.who.male, year_of(person.who.born));
      shared = each;
    }
    give_name(household, person, shared);
    if (person.category == "01" && person.surname == "丁") person.ethnicity = "03";
  }
}

void HouseholdCast::name_strangers(Household& household) {
  for (auto& person : household.people) {
    person.surname = stage_.names.national_surname();
    give_name(household, person, 0);
  }
}

void HouseholdCast::name_others(Household& household, const OtherNames& people) {
  const Resident* father = find_parent(household, true);
  for (auto& person : household.people) {
    const bool child = person.who.place == Place::child && father != nullptr;
    const std::string fathers_given = child ? father->name.substr(0, father->name.find("·")) : std::string();
    person.name = stage_.names.other_name(people, person.who.male, fathers_given);
    person.surname = person.name.substr(0, person.name.find("·"));
    person.ethnicity = people.ethnicity;
    if (person.category != "02") continue;
    person.hukou_division = people.division;
    person.hukou_address = people.home;
  }
}

/// A child of a few weeks may have no name yet: it is called after a parent.
void HouseholdCast::name_newborn(Household& household) {
  constexpr Day kNamedAfter = 40;
  for (auto& person : household.people) {
    if (person.category != "04" || stage_.today - person.who.born > kNamedAfter) continue;
    const Resident* parent = find_parent(household, true);
    if (parent == nullptr) parent = find_parent(household, false);
    if (parent != nullptr) person.name = parent->name + (person.who.male ? "之子(未命名)" : "之女(未命名)");
  }
}

// --- Origins ---

const HomeTown& HouseholdCast::draw_town() {
  int total = 0;
  for (const auto& town : home_towns()) total += town.weight;
  int left = static_cast<int>(stage_.dice.below(static_cast<std::size_t>(total)));
  for (const auto& town : home_towns()) {
    left -= town.weight;
    if (left < 0) return town;
  }
  return home_towns().front();
}

void HouseholdCast::make_newcomer(Resident& person, const HomeTown& town) {
  person.category = "02";
  person.hukou_division = town.division;
  person.hukou_address = std::string(town.county) + std::string(stage_.dice.pick(townships()));
}

void HouseholdCast::make_overseas(Resident& person) {
  person.category = "03";
  person.hukou_division = {};
  person.hukou_address.clear();
}

void HouseholdCast::set_origins(Household& household, const Home& home, const std::string& hukou_address) {
  Dice& dice = stage_.dice;
  const HomeTown& town = draw_town();
  const std::string_view township = dice.pick(townships());
  for (auto& person : household.people) {
    person.lives_alone = household.people.size() == 1;
    if (household.living == Living::local) {
      person.hukou_division = "350582006";
      person.hukou_address = hukou_address;
    } else if (household.living == Living::collective && dice.per_mille(280)) {
      make_newcomer(person, draw_town());
    } else {
      make_newcomer(person, town);
      person.hukou_address = std::string(town.county) + std::string(township);
    }
  }
  const bool couple = std::any_of(household.people.begin(), household.people.end(),
                                  [](const Resident& p) { return p.who.place == Place::partner; });
  const auto elders = std::count_if(household.people.begin(), household.people.end(), [](const Resident& p) {
    return p.who.place == Place::elder_man || p.who.place == Place::elder_woman;
  });
  for (auto& person : household.people) {
    const Place place = person.who.place;
    const bool elder = place == Place::elder_man || place == Place::elder_woman;
    person.has_partner = (couple && is_middle(place)) || (elders == 2 && elder);
  }
  // A few foreigners and people from across the strait live in bought flats.
  if (household.living == Living::floating && !home.let && dice.per_mille(200))
    for (auto& person : household.people) make_overseas(person);
}

void HouseholdCast::make_outsider(Household& household) {
  Dice& dice = stage_.dice;
  Resident& last = household.people.back();
  const bool infant = last.who.place == Place::child && !last.who.head && age_on(stage_.today, last.who.born) < 4;
  if (infant && dice.per_mille(700)) return make_newborn(household, last);
  Resident* chosen = nullptr;
  for (auto& person : household.people)
    if (!person.who.head && person.who.place == Place::partner) chosen = &person;
  for (std::size_t i = 0; chosen == nullptr && i < household.people.size(); ++i) {
    Resident& person = household.people[i];
    if (!person.who.head && age_on(stage_.today, person.who.born) >= kGrownUp) chosen = &person;
  }
  if (chosen == nullptr) chosen = household.head == 0 ? &last : &household.people.front();
  if (dice.per_mille(110)) return make_overseas(*chosen);
  make_newcomer(*chosen, draw_town());
}

void HouseholdCast::make_newborn(Household& household, Resident& child) {
  child.category = "04";
  child.hukou_division = {};
  child.hukou_address.clear();
  const Day born = stage_.today - stage_.dice.between(3, 90);
  const std::size_t count = household.people.size();
  const bool twin = count > 1 && household.people[count - 2].who.born == child.who.born;
  if (!twin) child.who.born = std::max(child.who.born, born);
}

void HouseholdCast::set_guardians(Household& household) {
  for (auto& child : household.people) {
    if (age_on(stage_.today, child.who.born) >= kGrownUp) continue;
    const Resident* guardian = nullptr;
    for (const auto& person : household.people) {
      const bool elder = person.who.place == Place::elder_man || person.who.place == Place::elder_woman;
      const bool parent = child.who.place == Place::child ? is_middle(person.who.place) : elder;
      if (&person == &child) break;  // only those handed out before the child
      if (parent && age_on(stage_.today, person.who.born) >= kGrownUp) guardian = &person;
    }
    if (guardian != nullptr) child.guardian = guardian->id;
  }
}

}  // namespace ruhu::demo
