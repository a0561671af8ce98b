#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/model/life_cycle/arrival.hpp"
#include "tests/support/community.hpp"

namespace ruhu::test {

/// Lives through random operations on a small community of two buildings and three dwellings each.
class LifeDriver {
 public:
  explicit LifeDriver(std::uint64_t seed);

  /// One random operation. Empty when it was done or refused by its rule; else what went wrong.
  std::string step();
  const std::string& last() const { return last_; }  ///< Name of the latest operation.
  /// How often each operation was carried out, and how often a rule refused it ("birth", "birth refused").
  const std::map<std::string, int>& done() const { return done_; }
  Community& community() { return community_; }

 private:
  using Act = Result<LifeCyclePlan> (LifeDriver::*)();
  struct Choice {
    const char* name;
    Act act;
    int weight;
  };
  static const std::vector<Choice>& choices();

  // --- people ---
  Result<LifeCyclePlan> birth();
  Result<LifeCyclePlan> death();
  Result<LifeCyclePlan> false_death();
  Result<LifeCyclePlan> newcomer();
  Result<LifeCyclePlan> mover();
  Result<LifeCyclePlan> move_out();
  // --- households and places ---
  Result<LifeCyclePlan> head_change();
  Result<LifeCyclePlan> split();
  Result<LifeCyclePlan> merge_households();
  Result<LifeCyclePlan> dissolve();
  Result<LifeCyclePlan> tenancy();
  Result<LifeCyclePlan> empty_dwelling();
  Result<LifeCyclePlan> demolish();
  // --- records ---
  Result<LifeCyclePlan> merge_persons();
  Result<LifeCyclePlan> undo_merge();
  // --- care ---
  Result<LifeCyclePlan> propose_label();
  Result<LifeCyclePlan> confirm_label();
  Result<LifeCyclePlan> remove_label();
  Result<LifeCyclePlan> expire_labels();
  Result<LifeCyclePlan> answer_consent();
  Result<LifeCyclePlan> withdraw_consent();

  std::string check_merge_comes_back(const LifeCyclePlan& plan);
  std::map<RecordRef, std::vector<Cell>> snapshot();
  void noise();  ///< Visits, tasks and needs that operations have to end.

  std::size_t below(std::size_t bound) { return community_.random().below(bound); }
  bool chance(double p) { return community_.random().chance(p); }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }
  std::vector<Record> open(KindNo kind);
  std::optional<Record> any_open(KindNo kind);
  std::optional<RecordId> any_person(bool alive = true);
  std::vector<RecordId> some(const std::vector<RecordId>& people);
  std::string relation_for(std::string_view gender);
  Arrival arrival_of(const RecordId& person);
  Arrival stranger();
  std::string today() { return community_.occasion().day; }

  Community community_;
  std::map<std::string, int> done_;
  std::string last_;
};

}  // namespace ruhu::test
