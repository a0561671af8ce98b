#include "server/admin/demo/person_writer.hpp"

#include <algorithm>
#include <array>

#include "dictionary_constants.hpp"
#include "platform/base/assert.hpp"
#include "storage/dictionary/citizen_id.hpp"
#include "storage/dictionary/lunar_date.hpp"

namespace ruhu::demo {
namespace {

namespace f = kinds::person;

constexpr std::string_view kPracticeArea = "350599";
constexpr int kGuardianBelow = 14;

struct Evidence {
  Source source;
  Verified verified;
};
constexpr std::array<Evidence, 6> kEvidence = {{{Source::booklet, Verified::seen},
                                                {Source::idcard, Verified::seen},
                                                {Source::self, Verified::declared},
                                                {Source::family, Verified::declared},
                                                {Source::landlord, Verified::declared},
                                                {Source::idcard, Verified::confirmed}}};
constexpr std::array<int, 6> kEvidenceOfLocals = {46, 18, 14, 10, 0, 12};
constexpr std::array<int, 6> kEvidenceOfOthers = {3, 38, 34, 8, 12, 5};

std::string_view education_of(int age, Dice& dice) {
  static constexpr std::array<std::string_view, 8> kCodes = {"81", "71", "61", "42", "31", "21", "14", "90"};
  if (age < 13) return "80";
  if (age < 16) return "70";
  if (age < 19) return "60";
  if (age >= 65) return kCodes[dice.weighted(std::array<int, 8>{55, 22, 6, 1, 1, 1, 0, 14})];
  if (age >= 40) return kCodes[dice.weighted(std::array<int, 8>{18, 48, 17, 7, 6, 4, 0, 0})];
  return kCodes[dice.weighted(std::array<int, 8>{3, 30, 20, 14, 17, 14, 2, 0})];
}

std::string_view employment_of(int age, bool local, Dice& dice) {
  static constexpr std::array<std::string_view, 8> kCodes = {"24", "54", "17", "13", "51", "27", "70", "21"};
  if (age < 19) return "31";
  if (age >= 60) return dice.per_mille(450) ? "80" : (dice.per_mille(500) ? "70" : "27");
  const std::array<int, 8> here = {28, 22, 18, 9, 6, 4, 10, 3};
  const std::array<int, 8> elsewhere = {62, 14, 7, 3, 5, 1, 7, 1};
  return kCodes[dice.weighted(local ? here : elsewhere)];
}

std::string_view marital_of(const Resident& person, int age, Dice& dice) {
  if (person.has_partner) return "20";
  if (age < 23) return "10";
  if (person.who.place == Place::great || age >= 68) return "30";
  if (person.who.place == Place::core) return dice.per_mille(500) ? "40" : "10";
  return age >= 32 ? "20" : "10";
}

int phone_per_mille(int age) {
  if (age < 10) return 0;
  if (age < 16) return 250;
  if (age < 70) return 945;
  return age < 80 ? 620 : 260;
}

}  // namespace

std::string CitizenNumbers::next(Day born, bool male) {
  constexpr unsigned kOrders = 499;  // odd 001 … 997 for men, even 002 … 998 for women
  const unsigned nth = given_[std::int64_t{born} * 2 + (male ? 1 : 0)]++;
  RUHU_ASSERT(nth < kOrders);
  const auto start = static_cast<unsigned>(born + years(200)) * 37U;
  const unsigned order = (start + nth) % kOrders * 2 + (male ? 1 : 2);
  std::string number = std::string(kPracticeArea) + compact_date(born) + padded(order, 3);
  number += citizen_id_check_digit(number);
  return number;
}

void PersonWriter::write(Resident& person, ScopeCode grid) {
  Dice& dice = stage_.dice;
  const bool local = person.category == "01";
  const Evidence evidence = kEvidence[dice.weighted(local ? kEvidenceOfLocals : kEvidenceOfOthers)];
  Provenance provenance = provenance_of(stage_, evidence.source, evidence.verified);
  provenance.as_of_day = std::max(provenance.as_of_day, person.who.born);
  RecordDraft draft;
  draft.text(f::name, person.name).text(f::gender, person.who.male ? "1" : "2").text(f::category, person.category);
  add_document(draft, person, provenance);
  if (person.ethnicity != "01" || dice.per_mille(600)) draft.text(f::ethnicity, person.ethnicity);
  draft.text(f::hukou_division, person.hukou_division).text(f::hukou_address, person.hukou_address);
  add_phone(draft, person);
  add_social(draft, person);
  add_contacts(draft, person);
  count(person.category);
  stage_.out.write({f::kKind, person.id}, grid, std::move(draft), provenance);
}

void PersonWriter::add_document(RecordDraft& draft, const Resident& person, Provenance& provenance) {
  Dice& dice = stage_.dice;
  const int age = age_of(person);
  const bool newborn = person.category == "04" || (age < 1 && dice.per_mille(300));
  const bool by_card = provenance.source == Source::booklet || provenance.source == Source::idcard;
  const bool told = by_card || dice.per_mille(880);
  if (newborn || !told) provenance = {Source::family, Verified::declared, provenance.as_of_day};
  if (person.category == "03") {
    add_overseas_document(draft);
  } else if (newborn) {
    draft.text(f::id_type, "000").text(f::id_no_reason, "none_yet");
  } else if (!told) {
    draft.text(f::id_type, "111").text(f::id_no_reason, dice.per_mille(600) ? "refused" : "unknown");
  } else {
    draft.text(f::id_type, "111").text(f::id_no, numbers_.next(person.who.born, person.who.male));
  }
  draft.text(f::id_verified, code_of(provenance.verified));
  add_birth(draft, person, told || newborn);
}

void PersonWriter::add_overseas_document(RecordDraft& draft) {
  struct Document {
    std::string_view type;
    std::string_view letters;
    std::size_t digits;
  };
  static constexpr std::array<Document, 4> kDocuments = {
      {{"516", "H", 8}, {"511", "", 8}, {"414", "P", 8}, {"554", "PHL", 9}}};
  const auto& document = stage_.dice.pick(kDocuments);
  draft.text(f::id_type, document.type);
  draft.text(f::id_no, std::string(document.letters) + padded(++overseas_, document.digits));
}

void PersonWriter::add_birth(RecordDraft& draft, const Resident& person, bool has_number) {
  Dice& dice = stage_.dice;
  const Day born = person.who.born;
  if (age_of(person) >= 62 && dice.per_mille(350)) {
    const auto lunar = lunar_date(born);
    // The day is kept in ISO form, which has no 30th of February and no leap months.
    if (lunar && !lunar->leap && !(lunar->month == 2 && lunar->day > 28)) {
      const auto part = [](int value) { return padded(static_cast<unsigned>(value), 2); };
      draft.text(f::birth_date, std::to_string(lunar->year) + "-" + part(lunar->month) + "-" + part(lunar->day));
      draft.text(f::birth_calendar, "lunar");
      return;
    }
  }
  const bool vague = !has_number && dice.per_mille(350);
  draft.text(f::birth_date, !vague ? iso_date(born) : (dice.per_mille(500) ? iso_month(born) : iso_year(born)));
  draft.text(f::birth_calendar, "solar");
}

void PersonWriter::add_phone(RecordDraft& draft, Resident& person) {
  static constexpr std::array<std::string_view, 4> kOthers = {"女儿", "儿子", "单位", "邻居"};
  Dice& dice = stage_.dice;
  const int age = age_of(person);
  if (dice.per_mille(phone_per_mille(age))) {
    person.phone = stage_.phones.next_mobile();
    if (dice.per_mille(250)) draft.text(f::phone_owner, "本人");
  } else if (age >= 60 && dice.per_mille(300)) {
    person.phone = stage_.phones.next_landline();
    if (!person.phone.empty()) draft.text(f::phone_owner, "家里座机");
  } else if (age >= 16 && dice.per_mille(250)) {
    draft.gap(f::phone, Gap::refused);
  }
  draft.text(f::phone, person.phone);
  if (age >= 60 && dice.per_mille(90))
    draft.set(f::more_phones, {stage_.phones.next_mobile() + " " + std::string(dice.pick(kOthers))});
}

void PersonWriter::add_social(RecordDraft& draft, const Resident& person) {
  Dice& dice = stage_.dice;
  const int age = age_of(person);
  const bool local = person.category == "01";
  if (age >= 20 && dice.per_mille(650)) draft.text(f::marital, marital_of(person, age, dice));
  if (age >= 7 && dice.per_mille(720))
    draft.text(f::education, education_of(age, dice));
  else if (age >= 70 && dice.per_mille(200))
    draft.gap(f::education, Gap::unknown);
  if (age >= 7 && dice.per_mille(780))
    draft.text(f::employment, employment_of(age, local, dice));
  else if (age < 3)
    draft.gap(f::employment, Gap::not_applicable);
  if (person.ethnicity == "01" && age >= 66 && dice.per_mille(25))
    draft.text(f::former_name, person.surname + stage_.names.given_name(person.who.male, 1940));
  if (local && age >= 40 && dice.per_mille(30))
    draft.set(f::alias, {stage_.names.given_name(person.who.male, year_of(person.who.born), U'阿')});
}

void PersonWriter::add_contacts(RecordDraft& draft, const Resident& person) {
  Dice& dice = stage_.dice;
  const int age = age_of(person);
  draft.ref(f::guardian_id, age < kGuardianBelow ? person.guardian : RecordId{});
  const bool parents_away = age < kGuardianBelow && person.guardian.is_nil();
  const bool old_alone = age >= 70 && person.lives_alone;
  if (!parents_away && !(old_alone && dice.per_mille(800))) return;
  const bool man = dice.per_mille(550);
  const int born = parents_away ? year_of(person.who.born) - 26 : year_of(person.who.born) + 28;
  draft.text(f::emergency_name, person.surname + stage_.names.given_name(man, born));
  draft.text(f::emergency_relation, parents_away ? (man ? "51" : "52") : (man ? "20" : "30"));
  draft.text(f::emergency_phone, stage_.phones.next_mobile());
}

void PersonWriter::count(std::string_view category) {
  if (category == "01") ++stage_.counts.registered;
  if (category == "02") ++stage_.counts.floating;
  if (category == "03") ++stage_.counts.overseas;
  if (category == "04") ++stage_.counts.pending;
}

}  // namespace ruhu::demo
