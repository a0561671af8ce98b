#include "server/admin/backup.hpp"

#include <fstream>

#include "server/admin/platform.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace ruhu;
using namespace ruhu::server;
namespace fs = std::filesystem;

namespace {

/// A platform with one account, and a shelf for backups.
struct Office {
  test::TemporaryFolder folder;
  test::ManualClock clock;
  SystemRandom random;
  fs::path data = folder.path() / "platform";
  fs::path shelf = folder.path() / "backup";

  Office() { add_account(*Platform::create(data, clock, random).value(), "王网格"); }

  std::unique_ptr<Platform> open() { return Platform::open(data, clock, random).value(); }
  static void add_account(Platform& platform, const std::string& name) {
    const auto tx = platform.store(Realm::live).begin().value();
    REQUIRE(tx->add_account(name, "worker").ok());
    REQUIRE(tx->commit().ok());
  }
  static std::string account(Platform& platform, std::uint32_t no) {
    const auto found = platform.store(Realm::live).begin().value()->find_account({no}).value();
    return found ? found->name : "";
  }
  Status back_up() { return back_up_platform(data, shelf, clock, random); }
  Status restore() { return restore_platform(data, shelf, clock, random); }
  /// What lies beside the data under another name.
  std::vector<fs::path> others() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder.path()))
      if (entry.path() != data && entry.path() != shelf) found.push_back(entry.path());
    return found;
  }
};

}  // namespace

TEST_CASE("Server backup: comes back under a new epoch, and what stood there is kept", "[server_backup]") {
  Office office;
  REQUIRE(office.back_up().ok());
  Epoch before;
  {
    const auto platform = office.open();
    before = platform->store(Realm::live).epoch();
    Office::add_account(*platform, "李网格");
  }
  REQUIRE(office.restore().ok());
  const auto platform = office.open();
  CHECK(Office::account(*platform, 1) == "王网格");
  CHECK(Office::account(*platform, 2).empty());
  CHECK(platform->store(Realm::live).epoch() != before);
  CHECK(platform->store(Realm::live).begin().value()->knows_epoch(before).value());
  REQUIRE(office.others().size() == 1);
  const auto kept = Platform::open(office.others().front(), office.clock, office.random);
  REQUIRE(kept.ok());
  CHECK(Office::account(**kept, 2) == "李网格");
}

TEST_CASE("Server backup: an empty machine becomes the platform that it was", "[server_backup]") {
  Office office;
  REQUIRE(office.back_up().ok());
  const std::string key = office.open()->signing_key().public_key();
  fs::remove_all(office.data);
  REQUIRE(office.restore().ok());
  CHECK(office.open()->signing_key().public_key() == key);
  CHECK(office.others().empty());
}

TEST_CASE("Server backup: nothing is changed while somebody uses it, or for a backup that is not one",
          "[server_backup]") {
  Office office;
  REQUIRE(office.back_up().ok());
  CHECK(office.back_up().error().code == Errc::already_enrolled);
  const auto refuses = [&](Errc expected) {
    CHECK(office.restore().error().code == expected);
    CHECK(office.others().empty());
    CHECK(Office::account(*office.open(), 2) == "李网格");
  };
  {
    const auto in_use = office.open();
    Office::add_account(*in_use, "李网格");
    refuses(Errc::database_busy);
  }
  std::ofstream(office.shelf / "live.db", std::ios::binary) << std::string(40'000, 'x');
  refuses(Errc::backup_unfit);
  fs::remove_all(office.shelf);
  Office elsewhere;
  REQUIRE(back_up_platform(elsewhere.data, office.shelf, elsewhere.clock, elsewhere.random).ok());
  refuses(Errc::backup_unfit);
  fs::remove_all(office.shelf);
  refuses(Errc::file_missing);
}

TEST_CASE("Server backup: a damaged platform can be replaced", "[server_backup]") {
  Office office;
  REQUIRE(office.back_up().ok());
  std::ofstream(office.data / "live.db", std::ios::binary) << std::string(40'000, 'x');
  REQUIRE(office.restore().ok());
  CHECK(Office::account(*office.open(), 1) == "王网格");
  CHECK(office.others().size() == 1);
}
