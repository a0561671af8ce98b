#include "server/admin/demo/visit_writer.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "dictionary_constants.hpp"

namespace ruhu::demo {
namespace {

constexpr int kRoundDays = 60;
constexpr int kWeek = 7;      ///< No second uninvited visit within it.
constexpr int kNewHere = 90;  ///< Days in which a first visit gets people known.
constexpr int kOldAge = 75;

constexpr std::array<std::string_view, 8> kOutcomes = {"01", "03", "02", "10", "11", "04", "09", "05"};
constexpr std::array<int, 8> kOutcomeOdds = {52, 20, 7, 5, 5, 4, 4, 3};

bool is_contact(std::string_view outcome) { return outcome == "01" || outcome == "02" || outcome == "09"; }

std::string login(char role, int number) { return role + padded(static_cast<unsigned>(number), 2); }
std::string account(char role, int number) { return to_string(demo_account_id(login(role, number))); }

const Resident* oldest(const Household& household) {
  return &*std::min_element(household.people.begin(), household.people.end(),
                            [](const Resident& a, const Resident& b) { return a.who.born < b.who.born; });
}

}  // namespace

void VisitWriter::begin_community(int households, int needs) {
  households_left_ = households;
  needs_left_ = needs;
}

void VisitWriter::write_for(const VisitedHousehold& visited) {
  const auto visit = write_visits(visited);
  // Of the households still to come, each is as likely to be chosen: the number comes out exactly.
  const bool chosen = households_left_ > 0 &&
                      static_cast<int>(stage_.dice.below(static_cast<std::size_t>(households_left_))) < needs_left_;
  --households_left_;
  if (!chosen) return;
  --needs_left_;
  write_need(visited, visit);
}

/// The last visit at which somebody was met.
std::optional<RecordId> VisitWriter::write_visits(const VisitedHousehold& visited) {
  Dice& dice = stage_.dice;
  const int count = static_cast<int>(dice.weighted(std::array<int, 4>{27, 48, 20, 5}));
  std::optional<RecordId> met;
  for (int i = 0; i < count; ++i) {
    const int share = kRoundDays / count;
    const Day day = stage_.today - kRoundDays + i * share + dice.between(0, share - kWeek);
    const std::string_view outcome = kOutcomes[dice.weighted(kOutcomeOdds)];
    if (day <= visited.moved) continue;
    const RecordId id = write_visit(visited, day, outcome, i == 0);
    if (is_contact(outcome)) met = id;
  }
  return met;
}

int VisitWriter::minute_for(Day day) {
  Dice& dice = stage_.dice;
  if (is_weekend(day)) return dice.between(9 * 60, 19 * 60 + 30);
  if (dice.per_mille(330)) return dice.between(18 * 60 + 30, 20 * 60 + 35);
  return dice.per_mille(500) ? dice.between(8 * 60 + 30, 11 * 60 + 20) : dice.between(14 * 60 + 30, 17 * 60 + 40);
}

std::string_view VisitWriter::purpose_of(const VisitedHousehold& visited, bool first) {
  static constexpr std::array<std::string_view, 5> kPurposes = {"02", "06", "09", "05", "07"};
  if (first && stage_.today - visited.moved <= kNewHere) return "01";
  if (!first) return "03";
  const bool old = age_on(stage_.today, oldest(visited.household)->who.born) >= kOldAge;
  if (old && stage_.dice.per_mille(450)) return "04";
  return kPurposes[stage_.dice.weighted(std::array<int, 5>{76, 9, 8, 4, 3})];
}

RecordId VisitWriter::write_visit(const VisitedHousehold& visited, Day day, std::string_view outcome, bool first) {
  namespace f = kinds::visit;
  Dice& dice = stage_.dice;
  const RecordId id = stage_.out.new_id();
  const Instant start = instant_of(day, minute_for(day));
  const bool contact = is_contact(outcome);
  RecordDraft draft;
  draft.ref(f::dwelling_id, visited.home.dwelling).ref(f::household_id, visited.id);
  const std::string_view purpose = purpose_of(visited, first);
  draft.text(f::purpose, purpose).set(f::worker_ids, {account('w', visited.home.worker)});
  if (purpose == "01") draft.set(f::companion_ids, {account('s', visited.home.worker)});
  draft.time(f::started_at, start).text(f::outcome, outcome);
  draft.time(f::ended_at, start + std::chrono::minutes{contact ? dice.between(3, 16) : dice.between(1, 2)});
  add_respondent(draft, visited, outcome);
  add_result(draft, outcome, day);
  stage_.out.write({f::kKind, id}, visited.home.grid, std::move(draft), {Source::self, Verified::declared, day});
  return id;
}

void VisitWriter::add_respondent(RecordDraft& draft, const VisitedHousehold& visited, std::string_view outcome) {
  namespace f = kinds::visit;
  Dice& dice = stage_.dice;
  const auto& people = visited.household.people;
  if (outcome == "10") {
    std::string name(stage_.names.local_surname());
    name += stage_.names.given_name(false, 1970);
    draft.text(f::respondent_name, name).text(f::respondent_relation, "99");
    return;
  }
  if (!is_contact(outcome)) return;
  const auto& any = people[dice.below(people.size())];
  const bool grown_up = age_on(stage_.today, any.who.born) >= 18;
  const Resident& who = grown_up ? any : people[visited.household.head];
  draft.ref(f::respondent_id, who.id).text(f::respondent_relation, who.who.relation);
}

void VisitWriter::add_result(RecordDraft& draft, std::string_view outcome, Day day) {
  namespace f = kinds::visit;
  Dice& dice = stage_.dice;
  if (outcome == "01" || outcome == "09")
    draft.set(f::verified_fields, {"dwelling.occupancy", "household.contact_phone", "membership.relation"});
  if (is_contact(outcome) && dice.per_mille(120)) draft.set(f::changed_fields, {"person.phone"});
  if (dice.per_mille(is_contact(outcome) ? 260 : 90))
    draft.text(f::note, is_contact(outcome) ? contact_notes()[dice.below(contact_notes().size())]
                                            : attempt_notes()[dice.below(attempt_notes().size())]);
  const bool again = outcome == "03" || outcome == "04" || outcome == "11" || outcome == "02";
  if (again && dice.per_mille(outcome == "04" ? 1000 : 750)) {
    draft.text(f::next_action, "revisit").text(f::next_on, iso_date(day + dice.between(3, 14)));
  } else {
    draft.text(f::next_action, outcome == "05" ? "handover" : "none");
  }
}

void VisitWriter::write_for_empty(const Home& home) {
  namespace f = kinds::visit;
  Dice& dice = stage_.dice;
  if (!dice.per_mille(home.shop ? 120 : 350)) return;
  const Day day = stage_.today - dice.between(1, kRoundDays);
  const Instant start = instant_of(day, minute_for(day));
  const std::string_view outcome = home.shop ? "13" : (dice.per_mille(150) ? "07" : "06");
  RecordDraft draft;
  draft.ref(f::dwelling_id, home.dwelling).text(f::purpose, "02").text(f::outcome, outcome);
  draft.set(f::worker_ids, {account('w', home.worker)}).time(f::started_at, start);
  draft.time(f::ended_at, start + std::chrono::minutes{2}).text(f::next_action, "none");
  stage_.out.write({f::kKind, stage_.out.new_id()}, home.grid, std::move(draft),
                   {Source::neighbour, Verified::declared, day});
}

void VisitWriter::write_need(const VisitedHousehold& visited, const std::optional<RecordId>& visit) {
  namespace f = kinds::need;
  static constexpr std::array<std::string_view, 4> kOpenStates = {"new", "classified", "matched", "serving"};
  constexpr int kTries = 12;
  Dice& dice = stage_.dice;
  const Resident* who = oldest(visited.household);
  const int age = age_on(stage_.today, who->who.born);
  const NeedPhrase* phrase = &need_phrases().front();
  for (int i = 0; i < kTries; ++i) {
    const NeedPhrase& drawn = dice.pick(need_phrases());
    if (drawn.min_age > age) continue;
    phrase = &drawn;
    break;
  }
  RecordDraft draft;
  draft.ref(f::household_id, visited.id).ref(f::visit_id, visit.value_or(RecordId{}));
  if (phrase->min_age > 0) draft.ref(f::for_person_id, who->id);
  draft.text(f::category, phrase->category).text(f::text, phrase->text).text(f::mode, phrase->mode);
  draft.text(f::urgency, phrase->urgency);
  if (dice.per_mille(300)) draft.text(f::wanted_when, iso_date(stage_.today + dice.between(2, 25)));
  draft.text(f::state, kOpenStates[dice.weighted(std::array<int, 4>{45, 25, 15, 15})]);
  const RecordId id = stage_.out.new_id();
  const Day told = stage_.today - dice.between(1, 30);
  stage_.out.write({f::kKind, id}, visited.home.grid, std::move(draft), {Source::self, Verified::declared, told});
}

}  // namespace ruhu::demo
