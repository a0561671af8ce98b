#include "app/widgets/kind_look.hpp"

#include "app/widgets/icons.hpp"

namespace ruhu {
namespace {

struct Row {
  std::string_view kind;
  KindLook look;
};
constexpr Row kLooks[] = {
    {"person", {icon::kPerson, Tone::info}},
    {"household", {icon::kHome, Tone::good}},
    {"dwelling", {icon::kApartment, Tone::good}},
    {"compound", {icon::kCompound, Tone::good}},
    {"building", {icon::kBuilding, Tone::good}},
    {"entrance", {icon::kDoor, Tone::good}},
    {"grid", {icon::kMap, Tone::neutral}},
    {"micro_grid", {icon::kMap, Tone::neutral}},
    {"community", {icon::kMap, Tone::neutral}},
    {"enterprise", {icon::kStore, Tone::caution}},
    {"inspection", {icon::kInspection, Tone::caution}},
    {"hazard", {icon::kAlert, Tone::alarm}},
    {"case", {icon::kCase, Tone::alarm}},
    {"case_step", {icon::kCase, Tone::neutral}},
    {"visit", {icon::kVisit, Tone::good}},
    {"need", {icon::kNeed, Tone::info}},
    {"service_request", {icon::kErrand, Tone::info}},
    {"social_org", {icon::kOrganisation, Tone::info}},
    {"service_team", {icon::kTeam, Tone::info}},
    {"volunteer", {icon::kVolunteer, Tone::info}},
    {"activity", {icon::kActivity, Tone::info}},
    {"resource", {icon::kResource, Tone::info}},
    {"points_entry", {icon::kStars, Tone::neutral}},
    {"label", {icon::kLabel, Tone::neutral}},
    {"person_label", {icon::kLabel, Tone::neutral}},
    {"target", {icon::kFlag, Tone::neutral}},
    {"task", {icon::kToday, Tone::neutral}},
};

}  // namespace

KindLook look_of_kind(const Dictionary& dictionary, KindNo kind) {
  const KindDef* def = dictionary.find_kind(kind);
  for (const Row& row : kLooks)
    if (def != nullptr && row.kind == def->name) return row.look;
  return {icon::kDocument, Tone::neutral};
}

}  // namespace ruhu
