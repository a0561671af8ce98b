#include <algorithm>

#include "dictionary_constants.hpp"
#include "storage/dictionary/citizen_id.hpp"
#include "storage/dictionary/lunar_date.hpp"
#include "storage/dictionary/phone.hpp"
#include "storage/model/duplicates/comparison.hpp"
#include "storage/model/duplicates/name_likeness.hpp"

namespace ruhu {
namespace {

namespace p = kinds::person;

enum class Birth : unsigned char { unknown, other, near, lunar, same };
enum class Numbers : unsigned char { unknown, other, swapped, same };

Birth compare_births(const Record& one, const Record& other) {
  const auto a = parse_partial_date(one.text(p::birth_date));
  const auto b = parse_partial_date(other.text(p::birth_date));
  if (!a || !b) return Birth::unknown;
  if (*a == *b && a->is_complete()) return Birth::same;
  if (b->is_complete() && is_lunar_reading(*a, first_day(*b))) return Birth::lunar;
  if (a->is_complete() && is_lunar_reading(*b, first_day(*a))) return Birth::lunar;
  return first_day(*a) <= last_day(*b) && first_day(*b) <= last_day(*a) ? Birth::near : Birth::other;
}

/// Two characters changed places, wherever they stand.
bool is_swapped(std::string_view one, std::string_view other) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < one.size() && i < other.size(); ++i)
    if (one[i] != other[i]) places.push_back(i);
  return one.size() == other.size() && places.size() == 2 && one[places[0]] == other[places[1]] &&
         one[places[1]] == other[places[0]];
}

Numbers compare_numbers(const std::string& one, const std::string& other) {
  if (one.empty() || other.empty()) return Numbers::unknown;
  if (one == other) return Numbers::same;
  return is_swapped(one, other) ? Numbers::swapped : Numbers::other;
}

bool share(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  return std::any_of(one.begin(), one.end(), [&](const std::string& item) {
    return std::find(other.begin(), other.end(), item) != other.end();
  });
}

class PersonComparison {
 public:
  PersonComparison(const Record& one, const Record& other, const Homes& homes_of_one, const Homes& homes_of_other)
      : one_(one), other_(other) {
    same_home_ = std::any_of(homes_of_one.begin(), homes_of_one.end(), [&](const RecordId& home) {
      return std::find(homes_of_other.begin(), homes_of_other.end(), home) != homes_of_other.end();
    });
    const RecordId guardian = one.uuid(p::guardian_id);
    same_guardian_ = !guardian.is_nil() && guardian == other.uuid(p::guardian_id);
    same_phone_ = share(phones_of(one), phones_of(other));
  }

  Likeness run() {
    switch (compare_numbers(comparable_number(one_), comparable_number(other_))) {
      case Numbers::same: return with_one_number();
      case Numbers::swapped: return with_swapped_digits();
      case Numbers::other: return scale_.as(Likeness::Verdict::different, 0, 0);
      case Numbers::unknown: break;
    }
    return with_unknown_numbers();
  }

 private:
  bool year_differs() const {
    const auto a = parse_partial_date(one_.text(p::birth_date));
    const auto b = parse_partial_date(other_.text(p::birth_date));
    return a && b && a->year != b->year;
  }
  bool gender_differs() const {
    const std::string_view a = one_.text(p::gender);
    const std::string_view b = other_.text(p::gender);
    return a != b && (a == "1" || a == "2") && (b == "1" || b == "2");
  }

  /// One number, but another name and another year of birth: one of them has somebody else's.
  Likeness with_one_number() {
    constexpr int kSame = 100;
    scale_.add(0, "duplicate.same_number");
    const bool old_form = one_.text(p::id_no).size() != other_.text(p::id_no).size();
    if (name_ == NameLikeness::other && birth_ == Birth::other && year_differs()) {
      scale_.add(0, "duplicate.other_name");
      scale_.add(0, "duplicate.other_birth");
      return scale_.as(Likeness::Verdict::clash, kSame, 7);
    }
    tell_name();
    tell_birth();
    const int situation = old_form ? 8 : (name_ == NameLikeness::same || name_ == NameLikeness::none ? 3 : 9);
    return scale_.as(Likeness::Verdict::same, kSame, situation);
  }

  Likeness with_swapped_digits() {
    constexpr int kSwapped = 75;
    const bool same_name = name_ == NameLikeness::same || name_ == NameLikeness::variant;
    if (!same_name || birth_ == Birth::other) return scale_.as(Likeness::Verdict::different, 0, 0);
    scale_.add(0, "duplicate.digits_swapped");
    tell_name();
    tell_birth();
    return scale_.as(Likeness::Verdict::alike, kSwapped, 6);
  }

  Likeness with_unknown_numbers() {
    if (is_twin()) return scale_.as(Likeness::Verdict::different, 0, 11);
    if (const bool newborns = name_ == NameLikeness::none && birth_ == Birth::same && same_guardian_; newborns)
      return as_newborn();
    tell_name();
    tell_birth();
    if (same_phone_) scale_.add(30, "duplicate.same_phone");
    if (same_home_) scale_.add(15, "duplicate.same_home");
    if (gender_differs()) scale_.add(-30, "duplicate.other_gender");
    return scale_.read(name_ == NameLikeness::same ? 3 : 9);
  }

  /// Born on one day in one family, and each has a name of their own.
  bool is_twin() const {
    const bool family = same_guardian_ || same_home_ || same_phone_;
    return name_ == NameLikeness::other && birth_ == Birth::same && family &&
           same_surname(comparable_name(one_.text(p::name)), comparable_name(other_.text(p::name)));
  }

  /// A single birth is one child; a boy and a girl are two.
  Likeness as_newborn() {
    constexpr int kNewborn = 80;
    if (gender_differs()) return scale_.as(Likeness::Verdict::different, 0, 11);
    scale_.add(0, "duplicate.same_guardian");
    scale_.add(0, "duplicate.same_birth");
    scale_.add(0, "duplicate.unnamed");
    return scale_.as(Likeness::Verdict::alike, kNewborn, 12);
  }

  void tell_name() {
    switch (name_) {
      case NameLikeness::same: return scale_.add(35, "duplicate.same_name");
      case NameLikeness::variant: return scale_.add(30, "duplicate.name_variant");
      case NameLikeness::sound: return scale_.add(20, "duplicate.same_sound");
      case NameLikeness::other: return scale_.add(0, "duplicate.other_name");
      case NameLikeness::none: return;
    }
  }
  void tell_birth() {
    switch (birth_) {
      case Birth::same: return scale_.add(30, "duplicate.same_birth");
      case Birth::lunar: return scale_.add(25, "duplicate.birth_lunar");
      case Birth::near: return scale_.add(10, "duplicate.birth_near");
      case Birth::other: return scale_.add(-60, "duplicate.other_birth");
      case Birth::unknown: return;
    }
  }

  const Record& one_;
  const Record& other_;
  NameLikeness name_ = compare_names(one_, other_);
  Birth birth_ = compare_births(one_, other_);
  bool same_home_ = false;
  bool same_guardian_ = false;
  bool same_phone_ = false;
  Scale scale_;
};

}  // namespace

Likeness Scale::read(int situation) const {
  constexpr int kMost = 99;
  const int score = std::clamp(score_, 0, kMost);
  return as(score >= kAskFrom ? Likeness::Verdict::alike : Likeness::Verdict::different, score, situation);
}

std::string comparable_number(const Record& person) {
  const bool volunteer = person.ref.kind == kinds::volunteer::kKind;
  const std::string_view type = person.text(volunteer ? kinds::volunteer::id_type : p::id_type);
  if (!type.empty() && type != "111" && type != "112" && type != "C01") return {};
  std::string number = citizen_id_for_matching(person.text(volunteer ? kinds::volunteer::id_no : p::id_no));
  return parse_citizen_id(number) ? number : std::string();
}

std::vector<std::string> phones_of(const Record& record) {
  std::vector<std::string> phones;
  const bool volunteer = record.ref.kind == kinds::volunteer::kKind;
  phones.emplace_back(record.text(volunteer ? kinds::volunteer::phone : p::phone));
  if (!volunteer)
    if (const auto* more = std::get_if<TextSet>(&record.get(p::more_phones)))
      for (const std::string& text : more->items) phones.push_back(split_owned_phone(text).number);
  std::erase_if(phones, [](const std::string& phone) { return !is_phone_number(phone); });
  std::sort(phones.begin(), phones.end());
  phones.erase(std::unique(phones.begin(), phones.end()), phones.end());
  return phones;
}

Likeness compare_persons(const Record& one, const Record& other, const Homes& homes_of_one,
                         const Homes& homes_of_other) {
  return PersonComparison(one, other, homes_of_one, homes_of_other).run();
}

Likeness compare_volunteers(const Record& one, const Record& other) {
  namespace v = kinds::volunteer;
  constexpr int kSame = 100;
  Scale scale;
  const RecordId person = one.uuid(v::person_id);
  if (!person.is_nil() && person == other.uuid(v::person_id)) {
    scale.add(0, "duplicate.same_person");
    return scale.as(Likeness::Verdict::same, kSame, 0);
  }
  const std::string number = comparable_number(one);
  const std::string number_of_other = comparable_number(other);
  if (!number.empty() && number == number_of_other) {
    scale.add(0, "duplicate.same_number");
    return scale.as(Likeness::Verdict::same, kSame, 0);
  }
  if (!number.empty() && !number_of_other.empty()) return scale.as(Likeness::Verdict::different, 0, 0);
  const NameLikeness name = compare_names(one, other);
  if (name == NameLikeness::same) scale.add(35, "duplicate.same_name");
  if (name == NameLikeness::sound) scale.add(20, "duplicate.same_sound");
  const std::string_view birth = one.text(v::birth_date);
  const std::string_view birth_of_other = other.text(v::birth_date);
  if (!birth.empty() && birth == birth_of_other)
    scale.add(30, "duplicate.same_birth");
  else if (!birth.empty() && !birth_of_other.empty())
    scale.add(-30, "duplicate.other_birth");
  if (share(phones_of(one), phones_of(other))) scale.add(30, "duplicate.same_phone");
  return scale.read(0);
}

}  // namespace ruhu
