#include "app/queries/household_people.hpp"

#include <algorithm>
#include <set>

#include "app/queries/places.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"
#include "storage/dictionary/citizen_id.hpp"

namespace ruhu {
namespace {

namespace p = kinds::person;

constexpr std::size_t kDoubtsShown = 5;
constexpr std::size_t kTailLength = 6;
constexpr std::size_t kTailHits = 200;
constexpr std::size_t kCitizenLength = 18;

/// Stands for a person who has no id yet.
Uuid somebody_new() {
  Uuid id;
  id.bytes.fill(0xFF);
  return id;
}

const Value& typed_value(const std::vector<Cell>& values, ColumnNo column) {
  static const Value kEmpty;
  const auto at = std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.column == column; });
  return at == values.end() ? kEmpty : at->value;
}

/// Takes the facts of a person from wherever its values stand.
template <class Get>
void describe(const Get& get, HouseholdMember& member) {
  member.gender = text_of(get(p::gender));
  member.birth = parse_partial_date(text_of(get(p::birth_date)));
  member.lunar_birth = text_of(get(p::birth_calendar)) == "lunar";
  member.id_no = text_of(get(p::id_no));
  member.died = parse_partial_date(text_of(get(p::died_on)));
  member.has_guardian = !is_empty(get(p::guardian_id)) || !is_empty(get(p::emergency_name));
}

HouseholdMember member_of(const QueryContext& ctx, const Record& membership, const Record& person) {
  HouseholdMember member;
  member.person = person.ref.id;
  member.name = person_name(ctx, person);
  member.relation = membership.text(kinds::membership::relation);
  member.since = parse_partial_date(membership.text(kinds::membership::since));
  member.until = parse_partial_date(membership.text(kinds::membership::until));
  describe([&](ColumnNo column) -> const Value& { return person.get(column); }, member);
  return member;
}

std::size_t count_living(RecordCache& records, const Record* dwelling) {
  if (dwelling == nullptr) return 0;
  std::set<Uuid> living;
  for (const Record* household :
       records.list(kinds::household::kKind, {kinds::household::dwelling_id, dwelling->ref.id})) {
    if (!is_open(*household)) continue;
    for (const Record* membership : open_memberships(records, household->ref.id)) {
      const Record* person = records.find(p::kKind, membership->uuid(kinds::membership::person_id));
      if (person != nullptr && person->text(p::died_on).empty()) living.insert(person->ref.id);
    }
  }
  return living.size();
}

/// Tails under which the search keeps the number: of the form given, and of its old one.
std::vector<std::string> tails_of(const std::string& number) {
  std::vector<std::string> tails;
  if (number.size() >= kTailLength) tails.push_back(number.substr(number.size() - kTailLength));
  if (number.size() == kCitizenLength) tails.push_back(number.substr(kCitizenLength - 1 - kTailLength, kTailLength));
  return tails;
}

}  // namespace

HouseholdPeople household_people(const QueryContext& ctx, RecordCache& records, const OpenDoor& open) {
  HouseholdPeople people;
  for (std::size_t i = 0; i < open.door.people.size(); ++i)
    people.members.push_back(member_of(ctx, *open.memberships[i], *open.door.people[i]));
  people.living_in_dwelling = count_living(records, open.door.dwelling);
  return people;
}

std::vector<std::string> household_doubts(const QueryContext& ctx, const HouseholdPeople& people) {
  std::vector<std::string> lines;
  for (const HouseholdFinding& found :
       check_household_members(people.members, people.living_in_dwelling, civil_date(ctx.now))) {
    if (!found.other.is_nil() && found.other < found.person) continue;
    if (lines.size() == kDoubtsShown) break;
    const auto who = std::find_if(people.members.begin(), people.members.end(),
                                  [&](const HouseholdMember& member) { return member.person == found.person; });
    const std::string words = finding_text(ctx.lang, found.finding, "");
    lines.push_back(
        who == people.members.end() ? words : ctx.tr("app.household.doubt", {{"name", who->name}, {"text", words}}));
  }
  return lines;
}

Result<NumberOwners> query_number_owners(Store& store, const QueryContext& ctx, std::string_view number,
                                         const std::optional<RecordId>& except) {
  NumberOwners answer{citizen_id_for_matching(number), {}};
  std::set<RecordId> seen;
  for (const std::string& tail : tails_of(answer.number)) {
    RUHU_TRY(const auto hits, store.search(tail, kTailHits));
    for (const SearchHit& hit : hits) {
      if (hit.ref.kind != p::kKind || hit.ref.id == except || !seen.insert(hit.ref.id).second) continue;
      RUHU_TRY(const auto person, store.find(hit.ref));
      if (person && is_open(*person) && citizen_id_for_matching(person->text(p::id_no)) == answer.number)
        answer.owners.push_back(person_name(ctx, *person));
    }
  }
  return answer;
}

bool has_health_consent(RecordCache& records, const RecordId& person) {
  namespace c = kinds::consent;
  const auto consents = records.list(c::kKind, {c::person_id, person});
  return std::any_of(consents.begin(), consents.end(), [](const Record* consent) {
    return is_open(*consent) && consent->text(c::scope) == "health" && consent->text(c::given) == "yes" &&
           is_empty(consent->get(c::withdrawn_at));
  });
}

std::vector<Finding> check_among_people(const FormSurroundings& around, const TypedPerson& typed,
                                        const CivilDate& today) {
  std::vector<HouseholdMember> members = around.people.members;
  const RecordId id = typed.person.value_or(somebody_new());
  const auto at = std::find_if(members.begin(), members.end(), [&](const auto& member) { return member.person == id; });
  HouseholdMember self = at == members.end() ? HouseholdMember{} : *at;
  self.person = id;
  if (!typed.relation.empty()) self.relation = typed.relation;
  describe([&](ColumnNo column) -> const Value& { return typed_value(typed.values, column); }, self);
  std::size_t living = around.people.living_in_dwelling;
  if (at != members.end()) {
    *at = self;
  } else if (!typed.relation.empty()) {
    members.push_back(self);
    ++living;
  }
  std::vector<Finding> findings;
  for (HouseholdFinding& found : check_household_members(members, living, today)) {
    const bool crowd = found.person.is_nil() && found.finding.text_key == "check.household.crowd" && !typed.person;
    if (crowd) found.finding.field = "relation";
    if (crowd || found.person == id) findings.push_back(std::move(found.finding));
  }
  const bool told_already = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.text_key == "check.household.same_number";
  });
  if (!told_already && !around.number.owners.empty() && !self.id_no.empty() &&
      citizen_id_for_matching(self.id_no) == around.number.number)
    findings.push_back({Strength::warning,
                        "id_no",
                        "check.household.same_number",
                        {{.name = "other", .value = around.number.owners.front()}}});
  for (const ColumnNo column : {p::health_note, p::self_care}) {
    const Value& value = typed_value(typed.values, column);
    if (!around.health_consent && !is_empty(value) && !is_gap(value))
      findings.push_back(
          {Strength::warning, column == p::health_note ? "health_note" : "self_care", "check.health_consent_wanted"});
  }
  return findings;
}

std::vector<Finding> check_people(const FormSurroundings& around, const CivilDate& today) {
  std::vector<Finding> findings;
  for (HouseholdFinding& found :
       check_household_members(around.people.members, around.people.living_in_dwelling, today)) {
    const bool heads = found.finding.text_key == "check.household.two_heads";
    if (!found.person.is_nil() && !heads) continue;
    found.finding.field = "head_person_id";
    const auto is_told = [&](const Finding& other) { return other.text_key == found.finding.text_key; };
    if (std::none_of(findings.begin(), findings.end(), is_told)) findings.push_back(std::move(found.finding));
  }
  return findings;
}

}  // namespace ruhu
