#include "server/admin/demo/household_writer.hpp"

#include <algorithm>
#include <array>

#include "dictionary_constants.hpp"

namespace ruhu::demo {
namespace {

constexpr std::size_t kHomesRemembered = 64;
constexpr Day kHalfYear = 182;
constexpr Day kQuarter = 90;

bool is_same_county(const Resident& person) { return person.hukou_division == "350582"; }

}  // namespace

void HouseholdWriter::begin_community(int households, int needs) {
  own_homes_.clear();
  let_homes_.clear();
  visits_.begin_community(households, needs);
}

void HouseholdWriter::move_in(const Home& home, const HouseholdShape& shape) {
  // A family from here that rents keeps its hukou in another home of the community.
  const bool rents = shape.living == Living::local && home.let && !own_homes_.empty();
  registered_at_ = rents ? &own_homes_[stage_.dice.below(own_homes_.size())] : nullptr;
  Household household = cast_.make(shape, home, registered_at_ != nullptr ? registered_at_->address : home.address);
  for (auto& person : household.people) persons_.write(person, home.grid);
  const RecordId id = write_household(home, household);
  const Day moved = moving_day(home, shape.living);
  for (const auto& person : household.people) write_membership(home, id, person, std::max(moved, person.who.born));
  for (const auto& person : household.people) write_residencies(home, household, person, moved);
  visits_.write_for({home, id, household, moved});
  remember(home, shape.living);
}

void HouseholdWriter::remember(const Home& home, Living living) {
  if (living == Living::local && home.let) return;
  if (living != Living::local && !home.let) return;
  auto& homes = living == Living::local ? own_homes_ : let_homes_;
  if (homes.size() < kHomesRemembered) {
    homes.push_back(home);
  } else {
    homes[stage_.dice.below(homes.size())] = home;
  }
}

Day HouseholdWriter::moving_day(const Home& home, Living living) {
  Dice& dice = stage_.dice;
  int days = 0;
  if (living == Living::local && !home.let) {
    days = dice.between(years(1), years(26));
  } else {
    switch (dice.weighted(std::array<int, 4>{9, 17, 40, 34})) {
      case 0: days = dice.between(4, kQuarter); break;
      case 1: days = dice.between(kQuarter, years(1)); break;
      case 2: days = dice.between(years(1), years(3)); break;
      default: days = dice.between(years(3), years(9)); break;
    }
  }
  const Day finished = first_of_year(home.built_year) + kHalfYear;
  return std::min(std::max(stage_.today - days, finished), stage_.today - 4);
}

RecordId HouseholdWriter::write_household(const Home& home, const Household& household) {
  namespace f = kinds::household;
  Dice& dice = stage_.dice;
  const RecordId id = stage_.out.new_id();
  const Resident& head = household.people[household.head];
  RecordDraft draft;
  draft.ref(f::dwelling_id, home.dwelling).ref(f::head_person_id, head.id);
  draft.text(f::kind, household.living == Living::collective ? "2" : "1");
  if (head.category == "01" && dice.per_mille(620))
    draft.text(f::hukou_no, padded(26'000'000 + dice.below(999'999), 9));
  if (dice.per_mille(930)) draft.text(f::contact_phone, head.phone);
  if (dice.per_mille(240)) draft.text(f::best_time, dice.pick(best_times()));
  if (dice.per_mille(180)) draft.text(f::language, dice.pick(languages()));
  if (dice.per_mille(110)) draft.text(f::access_note, dice.pick(access_notes()));
  stage_.out.write({f::kKind, id}, home.grid, std::move(draft),
                   provenance_of(stage_, Source::self, dice.per_mille(300) ? Verified::confirmed : Verified::declared));
  return id;
}

std::string HouseholdWriter::since_text(Day since) {
  const bool long_ago = stage_.today - since > years(8);
  if (long_ago && stage_.dice.per_mille(550)) return iso_year(since);
  return long_ago && stage_.dice.per_mille(300) ? iso_month(since) : iso_date(since);
}

void HouseholdWriter::write_membership(const Home& home, RecordId household, const Resident& person, Day since) {
  namespace f = kinds::membership;
  const bool booklet = person.category == "01" && stage_.dice.per_mille(700);
  RecordDraft draft;
  draft.ref(f::household_id, household).ref(f::person_id, person.id).text(f::relation, person.who.relation);
  draft.text(f::since, since_text(since));
  const RecordId id = stage_.out.new_id();
  stage_.out.write(
      {f::kKind, id}, home.grid, std::move(draft),
      provenance_of(stage_, booklet ? Source::booklet : Source::self, booklet ? Verified::seen : Verified::declared));
}

void HouseholdWriter::write_residency(const Home& home, RecordDraft&& draft, Provenance provenance,
                                      std::string_view status) {
  namespace f = kinds::residency;
  draft.ref(f::dwelling_id, home.dwelling);
  stage_.out.write({f::kKind, stage_.out.new_id()}, home.grid, std::move(draft), provenance, status);
}

void HouseholdWriter::write_residencies(const Home& home, const Household& household, const Resident& person,
                                        Day moved) {
  namespace f = kinds::residency;
  Dice& dice = stage_.dice;
  const bool registered = person.category == "01" && registered_at_ == nullptr;
  const Day since = std::max(moved, person.who.born);
  const bool brief = person.category == "02" && stage_.today - since < kHalfYear && dice.per_mille(450);
  std::string_view kind = "4";
  if (registered) kind = "1";
  if (person.category == "03") kind = "5";
  if (brief) kind = "6";
  if (kind == "4" && (person.category != "02" || is_same_county(person))) kind = "3";
  RecordDraft draft;
  draft.ref(f::person_id, person.id).text(f::kind, kind).text(f::since, since_text(since));
  draft.flag(f::lives_here, true).flag(f::registered_here, registered).flag(f::primary, true);
  if (brief) draft.text(f::expected_until, iso_date(stage_.today + dice.between(10, 120)));
  if (person.category == "02" || person.category == "03") add_arrival(draft, home, household, person, since);
  const Source source =
      registered ? Source::booklet : (home.let && dice.per_mille(250) ? Source::landlord : Source::self);
  write_residency(home, std::move(draft),
                  provenance_of(stage_, source, registered ? Verified::seen : Verified::declared), "active");
  if (person.category == "01" && !registered) write_registered_home(person);
  const int age = age_on(stage_.today, person.who.born);
  if (age >= 55 && age < 78 && !own_homes_.empty() && dice.per_mille(20)) write_weekend_home(home, person);
  if (person.category == "02" && home.let && !let_homes_.empty() && dice.per_mille(40))
    write_former_home(home, person, moved);
}

void HouseholdWriter::add_arrival(RecordDraft& draft, const Home& home, const Household& household,
                                  const Resident& person, Day since) {
  namespace f = kinds::residency;
  static constexpr std::array<std::string_view, 6> kReasons = {"01", "03", "06", "08", "09", "99"};
  static constexpr std::array<std::string_view, 4> kOverseas = {"04", "05", "01", "02"};
  Dice& dice = stage_.dice;
  const bool child = age_on(stage_.today, person.who.born) < 16;
  if (person.category == "03") {
    draft.text(f::arrived_reason_overseas, dice.pick(kOverseas));
  } else if (household.living == Living::local) {
    draft.text(f::arrived_reason, person.who.place == Place::partner ? "05" : "08");
  } else {
    draft.text(f::arrived_reason, child ? "06" : kReasons[dice.weighted(std::array<int, 6>{66, 14, 8, 5, 3, 4})]);
  }
  const std::string_view dormitory = dice.per_mille(700) ? "05" : "07";
  draft.text(f::lodging, home.dormitory ? dormitory : (home.let ? "02" : "01"));
  const bool half_a_year = stage_.today - since > kHalfYear;
  if (person.category == "02" && half_a_year && !child && dice.per_mille(480)) draft.text(f::permit, "01");
}

/// Where somebody who rents in the community has the hukou.
void HouseholdWriter::write_registered_home(const Resident& person) {
  namespace f = kinds::residency;
  RecordDraft draft;
  draft.ref(f::person_id, person.id).text(f::kind, "2").text(f::since, since_text(person.who.born));
  draft.flag(f::lives_here, false).flag(f::registered_here, true).flag(f::primary, false);
  write_residency(*registered_at_, std::move(draft), provenance_of(stage_, Source::booklet, Verified::seen), "active");
}

/// An elder who often stays with a son or daughter nearby.
void HouseholdWriter::write_weekend_home(const Home& home, const Resident& person) {
  namespace f = kinds::residency;
  const Home& other = own_homes_[stage_.dice.below(own_homes_.size())];
  const bool counted_there = registered_at_ != nullptr && registered_at_->dwelling == other.dwelling;
  if (other.dwelling == home.dwelling || counted_there) return;
  RecordDraft draft;
  draft.ref(f::person_id, person.id).text(f::kind, "7");
  draft.text(f::since, iso_year(stage_.today - years(stage_.dice.between(1, 6))));
  draft.flag(f::lives_here, true).flag(f::registered_here, false).flag(f::primary, false);
  write_residency(other, std::move(draft), provenance_of(stage_, Source::family, Verified::declared), "active");
}

/// The let where a tenant of the community lived before.
void HouseholdWriter::write_former_home(const Home& home, const Resident& person, Day moved) {
  namespace f = kinds::residency;
  const Home& other = let_homes_[stage_.dice.below(let_homes_.size())];
  const Day since = moved - stage_.dice.between(150, 800);
  if (other.dwelling == home.dwelling || since < person.who.born) return;
  RecordDraft draft;
  draft.ref(f::person_id, person.id).text(f::kind, is_same_county(person) ? "3" : "4");
  draft.text(f::since, iso_date(since)).text(f::until, iso_date(moved - 1)).text(f::left_to, home.address);
  draft.flag(f::lives_here, false).flag(f::registered_here, false).flag(f::primary, false);
  draft.text(f::left_reason, "04").text(f::lodging, "02");
  write_residency(other, std::move(draft), provenance_of(stage_, Source::landlord, Verified::declared), "closed");
}

}  // namespace ruhu::demo
