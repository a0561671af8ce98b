#pragma once
#include <memory>
#include <string>
#include <vector>

#include "dictionary_constants.hpp"
#include "platform/base/random.hpp"
#include "server/ingest/ingest.hpp"
#include "server/store/sqlite_store.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace ruhu::test {

inline constexpr ScopeCode kGrid{350582006001003};
inline constexpr ScopeCode kOtherGrid{350582006001004};
inline constexpr ScopeCode kCommunity{350582006001};
inline constexpr ScopeCode kElsewhere{350582006002001};

/// A platform in a file of its own, so that a test can look at the bytes and plant damage beside it.
class PlatformWorld {
 public:
  PlatformWorld();

  ManualClock clock;
  SeededRandom random{20260401};
  const Dictionary dictionary = Dictionary::built_in().value();

  server::PlatformStore& store() { return *store_; }
  /// Enrols a tablet with these scopes; its key is 32 times the letter.
  server::Tablet add_tablet(char letter, std::vector<ScopeCode> scopes, const std::string& role = "worker");
  server::Tablet tablet(TabletNo no);
  /// Takes the ops in as one batch in a transaction that is committed when all went well.
  Result<std::vector<OpResult>> take(TabletNo no, const std::vector<Change>& changes);
  /// The only result of taking in one op.
  OpResult take_one(const Change& change);
  Record record(const RecordRef& ref);
  std::vector<server::Conflict> conflicts();
  std::vector<std::string> audit();

  /// Every row of every table as text: two exports are equal only if not a byte of the data changed.
  std::string export_all();
  /// SQL beside the store's back, as damage would come.
  void plant(const std::string& sql);
  /// Closes and opens the store, as a restart would.
  void restart(Realm realm = Realm::live);
  /// Puts another file in the place of the store's, as an administrator would who knows of no command for it.
  void put_back_file(const std::string& file);
  DatabaseOptions options() const;

 private:
  TemporaryFolder folder_;
  std::unique_ptr<server::PlatformStore> store_;
};

/// Makes the ops of one tablet, counter after counter.
class OpMaker {
 public:
  OpMaker(PlatformWorld& world, TabletNo tablet) : world_(world), tablet_(tablet) {}

  /// A new person of the grid.
  Change person(const std::string& name, std::vector<FieldEdit> more = {}, ScopeCode grid = kGrid);
  Change edit(const RecordRef& ref, std::vector<FieldEdit> fields);
  std::uint64_t next() const { return counter_ + 1; }

 private:
  PlatformWorld& world_;
  TabletNo tablet_;
  std::uint64_t counter_ = 0;
};

/// A platform with two tablets of one grid.
struct TwoTablets : PlatformWorld {
  server::Tablet first = add_tablet('a', {kGrid, kCommunity});
  server::Tablet second = add_tablet('b', {kGrid, kCommunity});
  OpMaker one{*this, first.no};
  OpMaker two{*this, second.no};
};

FieldEdit says(ColumnNo column, Value value, Base base = {},
               Provenance provenance = {Source::self, Verified::declared, 0});
Base seen(std::uint64_t version);
Base own(std::uint64_t counter);
/// Makes one atomic group of the ops.
std::vector<Change> grouped(std::vector<Change> changes);
const FieldResult* field_of(const OpResult& result, ColumnNo column);

}  // namespace ruhu::test
