#include "server/admin/demo/family.hpp"

#include <algorithm>
#include <array>

#include "platform/base/assert.hpp"
#include "server/admin/demo/relations.hpp"

namespace ruhu::demo {
namespace {

/// Who makes up a household; one row for each way that is common enough.
struct Make {
  int size;
  int local;     ///< How common among families from here …
  int floating;  ///< … and among newcomers.
  int great;
  int elders;
  int couple;  ///< 2: both; 1: one grown-up of the middle generation; 0: nobody.
  int siblings;
  int children;
};

constexpr auto kMakes = std::to_array<Make>({
    {1, 40, 4, 0, 1, 0, 0, 0},  {1, 60, 96, 0, 0, 1, 0, 0}, {2, 38, 3, 0, 2, 0, 0, 0},  {2, 32, 64, 0, 0, 2, 0, 0},
    {2, 12, 13, 0, 0, 1, 0, 1}, {2, 12, 0, 0, 1, 1, 0, 0},  {2, 6, 0, 0, 1, 0, 0, 1},   {2, 0, 20, 0, 0, 1, 1, 0},
    {3, 55, 72, 0, 0, 2, 0, 1}, {3, 15, 0, 0, 2, 1, 0, 0},  {3, 10, 8, 0, 1, 2, 0, 0},  {3, 8, 6, 0, 0, 1, 0, 2},
    {3, 7, 0, 0, 2, 0, 0, 1},   {3, 5, 0, 0, 1, 1, 0, 1},   {3, 0, 14, 0, 0, 2, 1, 0},  {4, 58, 70, 0, 0, 2, 0, 2},
    {4, 22, 28, 0, 1, 2, 0, 1}, {4, 9, 0, 0, 2, 2, 0, 0},   {4, 7, 0, 0, 2, 1, 0, 1},   {4, 4, 2, 0, 0, 2, 1, 1},
    {5, 40, 50, 0, 1, 2, 0, 2}, {5, 35, 10, 0, 2, 2, 0, 1}, {5, 22, 40, 0, 0, 2, 0, 3}, {5, 3, 0, 0, 1, 2, 1, 1},
    {6, 70, 40, 0, 2, 2, 0, 2}, {6, 20, 60, 0, 1, 2, 0, 3}, {6, 10, 0, 0, 2, 2, 1, 1},  {7, 45, 0, 0, 2, 2, 0, 3},
    {7, 30, 0, 0, 2, 2, 1, 2},  {7, 25, 0, 1, 2, 2, 0, 2},  {8, 50, 0, 1, 2, 2, 0, 3},  {8, 50, 0, 0, 2, 2, 1, 3},
    {9, 100, 0, 1, 2, 2, 1, 3},
});

const Make& draw_make(Dice& dice, const HouseholdShape& shape) {
  const bool local = shape.living == Living::local;
  int total = 0;
  for (const auto& make : kMakes)
    if (make.size == shape.size) total += local ? make.local : make.floating;
  RUHU_ASSERT(total > 0);
  int left = static_cast<int>(dice.below(static_cast<std::size_t>(total)));
  for (const auto& make : kMakes) {
    if (make.size != shape.size) continue;
    left -= local ? make.local : make.floating;
    if (left < 0) return make;
  }
  return kMakes.back();
}

/// Puts one family together, the middle generation first, since the others' ages follow from it.
class FamilyMaker {
 public:
  FamilyMaker(Dice& dice, Day today, const HouseholdShape& shape)
      : dice_(dice), today_(today), local_(shape.living == Living::local), make_(draw_make(dice, shape)) {}

  Family make() {
    family_.elders_are_hers =
        make_.couple == 2 && make_.elders > 0 && make_.siblings == 0 && make_.great == 0 && dice_.per_mille(120);
    make_.couple > 0 ? middle_generation() : elders_alone();
    children();
    put_in_order();
    choose_head();
    state_relations(family_);
    return std::move(family_);
  }

 private:
  Relative& add(Place place, bool male, Day born) {
    family_.members.push_back({place, male, std::min(born, today_ - 1), {}, false});
    return family_.members.back();
  }
  Day earlier(Day day, int from_years, int to_years) { return day - dice_.between(years(from_years), years(to_years)); }

  void middle_generation() {
    const Day core_born = earlier(today_, youngest_core(), oldest_core());
    const bool core_male = make_.couple == 2 ? !family_.elders_are_hers : dice_.per_mille(local_ ? 560 : 620);
    add(Place::core, core_male, core_born);
    Day younger = core_born;
    if (make_.couple == 2) {
      // The husband is up to four years older, or one and a half years younger.
      const Day apart = dice_.between(-years(3) / 2, years(4));
      const Day born = std::min(core_male ? core_born + apart : core_born - apart, today_ - years(22));
      add(Place::partner, !core_male, born);
      younger = std::max(younger, born);
    }
    younger_parent_ = younger;
    elders_of(core_born);
  }

  int youngest_core() const {
    if (make_.children > 0) return 27 + 2 * make_.children;
    return make_.couple == 2 ? 24 : 19;
  }
  int oldest_core() const {
    if (make_.great > 0) return 40;
    if (make_.elders > 0) return 50;
    return local_ ? 60 : 49;
  }

  void elders_of(Day core_born) {
    if (make_.elders == 0) {
      for (int i = 0; i < make_.siblings; ++i) {
        const Day born = core_born + dice_.between(-years(6), years(6));
        add(Place::sibling, dice_.per_mille(500), std::min(born, today_ - years(17)));
      }
      return;
    }
    const Day mother_born = earlier(core_born, 20, 29);
    const Day father_born = mother_born - dice_.between(-years(1), years(5));
    elders(father_born, mother_born);
    for (int i = 0; i < make_.siblings; ++i) {
      const Day earliest = std::max(mother_born, father_born) + years(19);
      const Day born = std::clamp(core_born + dice_.between(-years(7), years(9)), earliest, earliest + years(20));
      add(Place::sibling, dice_.per_mille(550), std::min(born, today_ - years(16)));
    }
    if (make_.great > 0) add(Place::great, false, earlier(father_born, 19, 24));
  }

  void elders(Day father_born, Day mother_born) {
    const bool only_he = make_.elders == 1 && dice_.per_mille(330);
    if (make_.elders == 2 || only_he) add(Place::elder_man, true, father_born);
    if (!only_he) add(Place::elder_woman, false, mother_born);
  }

  void elders_alone() {
    const Day mother_born = make_.children > 0 ? earlier(today_, 55, 74) : earlier(today_, 60, 90);
    const Day father_born = mother_born - dice_.between(-years(1), years(5));
    elders(father_born, mother_born);
    // A child without its parents: two generations later.
    younger_parent_ = std::max(father_born, mother_born) + dice_.between(years(20), years(27));
  }

  void children() {
    const int count = make_.children;
    if (count == 0) return;
    const Day available = std::max(0, today_ - 60 - (younger_parent_ + years(20)));
    const Day latest_first = std::max(0, available - count * years(2));
    const Day first = dice_.between(0, std::min(latest_first, years(12)));
    const Day step = std::clamp((available - first) / count, 330, years(4));
    for (int i = 0; i < count; ++i) {
      const Day born = younger_parent_ + years(20) + first + i * step + dice_.between(0, step - 330);
      const bool twin = i > 0 && dice_.per_mille(12);
      add(Place::child, dice_.per_mille(530), twin ? family_.members.back().born : std::min(born, today_ - 60));
    }
  }

  /// Parents before children, elder brothers and sisters before younger ones.
  void put_in_order() {
    std::stable_sort(family_.members.begin(), family_.members.end(), [](const Relative& a, const Relative& b) {
      return a.place != b.place ? a.place < b.place : a.born < b.born;
    });
  }

  void choose_head() {
    const std::size_t man = family_.find(Place::elder_man);
    const std::size_t elder = man != kNobody ? man : family_.find(Place::elder_woman);
    const std::size_t core = family_.find(Place::core);
    const std::size_t partner = family_.find(Place::partner);
    std::size_t head = core;
    if (elder != kNobody && (core == kNobody || dice_.per_mille(local_ ? 430 : 30))) head = elder;
    const bool may_be_partner = partner != kNobody && make_.siblings == 0 && make_.great == 0;
    // Mostly the man of the couple, whichever of the two the elders belong to.
    if (head == core && may_be_partner && dice_.per_mille(family_.elders_are_hers ? 700 : 130)) head = partner;
    family_.head = head;
    family_.members[head].head = true;
  }

  Dice& dice_;
  Day today_;
  bool local_;
  const Make& make_;
  Day younger_parent_ = 0;
  Family family_;
};

/// Workers who share a let: grown up, mostly of one sex, no relatives.
Family make_sharers(Dice& dice, Day today, int size) {
  Family family;
  const bool men = dice.per_mille(600);
  const bool mixed = dice.per_mille(250);
  for (int i = 0; i < size; ++i) {
    const int age_from = dice.per_mille(550) ? 18 : 29;
    const Day born = today - dice.between(years(age_from) + 30, years(age_from + (age_from == 18 ? 13 : 26)));
    family.members.push_back({Place::sharer, mixed ? dice.per_mille(550) : men, born, i == 0 ? "02" : "99", i == 0});
  }
  return family;
}

}  // namespace

std::size_t Family::find(Place place) const {
  for (std::size_t i = 0; i < members.size(); ++i)
    if (members[i].place == place) return i;
  return kNobody;
}

Family make_family(Dice& dice, Day today, const HouseholdShape& shape) {
  if (shape.living == Living::collective) return make_sharers(dice, today, shape.size);
  return FamilyMaker(dice, today, shape).make();
}

}  // namespace ruhu::demo
