#pragma once
#include <memory>
#include <string>
#include <vector>

#include "dictionary_constants.hpp"
#include "platform/base/random.hpp"
#include "storage/records/life_cycle_reader.hpp"
#include "storage/store.hpp"
#include "tests/support/manual_clock.hpp"

namespace ruhu::test {

/// A few households in a few dwellings, on one tablet in memory. Today is 2026-03-05.
class Community {
 public:
  explicit Community(std::uint64_t seed = 1);

  Store& store() { return *store_; }
  LifeCycleReader reader();
  Occasion occasion() { return reader().occasion(); }
  RecordId new_id() { return make_uuid_v7(clock_, random_); }
  Random& random() { return random_; }
  ManualClock& clock() { return clock_; }
  void pass_days(int days) { clock_.advance(std::chrono::hours{24} * days); }

  /// A save that has to succeed; the id of the first record.
  RecordId save(std::vector<RecordEdit> edits, const Provenance& provenance = {Source::self, Verified::declared, 0});
  /// Saves a plan that has to be one; hands it back.
  LifeCyclePlan carry_out(const Result<LifeCyclePlan>& plan);
  RecordId add(KindNo kind, std::vector<Cell> cells) { return save({{kind, std::nullopt, std::move(cells), {}}}); }
  void set(KindNo kind, const RecordId& id, ColumnNo column, Value value) {
    save({{kind, id, {{column, std::move(value)}}, {}}});
  }

  Record get(KindNo kind, const RecordId& id);
  std::vector<Record> all(KindNo kind);
  std::vector<Record> open(KindNo kind, FieldFilter where);

  RecordId building();
  RecordId dwelling(const RecordId& building, const std::string& room, const std::string& occupancy = "vacant");
  struct Member {
    std::string name;
    std::string relation;
    std::string gender;
    std::string born;
  };
  struct Family {
    RecordId dwelling;
    RecordId household;
    std::vector<RecordId> people;  ///< Head first.
  };
  /// Everybody has their main home here, since 2020.
  Family family(const RecordId& dwelling, const std::vector<Member>& members);
  RecordId person(const Member& member);
  RecordId stay(const RecordId& person, const RecordId& dwelling, bool main);
  /// A visit that promises another in a week.
  RecordId promised_visit(const Family& family, const RecordId& respondent, const std::string& purpose = "02");
  RecordId consent(const RecordId& person, const std::string& scope = "label");
  RecordId label(const RecordId& person, const std::string& code, const RecordId& consent);
  RecordId task(const RecordId& person);
  RecordId need(const RecordId& household, const RecordId& person);

  /// Code of `relation` of the person's open membership in the household; "" when there is none.
  std::string relation(const RecordId& household, const RecordId& person);
  RecordId head(const RecordId& household);

 private:
  ManualClock clock_{from_ms(1'772'700'000'000)};
  SeededRandom random_;
  std::unique_ptr<Store> store_;
};

bool reminds(const LifeCyclePlan& plan, std::string_view text_key, Audience audience);
/// The last day for it; "none" when the plan does not remind of it.
std::string reminded_by(const LifeCyclePlan& plan, std::string_view text_key);

}  // namespace ruhu::test
