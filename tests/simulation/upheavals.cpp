// What comes once or twice in the life of a platform: a backup is put back, a tablet's data are put back or copied.
#include <algorithm>

#include "tests/simulation/world.hpp"

namespace ruhu::simulation {

void World::upheave(int step, int steps) {
  using Upheaval = Faults::Upheaval;
  const Upheaval what = options_.faults.upheaval;
  const bool of_server = what == Upheaval::server_restored || what == Upheaval::server_restored_twice;
  if (what == Upheaval::none) return;
  if (step == steps / 3) copy_ = of_server ? server_disk_->copy() : tablets_.front()->disk->copy();
  if (step == steps / 2 && what == Upheaval::server_restored_twice) restore_server();
  if (step != steps * 2 / 3) return;
  note("upheaval", static_cast<std::uint64_t>(what));
  if (of_server) restore_server();
  if (what == Upheaval::tablet_returned) return_tablet(0);
  if (what == Upheaval::tablet_cloned) clone_tablet(0);
}

void World::restore_server() {
  service_.reset();
  platform_.reset();
  server_disk_->put_back(copy_);
  start_server();
  if (options_.sabotage == Sabotage::epoch_kept) return;
  if (!platform_->begin_epoch(random_).ok()) complain("no new epoch");
}

void World::return_tablet(std::size_t device) {
  Tablet& tablet = *tablets_[device];
  made_upto_[tablet.no] = made_upto(tablet.no);
  tablet.replicator.reset();
  tablet.store.reset();
  tablet.disk->put_back(copy_);
  start_tablet(tablet);
  follow_number(tablet);
  // What only this tablet had, and had since the copy was made, no program can bring back.
  const auto tx = platform_->begin().value();
  std::erase_if(acked_, [&](const AckedSave& save) {
    if (save.device != tablet.device || save.life != tablet.life) return false;
    const auto kept = tablet.store->changes().find(save.op.counter).value();
    const bool here = kept && kept->change.id == save.op;
    return !here && !tx->find_op(save.op).value();
  });
  ++tablet.life;
  for (AckedSave& save : acked_) {
    if (save.device != tablet.device || save.life + 1 != tablet.life) continue;
    const auto kept = tablet.store->changes().find(save.op.counter).value();
    if (kept && kept->change.id == save.op) save.life = tablet.life;  // its id changes with this life's
  }
}

void World::clone_tablet(std::size_t device) {
  Tablet& original = *tablets_[device];
  auto clone = std::make_unique<Tablet>();
  clone->device = static_cast<int>(tablets_.size());
  clone->no = original.no;
  clone->key = original.key;
  clone->dictionary = original.dictionary;
  clone->disk = std::make_unique<test::SimDisk>("sim-clone-" + std::to_string(options_.seed));
  clone->disk->put_back(copy_);
  start_tablet(*clone);
  tablets_.push_back(std::move(clone));
}

/// A tablet that turned out to be a copy calls what it has not sent otherwise now, and so must we.
void World::follow_number(Tablet& tablet) {
  const Identity now = tablet.store->identity().value().value();
  if (now.tablet == tablet.no) return;
  note("number", now.tablet.value);
  made_upto_[tablet.no] = made_upto(tablet.no);
  for (AckedSave& save : acked_)
    if (save.device == tablet.device && save.life == tablet.life) save.op = now.own_op(save.op.counter);
  tablet.no = now.tablet;
}

std::uint64_t World::made_upto(TabletNo no) const {
  const auto known = made_upto_.find(no);
  std::uint64_t highest = known == made_upto_.end() ? 0 : known->second;
  for (const auto& tablet : tablets_)
    if (tablet->no == no) highest = std::max(highest, tablet->store->changes().next_counter().value() - 1);
  return highest;
}

}  // namespace ruhu::simulation
