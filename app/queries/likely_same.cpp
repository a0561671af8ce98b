#include "app/queries/likely_same.hpp"

#include "app/queries/places.hpp"
#include "app/queries/words.hpp"
#include "dictionary_constants.hpp"
#include "storage/records/likely_same.hpp"

namespace ruhu {
namespace {

/// Where people are, by the dwelling of their household.
std::string address_of_person(RecordCache& records, const RecordId& person) {
  const Record* household = records.find(kinds::household::kKind, household_of_person(records, person));
  if (household == nullptr) return {};
  const Record* dwelling = records.find(kinds::dwelling::kKind, household->uuid(kinds::household::dwelling_id));
  return dwelling == nullptr ? std::string() : address_of(records, dwelling).text();
}

}  // namespace

Result<std::vector<Finding>> query_likely_same(Store& store, const QueryContext& ctx, const Record& typed,
                                               const Homes& homes) {
  RUHU_TRY(const auto likely, find_likely_same(store, typed, homes));
  RecordCache records(store);
  std::vector<Finding> findings;
  for (const LikelySame& one : likely) {
    const Record* record = records.find(one.ref.kind, one.ref.id);
    if (record == nullptr) continue;
    const std::string title = record_title(ctx, records, one.ref);
    std::string place = one.ref.kind == kinds::person::kKind ? address_of_person(records, one.ref.id)
                                                             : place_text(ctx, records, *record);
    if (place == title) place.clear();
    std::string why;
    for (const std::string& reason : one.likeness.reasons) why = join_facts({why, text(ctx.lang, reason)}, ", ");
    findings.push_back({Strength::warning,
                        ctx.dictionary.get_kind(one.ref.kind).title.front(),
                        "check.maybe_same",
                        {{.name = "who", .value = join_facts({title, place}, ", ")}, {.name = "why", .value = why}}});
  }
  return findings;
}

}  // namespace ruhu
