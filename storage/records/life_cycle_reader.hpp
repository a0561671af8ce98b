#pragma once
#include <optional>
#include <vector>

#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/death.hpp"
#include "storage/model/life_cycle/person_merge.hpp"
#include "storage/model/life_cycle/plan.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// Reads what an operation looks at (storage/model/life_cycle), by indexed fields only:
///
///   RUHU_TRY(const PersonCircle circle, reader.person(id));
///   RUHU_TRY(const LifeCyclePlan plan, plan_death(circle, report, reader.occasion()));
///   store.save(plan.request(provenance, visit));
class LifeCycleReader {
 public:
  /// `now`: the tablet's clock.
  static Result<LifeCycleReader> open(Store& store, Instant now);

  const Occasion& occasion() const { return occasion_; }

  /// not_found: the record is not on this tablet.
  Result<HouseholdCircle> household(const RecordId& id);
  Result<PersonCircle> person(const RecordId& id);
  Result<DwellingCircle> dwelling(const RecordId& id);
  Result<BuildingCircle> building(const RecordId& id);
  Result<DeathTrace> death(const RecordId& person);
  /// `merge_case`: the doubt that is decided.
  Result<PersonPair> pair(const RecordId& survivor, const RecordId& loser, std::optional<RecordId> merge_case = {});
  Result<MergeTrace> merge(const RecordId& merge_case);

 private:
  LifeCycleReader(Store& store, Occasion occasion) : store_(store), occasion_(std::move(occasion)) {}
  Result<Record> get(KindNo kind, const RecordId& id);
  Result<std::optional<Record>> find(KindNo kind, const RecordId& id);
  enum class Take : unsigned char { open, all };
  Result<std::vector<Record>> list(KindNo kind, FieldFilter where, Take take = Take::open);
  Result<std::vector<Record>> promised(FieldFilter where);
  Result<std::vector<Record>> waiting_tasks(FieldFilter where);
  Status add_stays_of(std::vector<Record>& residencies, const RecordId& person);
  Result<std::vector<Home>> homes_of(const std::vector<Record>& residencies);
  Status read_members(HouseholdCircle& circle);
  Status read_place(HouseholdCircle& circle);
  Status read_ended_memberships(DeathTrace& trace);
  Status read_around(MergeTrace& trace);
  Result<std::vector<Reference>> references_to(const RecordId& person);

  Store& store_;
  Occasion occasion_;
};

}  // namespace ruhu
