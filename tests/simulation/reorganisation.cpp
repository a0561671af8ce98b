// What the organisation does to its platform: borders move, workers change grids, programs are renewed.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "dictionary_constants.hpp"
#include "server/auth/scopes.hpp"
#include "server/ingest/ingest.hpp"
#include "server/ingest/record_merge.hpp"
#include "tests/simulation/world.hpp"

namespace ruhu::simulation {

constexpr std::uint64_t kFirstGrid = 350582006001001;

std::vector<ScopeCode> World::grids() const {
  std::vector<ScopeCode> all;
  for (int i = 0; i < grid_count_; ++i) all.push_back({kFirstGrid + static_cast<std::uint64_t>(i)});
  return all;
}

/// What the organisation did after a backup that is put back later nobody tells the platform again; the administrator
/// who puts it back has to. Here nobody does, so nothing is done in between.
bool World::may_reorganise(int step, int steps) const {
  const auto what = options_.faults.upheaval;
  const bool restored = what == Faults::Upheaval::server_restored || what == Faults::Upheaval::server_restored_twice;
  return !restored || step < steps / 3 || step > steps * 2 / 3;
}

void World::change_scopes(int step, int steps) {
  if (!may_reorganise(step, steps)) return;
  if (grid_count_ > 1 && happens(options_.faults.border_moves)) move_a_border();
  if (grid_count_ > 1 && happens(options_.faults.scope_changes)) {
    Tablet& tablet = *tablets_[random_.below(tablets_.size())];
    const auto all = grids();
    std::vector<ScopeCode> given{all[random_.below(all.size())]};
    if (random_.chance(0.5)) given.push_back(all[random_.below(all.size())]);
    if (given.size() == 2 && given[0] == given[1]) given.pop_back();
    assign(tablet, given);
  }
  if (options_.faults.revoked && step == steps * 3 / 4) assign(*tablets_.back(), {});
}

void World::assign(Tablet& tablet, std::vector<ScopeCode> given) {
  note("assign", given.empty() ? 0 : given.front().value);
  const auto tx = platform_->begin().value();
  const Status assigned = server::assign_scopes(*tx, tablet.no, given, clock_.now());
  if (!assigned.ok() || !tx->commit().ok()) complain("scopes could not be assigned");
}

/// As an administrator does: the record's home grid becomes another.
void World::move_a_border() {
  static constexpr KindNo kKinds[] = {kinds::person::kKind, kinds::dwelling::kKind, kinds::household::kKind,
                                      kinds::need::kKind};
  const auto tx = platform_->begin().value();
  const auto records = tx->list_records(kKinds[random_.below(std::size(kKinds))], {}).value();
  if (records.empty()) return;
  const Record& record = records[random_.below(std::min<std::size_t>(records.size(), 6))];
  const auto all = grids();
  const ScopeCode to = all[random_.below(all.size())];
  if (to == server::home_of(record)) return;
  auto office = tx->find_tablet({0}).value().value();
  Change change;
  change.id = {office.no, office.last_counter + 1};
  change.group_first = change.id.counter;
  change.record = record.ref;
  change.made_at = HybridTime::from(clock_.now());
  change.fields.push_back({kinds::person::grid_id, {Base::Of::server, record.meta.seen.value}, to_string(to), {}});
  const auto taken = server::Ingest(*tx, dictionary_of_platform_, clock_.now()).take_batch(office, {change});
  note("border", to.value);
  if (!taken.ok() || taken->results.front().outcome != OpOutcome::applied || !tx->commit().ok())
    complain("a border could not be moved");
}

const Dictionary& World::dictionary_of(std::size_t tablet) const { return *tablets_[tablet]->dictionary; }

/// Some tablets get the new program while they have work to send; others never do.
void World::upgrade_some(int step, int steps) {
  if (!options_.faults.old_programs || step != steps / 2) return;
  for (std::size_t i = 0; i < tablets_.size(); i += 2) {
    Tablet& tablet = *tablets_[i];
    if (tablet.dictionary == &dictionary_) continue;
    note("upgrade", i);
    tablet.dictionary = &dictionary_;
    start_tablet(tablet);
  }
}

}  // namespace ruhu::simulation
