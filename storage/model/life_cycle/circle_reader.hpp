#pragma once
#include <optional>
#include <vector>

#include "platform/base/result.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/model/life_cycle/circles.hpp"
#include "storage/model/life_cycle/death.hpp"
#include "storage/model/life_cycle/person_merge.hpp"
#include "storage/model/life_cycle/plan.hpp"

namespace ruhu {

/// Where records are read: a tablet's store, or the platform.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  virtual const Dictionary& dictionary() const = 0;
  virtual Result<std::optional<Record>> find(const RecordRef& ref) = 0;
  /// Records of which the column holds the value.
  virtual Result<std::vector<Record>> list(KindNo kind, ColumnNo column, const Value& value) = 0;
  virtual Result<std::vector<Record>> list(KindNo kind) = 0;
};

/// Reads what an operation looks at, by indexed fields only:
///
///   RUHU_TRY(const PersonCircle circle, reader.person(id));
///   RUHU_TRY(const LifeCyclePlan plan, plan_death(circle, report, reader.occasion()));
class CircleReader {
 public:
  CircleReader(RecordSource& source, Occasion occasion) : source_(&source), occasion_(std::move(occasion)) {}

  const Occasion& occasion() const { return occasion_; }

  /// not_found: the record is not here.
  Result<HouseholdCircle> household(const RecordId& id);
  Result<PersonCircle> person(const RecordId& id);
  Result<DwellingCircle> dwelling(const RecordId& id);
  Result<BuildingCircle> building(const RecordId& id);
  Result<DeathTrace> death(const RecordId& person);
  /// `merge_case`: the doubt that is decided.
  Result<PersonPair> pair(const RecordId& survivor, const RecordId& loser, std::optional<RecordId> merge_case = {});
  Result<MergeTrace> merge(const RecordId& merge_case);
  /// Every field of every record, open or not, that names the record. The dictionary says which may.
  Result<std::vector<Reference>> references_to(const RecordRef& record);

 private:
  Result<Record> get(KindNo kind, const RecordId& id);
  Result<std::optional<Record>> find(KindNo kind, const RecordId& id);
  enum class Take : unsigned char { open, all };
  Result<std::vector<Record>> list(KindNo kind, Cell where, Take take = Take::open);
  Result<std::vector<Record>> promised(Cell where);
  Result<std::vector<Record>> waiting_tasks(Cell where);
  Status add_stays_of(std::vector<Record>& residencies, const RecordId& person);
  Result<std::vector<Home>> homes_of(const std::vector<Record>& residencies);
  Status read_members(HouseholdCircle& circle);
  Status read_place(HouseholdCircle& circle);
  Status read_ended_memberships(DeathTrace& trace);
  Status read_around(MergeTrace& trace);

  RecordSource* source_;  ///< Not owned; outlives the reader.
  Occasion occasion_;
};

}  // namespace ruhu
