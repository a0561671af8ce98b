#include "storage/dictionary/household_checks.hpp"

#include <algorithm>
#include <array>

#include "storage/dictionary/citizen_id.hpp"
#include "storage/dictionary/lunar_date.hpp"

namespace ruhu {
namespace {

constexpr std::string_view kMale = "1";
constexpr std::string_view kFemale = "2";
constexpr int kHusbandAge = 22;  ///< Civil Code Art. 1047.
constexpr int kWifeAge = 20;
constexpr int kParentYears = 13;
constexpr int kGrandparentYears = 30;
constexpr int kInfantBelow = 3;
constexpr int kAdultAge = 18;
constexpr std::size_t kCrowd = 8;

using Relations = std::span<const std::string_view>;

constexpr std::array<std::string_view, 3> kSpouses{"10", "11", "12"};
// Adopted, step and in-law relations may have any ages.
constexpr std::array<std::string_view, 16> kChildren{"20", "21", "22", "23", "24", "25", "26", "29",
                                                     "30", "31", "32", "33", "34", "35", "36", "39"};
constexpr std::array<std::string_view, 3> kParents{"50", "51", "52"};
constexpr std::array<std::string_view, 4> kParentsInLaw{"53", "54", "55", "56"};
constexpr std::array<std::string_view, 7> kGrandchildren{"40", "41", "42", "43", "44", "47", "48"};
constexpr std::array<std::string_view, 7> kGrandparents{"60", "61", "62", "63", "64", "66", "67"};
constexpr std::array<std::string_view, 2> kGrandparentsInLaw{"65", "68"};
/// Who came by marriage, beside the head's own spouse.
constexpr std::array<std::string_view, 8> kMarriedIn{"28", "38", "45", "46", "72", "74", "76", "78"};

bool is_one_of(std::string_view relation, Relations relations) {
  return std::find(relations.begin(), relations.end(), relation) != relations.end();
}

bool is_head(const HouseholdMember& member) { return member.relation == "01" || member.relation == "02"; }

struct Born {
  CivilDate first;
  CivilDate last;
};

std::optional<Born> born(const HouseholdMember& member) {
  if (!member.birth) return std::nullopt;
  if (member.lunar_birth)
    if (const auto span = solar_span_of_lunar(*member.birth)) return Born{span->first, span->last};
  return Born{first_day(*member.birth), last_day(*member.birth)};
}

bool is_surely_below(const HouseholdMember& member, int age, const CivilDate& today) {
  const auto birth = born(member);
  return birth && age_in_years(birth->first, today) < age;
}

/// The people who live together today, and what was found among them.
class Household {
 public:
  Household(std::span<const HouseholdMember> members, const CivilDate& today) : today_(today) {
    for (const HouseholdMember& member : members)
      if (is_here(member)) here_.push_back(&member);
    for (const HouseholdMember* member : here_) {
      if (is_head(*member)) heads_.push_back(member);
      if (is_one_of(member->relation, kSpouses)) spouses_.push_back(member);
    }
  }

  std::vector<HouseholdFinding> run(std::size_t living_in_dwelling) {
    heads();
    spouses();
    for (const HouseholdMember* member : here_) {
      gender(*member);
      married_age(*member);
      generations(*member);
    }
    numbers();
    infants();
    if (living_in_dwelling > kCrowd)
      found_.push_back({{},
                        {Strength::warning,
                         "head_person_id",
                         "check.household.crowd",
                         {{.name = "n", .value = std::to_string(living_in_dwelling)}}}});
    return std::move(found_);
  }

 private:
  bool is_here(const HouseholdMember& member) const {
    return !member.died && (!member.until || last_day(*member.until) >= today_) &&
           (!member.since || first_day(*member.since) <= today_);
  }

  void add(const HouseholdMember& member, std::string_view field, std::string_view key) {
    found_.push_back({member.person, {Strength::warning, std::string(field), std::string(key)}});
  }
  void add_pair(const HouseholdMember& one, const HouseholdMember& other, std::string_view field,
                std::string_view key) {
    for (const auto& [who, whom] : {std::pair{&one, &other}, std::pair{&other, &one}})
      found_.push_back(
          {who->person,
           {Strength::warning, std::string(field), std::string(key), {{.name = "other", .value = whom->name}}},
           whom->person});
  }

  void heads() {
    if (here_.empty()) return;
    if (heads_.empty()) found_.push_back({{}, {Strength::warning, "head_person_id", "check.household.no_head"}});
    if (heads_.size() < 2) return;
    for (const HouseholdMember* head : heads_) add(*head, "relation", "check.household.two_heads");
  }

  void spouses() {
    if (spouses_.size() < 2) return;
    for (const HouseholdMember* spouse : spouses_) add(*spouse, "relation", "check.household.two_spouses");
  }

  void gender(const HouseholdMember& member) {
    std::string_view expected = gender_of_relation(member.relation);
    if (member.relation == "10" && heads_.size() == 1) {
      if (heads_[0]->gender == kMale) expected = kFemale;
      if (heads_[0]->gender == kFemale) expected = kMale;
    }
    const bool known = member.gender == kMale || member.gender == kFemale;
    if (known && !expected.empty() && member.gender != expected)
      add(member, "relation", "check.household.relation_gender");
  }

  void married_age(const HouseholdMember& member) {
    const bool heads_a_couple = is_head(member) && heads_.size() == 1 && !spouses_.empty();
    const bool married =
        heads_a_couple || is_one_of(member.relation, kSpouses) || is_one_of(member.relation, kMarriedIn);
    const int age = member.gender == kMale ? kHusbandAge : kWifeAge;
    if (married && is_surely_below(member, age, today_)) add(member, "birth_date", "check.household.spouse_young");
  }

  /// Parents, children and grandchildren of the head and of the head's spouse.
  void generations(const HouseholdMember& member) {
    if (heads_.size() != 1) return;
    const HouseholdMember& head = *heads_[0];
    if (is_one_of(member.relation, kChildren)) parent(head, member);
    if (is_one_of(member.relation, kParents)) parent(member, head);
    if (is_one_of(member.relation, kGrandchildren)) grandparent(head, member);
    if (is_one_of(member.relation, kGrandparents)) grandparent(member, head);
    if (spouses_.size() != 1) return;
    if (is_one_of(member.relation, kParentsInLaw)) parent(member, *spouses_[0]);
    if (is_one_of(member.relation, kGrandparentsInLaw)) grandparent(member, *spouses_[0]);
  }

  void parent(const HouseholdMember& older, const HouseholdMember& younger) {
    if (are_surely_closer(older, younger, kParentYears))
      add_pair(older, younger, "birth_date", "check.household.parent_age");
  }
  void grandparent(const HouseholdMember& older, const HouseholdMember& younger) {
    if (are_surely_closer(older, younger, kGrandparentYears))
      add_pair(older, younger, "birth_date", "check.household.grandparent_age");
  }

  /// True when the older one was younger than that at the other's birth, whatever the unknown days are.
  static bool are_surely_closer(const HouseholdMember& older, const HouseholdMember& younger, int years) {
    const auto one = born(older);
    const auto other = born(younger);
    return one && other && age_in_years(one->first, other->last) < years;
  }

  void numbers() {
    for (std::size_t i = 0; i < here_.size(); ++i) {
      if (here_[i]->id_no.empty()) continue;
      const std::string number = citizen_id_for_matching(here_[i]->id_no);
      for (std::size_t j = i + 1; j < here_.size(); ++j)
        if (here_[i]->person != here_[j]->person && citizen_id_for_matching(here_[j]->id_no) == number)
          add_pair(*here_[i], *here_[j], "id_no", "check.household.same_number");
    }
  }

  void infants() {
    const auto may_be_grown = [&](const HouseholdMember* member) {
      return !is_surely_below(*member, kAdultAge, today_);
    };
    if (std::any_of(here_.begin(), here_.end(), may_be_grown)) return;
    for (const HouseholdMember* member : here_)
      if (!member->has_guardian && is_surely_below(*member, kInfantBelow, today_))
        add(*member, "guardian_id", "check.household.infant_alone");
  }

  CivilDate today_;
  std::vector<const HouseholdMember*> here_;
  std::vector<const HouseholdMember*> heads_;
  std::vector<const HouseholdMember*> spouses_;
  std::vector<HouseholdFinding> found_;
};

struct Gendered {
  std::string_view relation;
  std::string_view gender;
};
constexpr std::array kGendered = std::to_array<Gendered>({
    {"11", kMale},   {"12", kFemale}, {"20", kMale},   {"21", kMale},   {"22", kMale},   {"23", kMale},
    {"24", kMale},   {"25", kMale},   {"26", kMale},   {"27", kMale},   {"28", kMale},   {"29", kMale},
    {"30", kFemale}, {"31", kFemale}, {"32", kFemale}, {"33", kFemale}, {"34", kFemale}, {"35", kFemale},
    {"36", kFemale}, {"37", kFemale}, {"38", kFemale}, {"39", kFemale}, {"41", kMale},   {"42", kFemale},
    {"43", kMale},   {"44", kFemale}, {"45", kFemale}, {"46", kMale},   {"47", kMale},   {"48", kFemale},
    {"51", kMale},   {"52", kFemale}, {"53", kMale},   {"54", kFemale}, {"55", kMale},   {"56", kFemale},
    {"57", kMale},   {"58", kFemale}, {"61", kMale},   {"62", kFemale}, {"63", kMale},   {"64", kFemale},
    {"66", kMale},   {"67", kFemale}, {"71", kMale},   {"72", kFemale}, {"73", kMale},   {"74", kFemale},
    {"75", kFemale}, {"76", kMale},   {"77", kFemale}, {"78", kMale},   {"81", kMale},   {"82", kFemale},
    {"83", kMale},   {"84", kFemale}, {"85", kMale},   {"86", kFemale}, {"87", kMale},   {"88", kFemale},
    {"89", kMale},   {"90", kFemale}, {"93", kMale},   {"94", kFemale}, {"95", kMale},   {"96", kFemale},
});

}  // namespace

std::vector<HouseholdFinding> check_household_members(std::span<const HouseholdMember> members,
                                                      std::size_t living_in_dwelling, const CivilDate& today) {
  return Household(members, today).run(living_in_dwelling);
}

std::string_view gender_of_relation(std::string_view relation) {
  const auto at = std::find_if(kGendered.begin(), kGendered.end(),
                               [&](const Gendered& entry) { return entry.relation == relation; });
  return at == kGendered.end() ? std::string_view{} : at->gender;
}

}  // namespace ruhu
