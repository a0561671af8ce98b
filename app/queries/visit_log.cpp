#include "app/queries/visit_log.hpp"

#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"

namespace ruhu {

bool is_verified_outcome(std::string_view outcome) {
  return outcome == "01" || outcome == "09" || outcome == "06" || outcome == "07" || outcome == "08";
}

bool is_attempt(std::string_view outcome) {
  return outcome == "03" || outcome == "04" || outcome == "11" || outcome == "12";
}

Instant started_at(const Record& visit) { return from_ms(int_of(visit.get(kinds::visit::started_at))); }

void VisitSummary::add(const Record& visit) {
  const auto newer = [&](const Record* than) { return than == nullptr || started_at(*than) <= started_at(visit); };
  if (newer(latest)) latest = &visit;
  if (is_verified_outcome(visit.text(kinds::visit::outcome)) && newer(verified)) verified = &visit;
}

void VisitLog::add(const Record& visit) {
  if (visit.text(kinds::visit::status) == "void") return;
  const Uuid household = visit.uuid(kinds::visit::household_id);
  const Uuid dwelling = visit.uuid(kinds::visit::dwelling_id);
  by_door_[household.is_nil() ? dwelling : household].add(visit);
  by_dwelling_[dwelling].add(visit);
}

const VisitSummary& VisitLog::of(const Uuid& household, const Uuid& dwelling) const {
  static const VisitSummary kNone;
  const auto& visits = household.is_nil() ? by_dwelling_ : by_door_;
  const auto at = visits.find(household.is_nil() ? dwelling : household);
  return at == visits.end() ? kNone : at->second;
}

int VisitLog::dwellings_verified_since(Instant from) const {
  int count = 0;
  for (const auto& [dwelling, visits] : by_dwelling_)
    if (visits.verified != nullptr && started_at(*visits.verified) >= from) ++count;
  return count;
}

std::optional<std::int32_t> promised_day(const VisitSummary& visits) {
  if (visits.latest == nullptr) return std::nullopt;
  const std::string_view action = visits.latest->text(kinds::visit::next_action);
  if (action != "revisit" && action != "call") return std::nullopt;
  return day_of_iso(visits.latest->text(kinds::visit::next_on));
}

}  // namespace ruhu
