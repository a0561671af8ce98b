#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "server/ingest/sync_service.hpp"
#include "storage/store.hpp"
#include "sync/replicator/replicator.hpp"
#include "tests/simulation/sabotage.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/sim_disk.hpp"

namespace ruhu::simulation {

/// Probabilities for one trip or one step.
struct Faults {
  double lost_requests = 0;
  double lost_replies = 0;    ///< The server has committed, the tablet never hears.
  double cut_replies = 0;     ///< Half of the answer arrives.
  double duplicates = 0;      ///< The request arrives twice.
  double old_requests = 0;    ///< A request of earlier arrives once more, after newer ones.
  double captive_portal = 0;  ///< Somebody else answers.
  double tablet_crashes = 0;  ///< Power goes at some write of a save or of taking in an answer.
  double server_crashes = 0;  ///< Power goes at some write of the server.
  double full_disks = 0;      ///< A tablet's disk is full while it saves or syncs.
  double border_moves = 0;    ///< The platform gives a record to another grid.
  double scope_changes = 0;   ///< A tablet is given a grid, or loses one.
  bool revoked = false;       ///< One tablet loses every grid, late.
  bool old_programs = false;  ///< Some tablets begin with an older dictionary; some of them keep it to the end.
  server::SnapshotPolicy snapshots = {};
  Millis clock_skew{0};  ///< Each tablet's clock is off by up to this much, either way.
  /// One thing that comes once or twice in the life of a platform.
  enum class Upheaval : std::uint8_t {
    none,
    server_restored,        ///< The platform's data are put back to a backup.
    server_restored_twice,  ///< Twice, to the same backup.
    tablet_returned,        ///< A tablet's data are put back to an old copy: what it had not sent since is gone.
    tablet_cloned,          ///< An old copy of a tablet's data goes on beside it.
  };
  Upheaval upheaval = Upheaval::none;
};

struct WorldOptions {
  std::uint64_t seed = 1;
  int tablets = 3;
  Faults faults;
  int grids = 1;  ///< Tablets take turns in them, two and more to a grid as far as they go.
  Sabotage sabotage = Sabotage::none;
};

/// What a worker was told is saved: must be found again, come what may.
struct AckedSave {
  int device = 0;  ///< Place in World::tablets().
  int life = 0;    ///< World::Tablet::life when it was saved.
  OpId op;         ///< As the tablet that made it calls it now.
  RecordRef record;
  std::vector<Cell> cells;
};

/// Something that must never be: noticed by one of the checkers while the story runs.
struct Sight {
  std::string_view checker;
  std::string what;
};

/// A platform and some tablets on simulated disks, networks and clocks. One thread; everything follows from the seed.
class World {
 public:
  explicit World(WorldOptions options);
  ~World();

  /// Workers save, edit and sync at random, `steps` times.
  void run(int steps);
  /// Faults off, everybody on, and every tablet syncs until nothing is left: at most `rounds` times each.
  bool heal_and_drain(int rounds = 3);

  struct Tablet;
  const std::vector<std::unique_ptr<Tablet>>& tablets() const { return tablets_; }
  Store& store_of(std::size_t tablet);
  server::PlatformStore& platform();
  const Dictionary& dictionary() const { return dictionary_; }
  const Dictionary& dictionary_of(std::size_t tablet) const;
  const std::vector<AckedSave>& acked() const { return acked_; }
  const std::vector<std::string>& complaints() const { return complaints_; }  ///< Things that must never happen.
  const std::vector<Sight>& sights() const { return sights_; }
  /// Requests of the run's last trips, oldest first.
  const std::vector<std::string>& old_requests() const { return old_requests_; }
  /// One of them once more; what the platform answers does not matter.
  void repeat(const std::string& request) { (void)serve(request); }
  /// The highest counter under that number that anybody ever gave out.
  std::uint64_t made_upto(TabletNo no) const;
  std::uint64_t trace_hash() const { return trace_; }

 private:
  void enrol(int number, ScopeCode grid);
  void upheave(int step, int steps);
  void change_scopes(int step, int steps);
  void move_a_border();
  void try_everything_again();
  void assign(Tablet& tablet, std::vector<ScopeCode> grids);
  bool may_reorganise(int step, int steps) const;
  std::vector<ScopeCode> grids() const;
  void upgrade_some(int step, int steps);
  void restore_server();
  void return_tablet(std::size_t device);
  void clone_tablet(std::size_t device);
  void follow_number(Tablet& tablet);
  void start_server();
  void start_tablet(Tablet& tablet);
  void make_homes(ScopeCode grid);
  void damage_a_database(Tablet& tablet);
  void step();
  void save_something(Tablet& tablet);
  SaveRequest new_household();
  SaveRequest edit_something(Tablet& tablet);
  Value random_value(const FieldDef& field);
  void sync(Tablet& tablet);
  void see(std::string_view checker, std::string what) { sights_.push_back({checker, std::move(what)}); }
  /// What an answer may hold, looked at before the tablet does.
  void watch_answer(Tablet& tablet, const std::string& sealed);
  bool knew(Tablet& tablet, const RecordRef& ref);
  bool may_know(const server::Tablet& tablet, const RecordRef& ref);
  /// What the tablet shows once a sync has ended.
  void watch_references(Tablet& tablet);
  void watch_cursors(const std::vector<CursorAt>& before, const Tablet& tablet);
  Result<std::string> deliver(const std::string& request);
  Result<std::string> serve(const std::string& request);
  Result<std::string> serve_sabotaged(const std::string& sealed);
  std::string key_of(TabletNo no) const;
  void note(std::string_view what, std::uint64_t detail);
  bool happens(double probability) { return faulty_ && random_.chance(probability); }
  void complain(const std::string& what) { complaints_.push_back(what); }

  WorldOptions options_;
  Dictionary dictionary_;
  Dictionary older_dictionary_;
  Dictionary dictionary_of_platform_;
  SeededRandom random_;
  Saboteur saboteur_;
  test::ManualClock clock_;
  std::unique_ptr<test::SimDisk> server_disk_;
  std::unique_ptr<server::PlatformStore> platform_;
  std::unique_ptr<server::SyncService> service_;
  std::vector<std::unique_ptr<Tablet>> tablets_;
  std::vector<std::string> old_requests_;
  std::vector<AckedSave> acked_;
  test::SimDisk::Copy copy_;  ///< Of the platform's or a tablet's disk, as the upheaval needs it.
  std::map<TabletNo, std::uint64_t> made_upto_;
  std::vector<std::string> complaints_;
  std::vector<Sight> sights_;
  std::uint64_t trace_ = 0xCBF29CE484222325ULL;
  int grid_count_ = 1;
  bool faulty_ = true;
};

/// One tablet: its disk outlives its crashes.
struct World::Tablet {
  int device = 0;  ///< Place in World::tablets().
  int life = 0;    ///< How often its data were put back.
  TabletNo no;
  const Dictionary* dictionary = nullptr;
  std::string key;
  test::ManualClock clock;
  std::unique_ptr<test::SimDisk> disk;
  std::unique_ptr<Store> store;
  std::unique_ptr<Replicator> replicator;
};

/// The faults that a seed draws: every seed is another mixture.
Faults draw_faults(std::uint64_t seed);

}  // namespace ruhu::simulation
