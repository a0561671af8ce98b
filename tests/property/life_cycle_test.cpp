// Laws of life-cycle operations, over random sequences of them (tests/property/life_driver.hpp).
#include <algorithm>

#include "storage/model/life_cycle/death.hpp"
#include "tests/property/life_driver.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/community_laws.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

constexpr std::uint64_t kSequences = 2'000;
constexpr int kSteps = 12;

/// What the sequence of this seed did wrong; empty when nothing.
std::string fault_of(std::uint64_t seed, int steps, std::map<std::string, int>& done) {
  LifeDriver driver(seed);
  std::string fault;
  for (int step = 0; step < steps && fault.empty(); ++step) {
    fault = driver.step();
    if (fault.empty())
      for (const std::string& broken : broken_laws(driver.community().store())) fault += broken + "; ";
    if (!fault.empty())
      fault = "seed " + std::to_string(seed) + " step " + std::to_string(step) + " " + driver.last() + ": " + fault;
  }
  for (const auto& [name, count] : driver.done()) done[name] += count;
  return fault;
}

}  // namespace

TEST_CASE("Life cycle: the laws hold after every operation of 2000 random sequences", "[property][life]") {
  std::map<std::string, int> done;
  std::vector<std::string> faults;
  for (std::uint64_t seed = 1; seed <= kSequences && faults.size() < 5; ++seed)
    if (std::string fault = fault_of(seed, kSteps, done); !fault.empty()) faults.push_back(std::move(fault));
  for (const std::string& fault : faults) UNSCOPED_INFO(fault);
  CHECK(faults.empty());
  // Every operation has to succeed often enough to mean anything.
  for (const char* name : {"birth",
                           "death",
                           "false death",
                           "newcomer",
                           "mover",
                           "move out",
                           "head change",
                           "split",
                           "households merged",
                           "dissolved",
                           "tenancy",
                           "dwelling emptied",
                           "demolished",
                           "persons merged",
                           "merge undone",
                           "merge undone at once",
                           "label proposed",
                           "label confirmed",
                           "label removed",
                           "labels expired",
                           "consent answered",
                           "consent withdrawn"}) {
    INFO(name << " done " << done[name]);
    CHECK((!faults.empty() || done[name] >= 20));
  }
}

TEST_CASE("Life cycle: the laws hold in long lives", "[property][life]") {
  std::map<std::string, int> done;
  for (std::uint64_t seed = 9'001; seed <= 9'010; ++seed) CHECK(fault_of(seed, 150, done) == "");
}

TEST_CASE("Life cycle: the laws notice each step of a death that is left out", "[property][life]") {
  for (const KindNo skipped :
       {kinds::membership::kKind, kinds::residency::kKind, kinds::household::kKind, kinds::visit::kKind,
        kinds::person_label::kKind, kinds::task::kKind, kinds::dwelling::kKind}) {
    Community community;
    const auto home = community.dwelling(community.building(), "101");
    const auto family = community.family(home, {{"陈六", "02", "2", "1940-01-01"}});
    const RecordId person = family.people[0];
    community.promised_visit(family, person);
    community.label(person, "E1", community.consent(person));
    community.task(person);
    LifeCyclePlan plan = plan_death(community.reader().person(person).value(),
                                    {community.occasion().day, "family", "", {}}, community.occasion())
                             .value();
    CHECK(broken_laws(community.store()).empty());
    const auto left_out = std::erase_if(plan.edits, [&](const RecordEdit& edit) { return edit.kind == skipped; });
    INFO(community.store().dictionary().get_kind(skipped).name);
    CHECK(left_out > 0);
    community.save(plan.edits);
    CHECK_FALSE(broken_laws(community.store()).empty());
  }
}
